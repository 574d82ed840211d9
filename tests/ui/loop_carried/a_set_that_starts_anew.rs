use divvy::par_reduce;
use std::collections::BTreeSet;

#[par_reduce]
fn last_group(xs: &[u32]) -> BTreeSet<u32> {
    let mut group = BTreeSet::new();
    for &x in xs {
        if x == 0 {
            group = BTreeSet::new();
        } else {
            group.insert(x);
        }
    }
    group
}

fn main() {}
