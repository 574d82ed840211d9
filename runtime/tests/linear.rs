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

/// One iteration's update of several values, by the numbers of the values.
#[derive(Clone, Copy, Debug)]
enum Among {
    /// `v[i] = v[i] * k + v[j]`
    MixIn(usize, i64, usize),
    /// `v[i] -= v[j]`
    TakeOff(usize, usize),
    /// `swap(v[i], v[j])`
    Swap(usize, usize),
    /// `v[i] = k - v[i]`
    RestOf(usize, i64),
    /// `v[i] = k`
    Put(usize, i64),
}

fn among(n: usize) -> impl Strategy<Value = Vec<Among>> {
    let op = prop_oneof![
        (0..n, any::<i64>(), 0..n).prop_map(|(i, k, j)| Among::MixIn(i, k, j)),
        (0..n, 0..n).prop_map(|(i, j)| Among::TakeOff(i, j)),
        (0..n, 0..n).prop_map(|(i, j)| Among::Swap(i, j)),
        (0..n, any::<i64>()).prop_map(|(i, k)| Among::RestOf(i, k)),
        (0..n, any::<i64>()).prop_map(|(i, k)| Among::Put(i, k)),
    ];
    prop::collection::vec(op, 0..10)
}

fn walk_among<const N: usize>(mut v: [i64; N], ops: &[Among]) -> [i64; N] {
    for op in ops {
        match *op {
            Among::MixIn(i, k, j) => v[i] = v[i].wrapping_mul(k).wrapping_add(v[j]),
            Among::TakeOff(i, j) => v[i] = v[i].wrapping_sub(v[j]),
            Among::Swap(i, j) => v.swap(i, j),
            Among::RestOf(i, k) => v[i] = k.wrapping_sub(v[i]),
            Among::Put(i, k) => v[i] = k,
        }
    }
    v
}

fn step_among<const N: usize>(ops: &[Among]) -> Linear<i64, N> {
    let mut v: [Form<i64, N>; N] = std::array::from_fn(|number| Form::of(&0, number));
    for op in ops {
        match *op {
            Among::MixIn(i, k, j) => v[i] = v[i].times(k).sum(v[j]),
            Among::TakeOff(i, j) => v[i] = v[i].difference(v[j]),
            Among::Swap(i, j) => v.swap(i, j),
            Among::RestOf(i, k) => v[i] = v[i].negated().plus(k),
            Among::Put(i, k) => v[i] = v[i].constant(k),
        }
    }
    Linear::new(v)
}

/// Every way to put three parts together is the loop.
fn check_among<const N: usize>(start: [i64; N], parts: [&[Among]; 3]) {
    let all = parts.concat();
    let expected = walk_among(start, &all);
    let then = |mut step: Linear<i64, N>, later: &Linear<i64, N>| {
        step.compose(later);
        step
    };
    let [x, y, z] = parts.map(step_among::<N>);
    for whole in [step_among(&all), then(then(x, &y), &z), then(x, &then(y, &z))] {
        let mut carried = start;
        assert!(whole.apply(carried.each_mut()));
        assert_eq!(carried, expected, "{start:?} {all:?}");
    }
}

proptest! {
    #[test]
    fn steps_of_three_values(start: [i64; 3], first in among(3), second in among(3), third in among(3)) {
        check_among(start, [&first, &second, &third]);
    }

    #[test]
    fn steps_of_four_values(start: [i64; 4], first in among(4), second in among(4), third in among(4)) {
        check_among(start, [&first, &second, &third]);
    }
}
