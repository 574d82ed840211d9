use divvy::par_reduce;

// 3, 4, 5: of all three the first stays, of the last two the second doesn't come in
#[par_reduce]
pub fn steps(xs: &[i64]) -> i64 {
    let mut level = 0;
    for &x in xs {
        if x > level + 1 {
            level = x;
        }
    }
    level
}

fn main() {}
