use divvy::par_reduce;


use std::sync::Mutex;

#[par_reduce]
fn total(xs: &[u64], odd: &Mutex<Vec<u64>>) -> u64 {
    let mut total = 0;
    for &x in xs {
        if x % 2 == 1 {
            odd.lock().unwrap().push(x);
        }
        total += x;
    }
    total
}

fn main() {}
