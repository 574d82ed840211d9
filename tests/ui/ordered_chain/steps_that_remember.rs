use divvy::par_reduce;

#[par_reduce]
fn rising(xs: &[i64]) -> Vec<i64> {
    xs.iter().fuse().scan(0, add).collect()
}

fn add(sum: &mut i64, x: &i64) -> Option<i64> {
    *sum += x;
    Some(*sum)
}

#[par_reduce]
fn made(xs: &[i64], limit: i64) -> usize {
    xs.iter().filter(above(limit)).count()
}

fn above(limit: i64) -> impl FnMut(&&i64) -> bool {
    move |x| **x > limit
}

fn main() {}
