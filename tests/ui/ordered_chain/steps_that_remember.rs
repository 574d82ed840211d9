use divvy::par_reduce;

#[par_reduce]
fn rising(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .take_while(|x| **x >= 0)
        .scan(0, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .collect()
}

#[par_reduce]
fn made(xs: &[i64], limit: i64) -> usize {
    xs.iter().filter(above(limit)).count()
}

fn above(limit: i64) -> impl FnMut(&&i64) -> bool {
    move |x| **x > limit
}

fn main() {}
