use divvy::par_divide;

/// The two halves share `f`.
#[par_divide(size = (to - from) as usize)]
fn area(f: &(impl Fn(f64) -> f64 + Sync), from: f64, to: f64) -> f64 {
    if to - from <= 1.0 {
        return f((from + to) / 2.0) * (to - from);
    }
    let middle = (from + to) / 2.0;
    area(f, from, middle) + area(f, middle, to)
}

#[test]
fn threads_share_the_function() {
    assert_eq!(area(&|x| 2.0 * x, 0.0, 8.0), 64.0);
}
