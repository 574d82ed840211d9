use divvy::par_reduce;

struct Total(u64);

impl Total {
    fn combine(self, x: u64) -> Total {
        Total(self.0 / 2 + x)
    }
}

#[par_reduce]
fn total(xs: &[u64]) -> Total {
    let mut total = Total(0);
    for &x in xs {
        total = total.combine(x);
    }
    total
}

fn main() {}
