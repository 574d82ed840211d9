//! Claims about operations: the false ones are found by the generated tests, the true ones pass.

use std::panic::catch_unwind;

use divvy::{Random, Sample, associative};

/// What a generated test says.
fn counterexample(test: fn()) -> String {
    let panic = catch_unwind(test).expect_err("a false claim");
    *panic.downcast::<String>().expect("a text")
}

// the generated tests are called here, nobody else is to run them
#[allow(unnameable_test_items)]
#[test]
fn false_claims_are_found_by_the_generated_tests() {
    /// `None` is no value, so that there is an identity.
    #[associative(identity = None)]
    fn difference(a: Option<i32>, b: Option<i32>) -> Option<i32> {
        match (a, b) {
            (Some(a), Some(b)) => Some(a.wrapping_sub(b)),
            (a, b) => a.or(b),
        }
    }

    #[associative(identity = None, commutative)]
    fn average(a: Option<i32>, b: Option<i32>) -> Option<i32> {
        match (a, b) {
            (Some(a), Some(b)) => Some(i32::midpoint(a, b)),
            (a, b) => a.or(b),
        }
    }

    #[associative(identity = 0, commutative)]
    fn capped(a: i8, b: i8) -> i8 {
        a.saturating_add(b)
    }

    #[associative(identity = 0.0, commutative)]
    fn rounded(a: f64, b: f64) -> f64 {
        a + b
    }

    #[associative(identity = String::new())]
    fn shortened(a: String, b: String) -> String {
        if a.len() > 3 { a } else { a + &b }
    }

    let tests: [(&str, fn()); 5] = [
        ("difference", difference_keeps_its_laws),
        ("average", average_keeps_its_laws),
        ("capped", capped_keeps_its_laws),
        ("rounded", rounded_keeps_its_laws),
        ("shortened", shortened_keeps_its_laws),
    ];
    for (name, test) in tests {
        let said = counterexample(test);
        let not_associative = format!("`{name}` is not associative: for a = ");
        assert!(said.starts_with(&not_associative), "{said}");
        assert!(said.contains(&format!("{name}({name}(a, b), c) is ")), "{said}");
    }

    #[associative(identity = 0)]
    fn without_identity(a: i32, b: i32) -> i32 {
        a.wrapping_sub(b)
    }

    #[associative(identity = 0, commutative)]
    fn later(a: u8, b: u8) -> u8 {
        if b == 0 { a } else { b }
    }

    let said = counterexample(without_identity_keeps_its_laws);
    assert!(said.starts_with("0 is no identity of `without_identity`"), "{said}");
    let said = counterexample(later_keeps_its_laws);
    assert!(said.starts_with("`later` is not commutative"), "{said}");
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

// true claims: the harness runs their tests

#[associative(identity = (0, 0), commutative)]
fn divisors(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    (gcd(a.0, b.0), gcd(a.1, b.1))
}

/// The entry with the largest key, of equal keys the left one.
#[associative(identity = None)]
fn most(a: Option<(i32, u8)>, b: Option<(i32, u8)>) -> Option<(i32, u8)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// Hours and minutes, on a clock.
#[associative(identity = (0, 0), commutative)]
fn later_by(a: (u8, u8), b: (u8, u8)) -> (u8, u8) {
    let minutes = |(hours, minutes): (u8, u8)| u32::from(hours) * 60 + u32::from(minutes);
    let sum = (minutes(a) + minutes(b)) % (24 * 60);
    ((sum / 60) as u8, (sum % 60) as u8)
}

/// The steps x -> a * x + b, one after the other.
#[associative(identity = (1, 0))]
fn after(f: (u32, u32), g: (u32, u32)) -> (u32, u32) {
    (g.0.wrapping_mul(f.0), g.0.wrapping_mul(f.1).wrapping_add(g.1))
}

/// The smallest interval that holds both.
#[associative(identity = None, commutative)]
fn hull(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

#[test]
fn true_claims_pass_the_generated_tests() {
    for test in [
        divisors_keeps_its_laws as fn(),
        most_keeps_its_laws,
        later_by_keeps_its_laws,
        after_keeps_its_laws,
        hull_keeps_its_laws,
        compose_keeps_its_laws,
    ] {
        test();
    }
}

/// The step x -> a * x + b: a type of one's own, which has samples.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Affine {
    a: u32,
    b: u32,
}

impl Sample for Affine {
    fn corners() -> Vec<Self> {
        let corners = <(u32, u32)>::corners();
        corners.into_iter().map(|(a, b)| Affine { a, b }).collect()
    }

    fn random(random: &mut Random) -> Self {
        let (a, b) = <(u32, u32)>::random(random);
        Affine { a, b }
    }

    fn simpler(&self) -> Vec<Self> {
        let simpler = (self.a, self.b).simpler();
        simpler.into_iter().map(|(a, b)| Affine { a, b }).collect()
    }
}

#[associative(identity = Affine { a: 1, b: 0 })]
fn compose(f: Affine, g: Affine) -> Affine {
    Affine {
        a: g.a.wrapping_mul(f.a),
        b: g.a.wrapping_mul(f.b).wrapping_add(g.b),
    }
}

#[allow(unnameable_test_items)]
#[test]
fn types_with_samples_are_tried() {
    #[associative(identity = Affine { a: 1, b: 0 }, commutative)]
    fn both(f: Affine, g: Affine) -> Affine {
        compose(f, g)
    }

    let said = counterexample(both_keeps_its_laws);
    assert!(said.starts_with("`both` is not commutative: both(Affine {"), "{said}");
}
