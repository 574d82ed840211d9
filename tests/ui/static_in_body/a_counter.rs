use divvy::{par_for, par_reduce};
use std::cell::Cell;

static mut CALLS: u64 = 0;
static mut SEEN: Vec<u64> = Vec::new();

thread_local! {
    static COUNTER: Cell<u64> = const { Cell::new(0) };
}

#[par_reduce]
fn counted(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        unsafe { CALLS += 1 };
        sum += x;
    }
    sum
}

#[par_for]
fn numbered(out: &mut [u64]) {
    for i in 0..out.len() {
        out[i] = COUNTER.with(|counter| {
            counter.set(counter.get() + 1);
            counter.get()
        });
    }
}

#[par_reduce]
fn listed(xs: &[u64]) -> u64 {
    let mut sum = 0;
    for x in xs {
        #[allow(static_mut_refs)]
        unsafe {
            SEEN.push(*x);
        }
        sum += x;
    }
    sum
}

static mut next_id: u64 = 0;

#[par_for]
#[allow(non_upper_case_globals)]
fn named(ids: &mut [u64]) {
    for id in ids {
        unsafe {
            next_id += 1;
            *id = next_id;
        }
    }
}

fn main() {}
