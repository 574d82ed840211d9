use divvy::par_reduce;

#[par_reduce(threshold = 4)]
fn farthest(reaches: &[f64]) -> Option<(usize, f64)> {
    let mut best = None;
    for (i, &reach) in reaches.iter().enumerate() {
        if best.is_none_or(|(_, most)| reach > most) {
            best = Some((i, reach));
        }
    }
    best
}

#[test]
fn behaves() {
    let reaches: Vec<f64> = (0..100).map(|i| f64::from(i * 37 % 101)).collect();
    assert_eq!(farthest(&reaches), Some((30, 100.0)));
    assert!(farthest(&[f64::NAN, 1.0]).is_some_and(|(at, _)| at == 0));
}
