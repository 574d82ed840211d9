//! Partial sums that leave the range of their type where the running total doesn't.

use divvy::{Executor, par_reduce, with};

use crate::{catch, same};

#[par_reduce(threshold = 1, twin = plain_narrow)]
fn narrow(xs: &[i8], start: i8) -> i8 {
    let mut sum = start;
    for x in xs {
        sum += x;
    }
    sum
}

#[par_reduce(threshold = 1, twin = plain_narrow_wrapping)]
fn narrow_wrapping(xs: &[i8], start: i8) -> i8 {
    let mut sum = start;
    for &x in xs {
        sum = sum.wrapping_add(x);
    }
    sum
}

#[par_reduce(threshold = 1, twin = plain_widened)]
fn widened(xs: &[i8], start: i8) -> i64 {
    let mut sum = i64::from(start);
    for &x in xs {
        sum += i64::from(x);
    }
    sum
}

#[test]
fn partial_sums_overflow_or_give_the_answer() {
    for (start, xs) in [(-100, &[100, 100, -100][..]), (0, &[-100, 100, 100, -100][..])] {
        assert_eq!(plain_narrow(xs, start), 0);
        assert_eq!(with(Executor::Serial, || narrow(xs, start)), 0);
        same(
            "wrapping",
            || plain_narrow_wrapping(xs, start),
            || narrow_wrapping(xs, start),
        );
        same("wider", || plain_widened(xs, start), || widened(xs, start));
        // a panic in builds with overflow checks, or the answer: never another number
        for seed in 0..200 {
            let found = catch(|| with(Executor::Adversarial { seed }, || narrow(xs, start))).ok();
            let has_checks = catch(|| std::hint::black_box(i8::MAX) + std::hint::black_box(1)).is_err();
            assert!(found == Some(0) || has_checks && found.is_none(), "{found:?}");
        }
    }
}
