use divvy::par_reduce;

#[par_reduce]
fn distinct(xs: &[i64]) -> Vec<i64> {
    let mut last = None;
    xs.iter()
        .copied()
        .filter(|x| {
            let keep = last != Some(*x);
            last = Some(*x);
            keep
        })
        .collect()
}

fn main() {}
