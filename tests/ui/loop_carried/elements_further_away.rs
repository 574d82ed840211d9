use divvy::{par_for, par_reduce};

#[par_for]
fn sixteen_before(a: &mut [u32]) {
    for i in 16..a.len() {
        a[i] = a[i - 16] / 2;
    }
}

#[par_for]
fn steps_of_two(a: &mut [u32]) {
    for i in (2..a.len()).step_by(2) {
        a[i] = a[i - 2] / 2;
    }
}

#[par_for]
fn backwards(a: &mut [u32]) {
    for i in (1..a.len()).rev() {
        a[i] = a[i - 1] / 2;
    }
}

#[par_for]
fn few_iterations(a: &mut [u32; 8]) {
    for i in 1..5 {
        a[i] = a[i - 1] / 2;
    }
}

#[par_for]
fn steps_of_any_size(a: &mut [u32], from: usize) {
    for i in (from..a.len()).step_by(3) {
        a[i] = a[i - 6] / 2;
    }
}

#[par_for]
fn written_twice(a: &mut [u32], b: &[u32]) {
    for i in 0..b.len() {
        a[i] = b[i];
        a[i + 1] = b[i] / 2;
    }
}

#[par_for]
fn before_and_behind(a: &mut [u32]) {
    for i in 1..a.len() - 1 {
        a[i] = a[i + 1] / 2 + a[i - 1];
    }
}

#[par_reduce]
fn last_in_order(a: &mut [u32]) -> u32 {
    let mut sum = 0;
    for i in (1..a.len()).rev() {
        a[i - 1] = a[i].isqrt();
        sum += a[i];
    }
    sum
}

fn main() {}
