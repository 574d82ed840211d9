use std::collections::BTreeSet;

use divvy::par_for;

#[par_for(replay(seen))]
fn count_new(seen: &mut BTreeSet<u64>, values: &[u64], out: &mut [bool]) {
    for i in 0..values.len() {
        out[i] = seen.insert(values[i]);
    }
}

fn main() {}
