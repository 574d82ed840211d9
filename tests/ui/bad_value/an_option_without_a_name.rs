use divvy::par_reduce;

#[par_reduce(= 16, "grain")]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {}
