use std::rc::Rc;

use divvy::{par_for, par_reduce};

#[par_reduce]
fn total(xs: Vec<Rc<u64>>) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += *x;
    }
    sum
}

#[par_for]
fn renewed(xs: &mut [Rc<u64>]) {
    for x in xs {
        *x = Rc::new(**x + 1);
    }
}

#[par_reduce]
fn looked_at(xs: &[Rc<u64>]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += **x;
    }
    sum
}

fn main() {}
