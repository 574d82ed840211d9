use divvy::Monoid;

#[derive(Monoid)]
struct Moments {
    #[monoid(add)]
    count: u64,
    #[monoid(add)]
    sum: f64,
}

fn main() {}
