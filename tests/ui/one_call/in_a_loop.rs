//! A loop that nobody can tell the end of.

use divvy::par_divide;

#[par_divide]
fn steps(n: u64) -> u64 {
    if n == 0 {
        return 0;
    }
    let mut total = 0;
    loop {
        total += steps(n / 2) + 1;
        if total > n {
            return total;
        }
    }
}

fn main() {
    steps(0);
}
