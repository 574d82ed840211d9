use divvy::par_reduce;

#[derive(Clone, Copy)]
pub struct Point(f64, f64);

impl std::ops::AddAssign for Point {
    fn add_assign(&mut self, other: Point) {
        self.0 += other.0;
        self.1 += other.1;
    }
}

#[par_reduce(float = exact)]
pub fn centre(points: &[Point]) -> Point {
    let mut sum = Point(0.0, 0.0);
    for p in points {
        sum += *p;
    }
    sum
}

fn main() {}
