use divvy::par_reduce;


use std::cell::RefCell;

#[par_reduce]
fn total(xs: &[u32], scale: &RefCell<u32>) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x * *scale.borrow();
    }
    sum
}

fn main() {}
