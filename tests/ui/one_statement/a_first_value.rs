use divvy::par_join;

#[par_join]
fn bounds(xs: &[u32]) -> (u32, u32) {
    let low;
    let high = xs.iter().copied().max().unwrap_or(0);
    if high > 0 {
        low = xs.iter().copied().min().unwrap_or(0);
    } else {
        low = 1;
    }
    (low, high)
}

fn main() {
    bounds(&[1, 2]);
}
