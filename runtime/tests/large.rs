//! Accumulators of many kilobytes: they travel through the forks without filling the stacks.

use divvy_runtime::generated::{Region, Site, reduce, reduce_until, source};

const CELLS: usize = 2_048;

type Table = [u64; CELLS];

fn combine(left: &mut Table, right: Table) {
    left.iter_mut().zip(right).for_each(|(l, r)| *l += r);
}

fn count(mut counts: Table, piece: impl IntoIterator<Item = usize>) -> Table {
    for x in piece {
        counts[x % CELLS] += 1;
        std::hint::black_box((0..200).fold(x, |a, b| a ^ b));
    }
    counts
}

#[test]
fn sixteen_kilobytes_fit() {
    static SITE: Site = Site::new("count", "large.rs", 1);
    let n = 300_000;
    let want = count([0; CELLS], 0..n);
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        for _ in 0..3 {
            let region = || Region::new(&SITE).pool(&pool).grain(16usize);
            let got = reduce(region(), source(0..n), [0; CELLS], count, |_| [0; CELLS], combine);
            assert!(got == want);
            let leaf = |acc: Table, piece| (count(acc, piece), None::<u8>);
            let (got, exit) = reduce_until(region(), source(0..n), [0; CELLS], leaf, |_| [0; CELLS], combine);
            assert!(got == want && exit.is_none());
        }
    }
}
