use std::collections::HashMap;

use divvy::par_reduce;

#[par_reduce]
fn totals(sales: &[(String, f64)]) -> HashMap<String, f64> {
    let mut totals = HashMap::new();
    for (name, price) in sales {
        *totals.entry(name.clone()).or_insert(0.0) += price;
    }
    totals
}

fn main() {}
