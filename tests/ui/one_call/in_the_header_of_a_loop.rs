//! What a loop runs over is computed once.

use divvy::par_divide;

#[par_divide]
fn list(n: u64) -> Vec<u64> {
    let mut all = vec![n];
    if n > 1 {
        for x in list(n / 2) {
            all.push(x + 1);
        }
    }
    all
}

fn main() {
    list(3);
}
