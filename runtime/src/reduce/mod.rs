//! The fork-join driver of loops: `reduce` folds a source with the user's loop and combines what the pieces return.
//!
//! ```text
//! small                 leaf(start, source)            on the caller, nothing else happens
//! probe                 growing blocks on the caller   until what is left is worth a fork, or nothing is left
//! fork                  lazy splitting in the pool     a task forks only while somebody could steal
//! ```
//! A piece that was not stolen goes on from the accumulator of the piece before it, so combining happens at steals only
//! and one thread runs the sequential program. With `tree` the pieces and the shape of combining are fixed instead; with
//! `ordered` they are combined one by one, in their order.
//!
//! [`reduce_until`] is the same for loops that may be left early; `reduce` is the one whose exits have no values.

mod adversary;
#[cfg(test)]
mod cuts;
mod fork;
mod ordered;
mod probe;
mod stream;
mod tree;
mod until;

pub(crate) use adversary::{Hostile, Random, interleaves};
pub(crate) use ordered::{Next, Owner, cost_of};
pub(crate) use probe::nanoseconds_since;
pub use tree::block_of;
pub use until::reduce_until;

use crate::executor::Executor;
use crate::region::Region;
use crate::site::Site;
use crate::source::Source;
use fork::Task;
use std::cell::Cell;
use std::convert::Infallible;
pub(crate) use until::Horizon;

/// Work, in nanoseconds, from which on entering the pool pays.
pub(crate) const FORK_WORTH: f32 = 60_000.0;

/// Work, in nanoseconds, that would have to grow a lot before a fork pays.
const FAR_BELOW: f32 = 1_000.0;

/// Up to this many iterations a cheap site isn't even timed, except now and then.
pub(crate) const TINY: usize = 32;

/// Folds `source` from `start` on with `leaf`, in parallel where that pays: returns `leaf(start, source)`.
///
/// `leaf` is the user's loop over one piece, `fresh` gives what a piece starts from that is run apart (an identity of the
/// shape of the accumulator it gets), and `combine` joins two partial results, the left one from earlier in the sequence.
/// The result is that of the sequential loop if `combine` is associative and `fresh` its identity.
///
/// # Cost
/// Work that of the loop plus O(steals) calls of `fresh` and `combine`; with [`Region::tree`], one for every
/// [`block_of`] iterations.
///
/// # Panics
/// A panic in a piece reaches the caller; of several, that of the leftmost piece, which is the sequential one.
#[inline]
pub fn reduce<S: Source, A: Send>(
    region: Region<'_>,
    source: S,
    start: A,
    leaf: impl Fn(A, S) -> A + Sync,
    fresh: impl Fn(&A) -> A + Sync,
    combine: impl Fn(&mut A, A) + Sync,
) -> A {
    if is_small(&region, source.len()) {
        return leaf(start, source);
    }
    drive(
        region,
        source,
        start,
        |acc, piece| (leaf(acc, piece), None::<Infallible>),
        fresh,
        combine,
    )
    .0
}

/// Accumulators of more bytes than this travel in a box: every level of forks holds some, and stacks are small.
const LARGE: usize = 64;

/// Runs what is not small.
#[inline(never)]
fn drive<S: Source, A: Send, E: Send>(
    region: Region<'_>,
    source: S,
    start: A,
    leaf: impl Fn(A, S) -> Outcome<A, E> + Sync,
    fresh: impl Fn(&A) -> A + Sync,
    combine: impl Fn(&mut A, A) + Sync,
) -> Outcome<A, E> {
    if !Boxed::<A>::IS_NEEDED {
        return Steps::new(region, &leaf, &fresh, &combine).run(source, start);
    }
    let leaf = |mut boxed: Boxed<A>, piece| {
        let (acc, exit) = leaf(boxed.take(), piece);
        boxed.0.replace(acc);
        (boxed, exit)
    };
    let fresh = |boxed: &Boxed<A>| Boxed::new(fresh(boxed.get()));
    let combine = |left: &mut Boxed<A>, mut right: Boxed<A>| combine(left.get_mut(), right.take());
    let (mut boxed, exit) = Steps::new(region, &leaf, &fresh, &combine).run(source, Boxed::new(start));
    (boxed.take(), exit)
}

/// A large accumulator; empty only while a leaf has it.
struct Boxed<A>(Box<Option<A>>);

const IN_ITS_BOX: &str = "an accumulator is in its box between leaves";

impl<A> Boxed<A> {
    /// A constant, so that only one of the two drivers is compiled.
    const IS_NEEDED: bool = size_of::<A>() > LARGE;

    fn new(acc: A) -> Self {
        Self(Box::new(Some(acc)))
    }

    fn get(&self) -> &A {
        self.0.as_ref().as_ref().expect(IN_ITS_BOX)
    }

    fn get_mut(&mut self) -> &mut A {
        self.0.as_mut().as_mut().expect(IN_ITS_BOX)
    }

    fn take(&mut self) -> A {
        self.0.take().expect(IN_ITS_BOX)
    }
}

/// Says for sure that `leaf(start, source)` is the way to run this.
#[inline]
pub(crate) fn is_small(region: &Region<'_>, len: usize) -> bool {
    if len <= 1 {
        return true;
    }
    match region.executor() {
        Executor::Serial => !region.is_tree,
        Executor::Adversarial { .. } => false,
        Executor::Rayon => match region.threshold {
            Some(threshold) if region.is_tree => len < threshold && len <= block_of(len),
            Some(threshold) => len < threshold,
            None => len <= TINY && is_known_small(region.site, len),
        },
    }
}

/// Did past calls say that `len` iterations are not worth a fork, and is this none of those that look again?
///
/// What is far from being worth it is looked at less often: a look costs more than such a call.
#[inline]
fn is_known_small(site: &Site, len: usize) -> bool {
    let cost = site.raw_cost();
    let work = cost * len as f32;
    let odds = if work < FAR_BELOW { 6 } else { 4 };
    cost > 0.0 && work < FORK_WORTH && !is_due_in(odds)
}

/// Is it time to look at the clock again, or was it never looked at?
#[inline]
pub(crate) fn is_sample(site: &Site) -> bool {
    is_due() || site.raw_cost() == 0.0
}

/// So many calls on a thread that is new are all looked at: much else may have changed, too.
const NEW: u32 = 4;

/// Is it time to look at the clock again? About one call in sixteen, and the first ones on a thread.
///
/// Pseudo-random, so that sites which are called in turns all get theirs; per thread, so that no cache line is shared.
#[inline]
pub(crate) fn is_due() -> bool {
    is_due_in(4)
}

/// The same for about one call in `2^odds`.
#[inline]
pub(crate) fn is_due_in(odds: u32) -> bool {
    thread_local! {
        static STATE: Cell<u32> = const { Cell::new(0) };
    }
    // `LocalKey::set` would be a call
    STATE.with(|state| {
        let last = state.get();
        if last < NEW {
            state.set(last + 1);
            return true;
        }
        let next = last.wrapping_mul(0x915f_77f5).wrapping_add(0x3c6e_f35f);
        state.set(next);
        next >> (32 - odds) == 0
    })
}

/// What a piece comes to: the accumulator, and how the loop was left if that was early.
pub(crate) type Outcome<A, E> = (A, Option<E>);

/// What generated code hands over, with the closures behind pointers: a call per block doesn't cost, a copy of the
/// user's loop for every place that runs a block would.
pub(crate) struct Steps<'a, S, A, E> {
    region: Region<'a>,
    leaf: &'a (dyn Fn(A, S) -> Outcome<A, E> + Sync + 'a),
    fresh: &'a (dyn Fn(&A) -> A + Sync + 'a),
    combine: &'a (dyn Fn(&mut A, A) + Sync + 'a),
    horizon: Horizon,
}

impl<'a, S: Source, A: Send, E: Send> Steps<'a, S, A, E> {
    #[inline]
    pub(crate) fn new(
        region: Region<'a>,
        leaf: &'a (dyn Fn(A, S) -> Outcome<A, E> + Sync + 'a),
        fresh: &'a (dyn Fn(&A) -> A + Sync + 'a),
        combine: &'a (dyn Fn(&mut A, A) + Sync + 'a),
    ) -> Self {
        Self {
            region,
            leaf,
            fresh,
            combine,
            horizon: Horizon::new(),
        }
    }

    #[inline(never)]
    fn run(&self, source: S, start: A) -> Outcome<A, E> {
        let executor = self.region.executor();
        if S::IS_STREAM {
            return self.stream(source, start, executor);
        }
        match executor {
            Executor::Adversarial { seed } if self.region.is_tree => self.tree_hostile(source, start, seed),
            Executor::Adversarial { seed } => self.adversary(source, start, seed),
            Executor::Serial | Executor::Rayon if self.region.is_tree => self.tree(source, start, executor),
            Executor::Serial => (self.leaf)(start, source),
            Executor::Rayon => match self.region.threshold {
                Some(_) if !Self::CAN_EXIT => self.fork(source, start, 0, self.region.site.raw_cost()),
                _ => self.probe(source, start),
            },
        }
    }
}
