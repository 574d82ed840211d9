use divvy::par_divide;

#[par_divide]
fn ramp(n: u64) -> u64 {
    let mut steps = 0;
    while n > 0 && steps < ramp(n - 1) + 1 {
        steps += 1;
    }
    steps
}

fn main() {}
