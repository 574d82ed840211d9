use divvy::par_reduce;


#[par_reduce(threshold = "many")]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {}
