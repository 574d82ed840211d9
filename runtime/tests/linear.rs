//! Linear recurrences of several values: a step is what the loop does, and composition is associative.

use divvy_runtime::scan::steps::{Form, Linear};
use proptest::prelude::*;

/// One iteration's update of two values.
#[derive(Clone, Copy, Debug)]
enum Op {
    /// `(a, b) = (b, a + b)`
    Turn,
    /// `a = a * k + b`
    Mix(i64),
    /// `b = k - a`
    Rest(i64),
    /// `a = k`
    Set(i64),
    /// `b -= k`
    Less(i64),
}

use Op::*;

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        Just(Turn),
        any::<i64>().prop_map(Mix),
        any::<i64>().prop_map(Rest),
        any::<i64>().prop_map(Set),
        any::<i64>().prop_map(Less),
    ];
    prop::collection::vec(op, 0..12)
}

fn walk((mut a, mut b): (i64, i64), ops: &[Op]) -> (i64, i64) {
    for op in ops {
        match *op {
            Turn => (a, b) = (b, a.wrapping_add(b)),
            Mix(k) => a = a.wrapping_mul(k).wrapping_add(b),
            Rest(k) => b = k.wrapping_sub(a),
            Set(k) => a = k,
            Less(k) => b = b.wrapping_sub(k),
        }
    }
    (a, b)
}

fn step(ops: &[Op]) -> Linear<i64, 2> {
    let (mut a, mut b) = (Form::of(&0, 0), Form::of(&0, 1));
    for op in ops {
        match *op {
            Turn => (a, b) = (b, a.sum(b)),
            Mix(k) => a = a.times(k).sum(b),
            Rest(k) => b = a.negated().plus(k),
            Set(k) => a = a.constant(k),
            Less(k) => b = b.minus(k),
        }
    }
    Linear::new([a, b])
}

fn composed(mut step: Linear<i64, 2>, later: &Linear<i64, 2>) -> Linear<i64, 2> {
    step.compose(later);
    step
}

proptest! {
    #[test]
    fn linear_steps_are_the_loop_and_compose(a: i64, b: i64, first in ops(), second in ops(), third in ops()) {
        let all = [&first[..], &second, &third].concat();
        let expected = walk((a, b), &all);
        let (x, y, z) = (step(&first), step(&second), step(&third));
        let left = composed(composed(x, &y), &z);
        let right = composed(x, &composed(y, &z));
        for whole in [step(&all), left, right] {
            let (mut a, mut b) = (a, b);
            prop_assert!(whole.apply([&mut a, &mut b]));
            prop_assert_eq!((a, b), expected);
        }
    }
}

#[test]
fn floats_that_leave_the_numbers_are_unknown() {
    let (a, b) = (Form::of(&0.0, 0), Form::of(&0.0, 1));
    let step: Linear<f64, 2> = Linear::new([a.times(f64::MAX), a.difference(b).over(2.0)]);
    let (mut a, mut b) = (3.0, 1.0);
    assert!(!step.apply([&mut a, &mut b]));
    let (mut a, mut b) = (0.5, 1.5);
    assert!(step.apply([&mut a, &mut b]));
    assert_eq!((a, b), (f64::MAX / 2.0, -0.5));
}
