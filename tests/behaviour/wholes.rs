//! Carried tuples, structs and values of own types.

use divvy::{Associative, Monoid, ops, par_reduce, par_scan};

use crate::inputs::{floats, ints, text};
use crate::{CUTOFF, LENGTHS, same};

fn pairs(n: usize) -> Vec<(i64, i64)> {
    ints(n).into_iter().zip(ints(n + 3).into_iter().skip(3)).collect()
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Point {
    x: i64,
    y: i64,
}

impl std::ops::Add for Point {
    type Output = Point;
    fn add(self, o: Point) -> Point {
        Point {
            x: self.x + o.x,
            y: self.y + o.y,
        }
    }
}

impl std::ops::AddAssign for Point {
    fn add_assign(&mut self, o: Point) {
        self.x += o.x;
        self.y += o.y;
    }
}

impl Associative<ops::Add> for Point {
    fn combine(l: &mut Point, r: Point) {
        l.x += r.x;
        l.y += r.y;
    }
}

impl Monoid<ops::Add> for Point {
    fn identity() -> Point {
        Point { x: 0, y: 0 }
    }
}

#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Cursor {
    line: usize,
    col: usize,
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Fix {
    lat: i64,
    lon: i64,
}

fn fixes(xs: &[(i64, i64)]) -> Vec<Fix> {
    xs.iter().map(|&(lat, lon)| Fix { lat, lon }).collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_sum_and_largest)]
fn sum_and_largest(xs: &[i64]) -> Vec<(i64, i64)> {
    let mut state = (0, 0);
    let mut out = Vec::new();
    for &x in xs {
        state = (state.0 + x, state.1.max(x));
        out.push(state);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_sums_of_sums)]
fn sums_of_sums(xs: &[i64]) -> Vec<i64> {
    let (mut a, mut b) = (0, 0);
    let mut out = Vec::new();
    for &x in xs {
        (a, b) = (a + x, b + a);
        out.push(b);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_spread_so_far)]
fn spread_so_far(xs: &[i64]) -> Vec<i64> {
    let mut state = (i64::MAX, i64::MIN);
    let mut out = Vec::with_capacity(xs.len());
    for &x in xs {
        let (lo, hi) = state;
        state = (lo.min(x), hi.max(x));
        out.push(state.1 - state.0);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_best_stretch)]
fn best_stretch(xs: &[i64]) -> (i64, i64) {
    let (mut here, mut best) = (0i64, 0i64);
    for &x in xs {
        (here, best) = ((here + x).max(0), best.max((here + x).max(0)));
    }
    (here, best)
}

#[par_scan(threshold = CUTOFF, twin = plain_means_so_far)]
fn means_so_far(xs: &[i64]) -> Vec<i64> {
    let mut state: (i64, i64) = Default::default();
    let mut out = vec![0; xs.len()];
    for (i, x) in xs.iter().enumerate() {
        state = (state.0 + x, state.1 + 1);
        out[i] = state.0 / state.1;
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_records)]
fn records(xs: &[i64]) -> Vec<(i64, usize)> {
    let mut best = (i64::MIN, 0);
    let mut out = vec![];
    for (i, &x) in xs.iter().enumerate() {
        if x > best.0 {
            best = (x, i);
        }
        out.push(best);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_longest_run)]
fn longest_run(xs: &[i64]) -> i64 {
    let mut run = (0i64, 0usize);
    let mut longest = 0;
    for &x in xs {
        if x == run.0 {
            run.1 += 1;
        } else {
            run = (x, 1);
        }
        longest = longest.max(run.1);
    }
    longest as i64
}

#[par_scan(threshold = CUTOFF, twin = plain_before_each)]
fn before_each(xs: &[i64]) -> Vec<(i64, i64, i64)> {
    let mut s = (0, 1, 2);
    let mut out = Vec::new();
    for &x in xs {
        let old = s;
        s = (old.0 + x, old.1.max(x), x);
        out.push(old);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_best_in_branches)]
fn best_in_branches(xs: &[i64]) -> i64 {
    let mut s = (0i64, i64::MIN);
    for &x in xs {
        s = if s.0 + x > 0 {
            (s.0 + x, s.1.max(s.0 + x))
        } else {
            (0, s.1.max(0))
        };
    }
    s.1
}

#[par_scan(threshold = CUTOFF, twin = plain_positions)]
fn positions(text: &str) -> Vec<(usize, usize)> {
    let mut pos = (1, 1);
    let mut out = Vec::new();
    for c in text.chars() {
        out.push(pos);
        pos = match c {
            '\n' => (pos.0 + 1, 1),
            _ => (pos.0, pos.1 + 1),
        };
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_bounds_so_far)]
fn bounds_so_far(xs: &[f64]) -> Vec<(f64, f64)> {
    let mut state = (f64::INFINITY, f64::NEG_INFINITY);
    let mut out = vec![];
    for &x in xs {
        let (mut lo, mut hi) = state;
        if x < lo {
            lo = x;
        }
        if x > hi {
            hi = x;
        }
        state = (lo, hi);
        out.push(state);
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_swapped_with_a_local)]
fn swapped_with_a_local(xs: &[i64]) -> (i64, i64) {
    let mut prev = 0;
    let mut total = 0;
    for &x in xs {
        let mut y = x;
        std::mem::swap(&mut prev, &mut y);
        total += (prev - y).abs();
    }
    (prev, total)
}

#[par_scan(threshold = CUTOFF, twin = plain_path)]
fn path(xs: &[(i64, i64)]) -> Vec<Point> {
    let mut cur = Point { x: 0, y: 0 };
    let mut out = Vec::new();
    for &(dx, dy) in xs {
        cur = Point {
            x: cur.x + dx,
            y: cur.y + dy,
        };
        out.push(cur);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_path_by_fields)]
fn path_by_fields(xs: &[(i64, i64)]) -> Vec<Point> {
    let mut cur = Point { x: 0, y: 0 };
    let mut out = Vec::new();
    for &(dx, dy) in xs {
        cur.x += dx;
        cur.y += dy;
        out.push(cur);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_path_by_a_local)]
fn path_by_a_local(xs: &[(i64, i64)]) -> Vec<Point> {
    let mut cur = Point { x: 0, y: 0 };
    let mut out = Vec::new();
    for &(dx, dy) in xs {
        let next = Point {
            x: cur.x + dx,
            y: cur.y + dy,
        };
        out.push(next);
        cur = next;
    }
    out
}

#[par_reduce(threshold = CUTOFF, twin = plain_taxicab)]
fn taxicab(xs: &[i64]) -> (i64, i64, usize) {
    let mut prev = (0, 0);
    let mut dist = 0;
    let mut n = 0;
    for (i, &x) in xs.iter().enumerate() {
        let here = (i as i64, x);
        dist += (here.1 - prev.1).abs() + (here.0 - prev.0);
        prev = here;
        n += 1;
    }
    (dist, prev.1, n)
}

#[par_reduce(threshold = CUTOFF, twin = plain_distance)]
fn distance(xs: &[(i64, i64)]) -> i64 {
    let fixes = fixes(xs);
    let mut prev = Fix { lat: 0, lon: 0 };
    let mut total = 0;
    for p in &fixes {
        total += (p.lat - prev.lat).abs() + (p.lon - prev.lon).abs();
        prev = *p;
    }
    total
}

#[par_scan(threshold = CUTOFF, twin = plain_areas)]
fn areas(xs: &[(i64, i64)]) -> Vec<i64> {
    let mut prev = xs.first().copied().unwrap_or((0, 0));
    let mut out = Vec::new();
    for &p in xs.iter().skip(1) {
        out.push((p.0 - prev.0) * (p.1 - prev.1));
        prev = p;
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_moves)]
fn moves(xs: &[(i64, i64)]) -> Vec<Fix> {
    let mut last: Option<Fix> = None;
    let mut out = Vec::new();
    for &(lat, lon) in xs {
        let fix = Fix { lat, lon };
        if let Some(prev) = last {
            out.push(Fix {
                lat: fix.lat - prev.lat,
                lon: fix.lon - prev.lon,
            });
        }
        last = Some(fix);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_cursor)]
fn cursor(text: &str) -> Vec<Cursor> {
    let mut at = Cursor::default();
    let mut out = Vec::new();
    for c in text.chars() {
        out.push(at);
        if c == '\n' {
            at = Cursor {
                line: at.line + 1,
                col: 0,
            };
        } else {
            at.col += 1;
        }
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_cursor_in_branches)]
fn cursor_in_branches(text: &str) -> Vec<Cursor> {
    let mut at = Cursor { line: 1, col: 1 };
    let mut out = Vec::new();
    for c in text.chars() {
        if c == 'x' {
            out.push(at);
        }
        at = if c == '\n' {
            Cursor {
                line: at.line + 1,
                col: 1,
            }
        } else {
            Cursor { col: at.col + 1, ..at }
        };
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_own_sum)]
fn own_sum(xs: &[(i64, i64)]) -> Vec<Point> {
    let mut pos = Point { x: 0, y: 0 };
    let mut out = Vec::new();
    for &(x, y) in xs {
        pos += Point { x, y };
        out.push(pos);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_own_sum_as_an_operator)]
fn own_sum_as_an_operator(xs: &[(i64, i64)]) -> Vec<Point> {
    let mut cur = Point { x: 0, y: 0 };
    let mut out = Vec::new();
    for &(x, y) in xs {
        cur = cur + Point { x, y };
        out.push(cur);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_own_sum_that_restarts)]
fn own_sum_that_restarts(xs: &[(i64, i64)]) -> Vec<Point> {
    let mut pos: Point = <Point as Monoid<ops::Add>>::identity();
    let mut out = Vec::new();
    for &(x, y) in xs {
        if x > 15 {
            pos = Point { x: 0, y };
        }
        pos = pos + Point { x, y };
        out.push(pos);
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_parts_of_an_own_sum)]
fn parts_of_an_own_sum(xs: &[(i64, i64)]) -> Vec<i64> {
    let mut pos = Point { x: 1, y: 1 };
    let mut out = Vec::new();
    for &(x, y) in xs {
        pos += Point { x, y };
        out.push(pos.x * 1000 + pos.y);
    }
    out
}

#[test]
fn tuples() {
    for &n in LENGTHS {
        same(
            &format!("sum_and_largest, {n} items"),
            || plain_sum_and_largest(&ints(n)),
            || sum_and_largest(&ints(n)),
        );
        same(
            &format!("sums_of_sums, {n} items"),
            || plain_sums_of_sums(&ints(n)),
            || sums_of_sums(&ints(n)),
        );
        same(
            &format!("spread_so_far, {n} items"),
            || plain_spread_so_far(&ints(n)),
            || spread_so_far(&ints(n)),
        );
        same(
            &format!("best_stretch, {n} items"),
            || plain_best_stretch(&ints(n)),
            || best_stretch(&ints(n)),
        );
        same(
            &format!("means_so_far, {n} items"),
            || plain_means_so_far(&ints(n)),
            || means_so_far(&ints(n)),
        );
        same(
            &format!("records, {n} items"),
            || plain_records(&ints(n)),
            || records(&ints(n)),
        );
        same(
            &format!("longest_run, {n} items"),
            || plain_longest_run(&ints(n)),
            || longest_run(&ints(n)),
        );
        same(
            &format!("before_each, {n} items"),
            || plain_before_each(&ints(n)),
            || before_each(&ints(n)),
        );
        same(
            &format!("best_in_branches, {n} items"),
            || plain_best_in_branches(&ints(n)),
            || best_in_branches(&ints(n)),
        );
        same(
            &format!("positions, {n} items"),
            || plain_positions(&text(n)),
            || positions(&text(n)),
        );
        same(
            &format!("bounds_so_far, {n} items"),
            || plain_bounds_so_far(&floats(n)),
            || bounds_so_far(&floats(n)),
        );
        same(
            &format!("swapped_with_a_local, {n} items"),
            || plain_swapped_with_a_local(&ints(n)),
            || swapped_with_a_local(&ints(n)),
        );
    }
}

#[test]
fn structs() {
    for &n in LENGTHS {
        same(
            &format!("path, {n} items"),
            || plain_path(&pairs(n)),
            || path(&pairs(n)),
        );
        same(
            &format!("path_by_fields, {n} items"),
            || plain_path_by_fields(&pairs(n)),
            || path_by_fields(&pairs(n)),
        );
        same(
            &format!("path_by_a_local, {n} items"),
            || plain_path_by_a_local(&pairs(n)),
            || path_by_a_local(&pairs(n)),
        );
        same(
            &format!("taxicab, {n} items"),
            || plain_taxicab(&ints(n)),
            || taxicab(&ints(n)),
        );
        same(
            &format!("distance, {n} items"),
            || plain_distance(&pairs(n)),
            || distance(&pairs(n)),
        );
        same(
            &format!("areas, {n} items"),
            || plain_areas(&pairs(n)),
            || areas(&pairs(n)),
        );
        same(
            &format!("moves, {n} items"),
            || plain_moves(&pairs(n)),
            || moves(&pairs(n)),
        );
        same(
            &format!("cursor, {n} items"),
            || plain_cursor(&text(n)),
            || cursor(&text(n)),
        );
        same(
            &format!("cursor_in_branches, {n} items"),
            || plain_cursor_in_branches(&text(n)),
            || cursor_in_branches(&text(n)),
        );
    }
}

#[test]
fn sums_of_own_types() {
    for &n in LENGTHS {
        same(
            &format!("own_sum, {n} items"),
            || plain_own_sum(&pairs(n)),
            || own_sum(&pairs(n)),
        );
        same(
            &format!("own_sum_as_an_operator, {n} items"),
            || plain_own_sum_as_an_operator(&pairs(n)),
            || own_sum_as_an_operator(&pairs(n)),
        );
        same(
            &format!("own_sum_that_restarts, {n} items"),
            || plain_own_sum_that_restarts(&pairs(n)),
            || own_sum_that_restarts(&pairs(n)),
        );
        same(
            &format!("parts_of_an_own_sum, {n} items"),
            || plain_parts_of_an_own_sum(&pairs(n)),
            || parts_of_an_own_sum(&pairs(n)),
        );
    }
}
