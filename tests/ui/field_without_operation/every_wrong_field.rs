use divvy::Monoid;

#[derive(Monoid)]
struct Summary {
    #[monoid(add)]
    count: u64,
    low: i32,
    #[monoid = "max"]
    high: i32,
    #[monoid(add)]
    #[monoid(mul)]
    product: u64,
}

fn main() {}
