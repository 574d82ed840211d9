use std::rc::Rc;

use divvy::{par_for, par_reduce};

#[par_reduce]
fn scaled(xs: &[u64], scale: Rc<u64>) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x * *scale;
    }
    sum
}

#[par_for]
fn addresses(out: &mut [usize], start: *const u8) {
    for i in 0..out.len() {
        out[i] = start as usize + i;
    }
}

fn main() {}
