use divvy::par_join;

#[par_join]
fn middle(low: u32, high: u32) -> u32 {
    let sum = low + high;
    let half = sum / 2;
    half
}

fn main() {
    middle(1, 2);
}
