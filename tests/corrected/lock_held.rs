use std::sync::{Mutex, RwLock};

use divvy::par_reduce;

#[par_reduce]
fn total(prices: &Mutex<Vec<u64>>) -> u64 {
    let prices = prices.lock().unwrap().clone();
    let mut total = 0;
    for price in prices.iter() {
        total += price;
    }
    total
}

#[par_reduce]
fn released(factor: &RwLock<u64>, prices: &[u64]) -> u64 {
    let factor = factor.read().unwrap();
    let by = *factor;
    drop(factor);
    let mut total = 0;
    for price in prices {
        total += price * by;
    }
    total
}

#[par_reduce(relax(locks))]
fn alone(prices: &Mutex<Vec<u64>>) -> u64 {
    prices.lock().unwrap().iter().sum()
}

#[test]
fn the_lock_is_released_before() {
    let prices = Mutex::new(vec![1, 2, 3]);
    assert_eq!(total(&prices), 6);
    assert_eq!(released(&RwLock::new(2), &[1, 2]), 6);
    assert_eq!(alone(&prices), 6);
}
