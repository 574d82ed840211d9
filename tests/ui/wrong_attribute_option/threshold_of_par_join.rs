use divvy::par_join;

fn area(xs: &[u32]) -> u32 {
    xs.iter().product()
}

#[par_join(threshold = 100)]
fn measure(xs: &[u32], ys: &[u32]) -> u32 {
    let first = area(xs);
    let second = area(ys);
    first + second
}

fn main() {
    measure(&[1], &[2]);
}
