use divvy::par_join;

#[par_join]
fn even(xs: &[u32]) -> Vec<u32> {
    let mut even = Vec::new();
    for &x in xs {
        if x % 2 == 0 {
            even.push(x);
        }
    }
    even
}

fn main() {
    even(&[1, 2]);
}
