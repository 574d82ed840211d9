//! Which claims a trial lets pass.

#![allow(clippy::needless_borrow)] // the reference is what tells the two traits apart

use std::collections::VecDeque;
use std::num::Wrapping;
use std::panic::catch_unwind;
use std::time::Duration;

use divvy_runtime::generated::{Trial, Tried as _, Untried as _};
use divvy_runtime::trial::Sample;

/// What the trial says against the claims.
fn counterexample<T: 'static>(op: fn(T, T) -> T, identity: fn() -> T, commutative: bool) -> Option<String>
where
    Trial<T>: divvy_runtime::generated::Tried,
{
    let found = catch_unwind(move || Trial::new("op", op, identity, commutative).try_claims());
    found.err().map(|panic| *panic.downcast::<String>().expect("a text"))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[test]
fn true_claims_pass() {
    assert_eq!(counterexample(gcd, || 0, true), None);
    assert_eq!(counterexample(|a: u32, b| (a % 97 + b % 97) % 97, || 0, true), None);
    assert_eq!(counterexample(|a: u64, b: u64| a + b, || 0, true), None); // what overflows has no result
    assert_eq!(counterexample(|a: u8, b: u8| a.saturating_add(b), || 0, true), None);
    assert_eq!(
        counterexample(|a: f64, b: f64| a.max(b), || f64::NEG_INFINITY, true),
        None
    );
    assert_eq!(counterexample(|a: String, b: String| a + &b, String::new, false), None);
    let then = |f: (u32, u32), g: (u32, u32)| (g.0.wrapping_mul(f.0), g.0.wrapping_mul(f.1).wrapping_add(g.1));
    assert_eq!(counterexample(then, || (1, 0), false), None);
    let first = |a: Option<(u8, u8)>, b: Option<(u8, u8)>| match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    };
    assert_eq!(counterexample(first, || None, false), None); // the largest key, of equal ones the left
}

#[test]
fn false_claims_have_a_counterexample() {
    let says = |found: Option<String>, what: &str| {
        let found = found.expect("a counterexample");
        assert!(found.contains(what), "{found}");
    };
    says(
        counterexample(|a: i64, b: i64| a.wrapping_sub(b), || 0, false),
        "no identity",
    );
    says(counterexample(|a: u8, b: u8| a.midpoint(b), || 0, true), "no identity");
    says(
        counterexample(|a: i32, b: i32| a.saturating_add(b), || 0, true),
        "not associative",
    );
    says(counterexample(|a: f64, b: f64| a + b, || 0.0, true), "not associative");
    says(counterexample(|a: u64, b: u64| a.min(b), || 0, true), "no identity");
    says(
        counterexample(|a: String, b: String| a + &b, String::new, true),
        "not commutative",
    );
    let longer = |a: String, b: String| if b.len() > 2 * a.len() { b } else { a };
    says(counterexample(longer, String::new, false), "is");
}

#[test]
fn every_primitive_type_is_tried_at_its_corners() {
    // each is wrong at one value alone, which random ones don't hit
    fn is_found<T: Sample + PartialEq + Copy + std::fmt::Debug + 'static>(op: fn(T, T) -> T, identity: fn() -> T)
    where
        Trial<T>: divvy_runtime::generated::Tried,
    {
        assert!(counterexample(op, identity, false).is_some(), "{:?}", T::corners());
    }
    macro_rules! ends {
        ($($t:ty)*) => {$(
            is_found(|a: $t, b| if a == <$t>::MAX { 1 } else { a.wrapping_add(b) }, || 0);
            is_found(|a: $t, b| if b == <$t>::MIN + 1 { a } else { a.wrapping_add(b) }, || 0);
        )*};
    }
    ends! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    macro_rules! floats {
        ($($t:ty)*) => {$(
            // the largest of two, but for one kind of numbers
            let lowest = || <$t>::NEG_INFINITY;
            is_found(|a: $t, b| if a.is_subnormal() { b } else { a.max(b) }, lowest);
            is_found(|a: $t, b| if a == <$t>::MIN_POSITIVE { b } else { a.max(b) }, lowest);
            is_found(|a: $t, b| if b == <$t>::INFINITY { a } else { a.max(b) }, lowest);
            is_found(|a: $t, b| if a == <$t>::MIN { b } else { a.max(b) }, lowest);
            is_found(|a: $t, b| if a < b { b } else { a }, lowest); // NaN
            is_found(|a: $t, b| if a == 0.0 && a.is_sign_negative() { b } else { a.max(b) }, lowest);
        )*};
    }
    floats! { f32 f64 }
    is_found(|a: bool, b| a & !b, || false);
    is_found(|a: char, b| if a == char::MAX { 'a' } else { a.max(b) }, || '\0');
}

#[test]
fn types_without_samples_are_not_tried() {
    struct Opaque;
    let trial = Trial::new("op", |a: Opaque, _| a, || Opaque, true);
    (&trial).try_claims();
}

#[test]
fn types_with_samples_are_tried_the_way_generated_tests_do_it() {
    let trial = Trial::new("op", |a: u8, b: u8| a.wrapping_sub(b), || 0, false);
    assert!(catch_unwind(|| (&trial).try_claims()).is_err());
}

#[test]
fn the_hull_of_two_intervals_is_an_operation() {
    let hull = |a: Option<(i32, i32)>, b: Option<(i32, i32)>| match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    };
    assert_eq!(counterexample(hull, || None, true), None);
}

/// An operation with `None` as its identity, so that only regrouping can show what is wrong.
fn beside_none<T>(op: fn(T, T) -> T, a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(op(a, b)),
        (a, b) => a.or(b),
    }
}

#[test]
fn counterexamples_are_made_simple() {
    let difference = |a: Option<i64>, b: Option<i64>| beside_none(i64::wrapping_sub, a, b);
    let text = counterexample(difference, || None, false).expect("subtraction is not associative");
    assert!(text.contains("a = Some(0), b = Some(0), c = Some("), "{text}");
    assert!(text.contains("c = Some(1)") || text.contains("c = Some(-1)"), "{text}");

    let average = |a: Option<u8>, b: Option<u8>| beside_none(u8::midpoint, a, b);
    let text = counterexample(average, || None, true).expect("the average is not associative");
    assert!(
        text.contains("not associative") && text.matches("Some(0)").count() >= 2,
        "{text}"
    );

    let saturating = |a: i8, b: i8| a.saturating_add(b);
    let text = counterexample(saturating, || 0, true).expect("signed saturation is not associative");
    assert!(
        text.contains("-1") && (text.contains("127") || text.contains("-128")),
        "{text}"
    );
}

#[test]
fn what_depends_on_the_length_is_no_operation() {
    let op = |a: String, b: String| match (a.is_empty(), b.is_empty()) {
        (true, _) => b,
        (_, true) => a,
        _ if (a.len() + b.len()).is_multiple_of(2) => format!("{a}{b}"),
        _ => format!("{b}{a}"),
    };
    let text = counterexample(op, String::new, false).expect("a counterexample");
    assert!(text.contains("not associative") && text.len() < 200, "{text}");
}

#[test]
fn texts_durations_and_queues_have_samples() {
    let said = counterexample(
        |a: &'static str, b: &'static str| if a.len() > 1 { a } else { b },
        || "",
        false,
    );
    assert!(said.is_some());
    let longest = |a: &'static str, b: &'static str| if b.len() > a.len() { b } else { a };
    assert_eq!(counterexample(longest, || "", false), None);
    let add = |a: Duration, b: Duration| a + b;
    assert_eq!(counterexample(add, || Duration::ZERO, true), None); // what overflows has no result
    let apart = |a: Duration, b: Duration| a.abs_diff(b);
    assert!(counterexample(apart, || Duration::ZERO, true).is_some());
    let times = |a: Wrapping<i16>, b: Wrapping<i16>| a * b;
    assert_eq!(counterexample(times, || Wrapping(1), true), None);
    let joined = |mut a: VecDeque<u8>, b: VecDeque<u8>| {
        a.extend(b);
        a
    };
    assert_eq!(counterexample(joined, VecDeque::new, false), None);
    let said = counterexample(joined, VecDeque::new, true).expect("not commutative");
    assert!(said.contains("is not commutative"), "{said}");
}
