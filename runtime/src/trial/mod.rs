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
    /// With the counterexample, if a claim is false.
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
        let mut values: Vec<T> = samples.iter().filter_map(|x| op(x, &identity)).collect();
        values.extend(pairs);
        for x in &values {
            self.identity_holds(x, op(x, &identity), op(&identity, x), &identity);
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
            self.claims_hold(&values[a], &values[b], &values[c], &op);
        }
    }
}

impl<T: Clone + PartialEq + Debug> Trial<T> {
    fn identity_holds(&self, x: &T, right: Option<T>, left: Option<T>, identity: &T) {
        let name = self.name;
        // a value that isn't equal to itself, such as NaN, says nothing
        if x.ne(&x.clone()) {
            return;
        }
        if let Some(found) = right {
            assert!(
                found == *x,
                "{identity:?} is no identity of `{name}`: {name}({x:?}, {identity:?}) is {found:?}"
            );
        }
        if let Some(found) = left {
            assert!(
                found == *x,
                "{identity:?} is no identity of `{name}`: {name}({identity:?}, {x:?}) is {found:?}"
            );
        }
    }

    fn claims_hold(&self, a: &T, b: &T, c: &T, op: &impl Fn(&T, &T) -> Option<T>) {
        let name = self.name;
        let differ = |x: &T, y: &T| x != y && x.eq(&x.clone()) && y.eq(&y.clone());
        let (first, last) = (op(a, b), op(b, c));
        if let (Some(left), Some(right)) = (
            first.as_ref().and_then(|ab| op(ab, c)),
            last.as_ref().and_then(|bc| op(a, bc)),
        ) {
            assert!(
                !differ(&left, &right),
                "`{name}` is not associative: for a = {a:?}, b = {b:?}, c = {c:?}, \
                 {name}({name}(a, b), c) is {left:?}, but {name}(a, {name}(b, c)) is {right:?}"
            );
        }
        if self.commutative
            && let (Some(here), Some(there)) = (first, op(b, a))
        {
            assert!(
                !differ(&here, &there),
                "`{name}` is not commutative: {name}({a:?}, {b:?}) is {here:?}, but {name}({b:?}, {a:?}) is {there:?}"
            );
        }
    }
}
