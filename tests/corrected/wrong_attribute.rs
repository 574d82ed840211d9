use divvy::par_reduce;

/// `par_reduce` takes loops that accumulate, and those that write elements of their own beside it.
#[par_reduce]
fn energy(masses: &[u64], out: &mut [u64]) -> u64 {
    let mut total = 0;
    for i in 0..masses.len() {
        out[i] = masses[i] / 2;
        total += masses[i];
    }
    total
}

#[test]
fn both_kinds_are_par_reduce() {
    let mut out = [0; 2];
    assert_eq!(energy(&[4, 6], &mut out), 10);
    assert_eq!(out, [2, 3]);
}
