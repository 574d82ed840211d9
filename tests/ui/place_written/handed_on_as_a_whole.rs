use divvy::par_for;


fn fill(all: &mut [u8], at: usize) {
    all[at] = 1;
}

#[par_for]
fn mark(out: &mut Vec<u8>, n: usize) {
    for i in 0..n {
        out[i] = 2;
        fill(out, i);
    }
}

fn main() {}
