use divvy::par_reduce;

#[derive(Clone, Copy)]
struct Point {
    y: f64,
    x: f64,
}

#[par_reduce]
fn lowest(points: &[Point]) -> usize {
    let mut low = 0;
    for (i, p) in points.iter().enumerate().skip(1) {
        if p.y < points[low].y || p.y == points[low].y && p.x < points[low].x {
            low = i;
        }
    }
    low
}

#[par_reduce]
fn nearest(points: &[i64], to: i64) -> (Option<usize>, u64) {
    let mut at = None;
    let mut least: u64 = 0;
    for i in 0..points.len() {
        let far = points[i].abs_diff(to);
        if at.is_none() || far < least {
            at = Some(i);
            least = far;
        }
    }
    (at, least)
}

fn is_better(a: &str, b: &str) -> bool {
    a.len() > b.len()
}

#[par_reduce]
fn longest(words: &[String]) -> usize {
    let mut at = 0;
    for i in 1..words.len() {
        if is_better(&words[i], &words[at]) {
            at = i;
        }
    }
    at
}

#[test]
fn same_answer() {
    let points = [(1.0, 0.0), (0.0, 5.0), (0.0, 2.0), (0.0, f64::NAN)].map(|(y, x)| Point { y, x });
    assert_eq!(lowest(&points), 2);
    assert_eq!(nearest(&[5, 2, 8, 4], 3), (Some(1), 1));
    assert_eq!(longest(&["a", "bcd", "efg"].map(String::from)), 1);
}
