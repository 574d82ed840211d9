//! Ways out of loops: the sequential prefix decides, and nothing behind it shows.

use std::num::ParseIntError;

use divvy::{par_divide, par_for, par_reduce};

use crate::{CUTOFF, LENGTHS, catch, numbers, same};

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

/// What an event comes to where nothing is accumulated.
fn happens(i: usize, event: Event) -> Result<Option<usize>, usize> {
    match event {
        Match => Ok(Some(i)),
        Fail => Err(i),
        Panic => panic!("at {i}"),
        Nothing | Stop => Ok(None),
    }
}

#[par_reduce(threshold = 2, twin = plain_find)]
fn find(events: &[Event]) -> Option<Result<usize, usize>> {
    events
        .iter()
        .enumerate()
        .map(|(i, event)| happens(i, *event))
        .find_map(|found| found.transpose())
}

#[par_reduce(threshold = 2, twin = plain_all)]
fn all(events: &[Event]) -> Result<Vec<Option<usize>>, usize> {
    events.iter().enumerate().map(|(i, event)| happens(i, *event)).collect()
}

/// The right half isn't visited after a match or an error in the left one.
#[par_divide(threshold = 1, twin = plain_visit)]
fn visit(events: &[Event], first: usize) -> Result<Option<usize>, usize> {
    if events.len() < 2 {
        return events.first().map_or(Ok(None), |event| happens(first, *event));
    }
    let middle = events.len() / 2;
    if let Some(found) = visit(&events[..middle], first)? {
        return Ok(Some(found));
    }
    visit(&events[middle..], first + middle)
}

/// The value, or the message of the panic.
fn ending<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    catch(f).map_err(|panic| *panic.downcast::<String>().expect("a formatted message"))
}

#[test]
fn every_placement_of_events_in_a_short_chain_and_recursion() {
    let kinds = [Nothing, Match, Fail, Panic];
    for n in 0..=4usize {
        for code in 0..4usize.pow(n as u32) {
            let events: Vec<Event> = (0..n).map(|k| kinds[code / 4usize.pow(k as u32) % 4]).collect();
            let what = format!("{events:?}");
            same(&what, || ending(|| plain_find(&events)), || ending(|| find(&events)));
            same(&what, || ending(|| plain_all(&events)), || ending(|| all(&events)));
            same(
                &what,
                || ending(|| plain_visit(&events, 0)),
                || ending(|| visit(&events, 0)),
            );
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

/// Lists of numbers, of which one in so many isn't one.
fn records(n: usize, bad: usize) -> Vec<String> {
    let number = |k: usize| match k % bad == bad - 1 {
        true => format!("name{k};x{k};7"),
        false => format!("name{k};{};{}", k % 7, k % 3),
    };
    (0..n).map(number).collect()
}

#[par_reduce(threshold = 2, twin = plain_second_fields)]
fn second_fields(records: &[String]) -> Result<u64, String> {
    let mut total = 0;
    for record in records {
        let mut fields = record.split(';');
        let name = fields.next().ok_or("no name")?;
        let value = fields.next().ok_or_else(|| name.to_string())?;
        total += value.parse::<u64>().map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(total)
}

#[par_reduce(threshold = 2, twin = plain_first_named)]
fn first_named(records: Vec<String>, name: &str) -> Option<usize> {
    for (at, record) in records.iter().enumerate() {
        if record.split(';').next() == Some(name) {
            return Some(at);
        }
    }
    None
}

#[par_reduce(threshold = 2, twin = plain_until_a_seven)]
fn until_a_seven(records: &[String]) -> usize {
    let mut letters = 0;
    for record in records.iter().filter(|record| record.chars().next().is_some()) {
        letters += record.len();
        if record.trim().rsplit(';').next() == Some("7") {
            break;
        }
    }
    letters
}

struct Source {
    parts: Vec<String>,
}

#[par_reduce(threshold = 2, twin = plain_shortest_start)]
fn shortest_start(sources: &[Source]) -> Option<usize> {
    let mut shortest = usize::MAX;
    for source in sources {
        let first = source.parts.iter().next()?;
        shortest = shortest.min(first.split(';').nth(1)?.len());
    }
    Some(shortest)
}

#[test]
fn items_that_are_taken_apart() {
    for &n in LENGTHS {
        for bad in [2, 5, 700, 5_000] {
            let list = records(n, bad);
            let what = format!("{n}, one in {bad}");
            same(&what, || plain_second_fields(&list), || second_fields(&list));
            same(&what, || plain_until_a_seven(&list), || until_a_seven(&list));
            let name = format!("name{}", n.saturating_sub(bad));
            let find = |find: fn(Vec<String>, &str) -> Option<usize>| find(list.clone(), &name);
            same(&what, || find(plain_first_named), || find(first_named));
            let sources: Vec<Source> = list
                .chunks(3)
                .map(|parts| Source {
                    parts: parts[..parts.len().min(n % bad + 1)].to_vec(),
                })
                .collect();
            same(&what, || plain_shortest_start(&sources), || shortest_start(&sources));
        }
    }
}

#[par_for(threshold = 2, twin = plain_column)]
fn column(records: &[String]) -> Result<Vec<u64>, ParseIntError> {
    let mut column = vec![0; records.len()];
    for i in 0..records.len() {
        column[i] = records[i].split(';').nth(1).unwrap_or("").parse()?;
    }
    Ok(column)
}

#[par_for(threshold = 2, twin = plain_inverses)]
fn inverses(mut values: Vec<i64>) -> Option<Vec<i64>> {
    for value in values.iter_mut() {
        if *value == 0 {
            return None;
        }
        *value = 1_000_000 / *value;
    }
    Some(values)
}

#[par_for(threshold = 2, twin = plain_digits)]
fn digits<const N: usize>(text: &str) -> Result<[u32; N], char> {
    let mut digits = [0; N];
    for (digit, c) in digits.iter_mut().zip(text.chars()) {
        *digit = c.to_digit(10).ok_or(c)?;
    }
    Ok(digits)
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Cell {
    value: u64,
    marks: Vec<usize>,
}

#[par_reduce(threshold = 2, twin = plain_grid)]
fn grid(records: &[String]) -> Result<(u64, Vec<Vec<Cell>>), ParseIntError> {
    let mut cells = vec![vec![Cell::default(); 2]; records.len()];
    let (upper, mut total) = (&mut cells[..], 0);
    for (y, record) in records.iter().enumerate() {
        for (x, field) in record.split(';').skip(1).enumerate() {
            let value: u64 = field.parse()?;
            total += value;
            upper[y][x].value = value;
            upper[y][x].marks.push(x + y);
        }
    }
    Ok((total, cells))
}

#[test]
fn tables_of_the_functions_own() {
    for &n in LENGTHS {
        for bad in [2, 5, 700, 5_000] {
            let list = records(n, bad);
            let what = format!("{n}, one in {bad}");
            same(&what, || plain_column(&list), || column(&list));
            same(&what, || plain_grid(&list), || grid(&list));
            let values: Vec<i64> = (1..=n).map(|k| (k % bad) as i64).collect();
            same(&what, || plain_inverses(values.clone()), || inverses(values.clone()));
            let text: String = list.iter().map(|record| record.as_bytes()[4] as char).collect();
            let text = format!("{text}12x4");
            same(&what, || plain_digits::<40>(&text), || digits::<40>(&text));
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_named)]
fn named(xs: &[u64], wanted: u64) -> Option<String> {
    let name = format!("found {wanted}");
    for x in xs {
        if *x == wanted {
            return Some(name);
        }
    }
    None
}

#[par_reduce(threshold = CUTOFF, twin = plain_told)]
fn told(xs: &[u64], wanted: u64, message: String) -> Result<u64, (String, u64)> {
    let mut sum = 0;
    for x in xs {
        if *x == wanted {
            return Err((message, 3));
        }
        sum += x;
    }
    Ok(sum)
}

#[test]
fn variables_that_are_given_away() {
    for &n in LENGTHS {
        let xs = numbers(9, n, 90);
        for wanted in [0, 17, 100] {
            let what = format!("n = {n}, {wanted}");
            same(&what, || plain_named(&xs, wanted), || named(&xs, wanted));
            let message = || "seen".to_string();
            same(
                &what,
                || plain_told(&xs, wanted, message()),
                || told(&xs, wanted, message()),
            );
        }
    }
}

/// Two searches in a row; an item may be one that nobody should look at.
#[par_reduce(threshold = 2, twin = plain_both_found)]
fn both_found(xs: &[u64], ys: &[u64], wanted: u64, bad: u64) -> (Option<usize>, Option<usize>) {
    let (mut first, mut second) = (None, None);
    for (i, x) in xs.iter().enumerate() {
        assert!(*x != bad, "reached {i}");
        if *x == wanted {
            first = Some(i);
            break;
        }
    }
    for (i, y) in ys.iter().enumerate() {
        assert!(*y != bad, "reached {i}");
        if *y == wanted {
            second = Some(i);
            break;
        }
    }
    (first, second)
}

#[par_reduce(threshold = 2, twin = plain_either_found)]
fn either_found(xs: &[u64], ys: &[u64], wanted: u64, bad: u64) -> Option<(bool, usize)> {
    for (i, x) in xs.iter().enumerate() {
        assert!(*x != bad, "reached {i}");
        if *x == wanted {
            return Some((true, i));
        }
    }
    for (i, y) in ys.iter().enumerate() {
        assert!(*y != bad, "reached {i}");
        if *y == wanted {
            return Some((false, i));
        }
    }
    None
}

#[test]
fn two_searches_in_a_row() {
    const NOWHERE: usize = usize::MAX;
    for n in [1, 2, 9, 1_000] {
        let list = |hit: usize, bad: usize| -> Vec<u64> {
            let item = |i| {
                if i == hit {
                    1
                } else if i == bad {
                    2
                } else {
                    0
                }
            };
            (0..n).map(item).collect()
        };
        // behind the hit, before it, and where there is none
        let places = [
            (n / 2, NOWHERE),
            (n / 2, n - 1),
            (n / 2, 0),
            (NOWHERE, NOWHERE),
            (NOWHERE, n - 1),
        ];
        for (hit, bad) in places {
            for (other_hit, other_bad) in places {
                let (xs, ys) = (list(hit, bad), list(other_hit, other_bad));
                let what = format!("n = {n}, at {hit} and {other_hit}, not to be seen {bad} and {other_bad}");
                same(
                    &what,
                    || plain_both_found(&xs, &ys, 1, 2),
                    || both_found(&xs, &ys, 1, 2),
                );
                same(
                    &what,
                    || plain_either_found(&xs, &ys, 1, 2),
                    || either_found(&xs, &ys, 1, 2),
                );
            }
        }
    }
}
