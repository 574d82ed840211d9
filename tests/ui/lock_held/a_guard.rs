use std::sync::Mutex;

use divvy::par_reduce;

#[par_reduce]
fn total(prices: &Mutex<Vec<u64>>) -> u64 {
    let prices = prices.lock().unwrap();
    let mut total = 0;
    for price in prices.iter() {
        total += price;
    }
    total
}

fn main() {}
