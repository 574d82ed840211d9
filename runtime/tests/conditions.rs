//! Steps that look at the value, or take it twice: a known result is the loop's, and composition is associative.

use divvy_runtime::scan::steps::Step;
use divvy_runtime::scan::steps::*;
use proptest::prelude::*;
use std::fmt::Debug;

/// One iteration's update.
#[derive(Clone, Copy, Debug)]
enum Op<T> {
    Add(T),
    Sub(T),
    Mul(T),
    Max(T),
    Min(T),
    Set(T),
    Xor(T),
    And(T),
    Within(T, T),
    Down(T),
    Up(T),
    Shl(u8),
    Shr(u8),
    Left(u8),
    Right(u8),
    Rem(T),
    Wrap(T),
    Restart(T),
    /// `v = v * x + (v << y)`
    Plus(T, u8),
    /// `v = v - (v * x)`
    Minus(T),
}

use Op::*;

/// The operations in three parts.
fn three<T>(ops: &[Op<T>], cuts: [usize; 2]) -> [&[Op<T>]; 3] {
    let mut cuts = cuts.map(|cut| cut % (ops.len() + 1));
    cuts.sort();
    [&ops[..cuts[0]], &ops[cuts[0]..cuts[1]], &ops[cuts[1]..]]
}

/// Every way to put a step together gives the loop's result, or says that it doesn't know it; true if all know it.
fn check<T, S>(v: T, ops: &[Op<T>], cuts: [usize; 2], expected: T, step: impl Fn(&[Op<T>]) -> S) -> bool
where
    T: Copy + PartialEq + Debug,
    S: Step<T> + Clone + Debug,
{
    let composed = |mut a: S, b: S| {
        a.compose(b);
        a
    };
    let [a, b, c] = three(ops, cuts).map(&step);
    let left = composed(composed(a.clone(), b.clone()), c.clone());
    let right = composed(a, composed(b, c));
    [step(ops), left, right].into_iter().all(|whole| {
        let mut result = v;
        let is_known = whole.apply(&mut result);
        assert!(
            !is_known || result == expected,
            "{v:?} {ops:?}: {result:?}, not {expected:?}: {whole:?}"
        );
        is_known
    })
}

fn cuts() -> impl Strategy<Value = [usize; 2]> {
    [any::<usize>(), any::<usize>()]
}

macro_rules! integers {
    ($($t:ident)*) => {$(mod $t {
        use super::*;

        fn value() -> impl Strategy<Value = $t> {
            prop_oneof![
                6 => 0 as $t..20,
                1 => prop::sample::select(vec![$t::MIN, $t::MIN + 1, $t::MAX, $t::MAX - 1, 0, 1, $t::MAX / 2]),
                1 => any::<$t>(),
            ]
        }

        fn places() -> impl Strategy<Value = u8> {
            0..$t::BITS as u8
        }

        /// What the loop makes of `v`, and whether it overflows.
        fn walk(v: $t, ops: &[Op<$t>]) -> ($t, bool) {
            ops.iter().fold((v, false), |(v, before), op| {
                let fine = |v: $t| (v, false);
                let (v, overflows) = match *op {
                    Add(x) => v.overflowing_add(x),
                    Sub(x) => v.overflowing_sub(x),
                    Mul(x) => v.overflowing_mul(x),
                    Max(x) => fine(v.max(x)),
                    Min(x) => fine(v.min(x)),
                    Set(x) => fine(x),
                    Xor(x) => fine(v ^ x),
                    And(x) => fine(v & x),
                    Within(lo, hi) => fine(if v < lo { lo } else if v > hi { hi } else { v }),
                    Down(x) => fine(if v > x { v - 1 } else { v }),
                    Up(x) => fine(if v < x { v + 1 } else { v }),
                    Shl(k) => fine(v << k),
                    Shr(k) => fine(v >> k),
                    Left(k) => fine(v.rotate_left(u32::from(k))),
                    Right(k) => fine(v.rotate_right(u32::from(k))),
                    Rem(x) => if x == 0 { (v, true) } else { v.overflowing_rem(x) },
                    Wrap(x) => if v >= x { v.overflowing_sub(x) } else { fine(v) },
                    Restart(x) => fine(if v == x { 0 } else { v }),
                    Plus(x, k) => {
                        let (a, one) = v.overflowing_mul(x);
                        let shifted = v << k;
                        let (b, two) = a.overflowing_add(shifted);
                        (b, one | two | (shifted >> k != v))
                    }
                    Minus(x) => fine(v.wrapping_sub(v.wrapping_mul(x))),
                };
                (v, before | overflows)
            })
        }

        proptest! {
            #[test]
            fn clamps(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(Add), value().prop_map(Sub), value().prop_map(Max), value().prop_map(Min),
                value().prop_map(Set), (value(), value()).prop_map(|(a, b)| Within(a, b)),
                value().prop_map(Down), value().prop_map(Up),
            ], 0..10), cuts in cuts()) {
                let (expected, overflows) = walk(v, &ops);
                let is_known = check(v, &ops, cuts, expected, |ops| {
                    let mut step = Clamp::of(&v);
                    for op in ops {
                        match *op {
                            Add(x) => step.add(x), Sub(x) => step.sub(x), Max(x) => step.max(x), Min(x) => step.min(x),
                            Set(x) => step.set(x), Within(a, b) => step.within((a, b)), Down(x) => step.down(x),
                            Up(x) => step.up(x), _ => unreachable!(),
                        }
                    }
                    step
                });
                prop_assert!(!is_known || !overflows, "{v} {ops:?}");
            }

            /// A counter that stays between its bounds is known.
            #[test]
            fn counters(v in 0 as $t..=9, ups in prop::collection::vec(any::<bool>(), 0..40), cuts in cuts()) {
                let ops: Vec<Op<$t>> = ups.into_iter().map(|up| if up { Up(9) } else { Down(0) }).collect();
                let (expected, _) = walk(v, &ops);
                let is_known = check(v, &ops, cuts, expected, |ops| {
                    let mut step = Clamp::of(&v);
                    for op in ops {
                        match *op { Down(x) => step.down(x), Up(x) => step.up(x), _ => unreachable!() }
                    }
                    step
                });
                prop_assert!(is_known, "{v} {ops:?}");
            }

            #[test]
            fn bounds(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(Max), value().prop_map(Set), (value(), value()).prop_map(|(a, b)| Within(a, b)),
            ], 0..10), cuts in cuts()) {
                let (expected, _) = walk(v, &ops);
                check(v, &ops, cuts, expected, |ops| {
                    let mut step = Between::of(&v);
                    for op in ops {
                        match *op {
                            Max(x) => step.max(x), Set(x) => step.set(x), Within(a, b) => step.within((a, b)),
                            _ => unreachable!(),
                        }
                    }
                    step
                });
            }

            #[test]
            fn bits(v in any::<$t>(), ops in prop::collection::vec(prop_oneof![
                any::<$t>().prop_map(Xor), any::<$t>().prop_map(And), any::<$t>().prop_map(Set), places().prop_map(Shl),
                places().prop_map(Shr), places().prop_map(Left), places().prop_map(Right),
            ], 0..10), cuts in cuts()) {
                let (expected, _) = walk(v, &ops);
                let is_known = check(v, &ops, cuts, expected, |ops| {
                    let mut step = Bits::of(&v);
                    for op in ops {
                        match *op {
                            Xor(x) => step.xor(x), And(x) => step.and(x), Set(x) => step.set(x), Shl(k) => step.shl(k),
                            Shr(k) => step.shr(k), Left(k) => step.rotate_left(u32::from(k)),
                            Right(k) => step.rotate_right(u32::from(k)), _ => unreachable!(),
                        }
                    }
                    step
                });
                let is_signed = $t::MIN != 0;
                prop_assert!(is_known || (is_signed && ops.iter().any(|op| matches!(op, Shr(_)))), "{v} {ops:?}");
            }

            #[test]
            fn residues(v in value(), m in 1 as $t..20, ops in prop::collection::vec((0..7, value(), 0..3u8), 0..6), cuts in cuts()) {
                // every update ends with a remainder by the same modulus
                let ops: Vec<Op<$t>> = ops.into_iter().flat_map(|(kind, x, k)| match kind {
                    0 => [Add(x), Rem(m)],
                    1 => [Mul(x), Rem(m)],
                    2 => [Add(x), Wrap(m)],
                    3 => [Add(x), Restart(m)],
                    4 => [Plus(x, k), Rem(m)],
                    5 => [Shl(k), And(15)],
                    _ => [Set(x), Rem(m)],
                }).collect();
                let (expected, _) = walk(v, &ops);
                check(v, &ops, cuts, expected, |ops| {
                    let mut step = Modular::of(&v);
                    for op in ops {
                        match *op {
                            Add(x) => step.add(x), Mul(x) => step.mul(x), Set(x) => step.set(x), Rem(m) => step.rem(m),
                            And(m) => step.and(m), Shl(k) => step.shl(k), Wrap(m) => step.wrap(m), Restart(m) => step.restart(m),
                            Plus(x, k) => {
                                let (mut left, mut right) = (step.same(), step.same());
                                left.mul(x);
                                right.shl(k);
                                step.plus(left, right);
                            }
                            _ => unreachable!(),
                        }
                    }
                    step
                });
            }

            #[test]
            fn lines(v in any::<$t>(), ops in prop::collection::vec(prop_oneof![
                any::<$t>().prop_map(Add), any::<$t>().prop_map(Set), places().prop_map(Shl),
                (any::<$t>(), places()).prop_map(|(x, k)| Plus(x, k)), any::<$t>().prop_map(Minus),
            ], 0..10), cuts in cuts()) {
                let (expected, _) = walk(v, &ops);
                let is_known = check(v, &ops, cuts, expected, |ops| {
                    let mut step = Affine::of(&v);
                    for op in ops {
                        match *op {
                            Add(x) => step.add(x), Set(x) => step.set(x), Shl(k) => step.shl(k),
                            Plus(x, k) => {
                                let (mut left, mut right) = (step.same(), step.same());
                                left.mul(x);
                                right.shl(k);
                                step.plus(left, right);
                            }
                            Minus(x) => {
                                let (left, mut right) = (step.same(), step.same());
                                right.mul(x);
                                step.minus(left, right);
                            }
                            _ => unreachable!(),
                        }
                    }
                    step
                });
                prop_assert!(is_known);
            }
        }
    })*};
}

integers! { u8 i8 u32 i32 u64 i64 }

proptest! {
    #[test]
    fn what_is_equal_stays(v in 0..3u8, ops in prop::collection::vec((any::<bool>(), 0..3u8, 0..9u8), 0..8), cuts in cuts()) {
        /// Equal values that can be told apart.
        #[derive(Clone, Copy, Debug)]
        struct Named(u8, u8);
        impl PartialEq for Named {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
        let step = |part: &[(bool, u8, u8)]| {
            let mut step = Last::of(&Named(0, 0));
            for &(sets, x, name) in part {
                if sets { step.set(Named(x, name)) } else { step.meet(Named(x, name)) }
            }
            step
        };
        let expected = ops.iter().fold(Named(v, 99), |v, &(sets, x, name)| {
            if sets || v.0 != x { Named(x, name) } else { v }
        });
        let mut cuts = cuts.map(|cut| cut % (ops.len() + 1));
        cuts.sort();
        let parts = [&ops[..cuts[0]], &ops[cuts[0]..cuts[1]], &ops[cuts[1]..]];
        let [a, b, c] = parts.map(step);
        let composed = |mut a: Last<Named>, b: Last<Named>| { a.compose(b); a };
        let left = composed(composed(a.clone(), b.clone()), c.clone());
        let right = composed(a, composed(b, c));
        for whole in [step(&ops), left, right] {
            let mut result = Named(v, 99);
            prop_assert!(whole.apply(&mut result));
            prop_assert_eq!((result.0, result.1), (expected.0, expected.1));
        }
    }
}

#[test]
fn a_running_mean_is_a_line() {
    let xs = [3.0, 5.0, 1.0, 7.5];
    let mut step = Affine::rounded(&0.0f64);
    let mut mean = 0.25;
    for x in xs {
        // mean += (x - mean) / 4
        let (left, mut right) = (step.same(), step.same());
        right.rsub(x);
        right.div(4.0);
        step.plus(left, right);
        mean += (x - mean) / 4.0;
    }
    let mut result = 0.25;
    assert!(step.apply(&mut result));
    assert!((result - mean).abs() < 1e-12);
}
