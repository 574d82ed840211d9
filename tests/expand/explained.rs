//! What `explain` writes into the documentation.
use divvy::{par_divide, par_join, par_reduce, par_scan};

/// The sum, or the first one that is too large.
#[par_reduce(explain, threshold = 1024)]
fn total(xs: &[u64], limit: u64) -> Result<u64, u64> {
    let mut sum = 0;
    for &x in xs {
        if x > limit {
            return Err(x);
        }
        sum += x;
    }
    Ok(sum)
}

/// Largest weight of a path.
#[par_divide(explain)]
fn heaviest(weights: &[u64]) -> u64 {
    if weights.len() < 2 {
        return weights.iter().sum();
    }
    let (left, right) = weights.split_at(weights.len() / 2);
    heaviest(left).max(heaviest(right))
}

/// Both sums.
#[par_join(explain)]
fn both(xs: &[u64], ys: &[u64]) -> (u64, u64) {
    let left = xs.iter().sum::<u64>();
    let right = ys.iter().sum::<u64>();
    (left, right)
}

/// Sums between quotes.
#[par_scan(explain)]
fn quoted(text: &[u8]) -> Vec<u64> {
    let mut inside = false;
    let mut sum = 0;
    let mut sums = Vec::new();
    for &letter in text {
        if letter == b'"' {
            inside = !inside;
        }
        if inside {
            sum += u64::from(letter);
        }
        sums.push(sum);
    }
    sums
}

#[test]
fn same_answer() {
    assert_eq!(both(&[1, 2], &[3, 4]), (3, 7));
    assert_eq!(quoted(b"a\"b\"c"), [0, 34, 132, 132, 132]);
    assert_eq!(total(&[1, 2, 9, 7], 5), Err(9));
    assert_eq!(total(&[1, 2, 9, 7], 10), Ok(19));
    assert_eq!(heaviest(&[1, 5, 2]), 5);
}
