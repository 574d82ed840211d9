//! Elements, entries and texts that are reached by calls, in the spellings that people write.

use std::collections::{BTreeSet, HashMap, HashSet};

use divvy::par_reduce;

use crate::{CUTOFF, LENGTHS, numbers, same};

type Ignored = (
    HashSet<u64>,
    HashMap<u64, usize>,
    BTreeSet<u64>,
    HashMap<u64, Vec<usize>>,
);

#[par_reduce(threshold = CUTOFF, twin = plain_ignored)]
fn ignored(xs: &[u64]) -> Ignored {
    let (mut seen, mut last) = (HashSet::new(), HashMap::new());
    let (mut odd, mut places) = (BTreeSet::new(), HashMap::new());
    for (i, &x) in xs.iter().enumerate() {
        let _ = seen.insert(x);
        let _: Option<usize> = last.insert(x, i);
        match x % 3 {
            0 => drop(odd.insert(x)),
            1 => {
                _ = odd.insert(x / 2);
            }
            _ => {}
        }
        let _ = places.entry(x % 4).or_insert(vec![]).push(i);
    }
    (seen, last, odd, places)
}

#[test]
fn what_an_insert_gives_is_thrown_away() {
    for &n in LENGTHS {
        let xs = numbers(4, n, 30);
        same(&format!("n = {n}"), || plain_ignored(&xs), || ignored(&xs));
    }
}
