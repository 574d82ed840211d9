use divvy::par_for;

#[par_for]
fn halve(xs: &mut [u32]) {
    for x in xs.iter_mut() {
        *x /= 2;
    }
}

#[test]
fn a_loop_that_only_writes_is_par_for() {
    let mut xs = [4, 6];
    halve(&mut xs);
    assert_eq!(xs, [2, 3]);
}
