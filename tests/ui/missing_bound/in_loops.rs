use std::ops::Add;

use divvy::{par_for, par_reduce};

#[par_reduce]
fn above<T>(xs: &[T], limit: &T) -> usize
where
    T: PartialOrd + Clone,
{
    let mut count = 0;
    for (i, x) in xs.iter().enumerate() {
        if x > limit && xs[i / 2].clone() < *x {
            count += 1;
        }
    }
    count
}

#[par_reduce]
fn among_both<T: PartialEq>(xs: &[T], ys: &[T], of: &T) -> usize {
    xs.iter().chain(ys).filter(|x| *x == of).count()
}

#[par_for]
fn sums<T, U: Copy + Add<Output = U>>(out: &mut [U], xs: &[U], names: &Vec<Option<T>>, price: impl Fn(&T) -> U) {
    for i in 0..xs.len() {
        if let Some(name) = &names[i] {
            out[i] = xs[i] + price(name);
        }
    }
}

fn main() {}
