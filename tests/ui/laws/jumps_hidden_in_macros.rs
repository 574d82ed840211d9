use divvy::{par_for, par_reduce};

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

fn main() {}
