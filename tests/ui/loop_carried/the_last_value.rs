use divvy::par_reduce;


#[par_reduce]
fn last(xs: &[u64]) -> (u64, u64) {
    let mut last = 0;
    let mut sum = 0;
    for &x in xs {
        last = x;
        sum += x;
    }
    (last, sum)
}

fn main() {}
