use std::ops::{Add, BitAnd, BitOr, Shl};

use divvy::par_scan;

#[derive(Clone, Copy)]
struct Level(i64);

impl Add for Level {
    type Output = Level;

    fn add(self, other: Level) -> Level {
        Level(self.0 + other.0)
    }
}

impl Shl<u32> for Level {
    type Output = Level;

    fn shl(self, by: u32) -> Level {
        Level(self.0 << by)
    }
}

impl BitOr for Level {
    type Output = Level;

    fn bitor(self, other: Level) -> Level {
        Level(self.0 | other.0)
    }
}

impl BitAnd for Level {
    type Output = Level;

    fn bitand(self, other: Level) -> Level {
        Level(self.0 & other.0)
    }
}

impl Level {
    fn min(self, other: Level) -> Level {
        Level(self.0.min(other.0))
    }

    fn max(self, other: Level) -> Level {
        Level(self.0.max(other.0))
    }
}

#[par_scan]
fn levels(flows: &[Level]) -> Vec<Level> {
    let mut level = Level(0);
    let mut out = Vec::new();
    for &flow in flows {
        level = (level + flow).max(Level(0)).min(Level(9));
        out.push(level);
    }
    out
}

#[par_scan]
fn kept_between(bounds: &[(Level, Level)]) -> Vec<Level> {
    let mut level = Level(0);
    let mut out = Vec::new();
    for &(low, high) in bounds {
        level = level.max(low).min(high);
        out.push(level);
    }
    out
}

#[par_scan]
fn windows(codes: &[Level]) -> Vec<Level> {
    let mut window = Level(0);
    let mut out = Vec::new();
    for &code in codes {
        window = ((window << 2) | code) & Level(255);
        out.push(window);
    }
    out
}

fn main() {}
