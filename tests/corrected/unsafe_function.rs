use divvy::par_reduce;

/// Safe: it checks what its unsafe sister only asks for.
#[par_reduce]
fn total(xs: &[u32]) -> u32 {
    let mut sum = 0;
    for x in xs {
        sum += x;
    }
    sum
}

#[test]
fn the_function_is_safe() {
    assert_eq!(total(&[1, 2]), 3);
}
