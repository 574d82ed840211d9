use divvy::par_reduce;


#[par_reduce(treshold = 1_000)]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

fn main() {
    assert_eq!(total(&[1, 2]), 3);
}
