use std::sync::Mutex;

use divvy::{par_divide, par_reduce};

#[par_reduce(grain 64)]
fn level(xs: &[f64]) -> f64 {
    let mut level = 0.0;
    for x in xs {
        println!("{level}");
        level = (level * level + x).sqrt();
    }
    level
}

// the lock may be what the option is about
#[par_reduce(relax(lock))]
fn logged(xs: &[u64], log: &Mutex<Vec<u64>>) -> u64 {
    let mut sum = 0;
    for x in xs {
        log.lock().unwrap().push(*x);
        sum += x;
    }
    sum
}

// so may `best`, but not `level`
#[par_reduce(reduce(best = Max))]
fn best(xs: &[f64]) -> (f64, f64) {
    let (mut best, mut level) = (0.0, 0.0);
    for x in xs {
        best = larger(best, *x);
        level = (level * level + x).sqrt();
    }
    (best, level)
}

fn larger(a: f64, b: f64) -> f64 {
    a.max(b)
}

#[par_divide(treshold = 10)]
fn walk(n: u64, seen: &mut Vec<u64>) -> u64 {
    if n < 2 {
        println!("{n}");
        return n;
    }
    walk(n - 1, seen) + walk(n - 2, seen)
}

fn main() {}
