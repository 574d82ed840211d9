use divvy::par_reduce;


#[par_reduce]
fn jumps(xs: &[i64]) -> usize {
    let mut prev = 0;
    let mut jumps = 0;
    for &x in xs {
        if x > prev + 10 {
            jumps += 1;
        }
        prev = x;
    }
    jumps
}

fn main() {}
