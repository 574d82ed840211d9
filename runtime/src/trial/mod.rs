//! Trials: an operation that was declared associative is tried on corner values and random ones.
//!
//! The macros generate a test for every declared operation. A type is tried if it has samples ([`Sample`]) and can be
//! compared and shown; for other types the generated test does nothing. Which of the two it is, method lookup decides:
//! [`Tried`] is found before [`Untried`], which needs one more reference.
//!
//! The values of a trial are results of the operation, `op(x, identity)` and `op(x, y)`, so that an operation on a part
//! of its type, such as addition modulo a prime, is tried on that part. Combinations that panic (an overflow, say) are
//! passed over: they have no result that could differ.

mod sample;
mod text;

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use sample::{Random, Sample};
pub use text::Text;

/// How many random triples are tried.
const TRIPLES: usize = 2000;

/// An operation and what was claimed about it.
#[derive(Debug)]
pub struct Trial<T> {
    name: &'static str,
    op: fn(T, T) -> T,
    identity: fn() -> T,
    commutative: bool,
}

impl<T> Trial<T> {
    /// The operation `op` of this name, with its identity.
    pub fn new(name: &'static str, op: fn(T, T) -> T, identity: fn() -> T, commutative: bool) -> Self {
        Self {
            name,
            op,
            identity,
            commutative,
        }
    }
}

/// Trials on types with samples.
pub trait Tried {
    /// Tries the claims.
    ///
    /// # Panics
    /// With a counterexample as simple as can be found, if a claim is false.
    fn try_claims(&self);
}

/// Trials on other types.
pub trait Untried {
    /// Does nothing.
    fn try_claims(&self) {}
}

impl<T> Untried for &Trial<T> {}

impl<T: Sample + Clone + PartialEq + Debug> Tried for Trial<T> {
    fn try_claims(&self) {
        let op = |a: &T, b: &T| catch_unwind(AssertUnwindSafe(|| (self.op)(a.clone(), b.clone()))).ok();
        let identity = (self.identity)();
        let mut random = Random::new(0x5EED);
        let mut samples = T::corners();
        samples.extend((0..40).map(|_| T::random(&mut random)));
        let pairs: Vec<T> = samples
            .iter()
            .filter_map(|x| op(x, &samples[random.below(samples.len())]))
            .collect();
        let mut values = Vec::new();
        for x in &samples {
            let (behind, before) = (op(x, &identity), op(&identity, x));
            values.extend(before.filter(|before| behind.as_ref() != Some(before) && before.eq(&before.clone())));
            values.extend(behind);
        }
        values.extend(pairs);
        for x in &values {
            if self.identity_fails(x, &op, &identity).is_some() {
                let simplest = shrunk([x.clone()], &op, &identity, |[x]| {
                    self.identity_fails(x, &op, &identity)
                });
                panic!("{simplest}");
            }
        }
        if values.is_empty() {
            return;
        }
        // all triples of the first values, which come from the corners, and random ones of all
        let first = values.len().min(16);
        let corners = (0..first * first * first).map(|n| (n % first, n / first % first, n / first / first));
        let mut any = || random.below(values.len());
        let others: Vec<_> = (0..TRIPLES).map(|_| (any(), any(), any())).collect();
        for (a, b, c) in corners.chain(others) {
            let triple = [a, b, c].map(|at| values[at].clone());
            let fails = |[a, b, c]: &[T; 3]| self.claim_fails(a, b, c, &op);
            if fails(&triple).is_some() {
                panic!("{}", shrunk(triple, &op, &identity, fails));
            }
        }
    }
}

/// How many simpler counterexamples are looked at.
const SHRINKS: usize = 1000;

/// What is said about the simplest counterexample that is found from `values` on: each is replaced by simpler values of
/// the part of the type that the operation is on, as long as the claim still fails.
fn shrunk<T: Sample + Clone + PartialEq, const N: usize>(
    mut values: [T; N],
    op: &impl Fn(&T, &T) -> Option<T>,
    identity: &T,
    fails: impl Fn(&[T; N]) -> Option<String>,
) -> String {
    let mut said = fails(&values).expect("a counterexample");
    let mut left = SHRINKS;
    'simpler: loop {
        for at in 0..N {
            for candidate in values[at].simpler() {
                if left == 0 {
                    return said;
                }
                left -= 1;
                let Some(candidate) = op(&candidate, identity).filter(|found| *found == candidate) else {
                    continue;
                };
                let mut next = values.clone();
                next[at] = candidate;
                if let Some(text) = fails(&next) {
                    (values, said) = (next, text);
                    continue 'simpler;
                }
            }
        }
        return said;
    }
}

impl<T: Clone + PartialEq + Debug> Trial<T> {
    fn identity_fails(&self, x: &T, op: &impl Fn(&T, &T) -> Option<T>, identity: &T) -> Option<String> {
        let name = self.name;
        // a value that isn't equal to itself, such as NaN, says nothing
        if x.ne(&x.clone()) {
            return None;
        }
        if let Some(found) = op(x, identity).filter(|found| found != x) {
            return Some(format!(
                "{identity:?} is no identity of `{name}`: {name}({x:?}, {identity:?}) is {found:?}"
            ));
        }
        op(identity, x)
            .filter(|found| found != x)
            .map(|found| format!("{identity:?} is no identity of `{name}`: {name}({identity:?}, {x:?}) is {found:?}"))
    }

    fn claim_fails(&self, a: &T, b: &T, c: &T, op: &impl Fn(&T, &T) -> Option<T>) -> Option<String> {
        let name = self.name;
        let differ = |x: &T, y: &T| x != y && x.eq(&x.clone()) && y.eq(&y.clone());
        let (first, last) = (op(a, b), op(b, c));
        if let (Some(left), Some(right)) = (
            first.as_ref().and_then(|ab| op(ab, c)),
            last.as_ref().and_then(|bc| op(a, bc)),
        ) && differ(&left, &right)
        {
            return Some(format!(
                "`{name}` is not associative: for a = {a:?}, b = {b:?}, c = {c:?}, \
                 {name}({name}(a, b), c) is {left:?}, but {name}(a, {name}(b, c)) is {right:?}"
            ));
        }
        if self.commutative
            && let (Some(here), Some(there)) = (first, op(b, a))
            && differ(&here, &there)
        {
            return Some(format!(
                "`{name}` is not commutative: {name}({a:?}, {b:?}) is {here:?}, but {name}({b:?}, {a:?}) is {there:?}"
            ));
        }
        None
    }
}
