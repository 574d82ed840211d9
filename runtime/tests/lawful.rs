//! Carried values with the law of a monoid: a step is what the loop does, and composition is associative.

use divvy_runtime::generated::*;
use proptest::prelude::*;
use std::fmt::Debug;

/// A monoid of the user's own that isn't commutative: the circle is turned over or not, and then on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Turn {
    is_over: bool,
    by: u8,
}

impl Associative<ops::Combine> for Turn {
    fn combine(left: &mut Self, right: Self) {
        let by = if right.is_over { left.by.wrapping_neg() } else { left.by };
        left.by = by.wrapping_add(right.by);
        left.is_over ^= right.is_over;
    }
}

impl Monoid<ops::Combine> for Turn {
    fn identity() -> Self {
        Self { is_over: false, by: 0 }
    }
}

fn turns() -> impl Strategy<Value = Turn> {
    any::<(bool, u8)>().prop_map(|(is_over, by)| Turn { is_over, by })
}

fn lists() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..4)
}

/// Updates: of some the value is set, and not combined.
fn lawful<T: Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<(bool, T)>> {
    prop::collection::vec((prop::bool::weighted(0.2), value), 0..12)
}

fn walk_lawful<O, T: Monoid<O> + Clone>(start: T, updates: &[(bool, T)]) -> T {
    updates.iter().fold(start, |mut v, (is_set, x)| {
        if *is_set {
            return x.clone();
        }
        T::combine(&mut v, x.clone());
        v
    })
}

/// Checks that a step of all updates, and every way to compose it from three, is the loop.
fn check_lawful<O, T>(start: &T, updates: &[(bool, T)], cuts: [usize; 2])
where
    T: Monoid<O> + Clone + PartialEq + Debug,
{
    let law = monoid::<O, T>(start);
    let step = |updates: &[(bool, T)]| {
        let is_set = updates.iter().any(|(is_set, _)| *is_set);
        Lawful::new(&law, walk_lawful::<O, T>(T::identity(), updates), is_set)
    };
    let composed = |mut a: Lawful<T>, b: Lawful<T>| {
        a.compose(b);
        a
    };
    let mut cuts = cuts.map(|cut| cut % (updates.len() + 1));
    cuts.sort();
    let a = step(&updates[..cuts[0]]);
    let b = step(&updates[cuts[0]..cuts[1]]);
    let c = step(&updates[cuts[1]..]);
    let left = composed(composed(a.clone(), b.clone()), c.clone());
    let right = composed(a, composed(b, c));
    let expected = walk_lawful::<O, T>(start.clone(), updates);
    for whole in [step(updates), left, right] {
        let mut carried = start.clone();
        assert!(whole.apply(&mut carried));
        assert_eq!(carried, expected, "{start:?} {updates:?}");
    }
}

proptest! {
    #[test]
    fn lawful_lists(start in lists(), updates in lawful(lists()), cuts in [any::<usize>(), any::<usize>()]) {
        check_lawful::<ops::Append, Vec<u8>>(&start, &updates, cuts);
    }

    #[test]
    fn lawful_sums(start in 0..1_000u64, updates in lawful(0..1_000u64), cuts in [any::<usize>(), any::<usize>()]) {
        check_lawful::<ops::Add, u64>(&start, &updates, cuts);
    }

    #[test]
    fn lawful_turns(start in turns(), updates in lawful(turns()), cuts in [any::<usize>(), any::<usize>()]) {
        check_lawful::<ops::Combine, Turn>(&start, &updates, cuts);
    }
}
