use divvy::par_reduce;
use std::sync::mpsc::Sender;

#[par_reduce]
fn total(xs: &[u64], found: &Sender<u64>) -> u64 {
    let mut total = 0;
    for &x in xs {
        if x % 2 == 1 {
            found.send(x).unwrap();
        }
        total += x;
    }
    total
}

fn main() {}
