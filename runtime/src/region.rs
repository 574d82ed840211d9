//! Regions: one call of a parallel loop or recursion, with its options.

use crate::executor::{self, Executor};
use crate::pool;
use crate::site::Site;
use rayon::ThreadPool;

/// One call of a parallel loop or recursion, with the options of its attribute.
#[derive(Debug, Clone, Copy)]
pub struct Region<'a> {
    pub(crate) site: &'static Site,
    pub(crate) pool: Option<&'a ThreadPool>,
    pub(crate) threshold: Option<usize>,
    pub(crate) grain: usize,
    pub(crate) is_tree: bool,
    pub(crate) is_ordered: bool,
    pub(crate) is_serial: bool,
    pub(crate) is_bounded: bool,
}

impl<'a> Region<'a> {
    /// A region without options: the runtime finds the cutoff by itself, in the current pool.
    #[inline]
    pub const fn new(site: &'static Site) -> Self {
        Self {
            site,
            pool: None,
            threshold: None,
            grain: 1,
            is_tree: false,
            is_ordered: false,
            is_serial: false,
            is_bounded: false,
        }
    }

    /// Below this size the original code runs.
    #[inline]
    #[must_use]
    pub fn threshold(mut self, threshold: impl ToSize) -> Self {
        self.threshold = Some(threshold.to_size());
        self
    }

    /// The fewest iterations in a leaf.
    #[inline]
    #[must_use]
    pub fn grain(mut self, grain: impl ToSize) -> Self {
        self.grain = grain.to_size().max(1);
        self
    }

    /// The pool to run on instead of the current one.
    #[inline]
    #[must_use]
    pub fn pool(mut self, pool: &'a ThreadPool) -> Self {
        self.pool = Some(pool);
        self
    }

    /// Combines in a tree whose shape depends on the length alone.
    #[inline]
    #[must_use]
    pub fn tree(mut self) -> Self {
        self.is_tree = true;
        self
    }

    /// Combines pieces one by one, in their order, and lets few of them be ahead.
    #[inline]
    #[must_use]
    pub fn ordered(mut self) -> Self {
        self.is_ordered = true;
        self
    }

    /// Works on parts of bounded length, one after the other: what a piece keeps until it is joined stays small.
    #[inline]
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.is_bounded = true;
        self
    }

    /// Runs the sequential program if `condition` holds: a check of what the text of the loop can't show.
    #[inline]
    #[must_use]
    pub fn unless(mut self, condition: bool) -> Self {
        self.is_serial |= condition;
        self
    }

    /// Who runs the region.
    #[inline]
    pub(crate) fn executor(&self) -> Executor {
        if self.is_serial {
            Executor::Serial
        } else {
            executor::current()
        }
    }

    /// How many threads the region may use. Asking creates the global pool if the region would run there.
    pub(crate) fn threads(&self) -> usize {
        self.pool
            .map_or_else(rayon::current_num_threads, ThreadPool::current_num_threads)
    }

    /// Runs `f` on a worker of the region's pool; stays where it is if it is on one already.
    pub(crate) fn enter<R: Send>(&self, f: impl FnOnce() -> R + Send) -> R {
        pool::enter(self.pool, f)
    }
}

/// An integer of any type as a size: negative ones are 0, large ones the largest.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no size",
    label = "an integer of any type can be one",
    note = "`threshold`, `grain` and `size` are counted in iterations or in whatever the recursion's size is"
)]
pub trait ToSize: Copy {
    /// This integer as a size.
    fn to_size(self) -> usize;
}

macro_rules! sizes {
    ($($t:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl ToSize for $t {
            #[inline]
            fn to_size(self) -> usize {
                #[allow(unused_comparisons)] // one text for signed and unsigned types
                if self < 0 { 0 } else { usize::try_from(self).unwrap_or(usize::MAX) }
            }
        }
    )*};
}

sizes! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
