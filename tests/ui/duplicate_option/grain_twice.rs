use divvy::par_reduce;


#[par_reduce(grain = 1, grain = 2)]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {}
