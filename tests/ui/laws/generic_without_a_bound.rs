use divvy::par_reduce;


use std::ops::AddAssign;

#[par_reduce]
fn total<T: Copy + AddAssign + Send + Sync>(xs: &[T], zero: T) -> T {
    let mut sum = zero;
    for &x in xs {
        sum += x;
    }
    sum
}

fn main() {}
