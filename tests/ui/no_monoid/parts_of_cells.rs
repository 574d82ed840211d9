use std::collections::HashMap;

use divvy::par_reduce;

#[derive(Clone, Default)]
struct Seen {
    n: usize,
    mean: i64,
    last: i64,
}

#[par_reduce]
fn smoothed(xs: &[i64]) -> Vec<Seen> {
    let mut table = vec![Seen::default(); 8];
    for x in xs {
        let seen = &mut table[(x & 7) as usize];
        seen.n += 1;
        seen.mean = (seen.mean * 7 + x) / 8;
    }
    table
}

#[par_reduce]
fn without_a_name(xs: &[i64]) -> Vec<Seen> {
    let mut table = vec![Seen::default(); 8];
    for x in xs {
        let k = (x & 7) as usize;
        table[k].n += 1;
        table[k].mean = (table[k].mean * 7 + x) / 8;
    }
    table
}

#[par_reduce]
fn newest(xs: &[i64]) -> HashMap<i64, Seen> {
    let mut map: HashMap<i64, Seen> = HashMap::new();
    for x in xs {
        let seen = map.entry(x & 7).or_default();
        seen.n += 1;
        if *x > 0 {
            seen.last = *x;
        }
    }
    map
}

#[par_reduce]
fn in_an_option(xs: &[i64]) -> Option<(i64, i64)> {
    let mut found: Option<(i64, i64)> = None;
    for &x in xs {
        match &mut found {
            Some((low, hash)) => {
                *low = (*low).min(x);
                *hash = *hash * 31 + x;
            }
            None => found = Some((x, x)),
        }
    }
    found
}

fn main() {}
