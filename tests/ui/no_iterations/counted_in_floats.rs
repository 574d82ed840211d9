use divvy::par_reduce;

#[par_reduce]
fn area(from: f64, to: f64, step: f64) -> usize {
    let mut below = 0;
    let mut x = from;
    while x <= to {
        if x.sin() < 0.5 {
            below += 1;
        }
        x += step;
    }
    below
}

fn main() {}
