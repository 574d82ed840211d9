use divvy::par_reduce;

#[par_reduce]
fn asserted(xs: &[u64], most: u64) -> u64 {
    let mut sum = 0;
    for x in xs {
        assert!(sum < most);
        sum += x;
    }
    sum
}

#[par_reduce]
fn repeated(xs: &[u64]) -> (u64, Vec<Vec<u64>>) {
    let mut sum = 0;
    let mut rows = Vec::new();
    for x in xs {
        rows.push(vec![sum; 3]);
        sum += x;
    }
    (sum, rows)
}

#[par_reduce]
fn matched(xs: &[u64]) -> (u64, usize) {
    let mut sum = 0;
    let mut few = 0;
    for x in xs {
        if matches!(sum, 0..=9) {
            few += 1;
        }
        sum += x;
    }
    (sum, few)
}

fn main() {}
