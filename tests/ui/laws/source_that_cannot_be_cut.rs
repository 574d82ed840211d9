use divvy::par_reduce;


#[par_reduce]
fn total(xs: impl Iterator<Item = u32>) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {}
