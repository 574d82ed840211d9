//! Carried values of which every one is wanted: prefix sums, fills, filters, automata.

use divvy::par_scan;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_scan(threshold = CUTOFF, twin = plain_running)]
fn running(xs: &[u64], start: u64) -> (Vec<u64>, Vec<u64>, u64) {
    let mut total = start;
    let (mut before, mut after) = (Vec::new(), Vec::with_capacity(xs.len()));
    for x in xs {
        before.push(total);
        total += x;
        after.push(total);
    }
    (before, after, total)
}

#[par_scan(threshold = CUTOFF, twin = plain_prefix)]
fn prefix(xs: &[i64], out: &mut [i64]) {
    for i in 0..xs.len() {
        out[i + 1] = out[i] + xs[i];
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_suffix)]
fn suffix(xs: &mut [u32]) {
    for i in (0..xs.len().saturating_sub(1)).rev() {
        xs[i] = xs[i].max(xs[i + 1]);
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_in_place)]
fn in_place(xs: &mut [u64]) {
    let mut sum = 0;
    for x in xs.iter_mut() {
        sum += *x;
        *x = sum;
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_handed_on)]
fn handed_on(xs: &mut Vec<u64>) -> u64 {
    let mut last = 1;
    for x in xs.iter_mut() {
        *x = x.wrapping_mul(3).wrapping_add(last);
        last = *x;
    }
    last
}

#[par_scan(threshold = CUTOFF, twin = plain_differences)]
fn differences(xs: &[i32], out: &mut [i32]) {
    let mut previous = 0;
    for i in 0..xs.len() {
        out[i] = xs[i] - previous;
        previous = xs[i];
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_filled)]
fn filled(xs: &[Option<String>]) -> Vec<String> {
    let mut known = String::from("none");
    let mut out = Vec::new();
    for x in xs {
        if let Some(x) = x {
            known = x.clone();
        }
        out.push(known.clone());
    }
    out
}

struct Account {
    balance: i64,
    lowest: i64,
    history: Vec<(usize, i64)>,
}

impl Account {
    #[par_scan(threshold = CUTOFF, twin = plain_book)]
    fn book(&mut self, changes: &[i64]) -> Result<(), usize> {
        for (i, change) in changes.iter().enumerate() {
            if *change == 77 {
                return Err(i);
            }
            self.balance += change;
            self.lowest = self.lowest.min(self.balance);
            self.history.push((i, self.balance));
        }
        Ok(())
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_segments)]
fn segments(keys: &[u64], values: &[u64]) -> Vec<u64> {
    let mut key = u64::MAX;
    let mut sum = 0u64;
    let mut sums = Vec::new();
    for (k, v) in keys.iter().zip(values) {
        sum = if *k == key { sum + v } else { *v };
        key = *k;
        sums.push(sum);
    }
    sums
}

#[par_scan(threshold = CUTOFF, twin = plain_numbered)]
fn numbered(names: &[u64]) -> Vec<(u32, u64)> {
    let mut id = 0;
    let mut named = Vec::new();
    for &name in names {
        if name % 3 == 0 {
            continue;
        }
        id += 1;
        named.push((id, name));
    }
    named
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Lexer {
    Plain,
    Quoted,
    Escaped,
}

#[par_scan(threshold = CUTOFF, twin = plain_lexed)]
fn lexed(text: &[u8], kinds: &mut [u8]) -> (Lexer, usize) {
    let mut state = Lexer::Plain;
    let mut quotes = 0;
    for (kind, &b) in kinds.iter_mut().zip(text) {
        match state {
            Lexer::Plain if b == b'"' => state = Lexer::Quoted,
            Lexer::Plain => {}
            Lexer::Quoted => match b {
                b'"' => {
                    state = Lexer::Plain;
                    quotes += 1;
                }
                b'\\' => state = Lexer::Escaped,
                _ => {}
            },
            Lexer::Escaped => state = Lexer::Quoted,
        }
        *kind = state as u8;
    }
    (state, quotes)
}

#[par_scan(threshold = CUTOFF, twin = plain_kmers)]
fn kmers(text: &[u8]) -> Vec<u64> {
    let mask = (1u64 << 10) - 1;
    let mut kmer = 0u64;
    let mut all = Vec::new();
    for b in text {
        kmer = ((kmer << 2) | u64::from(b & 3)) & mask;
        all.push(kmer);
    }
    all
}

#[par_scan(threshold = CUTOFF, twin = plain_clamped)]
fn clamped(changes: &[i32], levels: &mut [i32], cap: i32) {
    let mut level = 5;
    for i in 0..changes.len() {
        level = (level + changes[i]).clamp(0, cap);
        levels[i] = level;
    }
}

#[test]
fn running_sums() {
    for &n in LENGTHS {
        let xs = numbers(1, n, 1 << 40);
        same(&format!("n = {n}"), || plain_running(&xs, 9), || running(&xs, 9));
        let signed: Vec<i64> = xs.iter().map(|&x| x as i64 - (1 << 39)).collect();
        let run = |f: fn(&[i64], &mut [i64])| {
            let mut out = vec![3; n + 1];
            f(&signed, &mut out);
            out
        };
        same(&format!("prefix, n = {n}"), || run(plain_prefix), || run(prefix));
    }
}

#[test]
fn a_sum_that_overflows_panics() {
    for n in [3, 100, 5000] {
        let mut xs = vec![1u64; n];
        xs[n - 1] = u64::MAX;
        same(&format!("n = {n}"), || plain_running(&xs, 1), || running(&xs, 1));
    }
}

#[test]
fn arrays_in_place() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 1000);
        let small: Vec<u32> = xs.iter().map(|&x| x as u32).collect();
        let run = |f: fn(&mut [u32])| {
            let mut xs = small.clone();
            f(&mut xs);
            xs
        };
        same(&format!("suffix, n = {n}"), || run(plain_suffix), || run(suffix));
        let run = |f: fn(&mut [u64])| {
            let mut xs = xs.clone();
            f(&mut xs);
            xs
        };
        same(&format!("in place, n = {n}"), || run(plain_in_place), || run(in_place));
        let run = |f: fn(&mut Vec<u64>) -> u64| {
            let mut xs = xs.clone();
            (f(&mut xs), xs)
        };
        same(
            &format!("handed on, n = {n}"),
            || run(plain_handed_on),
            || run(handed_on),
        );
    }
}

#[test]
fn an_array_that_is_too_short_panics() {
    let xs = vec![1i64; 100];
    for length in [0, 1, 50, 100, 101] {
        let run = |f: fn(&[i64], &mut [i64])| {
            let mut out = vec![3; length];
            f(&xs, &mut out);
            out
        };
        same(&format!("length {length}"), || run(plain_prefix), || run(prefix));
    }
}

#[test]
fn the_element_before() {
    for &n in LENGTHS {
        let xs: Vec<i32> = numbers(3, n, 1000).iter().map(|&x| x as i32).collect();
        let run = |f: fn(&[i32], &mut [i32])| {
            let mut out = vec![0; n];
            f(&xs, &mut out);
            out
        };
        same(&format!("n = {n}"), || run(plain_differences), || run(differences));
        let gaps: Vec<Option<String>> = xs.iter().map(|x| (x % 7 == 0).then(|| x.to_string())).collect();
        same(&format!("fill, n = {n}"), || plain_filled(&gaps), || filled(&gaps));
        let (keys, values) = (numbers(4, n, 3), numbers(5, n, 100));
        same(
            &format!("segments, n = {n}"),
            || plain_segments(&keys, &values),
            || segments(&keys, &values),
        );
        same(
            &format!("ids, n = {n}"),
            || plain_numbered(&values),
            || numbered(&values),
        );
    }
}

#[test]
fn fields_and_errors() {
    for &n in LENGTHS {
        for bad in [None, Some(0), Some(n / 2), n.checked_sub(1)] {
            let mut changes: Vec<i64> = numbers(6, n, 50).iter().map(|&x| x as i64 - 25).collect();
            if let Some(change) = bad.and_then(|at| changes.get_mut(at)) {
                *change = 77;
            }
            let run = |f: fn(&mut Account, &[i64]) -> Result<(), usize>| {
                let mut account = Account {
                    balance: 10,
                    lowest: 0,
                    history: vec![(9, 9)],
                };
                let result = f(&mut account, &changes);
                (result, account.balance, account.lowest, account.history)
            };
            same(
                &format!("n = {n}, {bad:?}"),
                || run(Account::plain_book),
                || run(Account::book),
            );
        }
    }
}

#[test]
fn automata() {
    for &n in LENGTHS {
        let text: Vec<u8> = numbers(7, n, 5).iter().map(|&k| b"a\"\\ b"[k as usize]).collect();
        let run = |f: fn(&[u8], &mut [u8]) -> (Lexer, usize)| {
            let mut kinds = vec![9; n];
            (f(&text, &mut kinds), kinds)
        };
        same(&format!("n = {n}"), || run(plain_lexed), || run(lexed));
        same(&format!("k-mers, n = {n}"), || plain_kmers(&text), || kmers(&text));
        let changes: Vec<i32> = numbers(8, n, 21).iter().map(|&x| x as i32 - 10).collect();
        let run = |f: fn(&[i32], &mut [i32], i32)| {
            let mut levels = vec![0; n];
            f(&changes, &mut levels, 20);
            levels
        };
        same(&format!("clamped, n = {n}"), || run(plain_clamped), || run(clamped));
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_compacted)]
fn compacted(xs: &[u64], out: &mut [u64]) -> usize {
    let mut kept = 0;
    for &x in xs {
        if x % 3 != 0 {
            out[kept] = x;
            kept += 1;
        }
    }
    kept
}

#[test]
fn compaction_keeps_the_order() {
    for &n in LENGTHS {
        let xs = numbers(9, n, 100);
        for length in [n, n / 2] {
            let run = |f: fn(&[u64], &mut [u64]) -> usize| {
                let mut out = vec![7; length];
                (f(&xs, &mut out), out)
            };
            same(
                &format!("n = {n}, into {length}"),
                || run(plain_compacted),
                || run(compacted),
            );
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_by_methods)]
fn by_methods(xs: &mut [i32]) {
    for i in 2..xs.len() {
        xs[i] = xs[i - 1].wrapping_mul(2).wrapping_add(xs[i]);
    }
    for i in 1..xs.len() {
        xs[i] = xs[i].max(xs[i - 1].min(40));
    }
}

#[par_scan(threshold = CUTOFF, float = ordered, twin = plain_smoothed)]
fn smoothed(xs: &[f64]) -> (Vec<f64>, f64) {
    let (mut level, mut total) = (0.5, 0.0);
    let mut levels = Vec::new();
    for x in xs {
        level = 0.9 * level + x;
        total += level;
        levels.push(level);
    }
    (levels, total)
}

#[test]
fn elements_with_methods() {
    for &n in LENGTHS {
        let xs: Vec<i32> = numbers(10, n, 100).iter().map(|&x| x as i32 - 50).collect();
        let run = |f: fn(&mut [i32])| {
            let mut xs = xs.clone();
            f(&mut xs);
            xs
        };
        same(&format!("n = {n}"), || run(plain_by_methods), || run(by_methods));
    }
}

#[test]
fn ordered_floats_keep_their_bits() {
    for &n in LENGTHS {
        let xs: Vec<f64> = numbers(11, n, 100).iter().map(|&x| x as f64 * 0.37).collect();
        let bits = |(levels, total): (Vec<f64>, f64)| {
            let levels: Vec<u64> = levels.iter().map(|x| x.to_bits()).collect();
            (levels, total.to_bits())
        };
        same(
            &format!("n = {n}"),
            || bits(plain_smoothed(&xs)),
            || bits(smoothed(&xs)),
        );
    }
}

#[par_scan(threshold = CUTOFF, unique(slots), twin = plain_placed)]
fn placed(xs: &[u64], slots: &[usize], out: &mut [u64]) -> u64 {
    let mut sum = 0;
    for (i, x) in xs.iter().enumerate() {
        sum += x;
        out[slots[i]] = sum;
    }
    sum
}

#[test]
fn distinct_places_take_every_value() {
    for &n in LENGTHS {
        let xs = numbers(12, n, 100);
        let slots: Vec<usize> = (0..n).rev().collect();
        let run = |f: fn(&[u64], &[usize], &mut [u64]) -> u64| {
            let mut out = vec![0; n];
            let sum = f(&xs, &slots, &mut out);
            (sum, out)
        };
        same(&format!("n = {n}"), || run(plain_placed), || run(placed));
    }
}

#[test]
#[should_panic = "slots[3] and slots[70] are both 3"]
fn places_that_repeat_are_found_beside_a_carried_value() {
    let mut slots: Vec<usize> = (0..100).collect();
    slots[70] = 3;
    placed(&[1; 100], &slots, &mut [0; 100]);
}

#[par_scan(threshold = CUTOFF, twin = plain_tallied)]
fn tallied(xs: &[u64], tally: &mut [u64], out: &mut [u64]) {
    let mut sum = 0;
    for i in 0..xs.len() {
        sum += xs[i];
        tally[(xs[i] % 7) as usize] += 1;
        out[i] = sum;
    }
}

#[test]
fn a_table_is_filled_beside_a_carried_value() {
    for &n in LENGTHS {
        let xs = numbers(13, n, 100);
        let run = |f: fn(&[u64], &mut [u64], &mut [u64])| {
            let (mut tally, mut out) = (vec![1; 7], vec![0; n]);
            f(&xs, &mut tally, &mut out);
            (tally, out)
        };
        same(&format!("n = {n}"), || run(plain_tallied), || run(tallied));
    }
}
