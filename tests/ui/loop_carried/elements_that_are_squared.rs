use divvy::{par_reduce, par_scan};

#[par_scan]
fn squared(xs: &mut [u64]) {
    for i in 1..xs.len() {
        xs[i] += xs[i - 1] * xs[i - 1] % 100;
    }
}

#[par_reduce]
fn sum_of_those(xs: &mut [i64]) -> i64 {
    let mut sum = 0;
    for i in 1..xs.len() {
        if xs[i] < xs[i - 1] {
            xs[i] = xs[i - 1] + 1;
        }
        sum += xs[i];
    }
    sum
}

fn main() {
    squared(&mut [1, 2]);
    sum_of_those(&mut [1, 2]);
}
