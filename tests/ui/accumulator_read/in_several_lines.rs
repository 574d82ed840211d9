use std::collections::BTreeMap;

use divvy::{associative, par_reduce};

#[par_reduce]
fn fill(sizes: &[u32], room: u32) -> (u32, u32) {
    let mut used = 0;
    let mut tight = 0;
    for &size in sizes {
        if used + size <= room {
            used += size;
        }
        if used > room / 2 {
            tight += 1;
        }
        tight += used % 2;
    }
    (used, tight)
}

#[associative(identity = 0, commutative)]
fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[par_reduce(reduce(common: gcd))]
fn divisor(xs: &[u64]) -> (u64, u64) {
    let (mut common, mut idle) = (0, 0);
    for &x in xs {
        if common == 1 {
            idle += 1;
        } else {
            common = gcd(common, x);
        }
        idle += common;
    }
    (common, idle)
}

#[derive(Default)]
struct Visits {
    count: u64,
}

#[par_reduce]
fn by_name<'a>(names: &[&'a str]) -> (BTreeMap<&'a str, Visits>, u64) {
    let mut visits: BTreeMap<&str, Visits> = BTreeMap::new();
    let mut often = 0;
    for name in names {
        let entry = visits.entry(name).or_default();
        entry.count += 1;
        if entry.count > 3 {
            often += 1;
        }
        if entry.count > 9 {
            often += 1;
        }
    }
    (visits, often)
}

fn main() {}
