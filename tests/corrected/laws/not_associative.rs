use divvy::{Associative, Monoid, ops, par_reduce};

#[par_reduce(float = tree)]
fn mean(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in xs {
        sum += x;
    }
    sum / xs.len() as f64
}

#[par_reduce]
fn generic<T: Copy + Send + Sync + Default + std::ops::AddAssign + Monoid<ops::Add>>(xs: &[T]) -> T {
    let mut sum = T::default();
    for &x in xs {
        sum += x;
    }
    sum
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Money(i64);

impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl Associative<ops::Add> for Money {
    fn combine(left: &mut Money, right: Money) {
        left.0 += right.0;
    }
}

impl Monoid<ops::Add> for Money {
    fn identity() -> Money {
        Money(0)
    }
}

#[par_reduce]
fn total(prices: &[Money]) -> Money {
    let mut total = Money(0);
    for &price in prices {
        total += price;
    }
    total
}

#[test]
fn sums_of_what_adds_up() {
    assert_eq!(mean(&[1.0, 2.0, 6.0]), 3.0);
    assert_eq!(generic(&[1, 2, 3]), 6);
    assert_eq!(total(&[Money(3), Money(4)]), Money(7));
}
