use divvy::par_reduce;

#[par_reduce]
fn dials(turns: &[u32]) -> (u32, u32) {
    let mut left = 0;
    let mut right = 0;
    for turn in turns {
        left = (left * right + turn) % 10;
        right = (right * left + turn) % 10;
    }
    (left, right)
}

fn main() {}
