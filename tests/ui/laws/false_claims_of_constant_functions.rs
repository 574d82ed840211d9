use divvy::associative;

#[associative(identity = 0)]
const fn difference(a: i64, b: i64) -> i64 {
    a.wrapping_sub(b)
}

#[associative(identity = 0, commutative)]
const fn average(a: u32, b: u32) -> u32 {
    (a & b) + ((a ^ b) >> 1)
}

#[associative(identity = 0, commutative)]
const fn capped(a: i8, b: i8) -> i8 {
    a.saturating_add(b)
}

#[associative(identity = 0, commutative)]
const fn last(a: u8, b: u8) -> u8 {
    if b == 0 { a } else { b }
}

#[associative(identity = 1, commutative)]
const fn total(a: u8, b: u8) -> u8 {
    a.wrapping_add(b)
}

#[associative(identity = 0.0, commutative)]
const fn rounded(a: f64, b: f64) -> f64 {
    a + b
}

#[associative(identity = true)]
const fn implies(a: bool, b: bool) -> bool {
    !a || b
}

fn main() {}
