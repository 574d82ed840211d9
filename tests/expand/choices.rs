use divvy::par_reduce;

#[par_reduce]
fn highest(points: &[(u32, f64)]) -> (Option<(usize, f64)>, Option<u32>) {
    let mut best: Option<(usize, f64)> = None;
    let mut sum = None;
    for (i, &(n, x)) in points.iter().enumerate() {
        match best {
            Some((_, b)) if b >= x => {}
            _ => best = Some((i, x)),
        }
        sum = Some(sum.map_or(n, |s: u32| s.max(n)));
    }
    (best, sum)
}

#[par_reduce]
fn range(xs: &[i32]) -> (i32, i32) {
    let mut range = (i32::MAX, i32::MIN);
    for &x in xs {
        range = (range.0.min(x), range.1.max(x));
    }
    range
}

#[test]
fn same_answer() {
    let points = [(3, 1.5), (9, f64::NAN), (2, 7.0), (4, 7.0)];
    assert_eq!(highest(&points), (Some((2, 7.0)), Some(9)));
    assert_eq!(highest(&[]), (None, None));
    assert_eq!(range(&[3, -4, 7]), (-4, 7));
}
