use std::sync::atomic::{AtomicUsize, Ordering};

use divvy::par_join;

#[par_join]
fn count(names: &[&str], prices: &[u32], seen: &AtomicUsize) {
    for name in names {
        seen.fetch_add(name.len(), Ordering::Relaxed);
    }
    for price in prices {
        seen.fetch_max(*price as usize, Ordering::Relaxed);
    }
}

fn main() {}
