use divvy::{ops, par_divide, par_for, par_reduce};

struct NotAnOp;

#[par_reduce(grain = "large")]
fn a_text(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

#[par_divide(threshold = 8, size = xs)]
fn a_list(xs: &[u64]) -> u64 {
    if xs.len() < 2 {
        return xs.len() as u64;
    }
    let (left, right) = xs.split_at(xs.len() / 2);
    a_list(left) + a_list(right)
}

#[par_for(pool = 4)]
fn a_number(xs: &mut [u64]) {
    for x in xs {
        *x += 1;
    }
}

#[par_reduce(reduce(top: NotAnOp))]
fn no_operation(xs: &[u64]) -> u64 {
    let mut top = 0;
    for x in xs {
        top = top.max(*x);
    }
    top
}

#[par_reduce(reduce(names: ops::Add))]
fn of_another_type(xs: &[u64]) -> Vec<u64> {
    let mut names = Vec::new();
    for x in xs {
        names.push(*x);
    }
    names
}

fn main() {}
