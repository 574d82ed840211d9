use divvy::par_reduce;

#[derive(Clone, Copy)]
struct Price(f64);

impl Price {
    fn max(self, other: Price) -> Price {
        Price(self.0.max(other.0))
    }
}

#[par_reduce]
fn highest(prices: &[Price]) -> Price {
    let mut best = Price(0.0);
    for &price in prices {
        best = best.max(price);
    }
    best
}

#[par_reduce]
fn highest_if_any(prices: &[Price]) -> Option<Price> {
    let mut best: Option<Price> = None;
    for &price in prices {
        best = Some(best.map_or(price, |best| best.max(price)));
    }
    best
}

fn main() {}
