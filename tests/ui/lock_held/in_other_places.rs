use std::sync::{Mutex, MutexGuard, RwLock};

use divvy::{par_divide, par_for, par_join, par_reduce};

#[par_reduce]
fn in_a_header(prices: &Mutex<Vec<u64>>) -> u64 {
    let mut total = 0;
    for price in prices.lock().unwrap().iter() {
        total += price;
    }
    total
}

#[par_reduce]
fn in_a_chain(prices: &RwLock<Vec<u64>>) -> u64 {
    prices.read().unwrap().iter().map(|price| price * 2).sum()
}

#[par_for]
fn given(mut prices: MutexGuard<'_, Vec<u64>>) {
    for price in prices.iter_mut() {
        *price += 1;
    }
}

#[par_reduce]
fn in_a_match(prices: &RwLock<Vec<u64>>, xs: &[u64]) -> u64 {
    let mut total = 0;
    if let Some(first) = prices.read().expect("not poisoned").first() {
        for x in xs {
            total += x * first;
        }
    }
    total
}

#[par_divide]
fn depth(n: u32, seen: &RwLock<Vec<u32>>) -> u32 {
    let known = seen.read().unwrap();
    if n < 2 {
        return known[n as usize];
    }
    depth(n - 1, seen).max(depth(n - 2, seen)) + 1
}

fn price(of: &str) -> u64 {
    of.len() as u64
}

#[par_join]
fn both(names: &Mutex<Vec<String>>) -> (u64, u64) {
    let names = names.lock().unwrap();
    let first = price(&names[0]);
    let second = price(&names[1]);
    (first, second)
}

fn main() {}
