//! Tables and maps whose cells have several parts, each with an operation of its own.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

fn ints(n: usize) -> Vec<i64> {
    numbers(3, n, 41).into_iter().map(|k| k as i64 - 20).collect()
}

fn on<T: PartialEq + Debug + Send>(what: &str, plain: fn(&[i64]) -> T, parallel: fn(&[i64]) -> T) {
    for &n in LENGTHS {
        let xs = ints(n);
        same(&format!("{what}, {n} items"), || plain(&xs), || parallel(&xs));
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Cell {
    n: usize,
    sum: i64,
    most: i64,
    at: usize,
    items: Vec<i64>,
}

#[par_reduce(threshold = CUTOFF, twin = plain_named)]
fn named(xs: &[i64]) -> Vec<Cell> {
    let mut table = vec![Cell::default(); 5];
    for (i, &x) in xs.iter().enumerate() {
        let c = &mut table[x.rem_euclid(5) as usize];
        c.n += 1;
        c.sum -= x;
        if x > c.most {
            c.most = x;
            c.at = i;
        }
        c.items.push(x);
    }
    table
}

#[par_reduce(threshold = CUTOFF, twin = plain_by_key)]
fn by_key(xs: &[i64]) -> HashMap<i64, Cell> {
    let mut map: HashMap<i64, Cell> = HashMap::new();
    for (i, &x) in xs.iter().enumerate() {
        let c = map.entry(x % 7).or_default();
        c.n += 1;
        c.sum -= x;
        if x > c.most {
            c.most = x;
            c.at = i;
        }
        c.items.push(x);
    }
    map
}

#[par_reduce(threshold = CUTOFF, twin = plain_made)]
fn made(xs: &[i64]) -> BTreeMap<i64, Cell> {
    let mut map = BTreeMap::new();
    for (i, &x) in xs.iter().enumerate() {
        let c = map.entry(x % 4).or_insert_with(|| Cell {
            most: i64::MIN,
            ..Cell::default()
        });
        c.n += 1;
        c.sum += x;
        if x > c.most {
            c.most = x;
            c.at = i;
        }
    }
    map
}

#[test]
fn cells_with_names() {
    on("named", plain_named, named);
    on("by key", plain_by_key, by_key);
    on("made", plain_made, made);
}

#[par_reduce(threshold = CUTOFF, twin = plain_direct)]
fn direct(xs: &[i64]) -> (Vec<(usize, i64)>, [i64; 5], [f64; 5], Vec<i64>) {
    let mut sums = vec![(0usize, 0i64); 5];
    let mut most = [i64::MIN; 5];
    let mut least = [f64::INFINITY; 5];
    let mut best = vec![-3; 5];
    for &x in xs {
        let k = x.rem_euclid(5) as usize;
        sums[k].0 += 1;
        sums[k].1 += x;
        most[k] = most[k].max(x);
        least[k] = least[k].min(x as f64 / 2.0);
        if best[k] < x {
            best[k] = x;
        }
    }
    (sums, most, least, best)
}

#[par_reduce(threshold = CUTOFF, twin = plain_grid)]
fn grid(xs: &[i64]) -> Vec<Vec<(i64, i64)>> {
    let mut grid = vec![vec![(0, i64::MIN); 3]; 4];
    for &x in xs {
        let cell = &mut grid[x.rem_euclid(4) as usize][x.rem_euclid(3) as usize];
        cell.0 += x;
        cell.1 = cell.1.max(x);
    }
    grid
}

#[test]
fn cells_without_names() {
    on("direct", plain_direct, direct);
    on("grid", plain_grid, grid);
}

#[par_reduce(threshold = CUTOFF, twin = plain_pairs)]
fn pairs(
    xs: &[i64],
) -> (
    BTreeMap<i64, (usize, i64)>,
    HashMap<i64, i64>,
    BTreeMap<i64, (i64, i64)>,
) {
    let mut counted: BTreeMap<i64, (usize, i64)> = BTreeMap::new();
    let mut most = HashMap::new();
    let mut ranges = BTreeMap::new();
    for &x in xs {
        let c = counted.entry(x % 5).or_insert((0, 0));
        c.0 += 1;
        c.1 += x;
        let m = most.entry(x % 5).or_insert(x);
        if x > *m {
            *m = x;
        }
        let r = ranges.entry(x % 3).or_insert((x, x));
        r.0 = x.min(r.0);
        r.1 = std::cmp::max(r.1, x);
    }
    (counted, most, ranges)
}

#[test]
fn pairs_by_key() {
    on("pairs", plain_pairs, pairs);
}

fn filled() -> Vec<Cell> {
    let cell = Cell {
        n: 3,
        sum: 5,
        most: 2,
        at: 77,
        items: vec![1],
    };
    vec![cell; 5]
}

#[par_reduce(threshold = CUTOFF, twin = plain_lent)]
fn lent(xs: &[i64], table: &mut [Cell]) -> i64 {
    let mut all = 0;
    for (i, &x) in xs.iter().enumerate() {
        let c = &mut table[x.rem_euclid(5) as usize];
        c.n += 1;
        c.sum += x;
        if x > c.most {
            c.most = x;
            c.at = i;
        }
        all += x;
    }
    all
}

#[derive(Clone)]
struct Ledger {
    cells: Vec<Cell>,
    ranges: BTreeMap<String, (i64, i64)>,
}

impl Ledger {
    #[par_reduce(threshold = CUTOFF, twin = plain_book)]
    fn book(&mut self, xs: &[i64]) {
        for &x in xs {
            let c = &mut self.cells[x.rem_euclid(5) as usize];
            c.n += 1;
            c.sum += x;
            let range = self
                .ranges
                .entry(format!("{}", x % 3))
                .or_insert_with(|| (i64::MAX, i64::MIN));
            range.0 = range.0.min(x);
            range.1 = range.1.max(x);
        }
    }
}

#[test]
fn what_somebody_else_has_filled() {
    type Lent = fn(&[i64], &mut [Cell]) -> i64;
    let lend = |f: Lent, xs: &[i64]| {
        let mut table = filled();
        (f(xs, &mut table), table)
    };
    let book = |f: fn(&mut Ledger, &[i64]), xs: &[i64]| {
        let mut ledger = Ledger {
            cells: filled(),
            ranges: BTreeMap::from([("1".to_string(), (3, 2)), ("-1".to_string(), (-90, -80))]),
        };
        f(&mut ledger, xs);
        (ledger.cells, ledger.ranges)
    };
    for &n in LENGTHS {
        let xs = ints(n);
        same("lent", || lend(plain_lent, &xs), || lend(lent, &xs));
        same("booked", || book(Ledger::plain_book, &xs), || book(Ledger::book, &xs));
    }
}

/// Up to the first item that is too large.
#[par_reduce(threshold = CUTOFF, float = tree, twin = plain_up_to)]
fn up_to(xs: &[i64], limit: i64) -> (bool, Vec<(f64, i64)>) {
    let mut is_over = false;
    let mut table = vec![(0.0, i64::MAX); 3];
    for &x in xs {
        if x > limit {
            is_over = true;
            break;
        }
        let c = &mut table[x.rem_euclid(3) as usize];
        c.0 += x as f64 * 0.25;
        c.1 = c.1.min(x);
    }
    (is_over, table)
}

#[test]
fn cells_beside_an_exit() {
    for &n in LENGTHS {
        let xs = ints(n);
        for limit in [-21, 0, 15, 20] {
            same("exit", || plain_up_to(&xs, limit), || up_to(&xs, limit));
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Kind {
    n: usize,
    tens: [u32; 5],
}

/// A table in each cell, and lists by key in a longer spelling.
#[par_reduce(threshold = CUTOFF, twin = plain_tables)]
fn tables(xs: &[i64]) -> (HashMap<i64, Kind>, BTreeMap<i64, Vec<usize>>) {
    let mut kinds: HashMap<i64, Kind> = HashMap::new();
    let mut lists: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (i, x) in xs.iter().enumerate() {
        let kind = kinds.entry(x % 3).or_default();
        kind.n += 1;
        kind.tens[(x + 20) as usize / 10] += 1;
        match lists.get_mut(&(x % 4)) {
            Some(list) => list.push(i),
            None => {
                lists.insert(x % 4, vec![i]);
            }
        }
    }
    (kinds, lists)
}

#[test]
fn tables_in_cells_and_lists_by_key() {
    on("tables", plain_tables, tables);
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Bar {
    open: i64,
    high: i64,
    low: i64,
    close: i64,
    volume: u64,
    first: Option<usize>,
    last: Option<usize>,
    best: Option<(i64, usize)>,
}

/// What is written last, and what is found first, last and best, in the values of a map.
#[par_reduce(threshold = CUTOFF, twin = plain_bars)]
fn bars(xs: &[i64]) -> BTreeMap<usize, Bar> {
    let mut bars: BTreeMap<usize, Bar> = BTreeMap::new();
    for (i, &x) in xs.iter().enumerate() {
        let bar = bars.entry(i % 6).or_insert_with(|| Bar {
            open: x,
            high: x,
            low: x,
            ..Bar::default()
        });
        bar.high = bar.high.max(x);
        bar.low = bar.low.min(x);
        bar.close = x;
        bar.volume += 1;
        if x > 0 {
            bar.first.get_or_insert(i);
            bar.last = Some(i);
        }
        if bar.best.is_none_or(|(most, _)| x * 7 % 11 > most) {
            bar.best = Some((x * 7 % 11, i));
        }
    }
    bars
}

#[derive(Clone, Debug, PartialEq)]
struct Run {
    low: usize,
    high: usize,
    n: usize,
}

/// The first value of a key is made, the others update it.
#[par_reduce(threshold = CUTOFF, twin = plain_looked_up)]
fn looked_up(xs: &[i64]) -> (HashMap<i64, Run>, BTreeMap<i64, (u32, i64)>, BTreeMap<i64, Run>) {
    let mut runs: HashMap<i64, Run> = HashMap::new();
    let mut pairs: BTreeMap<i64, (u32, i64)> = BTreeMap::new();
    let mut modified: BTreeMap<i64, Run> = BTreeMap::new();
    for (i, &x) in xs.iter().enumerate() {
        if let Some(run) = runs.get_mut(&(x % 5)) {
            run.high = i;
            run.n += 1;
        } else {
            runs.insert(x % 5, Run { low: i, high: i, n: 1 });
        }
        match pairs.get_mut(&(x % 7)) {
            Some((n, sum)) => {
                *n += 1;
                *sum += x;
            }
            None => {
                pairs.insert(x % 7, (1, x));
            }
        }
        modified
            .entry(x % 3)
            .and_modify(|run| {
                run.high = run.high.max(i);
                run.n += 1;
            })
            .or_insert(Run { low: i, high: i, n: 1 });
    }
    (runs, pairs, modified)
}

/// The first value of a key stays.
#[par_reduce(threshold = CUTOFF, twin = plain_firsts)]
fn firsts(xs: &[i64]) -> (HashMap<i64, usize>, BTreeMap<i64, usize>) {
    let mut first = HashMap::from([(3, 4_000)]);
    let mut seen = BTreeMap::new();
    for (i, &x) in xs.iter().enumerate() {
        first.entry(x).or_insert(i);
        first.entry(-x).or_insert_with(|| i + 1_000);
        if !seen.contains_key(&(x % 9)) {
            seen.insert(x % 9, i);
        }
    }
    (first, seen)
}

#[test]
fn firsts_and_lasts_by_key() {
    on("bars", plain_bars, bars);
    on("looked up", plain_looked_up, looked_up);
    on("firsts", plain_firsts, firsts);
}

type Options = (
    Vec<Option<usize>>,
    Vec<Option<usize>>,
    [Option<i64>; 7],
    Vec<Option<(usize, i64)>>,
);

/// `Option`s in the cells of tables, some of which hold something before.
#[par_reduce(threshold = CUTOFF, twin = plain_options)]
fn options(xs: &[i64]) -> Options {
    let mut first = vec![None, Some(77), None, None, None];
    let mut last = vec![Some(9); 5];
    let mut most = [None; 7];
    let mut best: Vec<Option<(usize, i64)>> = vec![None; 6];
    for (i, &x) in xs.iter().enumerate() {
        let k = x.rem_euclid(5) as usize;
        if first[k].is_none() {
            first[k] = Some(i);
        }
        last[k] = Some(i);
        let m = &mut most[x.rem_euclid(7) as usize];
        *m = Some(m.map_or(x / 3, |m: i64| m.max(x / 3)));
        let b = x.rem_euclid(6) as usize;
        match best[b] {
            Some((_, known)) if known >= x => {}
            _ => best[b] = Some((i, x)),
        }
    }
    (first, last, most, best)
}

/// The first and the last of all.
#[par_reduce(threshold = CUTOFF, twin = plain_ends)]
fn ends(xs: &[i64]) -> (Option<usize>, Option<i64>, Option<String>) {
    let (mut first, mut or, mut made) = (None, None, None);
    for (i, &x) in xs.iter().enumerate() {
        if x > 3 {
            first.get_or_insert(i);
            made.get_or_insert_with(|| format!("{i}: {x}"));
        }
        or = or.or(Some(x));
    }
    (first, or, made)
}

/// Elements by their numbers are variables.
#[par_reduce(threshold = CUTOFF, twin = plain_numbered)]
fn numbered(xs: &[i64]) -> ([i64; 3], [i64; 2], [String; 2]) {
    let mut acc = [0, i64::MIN, 0];
    let mut ends = [i64::MAX; 2];
    let mut texts = [String::new(), String::from("5")];
    for &x in xs {
        acc = [acc[0] + x, acc[1].max(x), acc[2] ^ x];
        if x < ends[0] {
            ends[0] = x;
        }
        ends[1] = ends[1].min(-x);
        let text = x.to_string();
        texts[0].push_str(&text);
        if text > texts[1] {
            texts[1] = text;
        }
    }
    (acc, ends, texts)
}

#[test]
fn options_in_cells_and_elements_by_number() {
    on("options", plain_options, options);
    on("ends", plain_ends, ends);
    on("numbered", plain_numbered, numbered);
}
