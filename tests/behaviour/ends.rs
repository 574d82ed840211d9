//! Loops that say in other words where they end.

use std::fmt::Debug;

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

fn on<T: PartialEq + Debug + Send>(what: &str, plain: fn(&[i64]) -> T, parallel: fn(&[i64]) -> T) {
    for &n in LENGTHS {
        let xs: Vec<i64> = numbers(9, n, 61).into_iter().map(|k| k as i64 - 30).collect();
        same(&format!("{what}, {n} items"), || plain(&xs), || parallel(&xs));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_until_equal)]
fn until_equal(xs: &[i64]) -> (i64, usize) {
    let (mut sum, mut i) = (0, 0);
    while xs.len() != i {
        if xs[i] < -25 {
            i += 1;
            continue;
        }
        if xs[i] == 30 {
            break;
        }
        sum += xs[i];
        i += 1;
    }
    (sum, i)
}

#[par_reduce(threshold = CUTOFF, twin = plain_down_to)]
fn down_to(xs: &[i64]) -> (i64, usize) {
    let (low, mut high, mut most) = (xs.len() / 3, xs.len(), i64::MIN);
    while high != low {
        high -= 1;
        most = most.max(xs[high]);
    }
    (most, high)
}

/// Starts past the end: what is read there panics.
#[par_reduce(threshold = CUTOFF, twin = plain_past)]
fn past(xs: &[i64]) -> i64 {
    let (mut sum, mut i) = (0, xs.len() / 2 * 2);
    let n = xs.len() - xs.len() / 20;
    while i != n {
        sum += xs[i];
        i += 1;
    }
    sum
}

#[par_reduce(threshold = CUTOFF, twin = plain_threes)]
fn threes(xs: &[i64]) -> (i64, i64, usize) {
    let (mut sum, mut i) = (0, xs.len() as i64 - 1);
    while i >= 0 {
        sum += xs[i as usize];
        i -= 3;
    }
    let mut k = xs.len();
    while k > 2 {
        sum -= xs[k - 1];
        k -= 3;
        sum += k as i64;
    }
    (sum, i, k)
}

#[test]
fn other_comparisons_and_steps() {
    on("until equal", plain_until_equal, until_equal);
    on("down to", plain_down_to, down_to);
    on("past", plain_past, past);
    on("threes", plain_threes, threes);
}

#[par_reduce(threshold = CUTOFF, twin = plain_rising)]
fn rising(xs: &[i64]) -> bool {
    let mut i = 1;
    loop {
        if i >= xs.len() {
            return true;
        }
        if xs[i - 1] > xs[i] + 55 {
            return false;
        }
        i += 1;
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_given)]
fn given(xs: &[i64]) -> i64 {
    let (mut i, mut sum, n) = (0, 0, xs.len());
    let twice = loop {
        if i == n {
            break sum + i as i64;
        }
        sum += xs[i];
        i += 1;
    };
    twice * 2
}

#[par_reduce(threshold = CUTOFF, twin = plain_either)]
fn either(xs: &[i64]) -> i64 {
    let (mut i, mut sum) = (0, 0);
    loop {
        if i < xs.len() {
            sum ^= xs[i];
            i += 1;
        } else {
            break;
        }
    }
    sum
}

#[par_reduce(threshold = CUTOFF, twin = plain_taken)]
fn taken(xs: &[i64]) -> (i64, i64) {
    let mut sum = 0;
    let mut items = xs.iter().enumerate();
    'all: loop {
        let Some((i, x)) = items.next() else { break };
        for k in 0..3 {
            if *x == 5 + k {
                continue 'all;
            }
            if *x + k == 30 {
                break 'all;
            }
        }
        sum += x * i as i64;
    }
    let mut least = i64::MAX;
    let mut items = xs.iter();
    loop {
        match items.next() {
            Some(x) => least = least.min(*x),
            None => break,
        }
    }
    (sum, least)
}

#[test]
fn loops_that_ask_at_their_top() {
    on("rising", plain_rising, rising);
    on("given", plain_given, given);
    on("either", plain_either, either);
    on("taken", plain_taken, taken);
}

#[par_reduce(threshold = CUTOFF, twin = plain_up_to)]
fn up_to(xs: &[i64]) -> (i64, Vec<i64>) {
    let (mut sum, mut list) = (0, Vec::new());
    for x in xs.iter().take_while(|x| **x != 17) {
        sum += x;
    }
    for (i, half) in xs
        .iter()
        .enumerate()
        .take_while(|(i, _)| *i < 700)
        .map_while(|(i, x)| Some((i, x / 2)).filter(|(_, x)| *x > -15))
    {
        list.push(half * i as i64);
    }
    (sum, list)
}

#[par_reduce(threshold = CUTOFF, twin = plain_owned)]
fn owned(xs: &[i64]) -> String {
    let words: Vec<String> = xs.iter().map(|x| x.to_string()).collect();
    let mut text = String::new();
    for word in words.into_iter().take_while(|word| word != "22") {
        text.push_str(&word);
    }
    text
}

#[test]
fn headers_that_end_the_loop() {
    on("up to", plain_up_to, up_to);
    on("owned", plain_owned, owned);
}

#[par_reduce(threshold = CUTOFF, twin = plain_repeated)]
fn repeated(xs: &[i64]) -> (i64, String, usize) {
    let mut sum = 0;
    for (x, k) in xs.iter().zip(std::iter::repeat(3)) {
        sum += x * k;
    }
    let text = std::iter::repeat_n("ab", xs.len()).collect();
    let mut n = 0;
    for item in std::iter::repeat(String::from("x"))
        .take(xs.len())
        .chain(std::iter::once(String::new()))
    {
        n += item.len() + 1;
    }
    (sum, text, n)
}

#[test]
fn the_same_item_again_and_again() {
    on("repeated", plain_repeated, repeated);
}

#[par_reduce(threshold = CUTOFF, twin = plain_while_below)]
fn while_below(xs: &[f64], limit: f64) -> (usize, usize) {
    let (mut i, mut n) = (0, 0);
    while i < xs.len() && xs[i] < limit {
        n += usize::from(xs[i] > 0.0);
        i += 1;
    }
    (i, n)
}

#[par_reduce(threshold = CUTOFF, twin = plain_until_above)]
fn until_above(xs: &[f64], limit: f64) -> usize {
    let mut i = 0;
    loop {
        if i >= xs.len() || xs[i] >= limit {
            break;
        }
        i += 1;
    }
    i
}

#[test]
fn comparisons_of_nan_end_a_loop_or_do_not() {
    for &n in LENGTHS {
        let mut xs: Vec<f64> = numbers(9, n, 61).into_iter().map(|k| k as f64 - 30.0).collect();
        for at in [n, n / 2, n.saturating_sub(1)] {
            if let Some(x) = xs.get_mut(at) {
                *x = f64::NAN;
            }
            for limit in [28.0, 40.0, f64::NAN] {
                let what = format!("{n} items, NaN at {at}, below {limit}");
                same(&what, || plain_while_below(&xs, limit), || while_below(&xs, limit));
                same(&what, || plain_until_above(&xs, limit), || until_above(&xs, limit));
            }
        }
    }
}
