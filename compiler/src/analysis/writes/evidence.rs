//! Which two iterations touch the same element, and how far apart are they?
//!
//! Distances are in iterations, as in the literature; what is shown to the user are values of the induction variable,
//! which are iterations wherever the loop's bounds are written as numbers.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprForLoop, ExprRange, RangeLimits};

use super::{Touched, changes, step_of};
use crate::lower::accesses::Touch;
use crate::lower::inductions::{Induction, Step};
use crate::lower::subscripts::{self, AllOuter};

/// A write, and an access that touches in some iteration what the write touches `distance` iterations later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    /// The number of the write, in the list of what is touched.
    pub(super) write: usize,
    /// The number of the other access.
    pub(super) other: usize,
    /// How many iterations lie between them; negative if the write comes first, never 0.
    pub(super) distance: i64,
}

/// The dependence that says most, if all is known in numbers: a value handed on, then one that is overwritten, then two
/// writes; the nearest of each.
pub(super) fn meeting(touched: &[Touched<'_>], advance: i64) -> Option<Meeting> {
    let rank = |meeting: &Meeting| {
        let is_read = !changes(&touched[meeting.other].access.touch);
        let kind = match (is_read, meeting.distance < 0) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        (kind, meeting.distance.unsigned_abs())
    };
    let writes = (0..touched.len()).filter(|number| changes(&touched[*number].access.touch));
    writes
        .flat_map(|write| (0..touched.len()).map(move |other| (write, other)))
        .filter_map(|(write, other)| {
            let distance = distance(&touched[write], &touched[other], advance)?;
            Some(Meeting { write, other, distance })
        })
        .min_by_key(rank)
}

/// How many iterations after the one with `other` the write is nearest to it, if it meets it in any but the same one.
fn distance(write: &Touched<'_>, other: &Touched<'_>, advance: i64) -> Option<i64> {
    let number = |a: &subscripts::Polynomial, b: &subscripts::Polynomial| a.minus(b)?.number();
    // elements [lower + k * advance, upper + k * advance) against the other's
    let above = number(&other.lower, &write.upper)?;
    let below = number(&other.upper, &write.lower)?;
    nearest(above, below, advance)
}

/// The whole number next to zero, and not zero, whose product with `advance` lies between `above` and `below`.
fn nearest(above: i64, below: i64, advance: i64) -> Option<i64> {
    if advance < 0 {
        return nearest(below.checked_neg()?, above.checked_neg()?, advance.checked_neg()?);
    }
    let least = above.div_euclid(advance.max(1)) + 1;
    let most = -(below.checked_neg()?.div_euclid(advance.max(1))) - 1;
    let nearest = match () {
        () if least > 0 => least,
        () if most < 0 => most,
        () if least < 0 => -1,
        () if most > 0 => 1,
        () => return None,
    };
    (least <= nearest && nearest <= most).then_some(nearest)
}

/// Two values of the induction variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    /// Those of two iterations.
    Values(i64, i64),
    /// The loop has no two iterations that are so far apart.
    Never,
    /// Which values there are isn't known.
    Unknown,
}

/// Values that lie `distance` iterations apart: the second one comes that much later; `fits` says which will do.
pub(super) fn pair(node: &ExprForLoop, induction: &Induction, distance: i64, fits: impl Fn(i64, i64) -> bool) -> Pair {
    let step = step_of(induction).and_then(|step| step.number());
    let Some(gap) = step.and_then(|step| step.checked_mul(distance)).filter(|gap| *gap != 0) else {
        return Pair::Unknown;
    };
    let values = values(node, induction);
    let by = step.map_or(1, i64::abs);
    if induction.is_filtered || by != 1 && values.least.is_none() {
        return Pair::Unknown;
    }
    // ten is a number that is neither an end nor long
    let wanted = 10.max(gap.abs()) - gap.abs();
    let floor = values.least.unwrap_or(wanted.min(0));
    let Some(most) = values.most.unwrap_or(i64::MAX).checked_sub(gap.abs()) else {
        return Pair::Unknown;
    };
    if most < floor {
        return Pair::Never;
    }
    let round = |value: i64| floor + (value - floor).max(0) / by * by;
    let start = round(wanted.max(floor).saturating_add(by - 1)).min(round(most));
    let ordered = |low: i64| if gap < 0 { (low - gap, low) } else { (low, low + gap) };
    let up = (0..1024).map(|times| start + times * by).take_while(|low| *low <= most);
    let down = (1..1024)
        .map(|times| start - times * by)
        .take_while(|low| *low >= floor);
    let found = up.chain(down).map(ordered).find(|(a, b)| fits(*a, *b));
    found.map_or(Pair::Unknown, |(a, b)| Pair::Values(a, b))
}

/// The least and the greatest value of an induction variable, where they are written as numbers.
struct Values {
    least: Option<i64>,
    most: Option<i64>,
}

fn values(node: &ExprForLoop, induction: &Induction) -> Values {
    let number = |expr: &Expr| subscripts::polynomial(expr, &AllOuter)?.number();
    let first = syn::parse2(induction.first.clone())
        .ok()
        .and_then(|first| number(&first));
    let descends = matches!(induction.step, Step::One { descending: true });
    let mut header = Header::default();
    header.visit_expr(&node.expr);
    let text = induction.first.to_string();
    let is_it = |bound: &Option<Box<Expr>>| bound.as_ref().is_some_and(|b| b.to_token_stream().to_string() == text);
    let is_ours = |range: &&&ExprRange| is_it(if descends { &range.end } else { &range.start });
    let range = header.ranges.iter().find(is_ours);
    if descends {
        let most = first.and_then(|first| first.checked_sub(i64::from(induction.is_behind)));
        // `xs.iter().enumerate().rev()` ends at 0
        let least = match range {
            Some(range) => range.start.as_ref().and_then(|start| number(start)),
            None => Some(0),
        };
        return Values { least, most };
    }
    let end = range.and_then(|range| {
        let behind = i64::from(matches!(range.limits, RangeLimits::HalfOpen(_)));
        number(range.end.as_ref()?)?.checked_sub(behind)
    });
    let step = step_of(induction).and_then(|step| step.number());
    let taken = header.taken.iter().filter_map(|count| {
        let steps = number(count)?.checked_sub(1)?.checked_mul(step?)?;
        first?.checked_add(steps)
    });
    Values {
        least: first,
        most: taken.chain(end).min(),
    }
}

/// What a loop's header counts with.
#[derive(Default)]
struct Header<'h> {
    ranges: Vec<&'h ExprRange>,
    taken: Vec<&'h Expr>,
}

impl<'h> Visit<'h> for Header<'h> {
    fn visit_expr_range(&mut self, node: &'h ExprRange) {
        self.ranges.push(node);
    }

    fn visit_expr_method_call(&mut self, node: &'h syn::ExprMethodCall) {
        if node.method == "take"
            && let Some(count) = node.args.first()
        {
            self.taken.push(count);
        }
        visit::visit_expr_method_call(self, node);
    }

    fn visit_expr_closure(&mut self, _: &'h syn::ExprClosure) {}
}

/// What an access does, as a verb.
pub(super) fn verb(touch: &Touch<'_>) -> &'static str {
    match touch {
        Touch::Read => "reads",
        Touch::Write { .. } | Touch::Update(_) => "writes",
        _ => "touches",
    }
}

/// `the one 3 iterations before it`
pub(super) fn other_iteration(distance: i64) -> String {
    let side = if distance < 0 { "before" } else { "after" };
    match distance.unsigned_abs() {
        1 => format!("the one {side} it"),
        number => format!("the one {number} iterations {side} it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::inductions;

    #[test]
    fn both_values_are_iterations() {
        use Pair::{Never, Unknown, Values};
        for (header, distance, want) in [
            ("i in 1..n", -1, Values(10, 9)),
            ("i in 0..n", 1, Values(9, 10)),
            ("i in 16..n", -16, Values(32, 16)),
            ("i in 0..n", -16, Values(16, 0)),
            ("i in 1..5", -1, Values(4, 3)),
            ("i in 1..=2", -1, Values(2, 1)),
            ("i in 1..2", -1, Never),
            ("i in 0..4", 8, Never),
            ("i in (2..n).step_by(2)", -1, Values(10, 8)),
            ("i in (3..n).step_by(2)", -1, Values(11, 9)),
            ("i in (3..n).step_by(5)", 2, Values(3, 13)),
            ("i in (0..n).step_by(4)", 1, Values(8, 12)),
            ("i in (k..n).step_by(2)", -1, Unknown),
            ("i in (2..n).step_by(s)", -1, Unknown),
            ("i in (1..n).rev()", -1, Values(9, 10)),
            ("i in (1..4).rev()", -1, Values(2, 3)),
            ("i in k..n", -3, Values(10, 7)),
            ("(i, x) in xs.iter().enumerate()", -1, Values(10, 9)),
            ("(i, x) in xs.iter().enumerate().rev()", -1, Values(9, 10)),
            ("i in (0..n).take(3)", 1, Values(1, 2)),
            ("i in (0..n).filter(even)", 1, Unknown),
            ("i in -5..5", -1, Values(4, 3)),
        ] {
            let node: ExprForLoop = syn::parse_str(&format!("for {header} {{}}")).unwrap();
            let induction = inductions::of_loop(&node).unwrap();
            assert_eq!(
                pair(&node, &induction, distance, |_, _| true),
                want,
                "{header}, {distance}"
            );
        }
    }

    #[test]
    fn distances_are_the_nearest_ones() {
        // one element each: the write's at 0, the other's at `gap`
        for (gap, advance, want) in [
            (-1, 1, Some(-1)),
            (-2, 2, Some(-1)),
            (-1, 2, None),
            (-1, -1, Some(1)),
            (16, 1, Some(16)),
            (0, 1, None),
            (6, 2, Some(3)),
            (6, -2, Some(-3)),
        ] {
            assert_eq!(nearest(gap - 1, gap + 1, advance), want, "{gap} by {advance}");
        }
        // three elements against one of them, one further in each iteration
        assert_eq!(nearest(-1, 3, 1), Some(1));
        assert_eq!(nearest(-3, 3, 1), Some(-1));
    }
}
