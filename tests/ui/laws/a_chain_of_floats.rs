use divvy::par_reduce;

#[par_reduce]
fn norm(xs: &[f64]) -> f64 {
    xs.iter()
        .map(|x| x * x)
        .sum::<f64>()
        .sqrt()
}

#[par_reduce]
fn generic<T: Copy + Send + Sync + std::iter::Sum>(xs: &[T]) -> T {
    xs.iter().copied().sum()
}

fn main() {}
