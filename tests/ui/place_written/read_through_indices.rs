use divvy::par_for;

#[par_for(unique(slot))]
fn bump(slot: &[usize], out: &mut [u64]) {
    for i in 0..slot.len() {
        let before = out[slot[i]];
        out[slot[i]] = before * 2;
    }
}

#[par_for(unique(other))]
fn another_array(slot: &[usize], other: &[usize], out: &mut [u64]) {
    for i in 0..slot.len() {
        out[slot[i]] = other[i] as u64;
    }
}

fn main() {}
