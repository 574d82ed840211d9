use divvy::par_reduce;

/// Dividing by one after another is dividing by the product.
#[par_reduce]
fn divisor(ns: &[u64]) -> u64 {
    let mut divisor = 1;
    for n in ns {
        divisor *= n;
    }
    divisor
}

fn share(cake: u64, ns: &[u64]) -> u64 {
    cake / divisor(ns)
}

#[test]
fn the_product_is_applied_once() {
    assert_eq!(share(120, &[2, 3, 4]), 5);
}
