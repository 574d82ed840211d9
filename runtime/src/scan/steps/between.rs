//! Running minima and maxima with resets: `min(max(v, lo), hi)`.

use super::{Operand, Step};

/// A type whose values are in order; floats apart from NaN.
#[diagnostic::on_unimplemented(
    message = "the values of `{Self}` have no order that a carried value can keep to",
    label = "those of numbers, `char` and `bool` have, and pairs and `Option`s of them"
)]
pub trait Ordered: Copy + PartialOrd + Send + Sync {
    /// What this value is, if it has no place of its own in the order.
    #[inline]
    fn oddity(self) -> Oddities {
        Oddities::default()
    }
}

/// Values that have no place of their own in the order: NaN has none, and the two zeros of a float share one, so that it
/// depends on the comparison, `<` or `<=`, which of them stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Oddities(u8);

impl Oddities {
    const NAN: Self = Self(1);
    const ZERO: Self = Self(2);
    const MINUS_ZERO: Self = Self(4);
    const BOTH_ZEROS: u8 = Self::ZERO.0 | Self::MINUS_ZERO.0;

    /// These and those.
    #[inline]
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Do minima and maxima of such values depend on how they are spelled?
    #[inline]
    pub(super) fn are_unclear(self) -> bool {
        self.0 & Self::NAN.0 != 0 || self.0 & Self::BOTH_ZEROS == Self::BOTH_ZEROS
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
            fn oddity(self) -> Oddities {
                if self == 0.0 {
                    if self.is_sign_negative() { Oddities::MINUS_ZERO } else { Oddities::ZERO }
                } else if self.is_nan() {
                    Oddities::NAN
                } else {
                    Oddities::default()
                }
            }
        }
    )*};
}

floats! { f32 f64 }

impl<T: Ordered> Ordered for Option<T> {
    #[inline]
    fn oddity(self) -> Oddities {
        self.map_or(Oddities::default(), T::oddity)
    }
}

impl<A: Ordered, B: Ordered> Ordered for (A, B) {
    #[inline]
    fn oddity(self) -> Oddities {
        self.0.oddity().and(self.1.oddity())
    }
}

/// `min(max(v, lo), hi)`, where either bound may be missing.
///
/// Exact. NaN, and zeros of both signs, make the result unknown: `max` and `if`, `<` and `<=` disagree about them.
#[derive(Clone, Debug)]
pub struct Between<T> {
    lo: Option<T>,
    hi: Option<T>,
    odd: Oddities,
}

impl<T: Copy + PartialOrd> Between<T> {
    /// No bounds.
    #[inline]
    pub(super) fn new() -> Self {
        Self {
            lo: None,
            hi: None,
            odd: Oddities::default(),
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
        self.odd = self.odd.and(later.odd);
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
        self.odd = self.odd.and(value.oddity());
        self.raise(value);
    }

    /// `v = v.min(value)`
    #[inline]
    pub fn min(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.odd = self.odd.and(value.oddity());
        self.lower(value);
    }

    /// `v = if v < low { low } else if v > high { high } else { v }`; unknown if the bounds cross.
    #[inline]
    pub fn within(&mut self, (low, high): (impl Operand<T>, impl Operand<T>)) {
        let (low, high) = (low.value(), high.value());
        if low > high {
            self.odd = Oddities::NAN;
        }
        self.max(low);
        self.min(high);
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.odd = self.odd.and(value.oddity());
        self.fix(value);
    }

    /// Applies the step; unknown if there is a NaN, or zeros of both signs.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        let odd = self.odd.and(carried.oddity());
        self.clamp(carried);
        !odd.are_unclear()
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
