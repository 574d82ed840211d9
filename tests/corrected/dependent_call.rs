use divvy::par_divide;

/// Two calls that need nothing from each other.
#[par_divide]
fn paths(right: u32, down: u32) -> u64 {
    if right == 0 || down == 0 {
        return 1;
    }
    let first_right = paths(right - 1, down);
    let first_down = paths(right, down - 1);
    first_right + first_down
}

#[test]
fn neither_call_needs_the_other() {
    assert_eq!(paths(4, 4), 70);
}
