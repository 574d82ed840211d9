use divvy::par_for;

#[par_for(replay(images[0]), unique(slot))]
fn several(images: &mut [Vec<u8>], slot: &[usize]) {
    for i in 0..slot.len() {
        images[0].push(i as u8);
    }
}

#[par_for(replay(other))]
fn nothing_there(other: &mut Vec<u8>, out: &mut [u8]) {
    for i in 0..out.len() {
        out[i] = 1;
    }
    other.push(1);
}

fn main() {}
