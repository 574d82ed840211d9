use divvy::{par_reduce, par_scan};

/// A tuple that is carried as a whole.
#[par_scan]
fn sums_and_highest(xs: &[u64]) -> Vec<(u64, u64)> {
    let mut state = (0, 0);
    let mut states = Vec::new();
    for &x in xs {
        state = (state.0 + x, state.1.max(x));
        states.push(state);
    }
    states
}

/// Linear forms of two values.
#[par_reduce]
fn fibonacci(n: usize) -> u64 {
    let (mut a, mut b) = (0u64, 1u64);
    for _ in 0..n {
        let next = a.wrapping_add(b);
        a = b;
        b = next;
    }
    a
}

/// The state is an `Option`.
#[par_scan]
fn filled(xs: &[Option<i32>]) -> Vec<Option<i32>> {
    let mut last = None;
    let mut out = Vec::new();
    for &x in xs {
        last = x.or(last);
        out.push(last);
    }
    out
}

/// Two options of which the second one follows the first one.
#[par_reduce]
fn largest_two(xs: &[u32]) -> (Option<u32>, Option<u32>) {
    let (mut first, mut second) = (None::<u32>, None::<u32>);
    for &x in xs {
        if first.is_none_or(|f| x > f) {
            second = first;
            first = Some(x);
        } else if second.is_none_or(|s| x > s) {
            second = Some(x);
        }
    }
    (first, second)
}

/// An automaton over the flags in a tuple.
#[par_reduce]
fn words_in_quotes(text: &str) -> usize {
    let mut state = (false, false);
    let mut words = 0;
    for c in text.chars() {
        state = match (state, c) {
            ((quoted, _), '"') => (!quoted, false),
            ((quoted, _), ' ') => (quoted, false),
            ((true, false), _) => {
                words += 1;
                (true, true)
            }
            ((quoted, _), _) => (quoted, true),
        };
    }
    words
}

/// Remainders, and bits of a window.
#[par_reduce]
fn hashes(text: &[u8]) -> (u64, u32) {
    let (mut modular, mut window) = (0u64, 0u32);
    let mut hits = 0;
    for &b in text {
        modular = (modular * 257 + u64::from(b)) % 1_000_003;
        window = ((window << 1) | u32::from(b & 1)) & 7;
        if window == 5 {
            hits += 1;
        }
    }
    (modular, hits)
}

/// The elements are the loop's own, and read before they are written.
#[par_scan]
fn sums_before(xs: &mut [u64]) -> u64 {
    let mut sum = 0;
    for i in 0..xs.len() {
        let x = xs[i];
        xs[i] = sum;
        sum += x;
    }
    sum
}

/// An element made from the one before, or not.
#[par_scan]
fn sums_by_key(keys: &[u32], xs: &mut [u64]) {
    for i in 1..xs.len() {
        if keys[i] == keys[i - 1] {
            xs[i] += xs[i - 1];
        }
    }
}

#[test]
fn same_answer() {
    assert_eq!(sums_and_highest(&[3, 1, 4]), [(3, 3), (4, 3), (8, 4)]);
    assert_eq!(fibonacci(10), 55);
    assert_eq!(filled(&[None, Some(1), None]), [None, Some(1), Some(1)]);
    assert_eq!(largest_two(&[3, 5, 4]), (Some(5), Some(4)));
    assert_eq!(words_in_quotes("a \"b cd\" \"e\""), 3);
    assert_eq!(hashes(b"aba").1, 1);
    let mut xs = [3, 1, 4];
    assert_eq!(sums_before(&mut xs), 8);
    assert_eq!(xs, [0, 3, 4]);
    sums_by_key(&[1, 1, 2], &mut xs);
    assert_eq!(xs, [0, 3, 4]);
}
