use divvy::{par_for, par_reduce};

#[par_reduce]
fn even(xs: &[u32], out: &mut [u32]) -> usize {
    let mut k = 0;
    for x in xs {
        if x % 2 == 0 {
            out[k] = *x;
            k += 1;
        }
    }
    k
}

#[par_for]
fn odd(xs: &[u32], out: &mut [u32]) -> usize {
    let mut k = 0;
    for x in xs {
        if x % 2 == 1 {
            out[k] = *x;
            k += 1;
        }
    }
    k
}

fn main() {}
