use divvy::par_reduce;


#[par_reduce(float = fast, grain 16, threshold = , relax(order))]
fn total(xs: &[f32]) -> f32 {
    let mut sum = 0.0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {}
