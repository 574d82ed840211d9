use divvy::{par_for, par_reduce};

#[par_for]
fn visited(xs: &[u64], mut visit: impl FnMut(u64)) {
    for x in xs {
        visit(*x);
    }
}

#[par_for]
fn mapped<F: FnMut(u64) -> u64>(xs: &mut [u64], f: &mut F) {
    for x in xs {
        *x = f(*x);
    }
}

#[par_reduce]
fn added(xs: &[u64]) -> u64 {
    let mut sum = 0;
    let mut add = |x| sum += x;
    for x in xs {
        add(x);
    }
    sum
}

#[par_reduce]
fn in_a_chain(xs: &[u64], mut f: impl FnMut(u64) -> u64) -> u64 {
    xs.iter().map(|x| f(*x)).sum()
}

fn main() {}
