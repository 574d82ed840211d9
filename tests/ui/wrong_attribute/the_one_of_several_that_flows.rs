use divvy::par_reduce;

#[par_reduce]
fn every_other(xs: &[u32]) -> Vec<u32> {
    let mut even = false;
    let mut sum = 0;
    let mut sums = Vec::new();
    for x in xs {
        even = !even;
        if even {
            sum += x;
        } else {
            sum = 0;
        }
        sums.push(sum);
    }
    sums
}

fn main() {}
