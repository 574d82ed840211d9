//! What stands around and inside the loops: branches, nesting, labels, shadowing, panics, several loops.

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_reduce(threshold = CUTOFF, twin = plain_branches)]
fn branches(xs: &[u64], mode: u8) -> (u64, Vec<u64>) {
    let mut sum = 1;
    let mut found = vec![0];
    if mode == 0 {
        for x in xs {
            sum += x;
        }
    } else {
        match mode {
            1 => {
                for &x in xs {
                    if x > 3 {
                        found.push(x);
                    }
                }
                found.push(77);
            }
            _ => {
                let xs = &xs[xs.len() / 2..];
                {
                    for x in xs {
                        sum += 2 * x;
                    }
                }
            }
        }
    }
    for &x in &found.clone() {
        sum += x;
    }
    (sum, found)
}

#[test]
fn loops_inside_branches() {
    for &n in LENGTHS {
        let xs = numbers(1, n, 10);
        for mode in 0..3 {
            same(
                &format!("n = {n}, mode {mode}"),
                || plain_branches(&xs, mode),
                || branches(&xs, mode),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_labels)]
fn labels(xs: &[u64]) -> (u64, usize) {
    let mut sum = 0;
    let mut count = 0;
    'outer: for &x in xs {
        for k in 0..x {
            if k == 4 {
                continue 'outer;
            }
            if (k + x) % 5 == 4 {
                break;
            }
            sum += k;
        }
        'inner: loop {
            let sum = x + 1; // another one
            let f = |count: u64| -> Option<u64> {
                if count > 3 {
                    return None;
                }
                Some(count.checked_sub(sum)? + 1)
            };
            if f(sum).is_none_or(|n| n < 9) {
                break 'inner;
            }
        }
        count += 1;
    }
    (sum, count)
}

#[test]
fn labels_closures_and_shadowed_names() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 9);
        same(&format!("n = {n}"), || plain_labels(&xs), || labels(&xs));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_rounds)]
fn rounds(xs: &[u64], rounds: usize) -> (Vec<u64>, u64) {
    let mut totals = Vec::new();
    #[seq]
    for round in 0..rounds {
        let mut total = 0;
        #[par]
        for x in xs {
            total += x * round as u64;
        }
        totals.push(total);
    }
    let mut sum = 0;
    for x in xs {
        // not marked, so left alone
        sum = (sum * 31 + x) % 1_000_003;
    }
    (totals, sum)
}

#[test]
fn marked_loops_inside_sequential_ones() {
    for &n in LENGTHS {
        let xs = numbers(3, n, 1_000);
        same(&format!("n = {n}"), || plain_rounds(&xs, 5), || rounds(&xs, 5));
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_checked)]
fn checked(xs: &[u64], log: &mut Vec<u64>) -> u64 {
    let mut sum = 0;
    for (i, &x) in xs.iter().enumerate() {
        assert!(x < 9_990, "{x} at {i} is too large");
        sum += x;
        log.push(x);
    }
    sum
}

#[test]
fn a_panic_in_the_body_is_the_callers() {
    for &n in LENGTHS {
        for seed in 0..3 {
            let mut xs = numbers(seed, n, 9_000);
            same(
                &format!("n = {n}"),
                || plain_checked(&xs, &mut vec![]),
                || checked(&xs, &mut vec![]),
            );
            if let Some(x) = xs.get_mut(n / 2) {
                *x = 9_999;
                same(
                    &format!("n = {n}"),
                    || plain_checked(&xs, &mut vec![]),
                    || checked(&xs, &mut vec![]),
                );
            }
        }
    }
}

#[test]
fn the_leftmost_panic_is_the_one_that_is_seen() {
    let xs: Vec<u64> = (0..2_000).map(|i| if i % 300 == 299 { 9_990 + i } else { i }).collect();
    let message = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let panic = crate::catch(|| pool.install(|| checked(&xs, &mut vec![]))).unwrap_err();
        panic.downcast_ref::<String>().cloned().unwrap_or_default()
    };
    for threads in [1, 2, 8] {
        assert_eq!(message(threads), "10289 at 299 is too large");
    }
}

trait Area {
    fn area(&self) -> u64;
}

struct Tiles<'a, const SIDE: usize> {
    tiles: &'a [[u64; SIDE]],
    scale: u64,
}

impl<const SIDE: usize> Area for Tiles<'_, SIDE> {
    #[par_reduce(threshold = CUTOFF)]
    fn area(&self) -> u64 {
        let mut area = 0;
        for tile in self.tiles {
            area += tile.iter().sum::<u64>() * self.scale;
        }
        area
    }
}

#[test]
fn trait_methods_with_const_generics() {
    for &n in LENGTHS {
        let tiles: Vec<[u64; 3]> = (0..n as u64).map(|i| [i, 2 * i, 1]).collect();
        let want = || tiles.iter().flatten().sum::<u64>() * 3;
        same(&format!("n = {n}"), want, || {
            Tiles {
                tiles: &tiles,
                scale: 3,
            }
            .area()
        });
    }
}

#[par_reduce(threshold = CUTOFF, private(scratch), twin = plain_temporaries)]
fn temporaries(xs: &[u64], skip: u64) -> (u64, u64, bool, bool, Option<usize>, Vec<u64>, u64) {
    let mut t;
    let mut half = 999;
    let mut found = false;
    let mut clean = true;
    let mut at = None;
    let mut digits = vec![1, 2];
    let mut scratch = [0; 3];
    let mut last = 77;
    let mut sum = 0;
    for (i, &x) in xs.iter().enumerate() {
        t = x + 1;
        if t % 2 == 0 {
            t /= 2;
        }
        if x % 5 == skip {
            continue;
        }
        half = x / 2;
        half += t;
        if half > 900 {
            found = true;
            at = Some(i);
        }
        if x == 3 {
            clean = false;
        }
        digits.clear();
        digits.extend([x % 10, x / 10]);
        scratch[0] = digits[0];
        scratch[1] += scratch[0];
        scratch[1] -= scratch[0];
        match x {
            0 => last = 5,
            _ => {
                last = x;
            }
        }
        sum += digits[1] + scratch[0] + last + half;
    }
    (sum, half, found, clean, at, digits, last)
}

#[test]
fn temporaries_hold_the_last_iterations_value() {
    for &n in LENGTHS {
        for skip in [0, 1, 9] {
            let xs = numbers(4, n, 1_000);
            same(
                &format!("n = {n}, skip {skip}"),
                || plain_temporaries(&xs, skip),
                || temporaries(&xs, skip),
            );
        }
    }
}
