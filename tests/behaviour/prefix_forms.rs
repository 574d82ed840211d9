//! The prefix sums that programs have, as they write them.

use divvy::{par_for, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_scan(threshold = CUTOFF, twin = plain_one_longer)]
fn one_longer(counts: &[u64], starts: &mut [u64]) {
    starts[0] = 0;
    for i in 0..counts.len() {
        starts[i + 1] = starts[i] + counts[i];
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_of_another)]
fn of_another(changes: &[i64], balances: &mut [i64]) {
    for i in 1..balances.len() {
        balances[i] = balances[i - 1] + changes[i];
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_in_place)]
fn in_place(days: &mut [u64]) {
    for day in 1..days.len() {
        days[day] += days[day - 1];
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_through_the_items)]
fn through_the_items(pixels: &[u8], sums: &mut [u64]) -> u64 {
    let mut sum = 0;
    for (pixel, out) in pixels.iter().zip(sums.iter_mut()) {
        sum += u64::from(*pixel);
        *out = sum;
    }
    sum
}

#[par_scan(threshold = CUTOFF, twin = plain_inclusive)]
fn inclusive(weights: &[u64]) -> Vec<u64> {
    let mut sum = 0;
    let mut distribution = Vec::with_capacity(weights.len());
    for weight in weights {
        sum += weight;
        distribution.push(sum);
    }
    distribution
}

#[par_scan(threshold = CUTOFF, twin = plain_exclusive)]
fn exclusive(sizes: &[usize]) -> (Vec<usize>, usize) {
    let mut start = 0;
    let mut starts = Vec::new();
    for &size in sizes {
        starts.push(start);
        start += size;
    }
    (starts, start)
}

#[par_for(threshold = 1, twin = plain_rows_by_index)]
fn rows_by_index(data: &mut [u64], width: usize) {
    let height = data.len() / width;
    for row in 0..height {
        for column in 1..width {
            data[row * width + column] += data[row * width + column - 1];
        }
    }
}

#[par_for(threshold = 1, twin = plain_rows_as_slices)]
fn rows_as_slices(data: &mut [u64], width: usize) {
    for row in data.chunks_mut(width) {
        for column in 1..row.len() {
            row[column] += row[column - 1];
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_columns_of_each_row)]
fn columns_of_each_row(data: &mut [u64], width: usize) {
    let height = data.len() / width;
    #[seq]
    for row in 0..height {
        #[par]
        for column in 1..width {
            data[row * width + column] += data[row * width + column - 1];
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_in_a_chain)]
fn in_a_chain(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .scan(0, |sum, x| {
            *sum += x;
            Some(*sum)
        })
        .collect()
}

fn signed(n: usize) -> Vec<i64> {
    numbers(1, n, 1_000).iter().map(|&x| x as i64 - 500).collect()
}

#[test]
fn elements_from_the_one_before() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 1 << 40);
        // one too short: both panic
        for length in [n + 1, n] {
            let run = |f: fn(&[u64], &mut [u64])| {
                let mut starts = vec![9; length];
                f(&xs, &mut starts);
                starts
            };
            same(
                &format!("n = {n}, into {length}"),
                || run(plain_one_longer),
                || run(one_longer),
            );
        }
        let changes = signed(n);
        let run = |f: fn(&[i64], &mut [i64])| {
            let mut balances = vec![9; n];
            f(&changes, &mut balances);
            balances
        };
        same(
            &format!("of another, n = {n}"),
            || run(plain_of_another),
            || run(of_another),
        );
        let run = |f: fn(&mut [u64])| {
            let mut days = xs.clone();
            f(&mut days);
            days
        };
        same(&format!("in place, n = {n}"), || run(plain_in_place), || run(in_place));
    }
}

#[test]
fn sums_that_are_written_and_collected() {
    for &n in LENGTHS {
        let pixels: Vec<u8> = numbers(3, n, 256).iter().map(|&x| x as u8).collect();
        for length in [n, n / 2, n + 3] {
            let run = |f: fn(&[u8], &mut [u64]) -> u64| {
                let mut sums = vec![9; length];
                (f(&pixels, &mut sums), sums)
            };
            same(
                &format!("n = {n}, into {length}"),
                || run(plain_through_the_items),
                || run(through_the_items),
            );
        }
        let weights = numbers(4, n, 1_000);
        same(
            &format!("inclusive, n = {n}"),
            || plain_inclusive(&weights),
            || inclusive(&weights),
        );
        let sizes: Vec<usize> = weights.iter().map(|&x| x as usize).collect();
        same(
            &format!("exclusive, n = {n}"),
            || plain_exclusive(&sizes),
            || exclusive(&sizes),
        );
        let xs = signed(n);
        same(&format!("chain, n = {n}"), || plain_in_a_chain(&xs), || in_a_chain(&xs));
    }
}

#[test]
fn sums_along_each_row() {
    for &n in LENGTHS {
        for width in [1, 2, 7, 40, 2_000] {
            let run = |f: fn(&mut [u64], usize)| {
                let mut data = numbers(5, n, 256);
                f(&mut data, width);
                data
            };
            let what = format!("n = {n}, width {width}");
            same(&what, || run(plain_rows_by_index), || run(rows_by_index));
            same(&what, || run(plain_rows_as_slices), || run(rows_as_slices));
            same(&what, || run(plain_columns_of_each_row), || run(columns_of_each_row));
        }
    }
}
