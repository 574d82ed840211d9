//! Writes through an array of distinct indices: `unique(..)`.

use divvy::{Executor, par_for, par_reduce, with};

use crate::{CUTOFF, LENGTHS, catch, same};

/// A permutation of `0..n`.
fn shuffled(n: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..n).collect();
    let mut state = 9u64;
    for i in (1..n).rev() {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        all.swap(i, (state >> 33) as usize % (i + 1));
    }
    all
}

#[par_for(unique(slot), threshold = CUTOFF, twin = permute_twin)]
fn permute(items: &[u64], slot: &[usize], out: &mut [u64]) {
    for i in 0..items.len() {
        out[slot[i]] = items[i] * 3 + i as u64;
    }
}

#[test]
fn a_permutation() {
    for &n in LENGTHS {
        let (items, slot): (Vec<u64>, _) = ((0..n as u64).collect(), shuffled(n));
        for spare in [0, 3] {
            let run = |f: fn(&[u64], &[usize], &mut [u64])| {
                let mut out = vec![7; n + spare];
                f(&items, &slot, &mut out);
                out
            };
            same(&format!("n = {n}"), || run(permute_twin), || run(permute));
        }
    }
}

#[test]
fn an_index_too_large_panics_as_before() {
    for &n in &LENGTHS[1..] {
        let (items, slot): (Vec<u64>, _) = ((0..n as u64).collect(), shuffled(n));
        let run = |f: fn(&[u64], &[usize], &mut [u64])| f(&items, &slot, &mut vec![7; n - 1]);
        same(&format!("n = {n}"), || run(permute_twin), || run(permute));
    }
}

#[test]
fn a_repeat_panics_on_every_executor_and_names_both_positions() {
    for n in [2, 3, 9, 100, 5_000] {
        let (items, mut slot): (Vec<u64>, _) = ((0..n as u64).collect(), shuffled(n));
        slot[n - 1] = slot[n / 3];
        for executor in [Executor::Serial, Executor::Rayon, Executor::Adversarial { seed: 3 }] {
            let panic = with(executor, || catch(|| permute(&items, &slot, &mut vec![0; n]))).expect_err("a panic");
            let text = panic.downcast_ref::<String>().expect("a text");
            assert!(text.contains(&format!("slot[{}]", n / 3)), "{text}");
            assert!(text.contains(&format!("slot[{}]", n - 1)), "{text}");
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Cell {
    value: u64,
    hits: u32,
}

struct Grid {
    cells: Vec<Cell>,
    order: Vec<u32>,
    names: Vec<String>,
}

impl Grid {
    #[par_reduce(unique(self.order), threshold = CUTOFF, twin = fill_twin)]
    fn fill(&mut self, values: &[u64]) -> u64 {
        let mut total = 0;
        for (k, value) in self.order.iter().zip(values) {
            let at = *k as usize;
            self.cells[at].value = value + 1;
            self.cells[at].hits += 1;
            total += value;
        }
        total
    }

    #[par_for(unique(self.order), twin = rename_twin)]
    fn rename(&mut self) {
        for (i, &k) in self.order.iter().enumerate() {
            if i % 3 != 0 {
                self.names[usize::try_from(k).unwrap()] = format!("n{i}");
            }
        }
    }
}

#[test]
fn fields_elements_and_accumulators() {
    for &n in LENGTHS {
        let order: Vec<u32> = shuffled(n).into_iter().map(|i| i as u32).collect();
        let values: Vec<u64> = (0..n as u64).map(|i| i * i).collect();
        let run = |f: fn(&mut Grid, &[u64]) -> u64, g: fn(&mut Grid)| {
            let mut grid = Grid {
                cells: vec![Cell::default(); n],
                order: order.clone(),
                names: vec![String::new(); n],
            };
            let total = f(&mut grid, &values);
            g(&mut grid);
            (grid.cells, grid.names, total)
        };
        same(
            &format!("n = {n}"),
            || run(Grid::fill_twin, Grid::rename_twin),
            || run(Grid::fill, Grid::rename),
        );
    }
}

#[par_for(unique(evens), threshold = CUTOFF, twin = both_twin)]
fn both(evens: &[i64], a: &mut [i64], b: &mut [i64], out: &mut [i64]) -> Option<i64> {
    let mut last = None;
    for i in (0..out.len()).rev() {
        let k = evens[2 * i];
        a[k as usize] = i as i64;
        b[k as usize] -= k;
        out[i] = k;
        last = Some(k);
    }
    last
}

#[test]
fn several_arrays_and_only_the_used_positions_count() {
    for &n in LENGTHS {
        // odd positions hold repeats that the loop never looks at
        let evens: Vec<i64> = shuffled(n).into_iter().flat_map(|k| [k as i64, 0]).collect();
        let run = |f: fn(&[i64], &mut [i64], &mut [i64], &mut [i64]) -> Option<i64>| {
            let (mut a, mut b, mut out) = (vec![1; n], vec![2; n], vec![3; n]);
            let last = f(&evens, &mut a, &mut b, &mut out);
            (a, b, out, last)
        };
        same(&format!("n = {n}"), || run(both_twin), || run(both));
    }
}
