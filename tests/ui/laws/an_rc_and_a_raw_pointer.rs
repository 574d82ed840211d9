use std::cell::RefCell;
use std::rc::Rc;

use divvy::{par_for, par_join, par_reduce, par_scan};

#[par_reduce]
fn scaled(xs: &[u64], scale: Rc<u64>) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x * *scale;
    }
    sum
}

#[par_for]
fn addresses(out: &mut [usize], start: *const u8) {
    for i in 0..out.len() {
        out[i] = start as usize + i;
    }
}

#[par_for]
fn weighed(out: &mut [u64], weight: &Rc<u64>) {
    for i in 0..out.len() {
        out[i] *= **weight;
    }
}

#[par_for]
fn counted(out: &mut [u64], seen: &RefCell<u64>) {
    for x in out {
        *x += *seen.borrow();
    }
}

#[par_reduce]
fn from_a_cell(xs: &[u64], scale: &RefCell<u64>) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += x * *scale.borrow();
    }
    sum
}

#[par_reduce]
fn nearest(xs: &[usize], to: *const u8) -> usize {
    let mut least = usize::MAX;
    for x in xs {
        least = least.min(x.abs_diff(to as usize));
    }
    least
}

#[par_scan]
fn levels(xs: &[u64], scale: Rc<u64>) -> Vec<u64> {
    let mut level = 0;
    let mut out = Vec::new();
    for x in xs {
        level += x * *scale;
        out.push(level);
    }
    out
}

#[par_scan]
fn levels_of_a_cell(xs: &[u64], scale: &RefCell<u64>) -> Vec<u64> {
    let mut level = 0;
    let mut out = Vec::new();
    for x in xs {
        level += x * *scale.borrow();
        out.push(level);
    }
    out
}

#[par_scan]
fn offsets(xs: &[usize], start: *const u8) -> Vec<usize> {
    let mut at = 0;
    let mut out = Vec::new();
    for x in xs {
        at += x;
        out.push(at + start as usize);
    }
    out
}

#[par_join]
fn both(xs: &[u64], scale: Rc<u64>) -> (u64, u64) {
    let a = total(xs, *scale);
    let b = total(&xs[1..], *scale);
    (a, b)
}

#[par_join]
fn both_of_a_cell(xs: &[u64], scale: &RefCell<u64>) -> (u64, u64) {
    let a = total(xs, *scale.borrow());
    let b = total(&xs[1..], *scale.borrow());
    (a, b)
}

#[par_join]
fn both_addresses(xs: &[u64], start: *const u8) -> (u64, u64) {
    let a = total(xs, start as u64);
    let b = total(&xs[1..], start as u64);
    (a, b)
}

fn total(xs: &[u64], scale: u64) -> u64 {
    xs.iter().map(|x| x * scale).sum()
}

fn main() {}
