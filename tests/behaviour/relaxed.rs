//! What is given up by name, and where a loop runs: `relax(..)`, `pool`, `grain`. The answer is that of the sequential
//! function as far as it is determined.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, RwLock};

use divvy::{Executor, par_for, par_reduce, with};
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::{CUTOFF, LENGTHS, numbers, same};

/// Where the first 0 is.
fn end_of<T: Copy + Into<u64>>(xs: &[T]) -> usize {
    let is_end = |x: &T| {
        let x: u64 = (*x).into();
        x == 0
    };
    xs.iter().position(is_end).unwrap_or(xs.len())
}

#[par_for(relax(late_writes), threshold = CUTOFF, twin = plain_copy_text)]
fn copy_text(from: &[u8], to: &mut [u8]) {
    for i in 0..from.len() {
        if from[i] == 0 {
            break;
        }
        to[i] = from[i];
    }
}

#[test]
fn elements_behind_a_break_may_be_written() {
    for &n in LENGTHS {
        for below in [2, 30, 200] {
            let from: Vec<u8> = numbers(n as u64, n, below).iter().map(|x| *x as u8).collect();
            let end = end_of(&from);
            let run = |f: fn(&[u8], &mut [u8])| {
                let mut to = vec![255; n];
                f(&from, &mut to);
                // of what lies behind, each is what it was or what a later iteration writes
                let is_one_of_two = |i: usize| to[i] == 255 || to[i] == from[i];
                assert!((end..n).all(is_one_of_two), "n = {n}, behind {end}");
                to.truncate(end);
                to
            };
            same(&format!("n = {n}, {below}"), || run(plain_copy_text), || run(copy_text));
        }
    }
}

#[par_reduce(relax(late_writes), threshold = CUTOFF, twin = plain_doubled)]
fn doubled(from: &[u64], to: &mut [u64]) -> (u64, Option<usize>) {
    let (mut sum, mut at) = (0, None);
    for i in 0..from.len() {
        if from[i] == 0 {
            at = Some(i);
            break;
        }
        sum += from[i];
        to[i] = from[i] * 2;
    }
    (sum, at)
}

#[par_for(relax(late_writes), threshold = CUTOFF, twin = plain_counted_down)]
fn counted_down(xs: &mut [u64]) -> Option<u64> {
    for x in xs.iter_mut() {
        if *x == 0 {
            return Some(*x);
        }
        *x -= 1;
    }
    None
}

#[par_reduce(relax(late_writes), threshold = CUTOFF, twin = plain_searched)]
fn searched(xs: &mut [u64]) -> Option<u64> {
    xs.iter_mut()
        .map(|x| {
            *x += 3;
            *x
        })
        .find(|x| *x == 3)
}

#[test]
fn accumulators_and_elements_up_to_an_exit() {
    for &n in LENGTHS {
        for below in [2, 30, 5_000] {
            let xs = numbers(n as u64 + 1, n, below);
            let end = end_of(&xs);
            let what = format!("n = {n}, {below}");
            let run = |f: fn(&[u64], &mut [u64]) -> (u64, Option<usize>)| {
                let mut to = vec![9; n];
                let found = f(&xs, &mut to);
                (found, to[..end].to_vec())
            };
            same(&what, || run(plain_doubled), || run(doubled));
            let run = |f: fn(&mut [u64]) -> Option<u64>| {
                let mut list = xs.clone();
                let found = f(&mut list);
                (found, list[..end].to_vec())
            };
            same(&what, || run(plain_counted_down), || run(counted_down));
            same(&what, || run(plain_searched), || run(searched));
        }
    }
}

#[par_reduce(relax(atomics), threshold = CUTOFF, twin = plain_counts)]
fn counts(xs: &[u64], seen: &AtomicU64, most: &AtomicU64) -> u64 {
    let mut sum = 0;
    for x in xs {
        seen.fetch_add(1, Ordering::Relaxed);
        most.fetch_max(*x, Ordering::Relaxed);
        sum += x;
    }
    sum
}

#[test]
fn atomics_that_every_iteration_updates() {
    for &n in LENGTHS {
        let xs = numbers(n as u64, n, 1_000);
        let run = |f: fn(&[u64], &AtomicU64, &AtomicU64) -> u64| {
            let (seen, most) = (AtomicU64::new(3), AtomicU64::new(5));
            let sum = f(&xs, &seen, &most);
            (sum, seen.into_inner(), most.into_inner())
        };
        same(&format!("n = {n}"), || run(plain_counts), || run(counts));
    }
}

#[par_reduce(relax(locks), threshold = CUTOFF, twin = plain_under_a_lock)]
fn under_a_lock(xs: &[u64], odd: &Mutex<Vec<u64>>, tally: &RwLock<[u64; 8]>) -> u64 {
    let mut sum = 0;
    for &x in xs {
        if x % 2 == 1 {
            odd.lock().unwrap().push(x);
        }
        let mut cells = tally.write().unwrap();
        cells[(x % 8) as usize] += 1;
        drop(cells);
        sum += x;
    }
    sum
}

#[test]
fn locks_that_iterations_take() {
    for &n in LENGTHS {
        let xs = numbers(n as u64, n, 1_000);
        let run = |f: fn(&[u64], &Mutex<Vec<u64>>, &RwLock<[u64; 8]>) -> u64| {
            let (odd, tally) = (Mutex::new(vec![1]), RwLock::new([0; 8]));
            let sum = f(&xs, &odd, &tally);
            // in which order they come is open
            let mut odd = odd.into_inner().unwrap();
            odd.sort();
            (sum, odd, tally.into_inner().unwrap())
        };
        same(&format!("n = {n}"), || run(plain_under_a_lock), || run(under_a_lock));
    }
}

#[par_reduce(relax(io), threshold = CUTOFF, twin = plain_told)]
fn told(xs: &[u64], found: &Sender<u64>) -> u64 {
    let mut sum = 0;
    for &x in xs {
        if x % 3 == 1 {
            found.send(x).unwrap();
        }
        sum += x;
    }
    sum
}

#[test]
fn messages_that_iterations_send() {
    for &n in LENGTHS {
        let xs = numbers(n as u64, n, 1_000);
        let run = |f: fn(&[u64], &Sender<u64>) -> u64| {
            let (sender, receiver) = channel();
            let sum = f(&xs, &sender);
            drop(sender);
            let mut all: Vec<u64> = receiver.into_iter().collect();
            all.sort();
            (sum, all)
        };
        same(&format!("n = {n}"), || run(plain_told), || run(told));
    }
}

#[par_reduce(relax(any_order), threshold = CUTOFF, twin = plain_any_above)]
fn any_above(xs: &[u64], limit: u64) -> Option<usize> {
    for (i, x) in xs.iter().enumerate() {
        if *x > limit {
            return Some(i);
        }
    }
    None
}

#[par_reduce(relax(any_order), threshold = CUTOFF, twin = plain_any_parsed)]
fn any_parsed(words: &[String]) -> Result<u64, String> {
    let mut sum = 0;
    for word in words {
        sum += word.parse::<u64>().map_err(|_| word.clone())?;
    }
    Ok(sum)
}

#[test]
fn any_match_or_error_will_do() {
    for &n in LENGTHS {
        let xs = numbers(n as u64, n, 1_000);
        for limit in [0, 900, 2_000] {
            // whether there is one is determined, which one isn't
            let run = |f: fn(&[u64], u64) -> Option<usize>| {
                let found = f(&xs, limit);
                assert!(found.is_none_or(|i| xs[i] > limit), "n = {n}, {limit}");
                found.is_some()
            };
            same(&format!("n = {n}, {limit}"), || run(plain_any_above), || run(any_above));
        }
        for bad in [usize::MAX, 0, n / 2] {
            // the only one there is
            let word = |(i, x): (usize, &u64)| if i == bad { "x".to_string() } else { x.to_string() };
            let words: Vec<String> = xs.iter().enumerate().map(word).collect();
            same(
                &format!("n = {n}, {bad}"),
                || plain_any_parsed(&words),
                || any_parsed(&words),
            );
        }
    }
}

/// Where an iteration runs: the thread's place in its pool, and its name.
fn here() -> (Option<usize>, String) {
    let name = std::thread::current().name().unwrap_or("").to_string();
    (rayon::current_thread_index(), name)
}

/// A little work, so that a fork pays.
fn worked(x: u64) -> u64 {
    (0..200).fold(x, |x, k| x.wrapping_mul(31).wrapping_add(k))
}

type Places = Vec<(Option<usize>, String)>;

#[par_reduce(pool = pool, grain = least, threshold = 2, twin = plain_placed)]
#[allow(unused_variables)] // the sequential function runs in no pool
fn placed(xs: &[u64], pool: &ThreadPool, least: usize) -> (u64, Places) {
    let (mut sum, mut places) = (0, Vec::new());
    for &x in xs {
        sum ^= worked(x);
        places.push(here());
    }
    (sum, places)
}

#[par_for(pool = pool, threshold = 2, twin = plain_filled)]
#[allow(unused_variables)] // the sequential function runs in no pool
fn filled(out: &mut [(u64, String)], pool: &ThreadPool) {
    for (i, o) in out.iter_mut().enumerate() {
        *o = (worked(i as u64), here().1);
    }
}

fn named_pool(name: &'static str, threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(move |i| format!("{name} {i}"))
        .build()
        .expect("a pool")
}

#[test]
fn a_loop_runs_in_the_pool_that_it_names() {
    let (pool, other) = (named_pool("named", 3), named_pool("other", 2));
    for &n in LENGTHS {
        let xs = numbers(n as u64, n, 1_000);
        let run = || with(Executor::Rayon, || placed(&xs, &pool, 1));
        for (sum, places) in [run(), other.install(run)] {
            assert_eq!(sum, plain_placed(&xs, &pool, 1).0, "n = {n}");
            assert_eq!(places.len(), n);
            if n >= 2 {
                for (index, name) in places {
                    assert_eq!(Some(name), index.map(|i| format!("named {i}")), "n = {n}");
                }
            }
        }
        let mut out = vec![(0, String::new()); n];
        with(Executor::Rayon, || filled(&mut out, &pool));
        let mut want = vec![(0, String::new()); n];
        plain_filled(&mut want, &pool);
        for (got, want) in out.iter().zip(&want) {
            assert_eq!(got.0, want.0, "n = {n}");
            assert!(n < 2 || got.1.starts_with("named "), "n = {n}: {}", got.1);
        }
    }
}

#[test]
fn a_named_pool_changes_no_answer() {
    let pool = named_pool("named", 3);
    for &n in LENGTHS {
        let xs = numbers(n as u64, n, 1_000);
        for least in [1, 5, 2_000] {
            let run = |f: fn(&[u64], &ThreadPool, usize) -> (u64, Places)| {
                let (sum, places) = f(&xs, &pool, least);
                (sum, places.len())
            };
            same(&format!("n = {n}, {least}"), || run(plain_placed), || run(placed));
        }
    }
}

#[test]
fn leaves_have_as_many_iterations_as_the_grain() {
    let pool = named_pool("grain", 4);
    for n in [40, 1_000, 5_000] {
        let xs = numbers(n as u64, n, 1_000);
        for least in [1, 7, n / 4, n / 2] {
            for _ in 0..5 {
                let (_, places) = with(Executor::Rayon, || placed(&xs, &pool, least));
                for run in places.chunk_by(|a, b| a == b) {
                    assert!(run.len() >= least, "n = {n}, at least {least}: {}", run.len());
                }
            }
        }
        // too few for two leaves: the caller runs all of it
        for least in [n / 2 + 1, n, 10 * n] {
            let (_, places) = with(Executor::Rayon, || placed(&xs, &pool, least));
            let threads: BTreeSet<_> = places.into_iter().collect();
            assert_eq!(threads, BTreeSet::from([here()]), "n = {n}, at least {least}");
        }
    }
}
