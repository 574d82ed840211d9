use divvy::par_reduce;

#[par_reduce(float = exact)]
fn geometric(xs: &[f64]) -> f64 {
    let mut product = 1.0;
    for x in xs {
        product *= x;
    }
    product
}

#[par_reduce(float = exact)]
fn in_a_chain(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x + 1.0).product()
}

fn main() {}
