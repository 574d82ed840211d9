use divvy::{par_for, par_reduce};

#[par_reduce]
fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0u32;
    #[seq]
    for byte in bytes {
        hash = (hash / 3) ^ u32::from(*byte);
    }
    hash
}

#[par_for]
fn fill(out: &mut [u32]) {
    #[seq]
    for i in 1..out.len() {
        out[i] = out[i - 1] / 2;
    }
    if out.len() > 1 {
        #[seq]
        for x in out.iter_mut() {
            *x += 1;
        }
    }
}

fn main() {}
