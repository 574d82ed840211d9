use divvy::{par_reduce, par_scan};

use numbers::gcd;

mod numbers {
    use divvy::associative;

    #[associative(identity = 0, commutative)]
    pub(super) fn gcd(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
}

#[par_reduce]
fn common_divisor(xs: &[u64]) -> u64 {
    let mut common = 0;
    for &x in xs {
        common = gcd(common, x);
    }
    common
}

#[par_reduce]
fn least_and_common(xs: &[u64]) -> (u64, u64) {
    let (mut least, mut common) = (u64::MAX, 0);
    for &x in xs {
        least = least.min(x);
        common = numbers::gcd(x, common);
    }
    (least, common)
}

#[par_scan]
fn common_divisors(xs: &[u64]) -> Vec<u64> {
    let mut divisors = Vec::new();
    let mut common = 0;
    for &x in xs {
        common = gcd(common, x);
        divisors.push(common);
    }
    divisors
}

#[test]
fn same_answer() {
    let xs: Vec<u64> = (1..300).map(|i| i * 12).collect();
    assert_eq!(common_divisor(&xs), 12);
    assert_eq!(least_and_common(&xs), (12, 12));
    assert_eq!(common_divisors(&xs), vec![12; 299]);
}
