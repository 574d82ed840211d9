//! Accumulators and carried values that are `self`, or stand behind a `&mut`.

use divvy::{par_for, par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

trait Gather: Sized {
    fn add(&mut self, xs: &[u64]);
    fn plain_add(&mut self, xs: &[u64]);
    fn added(self, xs: &[u64]) -> Self;
    fn plain_added(self, xs: &[u64]) -> Self;
    fn lower(&mut self, xs: &[u64]);
    fn plain_lower(&mut self, xs: &[u64]);
    fn raise(&mut self, xs: &[u64]);
    fn plain_raise(&mut self, xs: &[u64]);
    fn take(&mut self, xs: &[u64]);
    fn plain_take(&mut self, xs: &[u64]);
}

impl Gather for u64 {
    #[par_reduce(threshold = CUTOFF, twin = plain_add)]
    fn add(&mut self, xs: &[u64]) {
        for x in xs {
            *self += x;
        }
    }

    #[par_reduce(threshold = CUTOFF, twin = plain_added)]
    fn added(mut self, xs: &[u64]) -> Self {
        for x in xs {
            self = self.max(*x);
        }
        self
    }

    #[par_reduce(threshold = CUTOFF, twin = plain_lower)]
    fn lower(&mut self, xs: &[u64]) {
        for &x in xs {
            *self -= x;
        }
    }

    #[par_reduce(threshold = CUTOFF, twin = plain_raise)]
    fn raise(&mut self, xs: &[u64]) {
        for &x in xs {
            if x > *self {
                *self = x;
            }
        }
    }

    #[par_reduce(threshold = CUTOFF, twin = plain_take)]
    fn take(&mut self, xs: &[u64]) {
        for &x in xs {
            *self = x;
        }
    }
}

trait Tally {
    fn tally(&mut self, xs: &[u64]);
    fn plain_tally(&mut self, xs: &[u64]);
    fn square(&mut self, xs: &[u64]);
    fn plain_square(&mut self, xs: &[u64]);
}

impl Tally for Vec<u64> {
    #[par_reduce(threshold = CUTOFF, twin = plain_tally)]
    fn tally(&mut self, xs: &[u64]) {
        for &x in xs {
            self[x as usize % 7] += x;
        }
    }

    #[par_for(threshold = CUTOFF, twin = plain_square)]
    fn square(&mut self, xs: &[u64]) {
        for i in 0..xs.len() {
            self[i] = xs[i] * xs[i];
        }
    }
}

#[test]
fn self_accumulates_and_is_written_to() {
    for &n in LENGTHS {
        let xs = numbers(21, n, 1_000);
        let run = |gather: fn(&mut u64, &[u64]), start: u64| {
            let mut value = start;
            gather(&mut value, &xs);
            value
        };
        let name = format!("n = {n}");
        same(&name, || run(Gather::plain_add, 3), || run(Gather::add, 3));
        same(
            &name,
            || run(Gather::plain_lower, 1 << 40),
            || run(Gather::lower, 1 << 40),
        );
        same(&name, || run(Gather::plain_raise, 500), || run(Gather::raise, 500));
        same(&name, || run(Gather::plain_take, 9), || run(Gather::take, 9));
        same(&name, || 500.plain_added(&xs), || 500.added(&xs));
        let fill = |fill: fn(&mut Vec<u64>, &[u64])| {
            let mut cells = vec![1; n + 7];
            fill(&mut cells, &xs);
            cells
        };
        same(&name, || fill(Tally::plain_tally), || fill(Tally::tally));
        same(&name, || fill(Tally::plain_square), || fill(Tally::square));
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_running)]
fn running(sum: &mut u64, most: &mut u64, xs: &[u64]) -> Vec<(u64, u64)> {
    let mut out = Vec::new();
    for &x in xs {
        *sum += x;
        if x > *most {
            *most = x;
        }
        out.push((*sum, (*most).wrapping_mul(2) + most.count_ones() as u64));
    }
    out
}

#[par_scan(threshold = CUTOFF, twin = plain_previous)]
fn previous(last: &mut u64, xs: &[u64]) -> Vec<u64> {
    let mut out = Vec::new();
    for &x in xs {
        out.push(x.abs_diff(*last));
        *last = x;
    }
    out
}

trait Hash {
    fn hash(&mut self, xs: &[u64]) -> Vec<u64>;
    fn plain_hash(&mut self, xs: &[u64]) -> Vec<u64>;
}

impl Hash for u64 {
    #[par_scan(threshold = CUTOFF, twin = plain_hash)]
    fn hash(&mut self, xs: &[u64]) -> Vec<u64> {
        let mut out = Vec::new();
        for &x in xs {
            *self = self.wrapping_mul(31).wrapping_add(x);
            out.push(*self);
        }
        out
    }
}

#[test]
fn carried_values_stand_behind_references() {
    for &n in LENGTHS {
        let xs = numbers(22, n, 1_000);
        let name = format!("n = {n}");
        let run = |running: fn(&mut u64, &mut u64, &[u64]) -> Vec<(u64, u64)>| {
            let (mut sum, mut most) = (5, 300);
            let all = running(&mut sum, &mut most, &xs);
            (all, sum, most)
        };
        same(&name, || run(plain_running), || run(running));
        let run = |carry: fn(&mut u64, &[u64]) -> Vec<u64>| {
            let mut value = 17;
            let all = carry(&mut value, &xs);
            (all, value)
        };
        same(&name, || run(plain_previous), || run(previous));
        same(&name, || run(Hash::plain_hash), || run(Hash::hash));
    }
}

struct Grid {
    cells: Box<[u64]>,
    counts: Vec<u64>,
}

/// What derefers to a slice lends its elements as one.
impl std::ops::Deref for Grid {
    type Target = [u64];

    fn deref(&self) -> &[u64] {
        &self.cells
    }
}

impl std::ops::DerefMut for Grid {
    fn deref_mut(&mut self) -> &mut [u64] {
        &mut self.cells
    }
}

fn slices(grid: &mut Grid) -> (&mut [u64], &mut Vec<u64>) {
    (&mut grid.cells, &mut grid.counts)
}

#[par_for(threshold = CUTOFF, twin = plain_written)]
fn written(grid: &mut Grid, xs: &[u64]) {
    for i in 0..xs.len() {
        grid[i] += xs[i];
    }
    for i in 0..xs.len() {
        grid.counts[i] = xs[i] + 1;
    }
    let (cells, counts) = slices(grid);
    for i in 0..xs.len() {
        cells[i] *= 2;
        counts[i] ^= xs[i];
    }
    let (mut cells, mut counts) = (slices(grid).0.to_vec(), xs.to_owned());
    for i in 0..xs.len() {
        cells[i] += 1;
        counts[xs.len() - 1 - i] = xs[i];
    }
    let Grid { ref mut counts, .. } = *grid;
    for i in 0..xs.len() {
        counts[i] += cells[i];
    }
}

#[test]
fn elements_are_lent_by_what_leads_to_a_slice() {
    for &n in LENGTHS {
        let xs = numbers(23, n, 1_000);
        let run = |written: fn(&mut Grid, &[u64])| {
            let mut grid = Grid {
                cells: vec![3; n].into(),
                counts: vec![4; n],
            };
            written(&mut grid, &xs);
            (grid.cells, grid.counts)
        };
        same(&format!("n = {n}"), || run(plain_written), || run(written));
    }
}
