use divvy::par_reduce;

fn note(x: u32) -> (u32, u32) {
    (x, 2 * x)
}

#[par_reduce]
fn total(xs: &[u32]) -> (u32, Vec<u32>) {
    let mut sum = 0;
    let mut log = Vec::new();
    for &x in xs {
        let (entry, double) = note(x);
        log.push(entry);
        sum += double;
    }
    (sum, log)
}

#[test]
fn the_function_returns_what_the_loop_collects() {
    assert_eq!(total(&[1, 2]), (6, vec![1, 2]));
}
