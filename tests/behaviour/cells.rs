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
