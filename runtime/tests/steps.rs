//! Step functions: a known result is the loop's, and composition is associative.

use divvy_runtime::generated::*;
use divvy_runtime::scan::steps::*;
use divvy_runtime::scan::steps::{Between, Clamped, Step};
use proptest::prelude::*;
use std::fmt::Debug;
use std::num::Wrapping;
use std::time::Duration;

/// One iteration's update.
#[derive(Clone, Copy, Debug)]
enum Op<T> {
    Add(T),
    Sub(T),
    Mul(T),
    Rsub(T),
    Neg,
    Max(T),
    Min(T),
    Set(T),
    SaturatingAdd(T),
    SaturatingSub(T),
    And(T),
    Or(T),
    Xor(T),
    Not,
    Shl(u8),
    Rem(T),
    Div(T),
}

use Op::*;

/// What the loop makes of `v` (wrapping where it overflows), and whether it overflowed.
fn walk<T: Copy>(v: T, ops: &[Op<T>], op: impl Fn(T, Op<T>) -> (T, bool)) -> (T, bool) {
    ops.iter().fold((v, false), |(v, before), &next| {
        let (v, overflows) = op(v, next);
        (v, before | overflows)
    })
}

/// Checks that a step of all operations, and every way to compose it from three, know the loop's result or none.
fn check<T, S>(v: T, ops: &[Op<T>], cuts: [usize; 2], expected: T, must_know: bool, step: impl Fn(&[Op<T>]) -> S)
where
    T: Copy + PartialEq + Debug,
    S: Step<T> + Clone + Debug,
{
    let mut cuts = cuts.map(|cut| cut % (ops.len() + 1));
    cuts.sort();
    let parts = [&ops[..cuts[0]], &ops[cuts[0]..cuts[1]], &ops[cuts[1]..]].map(&step);
    let composed = |mut a: S, b: S| {
        a.compose(b);
        a
    };
    let [a, b, c] = parts.clone();
    let left = composed(composed(a.clone(), b.clone()), c.clone());
    let right = composed(a, composed(b, c));
    for whole in [step(ops), left, right] {
        let mut result = v;
        let is_known = whole.apply(&mut result);
        assert!(
            !is_known || result == expected,
            "{v:?} {ops:?}: {result:?}, not {expected:?}: {whole:?}"
        );
        assert!(is_known || !must_know, "{v:?} {ops:?}: unknown: {whole:?}");
    }
    let mut result = v;
    let is_known = parts.iter().all(|part| part.apply(&mut result));
    assert!(
        !is_known || result == expected,
        "{v:?} {ops:?}: {result:?}, not {expected:?}: {parts:?}"
    );
    assert!(is_known || !must_know);
}

fn cuts() -> impl Strategy<Value = [usize; 2]> {
    [any::<usize>(), any::<usize>()]
}

macro_rules! integers {
    ($($t:ident)*) => {$(mod $t {
        use super::*;

        fn value() -> impl Strategy<Value = $t> {
            prop_oneof![
                4 => 0 as $t..100,
                1 => prop::sample::select(vec![$t::MIN, $t::MIN + 1, $t::MAX, $t::MAX - 1, 0, 1, $t::MAX / 2, $t::MAX / 4 + 1]),
                2 => any::<$t>(),
                2 => any::<$t>().prop_map(|x| x / 8),
            ]
        }

        fn step_of(v: $t, op: Op<$t>) -> ($t, bool) {
            match op {
                Add(x) => v.overflowing_add(x),
                Sub(x) => v.overflowing_sub(x),
                Mul(x) => v.overflowing_mul(x),
                Rsub(x) => x.overflowing_sub(v),
                Neg => (0 as $t).overflowing_sub(v),
                Max(x) => (v.max(x), false),
                Min(x) => (v.min(x), false),
                Set(x) => (x, false),
                SaturatingAdd(x) => (v.saturating_add(x), false),
                SaturatingSub(x) => (v.saturating_sub(x), false),
                And(x) => (v & x, false),
                Or(x) => (v | x, false),
                Xor(x) => (v ^ x, false),
                Not => (!v, false),
                Shl(k) => (v << (k as u32 % $t::BITS), k as u32 >= $t::BITS),
                Rem(x) => if x == 0 { (v, true) } else { (v % x, false) },
                Div(x) => v.checked_div(x).map_or((v, true), |v| (v, false)),
            }
        }

        proptest! {
            #[test]
            fn shift(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(Add), value().prop_map(Sub), value().prop_map(Set),
            ], 0..12), cuts in cuts()) {
                let (expected, _) = walk(v, &ops, step_of);
                check(v, &ops, cuts, expected, true, |ops| {
                    let mut step = Shift::of(&v);
                    for op in ops {
                        match op { Add(x) => step.add(x), Sub(x) => step.sub(x), Set(x) => step.set(x), _ => unreachable!() }
                    }
                    step
                });
            }

            #[test]
            fn last(v in value(), ops in prop::collection::vec(value().prop_map(Set), 0..4), cuts in cuts()) {
                let (expected, _) = walk(v, &ops, step_of);
                check(v, &ops, cuts, expected, true, |ops| {
                    let mut step = Last::of(&v);
                    for op in ops {
                        if let Set(x) = op { step.set(x) }
                    }
                    step
                });
            }

            #[test]
            fn affine(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(Add), value().prop_map(Sub), value().prop_map(Mul), value().prop_map(Rsub),
                Just(Neg), value().prop_map(Set),
            ], 0..12), cuts in cuts()) {
                let (expected, _) = walk(v, &ops, step_of);
                check(v, &ops, cuts, expected, true, |ops| {
                    let mut step = Affine::of(&v);
                    for op in ops {
                        match op {
                            Add(x) => step.add(x), Sub(x) => step.sub(x), Mul(x) => step.mul(x), Rsub(x) => step.rsub(x),
                            Neg => step.neg(), Set(x) => step.set(x), _ => unreachable!(),
                        }
                    }
                    step
                });
            }

            #[test]
            fn clamp(v in value(), ops in prop::collection::vec(prop_oneof![
                3 => value().prop_map(Add), 3 => value().prop_map(Sub), 1 => value().prop_map(Max), 1 => value().prop_map(Min),
                1 => value().prop_map(Set), 1 => value().prop_map(SaturatingAdd), 1 => value().prop_map(SaturatingSub),
            ], 0..12), cuts in cuts()) {
                let (expected, overflows) = walk(v, &ops, step_of);
                // What is far from the ends of wide types must be known, and in narrow ones all that doesn't overflow.
                let is_small = |x: &$t| (x.abs_diff(0) as u128) < $t::MAX as u128 / 4096;
                let all_small = is_small(&v) && ops.iter().all(|op| match op {
                    Add(x) | Sub(x) | Max(x) | Min(x) | Set(x) | SaturatingAdd(x) | SaturatingSub(x) => is_small(x),
                    _ => true,
                });
                let must_know = !overflows && ($t::BITS < 64 || all_small);
                check(v, &ops, cuts, expected, must_know, |ops| {
                    let mut step = Clamp::of(&v);
                    for op in ops {
                        match op {
                            Add(x) => step.add(x), Sub(x) => step.sub(x), Max(x) => step.max(x), Min(x) => step.min(x),
                            Set(x) => step.set(x), SaturatingAdd(x) => step.saturating_add(x),
                            SaturatingSub(x) => step.saturating_sub(x), _ => unreachable!(),
                        }
                    }
                    step
                });
            }

            #[test]
            fn clamps_that_overflow_are_unknown(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(Add), value().prop_map(Sub), value().prop_map(Max),
            ], 0..12)) {
                let (_, overflows) = walk(v, &ops, step_of);
                let mut step = Clamp::of(&v);
                for op in &ops {
                    match op { Add(x) => step.add(x), Sub(x) => step.sub(x), Max(x) => step.max(x), _ => unreachable!() }
                }
                let mut result = v;
                prop_assert!(!overflows || !step.apply(&mut result), "{v} {ops:?} {step:?}");
            }

            #[test]
            fn order(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(Max), value().prop_map(Min), value().prop_map(Set),
            ], 0..12), cuts in cuts()) {
                let (expected, _) = walk(v, &ops, step_of);
                check(v, &ops, cuts, expected, true, |ops| {
                    let mut step = Clamp::order(&v);
                    for op in ops {
                        match op { Max(x) => step.max(x), Min(x) => step.min(x), Set(x) => step.set(x), _ => unreachable!() }
                    }
                    step
                });
            }

            #[test]
            fn bits(v in value(), ops in prop::collection::vec(prop_oneof![
                value().prop_map(And), value().prop_map(Or), value().prop_map(Xor), Just(Not), value().prop_map(Set),
                (0..40u8).prop_map(Shl),
            ], 0..12), cuts in cuts()) {
                let (expected, overflows) = walk(v, &ops, step_of);
                check(v, &ops, cuts, expected, !overflows, |ops| {
                    let mut step = Bits::of(&v);
                    for op in ops {
                        match op {
                            And(x) => step.and(x), Or(x) => step.or(x), Xor(x) => step.xor(x), Not => step.not(),
                            Set(x) => step.set(x), Shl(k) => step.shl(*k), _ => unreachable!(),
                        }
                    }
                    step
                });
            }
        }
    })*};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! modular {
    ($($name:ident $t:ident)*) => {$(
        proptest! {
            #[test]
            fn $name(
                v in any::<$t>(),
                modulus in prop_oneof![1 as $t..20, any::<$t>(), any::<$t>().prop_map(|x| x >> ($t::BITS / 2))],
                start_below in any::<bool>(),
                updates in prop::collection::vec((0..3u8, any::<$t>(), any::<$t>(), any::<bool>()), 0..8),
                cuts in cuts(),
            ) {
                let v = if start_below && modulus > 0 { v % modulus } else { v };
                let mut ops = Vec::new();
                for (kind, a, b, is_small) in updates {
                    let (a, b) = if is_small { (a % 4, b % 4) } else { (a, b) };
                    match kind {
                        0 => ops.extend([Mul(a), Add(b), Rem(modulus)]),
                        1 => ops.extend([Add(b), Rem(modulus)]),
                        _ => ops.extend([Set(a), Mul(b), Rem(modulus)]),
                    }
                }
                let (expected, overflows) = walk(v, &ops, |v, op| match op {
                    Add(x) => v.overflowing_add(x),
                    Mul(x) => v.overflowing_mul(x),
                    Set(x) => (x, false),
                    Rem(x) => v.checked_rem(x).map_or((v, true), |v| (v, false)),
                    _ => unreachable!(),
                });
                let _ = overflows;
                // Small numbers never overflow, whatever is carried in.
                let root = 1u128 << ($t::BITS / 2 - 1);
                let must_know = modulus > 0
                    && (v as u128) < modulus as u128
                    && (modulus as u128) < root
                    && ops.iter().all(|op| match op { Add(x) | Mul(x) | Set(x) => (*x as u128) < root, _ => true });
                let whole = |ops: &[Op<$t>]| {
                    let mut step = Modular::of(&v);
                    for op in ops {
                        match op {
                            Add(x) => step.add(x), Mul(x) => step.mul(x), Set(x) => step.set(x), Rem(x) => step.rem(x),
                            _ => unreachable!(),
                        }
                    }
                    step
                };
                // Cuts within an update may make a step unknown.
                check(v, &ops, cuts, expected, false, whole);
                let mut result = v;
                let is_known = whole(&ops).apply(&mut result);
                prop_assert!(is_known || !must_know, "{v} {ops:?} {:?}", whole(&ops));
            }
        }
    )*};
}

modular! { modular_u8 u8 modular_u16 u16 modular_u32 u32 modular_u64 u64 modular_u128 u128 modular_usize usize }
modular! { modular_i8 i8 modular_i16 i16 modular_i32 i32 modular_i64 i64 modular_i128 i128 modular_isize isize }

fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (-100..100i32).prop_map(f64::from),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE]),
    ]
}

/// All short loops over zeros of both signs: what is known has the bits of the loop.
#[test]
fn zeros_of_both_signs_are_kept_apart() {
    const VALUES: [f64; 4] = [0.0, -0.0, 1.0, -1.0];
    let digit = |number: usize, at: u32| VALUES[number / 4_usize.pow(at) % 4];
    let mut known = 0;
    for len in 0..5 {
        for number in 0..4_usize.pow(len + 1) {
            let start = digit(number, len);
            // the first of equal values stays, or the last one does
            for keeps in [|x: f64, v: f64| x > v, |x: f64, v: f64| x >= v] {
                let (mut v, mut step) = (start, Clamp::order(&start));
                for at in 0..len {
                    let x = digit(number, at);
                    v = if keeps(x, v) { x } else { v };
                    step.max(x);
                }
                let mut carried = start;
                if step.apply(&mut carried) {
                    assert_eq!(carried.to_bits(), v.to_bits());
                    known += 1;
                }
            }
        }
    }
    assert!(known > 200, "{known}");
}

proptest! {
    #[test]
    fn order_of_floats_by_methods_and_by_comparisons(v in float(), ops in prop::collection::vec(prop_oneof![
        float().prop_map(Max), float().prop_map(Min), float().prop_map(Set),
    ], 0..8), cuts in cuts()) {
        let by_method = walk(v, &ops, |v, op| (match op {
            Max(x) => v.max(x), Min(x) => v.min(x), Set(x) => x, _ => unreachable!(),
        }, false)).0;
        let by_comparison = walk(v, &ops, |v, op| (match op {
            Max(x) => if x > v { x } else { v },
            Min(x) => if v < x { v } else { x },
            Set(x) => x,
            _ => unreachable!(),
        }, false)).0;
        let values: Vec<_> = ops
            .iter()
            .map(|op| match op { Max(x) | Min(x) | Set(x) => *x, _ => unreachable!() })
            .chain([v])
            .collect();
        let has = |is: fn(f64) -> bool| values.iter().any(|x| is(*x));
        let is_odd = has(f64::is_nan)
            || has(|x| x == 0.0 && x.is_sign_negative()) && has(|x| x == 0.0 && x.is_sign_positive());
        for expected in [by_method, by_comparison] {
            check(v, &ops, cuts, expected, !is_odd, |ops| {
                let mut step = Clamp::order(&v);
                for op in ops {
                    match op { Max(x) => step.max(x), Min(x) => step.min(x), Set(x) => step.set(x), _ => unreachable!() }
                }
                step
            });
        }
    }

    /// Whole numbers that are small enough are exact, so rounding can't hide an error.
    #[test]
    fn whole_floats(v in -50..50i32, ops in prop::collection::vec(prop_oneof![
        (-9..9i32).prop_map(Add), (-9..9i32).prop_map(Sub), (-3..3i32).prop_map(Mul), (-9..9i32).prop_map(Rsub), Just(Neg),
        (-9..9i32).prop_map(Max), (-9..9i32).prop_map(Min), (-9..9i32).prop_map(Set),
    ], 0..12), cuts in cuts()) {
        let v = f64::from(v);
        let ops: Vec<Op<f64>> = ops.into_iter().map(|op| match op {
            Add(x) => Add(x.into()), Sub(x) => Sub(x.into()), Mul(x) => Mul(x.into()), Rsub(x) => Rsub(x.into()),
            Max(x) => Max(x.into()), Min(x) => Min(x.into()), Set(x) => Set(x.into()), _ => Neg,
        }).collect();
        let apply = |v: f64, op| (match op {
            Add(x) => v + x, Sub(x) => v - x, Mul(x) => v * x, Rsub(x) => x - v, Neg => -v,
            Max(x) => v.max(x), Min(x) => v.min(x), Set(x) => x, _ => unreachable!(),
        }, false);
        let linear: Vec<_> = ops.iter().copied().filter(|op| !matches!(op, Max(_) | Min(_))).collect();
        check(v, &linear, cuts, walk(v, &linear, apply).0, true, |ops| {
            let mut step = Affine::rounded(&v);
            for op in ops {
                match op {
                    Add(x) => step.add(x), Sub(x) => step.sub(x), Mul(x) => step.mul(x), Rsub(x) => step.rsub(x),
                    Neg => step.neg(), Set(x) => step.set(x), _ => unreachable!(),
                }
            }
            step
        });
        let sums: Vec<_> = ops.iter().copied().filter(|op| !matches!(op, Mul(_) | Rsub(_) | Neg)).collect();
        check(v, &sums, cuts, walk(v, &sums, apply).0, true, |ops| {
            let mut step = Clamp::rounded(&v);
            for op in ops {
                match op {
                    Add(x) => step.add(x), Sub(x) => step.sub(x), Max(x) => step.max(x), Min(x) => step.min(x),
                    Set(x) => step.set(x), _ => unreachable!(),
                }
            }
            step
        });
        let plain: Vec<_> = sums.into_iter().filter(|op| !matches!(op, Max(_) | Min(_))).collect();
        check(v, &plain, cuts, walk(v, &plain, apply).0, true, |ops| {
            let mut step = Shift::rounded(&v);
            for op in ops {
                match op { Add(x) => step.add(x), Sub(x) => step.sub(x), Set(x) => step.set(x), _ => unreachable!() }
            }
            step
        });
    }

    /// Halves and quarters are exact.
    #[test]
    fn divided_floats(v in -50..50i32, ops in prop::collection::vec(prop_oneof![
        (-9..9i32).prop_map(Add), (-3..3i32).prop_map(Mul), (-2..3i32).prop_map(Div), (-9..9i32).prop_map(Set), Just(Neg),
    ], 0..8), cuts in cuts()) {
        let v = f64::from(v);
        let ops: Vec<Op<f64>> = ops.into_iter().map(|op| match op {
            Add(x) => Add(x.into()), Mul(x) => Mul(x.into()), Div(x) => Div(2f64.powi(x)), Set(x) => Set(x.into()), _ => Neg,
        }).collect();
        let expected = walk(v, &ops, |v, op| (match op {
            Add(x) => v + x, Mul(x) => v * x, Div(x) => v / x, Set(x) => x, Neg => -v, _ => unreachable!(),
        }, false)).0;
        check(v, &ops, cuts, expected, true, |ops| {
            let mut step = Affine::rounded(&v);
            for op in ops {
                match op {
                    Add(x) => step.add(x), Mul(x) => step.mul(x), Div(x) => step.div(x), Set(x) => step.set(x), Neg => step.neg(),
                    _ => unreachable!(),
                }
            }
            step
        });
    }

    #[test]
    fn order_of_what_may_be_missing(v in any::<Option<u8>>(), ops in prop::collection::vec(prop_oneof![
        any::<Option<u8>>().prop_map(Max), any::<Option<u8>>().prop_map(Min), any::<Option<u8>>().prop_map(Set),
    ], 0..8), cuts in cuts()) {
        let expected = walk(v, &ops, |v, op| (match op {
            Max(x) => v.max(x), Min(x) => v.min(x), Set(x) => x, _ => unreachable!(),
        }, false)).0;
        check(v, &ops, cuts, expected, true, |ops| {
            let mut step = Between::of(&v);
            for op in ops {
                match op { Max(x) => step.max(x), Min(x) => step.min(x), Set(x) => step.set(x), _ => unreachable!() }
            }
            step
        });
    }

    #[test]
    fn bools(v in any::<bool>(), ops in prop::collection::vec(prop_oneof![
        any::<bool>().prop_map(And), any::<bool>().prop_map(Or), any::<bool>().prop_map(Xor), Just(Not),
        any::<bool>().prop_map(Set),
    ], 0..8), cuts in cuts()) {
        let expected = walk(v, &ops, |v, op| (match op {
            And(x) => v & x, Or(x) => v | x, Xor(x) => v ^ x, Not => !v, Set(x) => x, _ => unreachable!(),
        }, false)).0;
        check(v, &ops, cuts, expected, true, |ops| {
            let mut step = Bits::of(&v);
            for op in ops {
                match op {
                    And(x) => step.and(x), Or(x) => step.or(x), Xor(x) => step.xor(x), Not => step.not(), Set(x) => step.set(x),
                    _ => unreachable!(),
                }
            }
            step
        });
    }
}

#[test]
fn sums_that_leave_the_numbers_are_unknown() {
    let mut v = 0.0;
    let mut step = Affine::rounded(&v);
    for _ in 0..10_000 {
        step.mul(1.5);
    }
    assert!(!step.apply(&mut v), "the scale is infinite, but the loop stays at 0");
}

#[test]
fn durations_move() {
    let mut v = Duration::from_millis(1500);
    let mut step = Shift::of(&v);
    step.add(Duration::from_secs(2));
    step.sub(Duration::from_millis(3400));
    assert!(step.apply(&mut v));
    assert_eq!(v, Duration::from_millis(100));
    assert!(!step.apply(&mut v), "no duration is negative");
}

#[test]
fn wrapping_numbers_wrap() {
    let mut v = Wrapping(200u8);
    let mut step = Affine::of(&v);
    step.mul(Wrapping(3));
    step.add(Wrapping(7));
    assert!(step.apply(&mut v));
    assert_eq!(v, Wrapping(200u8) * Wrapping(3) + Wrapping(7));
}

#[test]
fn options_are_known_if_there_is_something_inside() {
    let mut step = Shift::of(&0u32);
    step.add(4);
    let mut carried = Some(3);
    assert!(some(step.clone(), &mut carried));
    assert_eq!(carried, Some(7));
    assert!(!some(step, &mut None));
}

#[test]
fn a_nan_that_may_be_missing_is_unknown() {
    let mut carried = Some(1.0f64);
    let mut step = Between::of(&carried);
    step.max(Some(2.0));
    assert!(step.apply(&mut carried));
    assert_eq!(carried, Some(2.0));
    step.max(Some(f64::NAN));
    assert!(!step.apply(&mut carried));
    let mut nothing: Option<f64> = None;
    let mut step = Between::of(&nothing);
    step.max(None);
    assert!(step.apply(&mut nothing));
    assert_eq!(nothing, None);
}

#[test]
fn operands_may_be_references_and_literals() {
    let v = 5i64;
    let mut step = Clamp::of(&v);
    for x in &[3, 4] {
        step.add(x);
    }
    step.sub(1);
    step.max(0);
    let mut affine = Affine::of(&1u64);
    affine.mul(2);
    for x in &[3, 4] {
        affine.add(x);
    }
    let mut bits = Bits::of(&1u8);
    bits.shl(1);
    bits.or(1);
    let mut hash = Modular::of(&1u32);
    hash.mul(31);
    for x in &[7, 8] {
        hash.add(x);
    }
    hash.rem(1_000_007);
    let mut order = Clamp::order(&1.5f32);
    order.max(2.0);
    let _: Between<f32> = order;
    fn wide<T: Clamped>(_: &T) {}
    wide(&v);
}
