//! Running minima and maxima with resets: `min(max(v, lo), hi)`.

use super::{Operand, Step};

/// A type whose values are in order; floats apart from NaN.
#[diagnostic::on_unimplemented(
    message = "the values of `{Self}` have no order that a carried value can keep to",
    label = "those of numbers, `char` and `bool` have"
)]
pub trait Ordered: Copy + PartialOrd + Send + Sync {
    /// Is this a value outside of the order?
    #[inline]
    fn is_nan(self) -> bool {
        false
    }
}

macro_rules! ordered {
    ($($t:ty)*) => {$(impl Ordered for $t {})*};
}

ordered! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize char bool }

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Ordered for $t {
            #[inline]
            fn is_nan(self) -> bool {
                <$t>::is_nan(self)
            }
        }
    )*};
}

floats! { f32 f64 }

/// `min(max(v, lo), hi)`, where either bound may be missing.
///
/// Exact, but for the sign of zero. NaN makes the result unknown: `max` and `if` disagree about it.
#[derive(Clone, Debug)]
pub struct Between<T> {
    lo: Option<T>,
    hi: Option<T>,
    has_nan: bool,
}

impl<T: Copy + PartialOrd> Between<T> {
    /// No bounds.
    #[inline]
    pub(super) fn new() -> Self {
        Self {
            lo: None,
            hi: None,
            has_nan: false,
        }
    }

    #[inline]
    pub(super) fn lo(&self) -> Option<T> {
        self.lo
    }

    #[inline]
    pub(super) fn hi(&self) -> Option<T> {
        self.hi
    }

    /// At least this.
    #[inline]
    pub(super) fn raise(&mut self, value: T) {
        self.lo = Some(match self.lo {
            Some(lo) if lo > value => lo,
            _ => value,
        });
        if let Some(hi) = &mut self.hi
            && *hi < value
        {
            *hi = value;
        }
    }

    /// At most this.
    #[inline]
    pub(super) fn lower(&mut self, value: T) {
        self.hi = Some(match self.hi {
            Some(hi) if hi < value => hi,
            _ => value,
        });
        if let Some(lo) = &mut self.lo
            && *lo > value
        {
            *lo = value;
        }
    }

    /// This and nothing else.
    #[inline]
    pub(super) fn fix(&mut self, value: T) {
        self.lo = Some(value);
        self.hi = Some(value);
    }

    /// Moves the bounds.
    #[inline]
    pub(super) fn map(&mut self, f: impl Fn(T) -> T) {
        self.lo = self.lo.map(&f);
        self.hi = self.hi.map(&f);
    }

    /// Between later bounds, too.
    #[inline]
    pub(super) fn compose(&mut self, later: Self) {
        if let Some(lo) = later.lo {
            self.raise(lo);
        }
        if let Some(hi) = later.hi {
            self.lower(hi);
        }
        self.has_nan |= later.has_nan;
    }

    /// Takes a value between the bounds.
    #[inline]
    pub(super) fn clamp(&self, value: &mut T) {
        if let Some(lo) = self.lo
            && *value < lo
        {
            *value = lo;
        }
        if let Some(hi) = self.hi
            && *value > hi
        {
            *value = hi;
        }
    }
}

impl<T: Ordered> Between<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self {
        Self::new()
    }

    /// `v = v.max(value)`
    #[inline]
    pub fn max(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.has_nan |= value.is_nan();
        self.raise(value);
    }

    /// `v = v.min(value)`
    #[inline]
    pub fn min(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.has_nan |= value.is_nan();
        self.lower(value);
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.has_nan |= value.is_nan();
        self.fix(value);
    }

    /// Applies the step; unknown if there is a NaN.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        let is_known = !self.has_nan && !carried.is_nan();
        self.clamp(carried);
        is_known
    }
}

impl<T: Ordered> Step<T> for Between<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
