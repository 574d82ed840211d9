//! Carried values of which only what they lead to is wanted.

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_reduce(threshold = CUTOFF, twin = plain_best_stretch)]
fn best_stretch(xs: &[i64]) -> (i64, usize, usize) {
    let (mut here, mut start) = (0, 0);
    let (mut best, mut from, mut to) = (i64::MIN, 0, 0);
    for (i, &x) in xs.iter().enumerate() {
        if here < 0 {
            here = x;
            start = i;
        } else {
            here += x;
        }
        if here > best {
            best = here;
            from = start;
            to = i;
        }
    }
    (best, from, to)
}

#[par_reduce(threshold = CUTOFF, twin = plain_best_sum)]
fn best_sum(xs: &[i64]) -> i64 {
    let mut current = 0i64;
    let mut best = 0i64;
    for x in xs {
        current += x;
        if current < 0 {
            current = 0;
        }
        if current > best {
            best = current;
        }
    }
    best
}

#[par_reduce(threshold = CUTOFF, twin = plain_runs)]
fn runs(xs: &[u64]) -> (usize, usize, bool) {
    let mut previous = None;
    let (mut equal, mut longest_equal) = (0, 0);
    let (mut rising, mut longest_rising) = (0, 0);
    let mut sorted = true;
    for &x in xs {
        equal = if previous == Some(x) { equal + 1 } else { 1 };
        if previous.is_some_and(|p| p < x) {
            rising += 1;
        } else {
            rising = 1;
        }
        if previous.is_some_and(|p| p > x) {
            sorted = false;
        }
        longest_equal = std::cmp::max(longest_equal, equal);
        longest_rising = std::cmp::max(longest_rising, rising);
        previous = Some(x);
    }
    (longest_equal, longest_rising, sorted)
}

#[par_reduce(threshold = CUTOFF, twin = plain_is_sorted)]
fn is_sorted(xs: &[u64]) -> bool {
    let mut last = 0;
    for &x in xs {
        if x < last {
            return false;
        }
        last = x;
    }
    true
}

#[par_reduce(threshold = CUTOFF, twin = plain_balanced)]
fn balanced(text: &str) -> Option<(usize, i32)> {
    let mut depth = 0i32;
    let mut deepest = 0;
    let mut pairs = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ')' | ']' => {
                depth -= 1;
                pairs += 1;
            }
            '!' => panic!("at {at}"),
            _ => continue,
        }
        if depth < 0 {
            return None;
        }
    }
    if depth != 0 {
        return None;
    }
    Some((pairs, deepest))
}

const PRIME: u64 = 1_000_000_007;

#[par_reduce(threshold = CUTOFF, twin = plain_hashes)]
fn hashes(text: &[u8], x: i64) -> (u64, u32, i64, u32) {
    let mut rolling = 0u64;
    let mut djb = 5381u32;
    let mut horner = 0i64;
    let (mut a, mut b) = (1u32, 0u32);
    for byte in text {
        rolling = (rolling * 257 + u64::from(*byte)) % PRIME;
        djb = djb.wrapping_mul(33);
        djb = djb.wrapping_add(u32::from(*byte));
        horner = horner.wrapping_mul(x).wrapping_add(i64::from(*byte));
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    (rolling, djb, horner, b << 16 | a)
}

#[par_reduce(threshold = CUTOFF, twin = plain_words)]
fn words(text: &str) -> (usize, usize, usize) {
    let (mut lines, mut words, mut chars) = (0, 0, 0);
    let mut in_word = false;
    for c in text.chars() {
        chars += 1;
        if c == '\n' {
            lines += 1;
        }
        if c.is_whitespace() {
            in_word = false;
        } else if !in_word {
            in_word = true;
            words += 1;
        }
    }
    (lines, words, chars)
}

#[par_reduce(threshold = CUTOFF, twin = plain_fields)]
fn fields(text: &[u8]) -> usize {
    let mut quoted = false;
    let mut fields = 1;
    for &b in text {
        if b == b'"' {
            quoted = !quoted;
        } else if b == b',' && !quoted {
            fields += 1;
        }
    }
    fields
}

#[par_reduce(threshold = CUTOFF, twin = plain_matches)]
fn matches(text: &[u8]) -> usize {
    let mut state = 0;
    let mut count = 0;
    for &b in text {
        state = match (state, b) {
            (_, b'1') => 1,
            (1, b'0') => 1,
            (1, b'2') => {
                count += 1;
                0
            }
            _ => 0,
        };
    }
    count
}

#[par_reduce(threshold = CUTOFF, twin = plain_runners_up)]
fn runners_up(xs: &[u64]) -> (u64, u64) {
    let (mut first, mut second) = (0, 0);
    for &x in xs {
        if x > first {
            second = first;
            first = x;
        } else if x > second {
            second = x;
        }
    }
    (first, second)
}

#[par_reduce(threshold = CUTOFF, twin = plain_spells)]
fn spells(rain: &[u64], prices: &[i64]) -> (usize, i64) {
    let (mut dry, mut longest) = (0, 0);
    let (mut peak, mut worst) = (i64::MIN, 0);
    for (mm, price) in rain.iter().zip(prices) {
        dry = if *mm == 0 { dry + 1 } else { 0 };
        longest = longest.max(dry);
        peak = peak.max(*price);
        worst = worst.max(peak - price);
    }
    (longest, worst)
}

fn signed(seed: u64, n: usize) -> Vec<i64> {
    numbers(seed, n, 41).iter().map(|&x| x as i64 - 20).collect()
}

#[test]
fn stretches() {
    for &n in LENGTHS {
        let xs = signed(1, n);
        same(&format!("n = {n}"), || plain_best_stretch(&xs), || best_stretch(&xs));
        same(&format!("sum, n = {n}"), || plain_best_sum(&xs), || best_sum(&xs));
    }
}

#[test]
fn runs_and_order() {
    for &n in LENGTHS {
        for below in [2, 5, 1 << 30] {
            let xs = numbers(2, n, below);
            same(&format!("n = {n}"), || plain_runs(&xs), || runs(&xs));
            same(
                &format!("second, n = {n}"),
                || plain_runners_up(&xs),
                || runners_up(&xs),
            );
            let mut sorted = xs.clone();
            sorted.sort_unstable();
            same(
                &format!("sorted, n = {n}"),
                || plain_is_sorted(&sorted),
                || is_sorted(&sorted),
            );
            same(
                &format!("unsorted, n = {n}"),
                || plain_is_sorted(&xs),
                || is_sorted(&xs),
            );
            let prices = signed(3, n);
            same(
                &format!("spells, n = {n}"),
                || plain_spells(&xs, &prices),
                || spells(&xs, &prices),
            );
        }
    }
}

#[test]
fn brackets() {
    for &n in LENGTHS {
        for kinds in ["(a)", "(([ü]))", "(x)!"] {
            let kinds: Vec<char> = kinds.chars().collect();
            let mut text: String = numbers(4, n, kinds.len() as u64)
                .iter()
                .map(|&k| kinds[k as usize])
                .collect();
            same(&format!("n = {n}"), || plain_balanced(&text), || balanced(&text));
            text = "(".repeat(n) + &text + &")".repeat(n);
            same(
                &format!("wrapped, n = {n}"),
                || plain_balanced(&text),
                || balanced(&text),
            );
        }
    }
}

#[test]
fn hashes_and_texts() {
    for &n in LENGTHS {
        let text: Vec<u8> = numbers(5, n, 6).iter().map(|&k| b"102,\" "[k as usize]).collect();
        same(&format!("n = {n}"), || plain_hashes(&text, 3), || hashes(&text, 3));
        same(&format!("fields, n = {n}"), || plain_fields(&text), || fields(&text));
        same(&format!("matches, n = {n}"), || plain_matches(&text), || matches(&text));
        let words_of: String = text.iter().map(|&b| if b == b'2' { '\n' } else { b as char }).collect();
        same(
            &format!("words, n = {n}"),
            || plain_words(&words_of),
            || words(&words_of),
        );
    }
}
