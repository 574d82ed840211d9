//! Criterion benches of the six kernels, in the global pool: `cargo bench --bench kernels`.

#[allow(dead_code)] // the ratios need more of it
mod suite;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use suite::Version;

fn kernels(criterion: &mut Criterion) {
    // `cargo test --benches` compares the answers only
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    for kernel in if is_bench { suite::large() } else { suite::small() } {
        let mut group = criterion.benchmark_group(kernel.name);
        group
            .sample_size(20)
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(2));
        for (version, name) in [
            (Version::Sequential, "sequential"),
            (Version::ByHand, "by hand"),
            (Version::Divvy, "divvy"),
        ] {
            let id = BenchmarkId::new(name, &kernel.input);
            group.bench_function(id, |bencher| bencher.iter_custom(|runs| kernel.time(version, runs)));
        }
        group.finish();
    }
}

criterion_group!(benches, kernels);
criterion_main!(benches);
