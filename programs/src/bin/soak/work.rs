//! The jobs of the soak: annotated functions that call each other, exit early, panic, and carry values.

use std::collections::BTreeMap;

use divvy::{par_divide, par_for, par_join, par_reduce, par_scan, stream};

pub(crate) struct Data {
    pub(crate) xs: Vec<u64>,
    /// What some jobs exit or panic at.
    bad: u64,
}

impl Data {
    pub(crate) fn new(seed: u64, n: usize) -> Self {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state >> 20
        };
        let bad = next() % 3000;
        Self {
            xs: (0..n).map(|_| next() % 2048).collect(),
            bad,
        }
    }
}

/// Two functions that must say the same.
#[derive(Clone, Copy)]
pub(crate) struct Job {
    pub(crate) name: &'static str,
    pub(crate) plain: fn(&Data) -> String,
    pub(crate) parallel: fn(&Data) -> String,
}

macro_rules! jobs {
    ($($plain:ident $parallel:ident $with:tt)*) => {
        pub(crate) const JOBS: &[Job] = &[$(Job {
            name: stringify!($parallel),
            plain: |d| format!("{:?}", jobs!(@ $plain d $with)),
            parallel: |d| format!("{:?}", jobs!(@ $parallel d $with)),
        }),*];
    };
    (@ $f:ident $d:ident [xs]) => { $f(&$d.xs) };
    (@ $f:ident $d:ident [xs, bad]) => { $f(&$d.xs, $d.bad) };
    (@ $f:ident $d:ident [mut]) => {{ let mut xs = $d.xs.clone(); let answer = $f(&mut xs); (answer, xs) }};
    (@ $f:ident $d:ident [few]) => { $f(&mut vec![0; 7], 0, $d.bad) };
    (@ $f:ident $d:ident [depth]) => { $f(13, $d.bad) };
}

jobs! {
    plain_total total [xs]
    plain_until until [xs, bad]
    plain_panics panics [xs, bad]
    plain_parsed parsed [xs, bad]
    plain_bits bits [xs]
    plain_ordered ordered [xs]
    plain_table table [xs]
    plain_words words [xs]
    plain_written written [mut]
    plain_sorted sorted [mut]
    plain_running running [xs, bad]
    plain_automaton automaton [xs]
    plain_rows rows [xs, bad]
    plain_deep deep [depth]
    plain_found found [depth]
    plain_halves halves [xs, bad]
    plain_board board [few]
    plain_summary summary [xs, bad]
    plain_streamed streamed [xs, bad]
    plain_first first [xs, bad]
    plain_collected collected [xs, bad]
}

fn slow(x: u64) -> u64 {
    (0..x % 64).fold(x, |a, b| std::hint::black_box(a.rotate_left(5) ^ b))
}

#[par_reduce(twin = plain_total)]
fn total(xs: &[u64]) -> (u64, Option<u64>, Vec<u64>) {
    let (mut sum, mut most, mut even) = (0, None, Vec::new());
    for &x in xs {
        sum += slow(x) % 1000;
        most = most.max(Some(x));
        if x % 2 == 0 {
            even.push(x);
        }
    }
    (sum, most, even)
}

#[par_reduce(threshold = 64, twin = plain_until)]
fn until(xs: &[u64], bad: u64) -> (usize, u64, Vec<u64>) {
    let (mut count, mut sum, mut seen) = (0, 0, vec![1]);
    for &x in xs {
        if x == bad {
            break;
        }
        count += 1;
        sum ^= slow(x);
        seen.push(x);
    }
    (count, sum, seen)
}

#[par_reduce(threshold = 32, twin = plain_panics)]
fn panics(xs: &[u64], bad: u64) -> u64 {
    let mut sum = 0;
    for (i, &x) in xs.iter().enumerate() {
        assert!(x != bad, "{x} at {i}");
        sum += slow(x) % 10;
    }
    sum
}

#[par_reduce(threshold = 16, twin = plain_parsed)]
fn parsed(xs: &[u64], bad: u64) -> Result<String, String> {
    let mut text = String::new();
    for &x in xs {
        if x == bad {
            return Err(format!("{x} after {}", x + 1));
        }
        assert!(x != bad / 2, "half of {bad}");
        text.push_str(&(x % 10).to_string());
    }
    Ok(text)
}

#[par_reduce(float = tree, twin = plain_bits_in_order)]
fn bits(xs: &[u64]) -> u64 {
    let mut sum = 0.5_f64;
    for &x in xs {
        sum += slow(x) as f64 / 3.0;
    }
    sum.to_bits()
}

/// The same tree on one thread.
fn plain_bits(xs: &[u64]) -> u64 {
    divvy::with(divvy::Executor::Serial, || bits(xs))
}

#[par_reduce(float = ordered, twin = plain_ordered)]
fn ordered(xs: &[u64]) -> (u64, usize) {
    let (mut sum, mut count) = (0.1_f64, 0);
    for &x in xs {
        if x % 3 == 0 {
            sum += slow(x) as f64 / 7.0;
            count += 1;
        }
    }
    (sum.to_bits(), count)
}

#[par_reduce(threshold = 50, twin = plain_table)]
fn table(xs: &[u64]) -> ([u32; 16], u64) {
    let (mut table, mut mixed) = ([0; 16], 0_u64);
    for &x in xs {
        table[(x % 16) as usize] += 1;
        mixed = mixed.wrapping_add(slow(x));
    }
    (table, mixed)
}

#[par_reduce(twin = plain_words)]
fn words(xs: &[u64]) -> BTreeMap<u64, Vec<u64>> {
    let mut words: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for &x in xs {
        words.entry(x % 5).or_default().push(x);
    }
    words
}

#[par_for(threshold = 20, twin = plain_written)]
fn written(xs: &mut [u64]) {
    for x in xs.iter_mut() {
        *x = slow(*x);
    }
}

#[par_divide(threshold = 100, twin = plain_sorted)]
fn sorted(xs: &mut [u64]) {
    if xs.len() < 2 {
        return;
    }
    let middle = xs.len() / 2;
    let (left, right) = xs.split_at_mut(middle);
    sorted(left);
    sorted(right);
    let left = left.to_vec();
    let (mut l, mut r, mut to) = (0, middle, 0);
    while l < left.len() {
        if r < xs.len() && xs[r] < left[l] {
            xs[to] = xs[r];
            r += 1;
        } else {
            xs[to] = left[l];
            l += 1;
        }
        to += 1;
    }
}

#[par_scan(threshold = 40, twin = plain_running)]
fn running(xs: &[u64], bad: u64) -> Result<Vec<u64>, u64> {
    let mut sum = 0;
    let mut out = Vec::new();
    for &x in xs {
        if x == bad {
            return Err(x);
        }
        sum += slow(x) % 100;
        out.push(sum);
    }
    Ok(out)
}

#[par_scan(twin = plain_automaton)]
fn automaton(xs: &[u64]) -> (Vec<bool>, u8) {
    let (mut quoted, mut state) = (false, 0_u8);
    let mut out = Vec::new();
    for &x in xs {
        if x % 9 == 0 {
            quoted = !quoted;
        }
        state = match (state, x % 4) {
            (0, 1) => 1,
            (1, 2) => 2,
            (_, 0) => 0,
            _ => state,
        };
        out.push(quoted);
    }
    (out, state)
}

/// Regions in regions.
#[par_reduce(threshold = 2, twin = plain_rows)]
fn rows(xs: &[u64], bad: u64) -> Option<(u64, usize)> {
    let (mut sum, mut longest) = (0_u64, 0);
    for row in xs.chunks(300) {
        let (count, mixed, seen) = until(row, bad);
        sum = sum.wrapping_add(mixed).wrapping_add(halves(row, bad)?);
        longest = longest.max(count + seen.len());
        sum = sum.wrapping_add(total(row).0);
    }
    Some((sum, longest))
}

/// A loop in each call.
#[par_divide(twin = plain_deep)]
fn deep(n: u32, bad: u64) -> u64 {
    if n < 4 {
        let xs: Vec<u64> = (0..u64::from(n) * 40).collect();
        return until(&xs, bad).1;
    }
    assert!(u64::from(n) != bad % 40, "{n} is bad");
    let left = deep(n - 1, bad / 2);
    let right = deep(n - 2, bad + 1);
    left.rotate_left(3) ^ right
}

#[par_divide(threshold = 5, twin = plain_found)]
fn found(n: u32, bad: u64) -> bool {
    if n == 0 {
        return slow(bad) % 61 == 7;
    }
    assert!(bad % 1009 != 11, "eleven");
    found(n - 1, bad / 2) || found(n - 1, bad * 3 + 1)
}

#[par_divide(threshold = 8, twin = plain_halves)]
fn halves(xs: &[u64], bad: u64) -> Option<u64> {
    if let [x] = xs {
        return (*x != bad).then(|| slow(*x));
    }
    if xs.is_empty() {
        return Some(0);
    }
    let (left, right) = xs.split_at(xs.len() / 2);
    let left = halves(left, bad)?;
    let right = halves(right, bad)?;
    Some(left.wrapping_mul(31) ^ right)
}

/// Backtracking; the board is private.
#[par_divide(private(queens), twin = plain_board)]
fn board(queens: &mut Vec<usize>, row: usize, bad: u64) -> u64 {
    if row == queens.len() {
        return 1;
    }
    let mut count = 0;
    for column in 0..queens.len() {
        let is_free =
            (0..row).all(|r| queens[r] != column && queens[r] + row - r != column && column + row - r != queens[r]);
        if is_free {
            queens[row] = column;
            assert!(bad % 700 != 3 || row + column != 9, "no queen there");
            count += board(queens, row + 1, bad);
        }
    }
    count
}

#[par_join(twin = plain_summary)]
fn summary(xs: &[u64], bad: u64) -> (Option<u64>, Vec<bool>, u64) {
    let tree = halves(xs, bad);
    let states = automaton(xs).0;
    let mixed = panics(xs, bad);
    (tree, states, mixed)
}

#[par_reduce(twin = plain_streamed)]
fn streamed(xs: &[u64], bad: u64) -> Result<(u64, Vec<u64>), String> {
    let (mut sum, mut odd) = (0_u64, Vec::new());
    for x in stream(xs.iter().copied()) {
        if x == bad {
            return Err(x.to_string());
        }
        sum = sum.wrapping_add(slow(x));
        if x % 2 == 1 {
            odd.push(x);
        }
    }
    Ok((sum, odd))
}

#[par_reduce(threshold = 10, twin = plain_first)]
fn first(xs: &[u64], bad: u64) -> Option<(usize, u64)> {
    xs.iter()
        .map(|&x| slow(x))
        .enumerate()
        .find(|&(_, x)| x % 97 == bad % 97)
}

#[par_reduce(threshold = 10, twin = plain_collected)]
fn collected(xs: &[u64], bad: u64) -> Result<Vec<u64>, u64> {
    xs.iter()
        .filter(|x| **x % 3 != 1)
        .map(|&x| if x == bad { Err(x) } else { Ok(slow(x)) })
        .collect()
}
