use divvy::par_scan;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Money(i64);

/// The number is carried along, and what it is made into is collected.
#[par_scan]
fn balance(changes: &[Money]) -> Vec<Money> {
    let mut sum = 0;
    let mut out = Vec::new();
    for change in changes {
        sum += change.0;
        out.push(Money(sum));
    }
    out
}

/// The sum is carried along, a copy of it is divided.
#[par_scan]
fn halves(xs: &[u64]) -> Vec<u64> {
    let mut sum = 0;
    let mut out = Vec::new();
    for &x in xs {
        sum += x;
        out.push(sum / 2);
    }
    out
}

#[test]
fn numbers_on_the_way() {
    assert_eq!(balance(&[Money(5), Money(-2)]), [Money(5), Money(3)]);
    assert_eq!(halves(&[3, 4, 4]), [1, 3, 5]);
}
