use divvy::par_reduce;


#[par_reduce]
fn run(xs: &[u64]) -> u64 {
    let mut run = 0;
    for &x in xs {
        if x == 0 {
            run = 0;
        } else {
            run += 1;
        }
    }
    run
}

fn main() {}
