use divvy::{Floats, par_reduce};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Point(f64, f64);

impl std::ops::AddAssign for Point {
    fn add_assign(&mut self, other: Point) {
        self.0 += other.0;
        self.1 += other.1;
    }
}

/// It adds float by float.
impl Floats for Point {
    type Parts = [f64; 2];

    fn into_parts(self) -> [f64; 2] {
        [self.0, self.1]
    }

    fn from_parts([x, y]: [f64; 2]) -> Point {
        Point(x, y)
    }
}

#[par_reduce(float = exact)]
fn centre(points: &[Point]) -> Point {
    let mut sum = Point(0.0, 0.0);
    for p in points {
        sum += *p;
    }
    sum
}

#[par_reduce(float = tree)]
fn geometric(xs: &[f64]) -> f64 {
    let mut product = 1.0;
    for x in xs {
        product *= x;
    }
    product
}

#[test]
fn sums_and_a_product() {
    assert_eq!(
        centre(&[Point(1e16, 0.5), Point(1.0, 1.0), Point(-1e16, 0.0)]),
        Point(1.0, 1.5)
    );
    assert_eq!(geometric(&[2.0, 4.0]), 8.0);
}
