use divvy::par_reduce;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Complex(f64, f64);

impl std::ops::AddAssign for Complex {
    fn add_assign(&mut self, other: Complex) {
        self.0 += other.0;
        self.1 += other.1;
    }
}

#[par_reduce(float = ordered)]
fn total(xs: &[f64]) -> Complex {
    let mut sum = Complex(0.0, 0.0);
    for &x in xs {
        sum += Complex(x, 0.0);
    }
    sum
}

#[test]
fn terms_of_the_type_of_the_sum() {
    assert_eq!(total(&[1.0, 2.0]), Complex(3.0, 0.0));
}
