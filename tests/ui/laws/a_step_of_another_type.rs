use std::ops::AddAssign;

use divvy::par_scan;

#[derive(Clone, Copy)]
struct Step(u64);

impl AddAssign<Step> for u64 {
    fn add_assign(&mut self, step: Step) {
        *self += step.0;
    }
}

#[par_scan]
fn places(steps: &[Step]) -> Vec<u64> {
    let mut place = 0u64;
    let mut out = Vec::new();
    for &step in steps {
        place += step;
        out.push(place);
    }
    out
}

fn main() {}
