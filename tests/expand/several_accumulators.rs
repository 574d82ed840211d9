use divvy::par_reduce;

#[par_reduce]
fn summary(xs: &[i32], bias: i32) -> (usize, i32, usize, Vec<i32>, i32) {
    let mut count = 0;
    let (mut lowest, mut at) = (i32::MAX, usize::MAX);
    let mut negative = Vec::new();
    let mut highest = i32::MIN;
    for (i, &x) in xs.iter().enumerate() {
        if x == 0 {
            continue;
        }
        let x = x - bias;
        count += 1;
        if x < lowest {
            lowest = x;
            at = i;
        }
        highest = highest.max(x);
        if x < 0 {
            negative.push(x);
        }
    }
    (count, lowest, at, negative, highest)
}

#[test]
fn same_answer() {
    assert_eq!(summary(&[5, 0, -1, 3, -1], 1), (4, -2, 2, vec![-2, -2], 4));
    assert_eq!(summary(&[], 1), (0, i32::MAX, usize::MAX, vec![], i32::MIN));
}
