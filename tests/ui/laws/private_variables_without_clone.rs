use divvy::{par_divide, par_reduce};

struct Scratch(Vec<u64>);

#[par_reduce(private(scratch))]
fn total(xs: &[u64], mut scratch: Scratch) -> u64 {
    let mut total = 0;
    for x in xs {
        scratch.0.push(*x);
        total += scratch.0.len() as u64;
    }
    total
}

#[par_divide(private(scratch))]
fn orders(n: u64, scratch: &mut Scratch) -> u64 {
    if n < 2 {
        return 1;
    }
    let mut found = 0;
    for i in 0..n {
        scratch.0.push(i);
        found += orders(n - 1, scratch);
        scratch.0.pop();
    }
    found
}

fn main() {}
