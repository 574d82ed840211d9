use divvy::par_reduce;

#[par_reduce]
fn total(xs: &[u64]) -> (u64, Vec<u64>) {
    let mut total = 0;
    let mut odd = Vec::new();
    for &x in xs {
        if x % 2 == 1 {
            odd.push(x);
        }
        total += x;
    }
    (total, odd)
}

#[test]
fn the_list_is_an_accumulator() {
    assert_eq!(total(&[1, 2, 3]), (6, vec![1, 3]));
}
