use divvy::par_for;

#[par_for(unique(slot))]
fn copy(slot: &[usize], out: &mut [usize]) {
    for i in 0..slot.len() {
        out[i] = slot[i];
    }
}

fn main() {}
