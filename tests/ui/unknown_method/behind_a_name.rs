use divvy::{par_for, par_reduce};
use std::collections::VecDeque;

macro_rules! store {
    ($store:expr, $value:expr) => {
        $store($value)
    };
}

struct Phase {
    rest: VecDeque<u64>,
    last: Vec<u64>,
}

impl Phase {
    fn keep(&mut self, x: u64) {
        self.last = vec![x];
    }
}

struct Machine {
    phase: Phase,
}

impl Machine {
    fn phase_mut(&mut self) -> &mut Phase {
        &mut self.phase
    }
}

#[par_for]
fn without_mut(machine: &mut Machine, xs: &[usize]) {
    let phase = machine.phase_mut();
    for x in xs {
        phase.rest.swap(*x, 0);
    }
}

#[par_for]
fn by_a_macro(phase: &mut Phase, xs: &[u64]) {
    for x in xs {
        store!(|x| phase.keep(x), *x);
    }
}

#[par_reduce]
fn at_the_front(xs: &[u64]) -> Vec<u64> {
    let mut reversed = Vec::new();
    for x in xs {
        reversed.insert(0, *x);
    }
    reversed
}

fn main() {}
