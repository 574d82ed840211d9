use std::collections::HashMap;

use divvy::par_reduce;

#[derive(Default)]
struct Highest {
    by_town: HashMap<u32, (i64, usize)>,
}

impl Highest {
    #[par_reduce]
    fn add(&mut self, readings: &[(u32, i64)]) {
        for (at, &(town, height)) in readings.iter().enumerate() {
            let best = self.by_town.entry(town).or_insert((0, 0));
            if height > best.0 {
                best.0 = height;
                best.1 = at;
            }
        }
    }
}

fn main() {}
