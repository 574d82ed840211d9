use divvy::par_divide;

#[par_divide]
fn fill(left: &mut [u32], right: &mut [u32], n: u32) -> Option<u32> {
    if n == 0 {
        return left.first().copied();
    }
    let (a, b) = left.split_at_mut(left.len() / 2);
    let one = fill(a, b, n - 1)?;
    let two = fill(right, &mut [], n - 1)?;
    Some(one + two)
}

fn main() {}
