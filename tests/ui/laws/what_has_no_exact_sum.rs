use divvy::{Floats, par_reduce};

#[derive(Clone, Copy, Default)]
struct Money(i64);

#[par_reduce(float = exact)]
fn total<T: Floats + Copy + Default + Send + Sync + std::ops::AddAssign>(terms: &[T]) -> T {
    let mut sum = T::default();
    for &term in terms {
        sum += term;
    }
    sum
}

impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

fn main() {
    total(&[Money(1), Money(2)]);
}
