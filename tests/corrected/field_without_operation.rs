use divvy::Monoid;

#[derive(Monoid)]
struct Summary {
    #[monoid(add)]
    count: u64,
    #[monoid(min)]
    low: i32,
    #[monoid(max)]
    high: i32,
    #[monoid(mul)]
    product: u64,
}

#[test]
fn every_field_has_an_operation() {
    let one = |x: i32| Summary {
        count: 1,
        low: x,
        high: x,
        product: x as u64,
    };
    let both = one(3).combine(one(5));
    assert_eq!((both.count, both.low, both.high, both.product), (2, 3, 5, 15));
}
