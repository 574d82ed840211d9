//! Criterion benches of all kernels, in the global pool: `cargo bench -p divvy-benches --bench kernels -- KERNEL`.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use divvy_benches::{Run, kernels};

fn kernels(criterion: &mut Criterion) {
    // `cargo test --benches` runs each once
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let threads = rayon::current_num_threads();
    for kernel in kernels::all() {
        let mut group = criterion.benchmark_group(kernel.name);
        group
            .sample_size(20)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(1));
        let size = if is_bench {
            kernel.sizes[kernel.sizes.len() - 1]
        } else {
            kernel.small
        };
        let case = std::cell::OnceCell::new();
        for who in kernels::contenders(&kernel) {
            group.bench_function(BenchmarkId::new(who.to_string(), size), |bencher| {
                // inputs are large: only those of the kernels that are asked for are made
                let case = case.get_or_init(|| (kernel.case)(size));
                let contender = case.by(who).expect("a contender");
                bencher.iter_custom(|calls| {
                    contender.time(Run {
                        threads,
                        cutoff: case.cutoff,
                        calls,
                    })
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, kernels);
criterion_main!(benches);
