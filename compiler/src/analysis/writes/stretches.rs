//! Does each iteration touch an array in several places that may lie apart?
//!
//! `out[i] = a; out[i + n] = b;` touches two stretches of `out`. Whether they overlap depends on `n`; if every place is
//! written, the loop means them to be apart, and it is looked up when it starts. A place that is only read
//! (`best[i - w]`) is what an earlier iteration wrote, unless the loop's own bounds show that none did.

use syn::Expr;

use super::{Stretch, Touched, changes, step_of, unchanged, widened};
use crate::lower::accesses::Accesses;
use crate::lower::inductions::Induction;
use crate::lower::kernels::Kernel;
use crate::lower::subscripts::{self, AllOuter, Polynomial};
use crate::lower::updates::strip;

/// More places than this are no places, but a pattern.
const MOST: usize = 8;

/// The elements for each value of an inner variable of few values: `plane` in `out[plane * n + i]`.
pub(super) fn unrolled(
    lower: &Polynomial,
    upper: &Polynomial,
    found: &Accesses<'_>,
) -> Option<Vec<(Polynomial, Polynomial)>> {
    let mut names = lower.inners();
    names.extend(upper.inners());
    let values = |name: &String| {
        let (low, high) = found.ranges.get(name)?;
        let (low, high) = (low.number()?, high.number()?);
        (high.checked_sub(low)? <= MOST as i64).then_some((name.clone(), low..high))
    };
    // the others may widen what each value touches
    let (name, values) = names.iter().find_map(values)?;
    values
        .map(|value| {
            let (lower, upper) = (lower.with_inner(&name, value)?, upper.with_inner(&name, value)?);
            Some((widened(&lower, found, false)?, widened(&upper, found, true)?))
        })
        .collect()
}

/// Places with the same stride, a number of elements apart.
struct Group<'t, 'f> {
    stride: Polynomial,
    lowest: Polynomial,
    members: Vec<&'t Touched<'f>>,
}

/// The stretches, if the places may lie apart.
pub(super) fn of(
    touched: &[Touched<'_>],
    kernel: &Kernel<'_>,
    induction: Option<&Induction>,
    found: &Accesses<'_>,
) -> Option<Vec<Stretch>> {
    let step = induction.and_then(step_of)?;
    let mut groups: Vec<Group<'_, '_>> = Vec::new();
    for one in touched {
        let stride = one.lower.stride()?;
        let is_moving = stride.number() != Some(0) && one.upper.stride()? == stride;
        if !is_moving || !unchanged(&one.lower, found) || !unchanged(&one.upper, found) {
            return None;
        }
        let distance = |group: &Group<'_, '_>| {
            let distance = one.lower.minus(&group.lowest)?.number()?;
            (group.stride == stride).then_some(distance)
        };
        match groups.iter_mut().find_map(|group| Some((distance(group)?, group))) {
            None => groups.push(Group {
                stride,
                lowest: one.lower.clone(),
                members: vec![one],
            }),
            Some((distance, group)) => {
                if distance < 0 {
                    group.lowest = one.lower.clone();
                }
                group.members.push(one);
            }
        }
    }
    let is_apart = |a: &Group<'_, '_>, b: &Group<'_, '_>| may_be_apart(a, b, kernel);
    let pairs = (0..groups.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    if groups.len() > MOST || !{ pairs }.all(|(a, b)| is_apart(&groups[a], &groups[b])) {
        return None;
    }
    groups.iter().map(|group| stretch(group, &step)).collect()
}

/// True if nothing shows that two groups touch the same elements, and something that they don't.
fn may_be_apart(a: &Group<'_, '_>, b: &Group<'_, '_>, kernel: &Kernel<'_>) -> bool {
    let distance = || a.lowest.rest()?.minus(&b.lowest.rest()?);
    let Some(distance) = distance() else { return false };
    // `out[n + i]` and `out[n - i]`: the two go different ways
    let signs = a.stride.number().zip(b.stride.number());
    let are_opposite = signs.is_some_and(|(a, b)| (a < 0) != (b < 0));
    // the row before, the element before it
    let is_near = !are_opposite && (distance.number().is_some() || distance.is_about(&[&a.stride, &b.stride]));
    let is_written = |group: &Group<'_, '_>| group.members.iter().any(|one| changes(&one.access.touch));
    !is_near && (is_written(a) && is_written(b) || is_as_far_as_the_loop_runs(&distance, a, b, kernel))
}

/// `a[i] += a[i + half]` for `i` below `half`.
fn is_as_far_as_the_loop_runs(
    distance: &Polynomial,
    a: &Group<'_, '_>,
    b: &Group<'_, '_>,
    kernel: &Kernel<'_>,
) -> bool {
    let Expr::Range(range) = strip(&kernel.node.expr) else {
        return false;
    };
    let bound = |bound: &Option<Box<Expr>>| subscripts::polynomial(bound.as_ref()?, &AllOuter);
    let far = || {
        let count = bound(&range.end)?.minus(&bound(&range.start)?)?;
        let is_unit = a.stride.number()? == 1 && b.stride.number()? == 1;
        let is_far = |distance: &Polynomial| {
            distance
                .minus(&count)
                .and_then(|over| over.number())
                .is_some_and(|over| over >= 0)
        };
        let back = Polynomial::constant(0).minus(distance)?;
        let half_open = matches!(range.limits, syn::RangeLimits::HalfOpen(_));
        Some(is_unit && half_open && (is_far(distance) || is_far(&back)))
    };
    far().unwrap_or(false)
}

/// True if a number of elements that is no number is no more than the stride, up or down.
pub(super) fn is_within(reach: &Polynomial, advance: &Polynomial) -> bool {
    let is_within = |over: Option<Polynomial>| over.and_then(|over| over.number()).is_some_and(|over| over <= 0);
    let up = reach.minus(advance);
    let down = || {
        Polynomial::constant(0)
            .minus(advance)
            .and_then(|advance| reach.minus(&advance))
    };
    is_within(up) || is_within(down())
}

/// The group's stretch, if its iterations keep to elements of their own.
fn stretch(group: &Group<'_, '_>, step: &Polynomial) -> Option<Stretch> {
    let advance = group.stride.times(step)?;
    let mut width = Polynomial::constant(1);
    for one in &group.members {
        let reach = one.upper.minus(&group.lowest)?;
        let fits = match (reach.number(), advance.number()) {
            (Some(reach), Some(advance)) => reach <= advance.abs(),
            // looked at when the loop starts
            (Some(_), None) => true,
            (None, _) => is_within(&reach, &advance),
        };
        if !fits {
            return None;
        }
        if reach
            .number()
            .zip(width.number())
            .is_none_or(|(reach, width)| reach > width)
        {
            width = reach;
        }
    }
    Some(Stretch {
        lowest: group.lowest.clone(),
        stride: advance,
        width,
    })
}
