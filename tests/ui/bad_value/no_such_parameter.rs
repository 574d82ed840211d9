use divvy::par_divide;

#[par_divide(private(board))]
fn sum(xs: &[u64]) -> u64 {
    if xs.len() < 2 {
        return xs.iter().sum();
    }
    let (left, right) = xs.split_at(xs.len() / 2);
    sum(left) + sum(right)
}

fn main() {}
