use divvy::par_reduce;


use std::sync::atomic::{AtomicU64, Ordering};

#[par_reduce]
fn total(xs: &[u64], seen: &AtomicU64) -> u64 {
    let mut total = 0;
    for x in xs {
        seen.fetch_add(1, Ordering::Relaxed);
        total += x;
    }
    total
}

fn main() {}
