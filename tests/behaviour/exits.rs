//! Ways out of loops: the sequential prefix decides, and nothing behind it shows.

use std::num::ParseIntError;

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

/// What an element makes a loop do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Nothing,
    Match,
    Fail,
    Panic,
    Stop,
}

use Event::{Fail, Match, Nothing, Panic, Stop};

#[par_reduce(threshold = 2, twin = plain_search)]
fn search(events: &[Event], seen: &mut Vec<usize>) -> Result<Option<usize>, usize> {
    let mut stopped = false;
    for (i, event) in events.iter().enumerate() {
        let at = match event {
            Match => return Ok(Some(i)),
            Fail => Err(i),
            Panic => panic!("at {i}"),
            Stop => {
                stopped = true;
                break;
            }
            Nothing => Ok(i),
        };
        seen.push(at?);
    }
    Ok(stopped.then_some(usize::MAX))
}

#[test]
fn every_placement_of_events_in_a_short_loop() {
    let kinds = [Nothing, Match, Fail, Panic, Stop];
    for n in 0..=3usize {
        for code in 0..5usize.pow(n as u32) {
            let events: Vec<Event> = (0..n).map(|k| kinds[code / 5usize.pow(k as u32) % 5]).collect();
            let run = |search: fn(&[Event], &mut Vec<usize>) -> Result<Option<usize>, usize>| {
                let mut seen = vec![100];
                (search(&events, &mut seen), seen)
            };
            same(&format!("{events:?}"), || run(plain_search), || run(search));
        }
    }
}

#[test]
fn events_far_apart_in_a_long_loop() {
    for (first, second) in [
        (Match, Panic),
        (Fail, Match),
        (Stop, Panic),
        (Panic, Match),
        (Nothing, Stop),
    ] {
        for at in [0, 1, 500, 999, 1_500] {
            let mut events = vec![Nothing; 2_000];
            events[at] = first;
            events[at + 300] = second;
            events[1_999] = Panic;
            let run = |search: fn(&[Event], &mut Vec<usize>) -> Result<Option<usize>, usize>| {
                let mut seen = vec![];
                (search(&events, &mut seen), seen)
            };
            same(
                &format!("{first:?} at {at}, then {second:?}"),
                || run(plain_search),
                || run(search),
            );
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_parse)]
fn parse(lines: &[String], total: &mut i64) -> Result<Vec<i64>, ParseIntError> {
    let mut all = Vec::new();
    for line in lines {
        if line.is_empty() {
            continue;
        }
        let n: i64 = line.trim().parse()?;
        let half = |x: i64| -> Option<i64> { Some(x.checked_add(1)? / 2) };
        *total += half(n).unwrap_or(0);
        all.push(n);
    }
    Ok(all)
}

#[test]
fn the_first_error_and_the_total_up_to_it() {
    for &n in LENGTHS {
        for bad in [usize::MAX, 0, 7, n / 2, n.saturating_sub(1)] {
            let mut lines: Vec<String> = numbers(1, n, 100).iter().map(|x| format!(" {x} ")).collect();
            if let Some(line) = lines.get_mut(bad) {
                *line = format!("x{bad}");
            }
            let run = |parse: fn(&[String], &mut i64) -> Result<Vec<i64>, ParseIntError>| {
                let mut total = 5;
                (parse(&lines, &mut total), total)
            };
            same(&format!("n = {n}, bad {bad}"), || run(plain_parse), || run(parse));
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_pairs)]
fn pairs(xs: &[u64], near: usize) -> Option<(usize, usize)> {
    'first: for i in 0..xs.len() {
        let Some(x) = xs[i].checked_sub(3) else { continue };
        for j in i + 1..xs.len() {
            if j > i + near {
                continue 'first;
            }
            if xs[j] == x {
                return Some((i, j));
            }
        }
        if x == 900 {
            break 'first;
        }
    }
    None
}

#[par_reduce(threshold = CUTOFF, twin = plain_counting)]
fn counting(xs: &[u64], limit: u64) -> (usize, u64, Option<u64>) {
    let mut i = 1;
    let mut sum = 0;
    while i < xs.len() {
        sum += xs[i] * i as u64;
        i += 1;
    }
    let mut k = 0;
    while k < xs.len() {
        if xs[k] > limit {
            return (i, sum, Some(xs[k]));
        }
        k += 1;
    }
    (i + k, sum, None)
}

#[test]
fn labels_and_counting_loops() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 1_000);
        for near in [1, 5, 1_000] {
            same(
                &format!("n = {n}, near {near}"),
                || plain_pairs(&xs, near),
                || pairs(&xs, near),
            );
        }
        for limit in [0, 500, 990, 2_000] {
            same(
                &format!("n = {n}, limit {limit}"),
                || plain_counting(&xs, limit),
                || counting(&xs, limit),
            );
        }
    }
}

struct Shelf(Vec<u64>);

impl Shelf {
    fn shown(&mut self) -> Vec<&u64> {
        self.0.iter().collect()
    }
}

#[par_reduce(threshold = 2, twin = plain_shelf)]
fn shelf(shelf: &mut Shelf, limit: u64) -> (Option<usize>, bool, Result<Vec<String>, u64>) {
    let mut at = None;
    for (i, x) in shelf.shown().into_iter().enumerate() {
        if x.pow(2) > limit {
            at = Some(i);
            break;
        }
    }
    let any = shelf.shown().into_iter().any(|x| x.is_power_of_two());
    let words = shelf
        .shown()
        .into_iter()
        .map(|x| if x.pow(2) > limit { Err(*x) } else { Ok(x.to_string()) })
        .collect();
    (at, any, words)
}

#[test]
fn items_whose_type_alone_says_that_they_are_shared() {
    for &n in LENGTHS {
        let xs = numbers(3, n, 50);
        for limit in [0, 400, 10_000] {
            same(
                &format!("n = {n}, {limit}"),
                || plain_shelf(&mut Shelf(xs.clone()), limit),
                || shelf(&mut Shelf(xs.clone()), limit),
            );
        }
    }
}
