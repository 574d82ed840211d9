use std::collections::HashMap;

use divvy::par_reduce;

#[par_reduce]
fn lowest(prices: &[(u32, f64)]) -> HashMap<u32, f64> {
    let mut lowest = HashMap::new();
    for &(item, price) in prices {
        let low = lowest.entry(item).or_insert(price);
        if price < *low {
            *low = price;
        }
    }
    lowest
}

fn main() {}
