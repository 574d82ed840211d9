use divvy::{par_for, par_join, par_reduce};

macro_rules! or_end {
    ($value:expr) => {
        match $value {
            Some(value) => value,
            None => break,
        }
    };
}

macro_rules! or_leave {
    ($value:expr) => {
        match $value {
            Some(value) => value,
            None => return,
        }
    };
}

#[par_reduce]
fn until_nothing(xs: &[Option<u64>]) -> Vec<u64> {
    let mut all = Vec::new();
    for x in xs {
        all.push(or_end!(*x));
    }
    all
}

#[par_for]
fn copied(xs: &[Option<u64>], out: &mut [u64]) {
    for i in 0..xs.len() {
        out[i] = or_leave!(xs[i]);
    }
}

fn largest(xs: &[u64]) -> u64 {
    xs.iter().copied().max().unwrap_or(0)
}

#[par_join]
fn both(a: &[u64], b: &[u64], best: &mut u64, worst: &mut Option<u64>) {
    {
        let first = or_leave!(b.first());
        *worst = Some(first + largest(b));
    }
    *best = largest(a);
}

fn main() {}
