use divvy::par_reduce;

#[derive(Clone, Copy)]
struct Price(f64);

/// The number in it has an order.
#[par_reduce]
fn highest(prices: &[Price]) -> Price {
    let mut best = 0.0f64;
    for price in prices {
        best = best.max(price.0);
    }
    Price(best)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cents(u64);

#[par_reduce]
fn most(prices: &[Cents]) -> Cents {
    let mut best = Cents(0);
    for &price in prices {
        best = best.max(price);
    }
    best
}

#[test]
fn the_highest_price() {
    assert_eq!(highest(&[Price(2.0), Price(3.5)]).0, 3.5);
    assert_eq!(most(&[Cents(7), Cents(5)]), Cents(7));
}
