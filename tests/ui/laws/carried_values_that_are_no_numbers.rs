use std::ops::{Add, Mul};

use divvy::par_scan;

#[derive(Clone, Copy)]
struct Money(i64);

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Mul for Money {
    type Output = Money;

    fn mul(self, other: Money) -> Money {
        Money(self.0 * other.0)
    }
}

#[par_scan]
fn balance(changes: &[Money]) -> Vec<Money> {
    let mut sum = Money(0);
    let mut out = Vec::new();
    for change in changes {
        sum = sum + *change;
        out.push(sum);
    }
    out
}

#[par_scan]
fn interest(changes: &[Money]) -> Vec<Money> {
    let mut sum = Money(0);
    let mut out = Vec::new();
    for change in changes {
        sum = sum * Money(2) + *change;
        out.push(sum);
    }
    out
}

#[par_scan]
fn sums<T: Copy + Default + Add<Output = T> + Send + Sync>(items: &[T]) -> Vec<T> {
    let mut sum = T::default();
    let mut out = Vec::new();
    for item in items {
        sum = sum + *item;
        out.push(sum);
    }
    out
}

#[par_scan]
fn phases(steps: &[f64]) -> Vec<f64> {
    let mut phase = 0.0;
    let mut out = Vec::new();
    for step in steps {
        phase = (phase + step) % 6.28;
        out.push(phase);
    }
    out
}

fn main() {}
