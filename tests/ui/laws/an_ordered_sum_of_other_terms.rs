use divvy::par_reduce;

#[derive(Clone, Copy)]
pub struct Complex(f64, f64);

impl std::ops::AddAssign for Complex {
    fn add_assign(&mut self, other: Complex) {
        self.0 += other.0;
        self.1 += other.1;
    }
}

impl std::ops::AddAssign<f64> for Complex {
    fn add_assign(&mut self, other: f64) {
        self.0 += other;
    }
}

#[par_reduce(float = ordered)]
pub fn total(xs: &[f64]) -> Complex {
    let mut sum = Complex(0.0, 0.0);
    for &x in xs {
        sum += x;
    }
    sum
}

fn main() {}
