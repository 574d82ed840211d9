//! Sums between bounds: `min(max(v + b, lo), hi)`.
//!
//! # Overflow
//! The step is right for a carried value `v` if no sum of its own and no sum of the loop leaves its type, so that is what
//! is kept beside the step, and any other value is unknown. A known result is therefore the loop's also where the loop
//! would wrap silently.
//!
//! - *The step's own sums.* They are computed in [`Clamped::Wide`], `i64` or `i128`, and wrap. With `b` the sum of all
//!   that was added so far and `c` an operand of `max`, `min` or a set, all that is computed is `b`, `c + (b - b')` or
//!   `v + b`. As long as the magnitudes of `b`, `c` and `v` stay below an eighth of the type's range nothing wraps; one
//!   word, the trace, collects their bits, and so bounds them. (A sum that has wrapped shows: one operand was small.)
//! - *The loop's sums* are such values, too. Where `Wide` is the loop's own type, or the signed one of the same width, they
//!   fit by the same argument, but may fall below an unsigned type's 0. Where the type is narrower than `Wide`, they may be
//!   out of range on both sides. A sum is in range if `lo` and `hi` say so, or else if `v + b` is, and for that the
//!   greatest and the least such `b` are kept. As every value grows with `v` that is exact.

use super::{Between, Operand, Ordered, Step};
use crate::laws::Associative;
use crate::ops::Add;

/// A number that sums between bounds can be computed with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number that sums between bounds can be computed with",
    label = "integers and floats are"
)]
pub trait Clamped: Copy + Send + Sync {
    /// What the step is computed in.
    type Wide: Copy + PartialOrd + Send + Sync;

    /// 0
    const ZERO: Self::Wide;
    /// 1
    const UNIT: Self::Wide;
    /// The least value, if sums can fall below it unnoticed.
    const LEAST: Option<Self::Wide>;
    /// The greatest value, if sums can rise above it unnoticed.
    const GREATEST: Option<Self::Wide>;
    /// Can an operand of a sum be negative?
    const IS_SIGNED: bool;

    /// The same number, if its trace is sane.
    fn wide(self) -> Self::Wide;
    /// What bounds the number's magnitude.
    fn trace(self) -> Self::Wide;
    /// The same for a sum.
    fn trace_sum(sum: Self::Wide) -> Self::Wide;
    /// What bounds both.
    fn traces(a: Self::Wide, b: Self::Wide) -> Self::Wide;
    /// What bounds sums that go on from this one.
    fn trace_behind(trace: Self::Wide, sum: Self::Wide) -> Self::Wide;
    /// Is everything small enough to be computed with?
    fn is_sane(trace: Self::Wide) -> bool;

    /// The same number, which is one of the type.
    fn narrow(wide: Self::Wide) -> Self;
    /// `a + b`
    fn plus(a: Self::Wide, b: Self::Wide) -> Self::Wide;
    /// `a - b`
    fn minus(a: Self::Wide, b: Self::Wide) -> Self::Wide;
}

macro_rules! integers {
    ($wide:ident, $signed:literal: $($t:ty [$least:expr, $greatest:expr])*) => {$(
        impl Clamped for $t {
            type Wide = $wide;

            const ZERO: $wide = 0;
            const UNIT: $wide = 1;
            const LEAST: Option<$wide> = $least;
            const GREATEST: Option<$wide> = $greatest;
            const IS_SIGNED: bool = $signed;

            #[inline]
            fn wide(self) -> $wide {
                self as $wide
            }

            // An unsigned number that doesn't fit is negative, and so is every trace of it.
            #[inline]
            fn trace(self) -> $wide {
                if $signed { Self::trace_sum(self as $wide) } else { self as $wide }
            }

            // x or -x - 1, whichever isn't negative.
            #[inline]
            fn trace_sum(sum: $wide) -> $wide {
                sum ^ (sum >> ($wide::BITS - 1))
            }

            #[inline]
            fn traces(a: $wide, b: $wide) -> $wide {
                a | b
            }

            #[inline]
            fn trace_behind(trace: $wide, sum: $wide) -> $wide {
                if trace < 0 { trace } else { trace.saturating_add(sum.saturating_abs()) }
            }

            #[inline]
            fn is_sane(trace: $wide) -> bool {
                (0..1 << ($wide::BITS - 3)).contains(&trace)
            }

            #[inline]
            fn narrow(wide: $wide) -> Self {
                wide as $t
            }

            #[inline]
            fn plus(a: $wide, b: $wide) -> $wide {
                a.wrapping_add(b)
            }

            #[inline]
            fn minus(a: $wide, b: $wide) -> $wide {
                a.wrapping_sub(b)
            }
        }
    )*};
}

macro_rules! narrow {
    ($signed:literal: $($t:ident)*) => {
        integers! { i64, $signed: $($t [Some($t::MIN as i64), Some($t::MAX as i64)])* }
    };
}

narrow! { false: u8 u16 u32 }
narrow! { true: i8 i16 i32 }
integers! { i64, false: u64 [Some(0), None] usize [Some(0), None] }
integers! { i64, true: i64 [None, None] isize [None, None] }
integers! { i128, false: u128 [Some(0), None] }
integers! { i128, true: i128 [None, None] }

// Nothing overflows; NaN is left to the loop, as `max` and `if` disagree about it.
macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Clamped for $t {
            type Wide = $t;

            const ZERO: $t = -0.0;
            const UNIT: $t = 1.0;
            const LEAST: Option<$t> = None;
            const GREATEST: Option<$t> = None;
            const IS_SIGNED: bool = true;

            #[inline]
            fn wide(self) -> $t {
                self
            }

            // NaN for NaN, else 0 or infinite.
            #[inline]
            fn trace(self) -> $t {
                self * 0.0
            }

            #[inline]
            fn trace_sum(_: $t) -> $t {
                0.0
            }

            #[inline]
            fn traces(a: $t, b: $t) -> $t {
                a + b
            }

            #[inline]
            fn trace_behind(trace: $t, _: $t) -> $t {
                trace
            }

            #[inline]
            fn is_sane(trace: $t) -> bool {
                trace == 0.0
            }

            #[inline]
            fn narrow(wide: $t) -> Self {
                wide
            }

            #[inline]
            fn plus(a: $t, b: $t) -> $t {
                a + b
            }

            #[inline]
            fn minus(a: $t, b: $t) -> $t {
                a - b
            }
        }
    )*};
}

floats! { f32 f64 }

/// `min(max(v + by, lo), hi)`.
#[derive(Clone, Debug)]
pub struct Clamp<T: Clamped> {
    by: T::Wide,
    bounds: Between<T::Wide>,
    /// The greatest sum that must not take the carried value above the type.
    rise: T::Wide,
    /// The least sum that must not take the carried value below the type.
    fall: T::Wide,
    /// What tells whether anything was too large.
    trace: T::Wide,
    /// Does the loop overflow whatever is carried in?
    is_never: bool,
    /// Less must not be carried in.
    least: Option<T::Wide>,
    /// More must not be carried in.
    most: Option<T::Wide>,
}

impl<T: Clamped> Clamp<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self
    where
        T: Associative<Add>,
    {
        Self::identity()
    }

    /// The identity, for floats that may be rounded differently.
    #[inline]
    pub fn rounded(_: &T) -> Self {
        Self::identity()
    }

    /// The identity of steps without sums, which are exact for all values, floats too.
    #[inline]
    pub fn order(value: &T) -> Between<T>
    where
        T: Ordered,
    {
        Between::of(value)
    }

    #[inline]
    fn identity() -> Self {
        Self {
            by: T::ZERO,
            bounds: Between::new(),
            rise: T::ZERO,
            fall: T::ZERO,
            trace: T::ZERO,
            is_never: false,
            least: None,
            most: None,
        }
    }

    /// `v += value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn add(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.shift(value, value.wide());
        self.check_rise();
        if T::IS_SIGNED {
            self.check_fall();
        }
    }

    /// `v -= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn sub(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.shift(value, T::minus(T::ZERO, value.wide()));
        self.check_fall();
        if T::IS_SIGNED {
            self.check_rise();
        }
    }

    /// `v = v.saturating_add(value)`
    #[inline]
    pub fn saturating_add(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.shift(value, value.wide());
        self.saturate();
    }

    /// `v = v.saturating_sub(value)`
    #[inline]
    pub fn saturating_sub(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.shift(value, T::minus(T::ZERO, value.wide()));
        self.saturate();
    }

    /// `v = v.max(value)`
    #[inline]
    pub fn max(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.saw(value);
        self.bounds.raise(value.wide());
    }

    /// `v = v.min(value)`
    #[inline]
    pub fn min(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.saw(value);
        self.bounds.lower(value.wide());
    }

    /// `v = if v < low { low } else if v > high { high } else { v }`; unknown if the bounds cross.
    #[inline]
    pub fn within(&mut self, (low, high): (impl Operand<T>, impl Operand<T>)) {
        let (low, high) = (low.value(), high.value());
        self.is_never |= low.wide() > high.wide();
        self.max(low);
        self.min(high);
    }

    /// `if v > floor { v -= 1 }`: known where the value isn't below the floor.
    #[inline]
    pub fn down(&mut self, floor: impl Operand<T>) {
        let floor = floor.value();
        self.at_least(floor.wide());
        self.by = T::minus(self.by, T::UNIT);
        self.trace = T::traces(self.trace, T::trace_sum(self.by));
        self.bounds.map(|bound| T::minus(bound, T::UNIT));
        self.max(floor);
    }

    /// `if v < ceiling { v += 1 }`: known where the value isn't above the ceiling.
    #[inline]
    pub fn up(&mut self, ceiling: impl Operand<T>) {
        let ceiling = ceiling.value();
        self.at_most(ceiling.wide());
        self.by = T::plus(self.by, T::UNIT);
        self.trace = T::traces(self.trace, T::trace_sum(self.by));
        self.bounds.map(|bound| T::plus(bound, T::UNIT));
        self.min(ceiling);
    }

    /// The value must not be below this here.
    #[inline]
    fn at_least(&mut self, floor: T::Wide) {
        self.is_never |= self.bounds.hi().is_some_and(|hi| hi < floor);
        if self.bounds.lo().is_none_or(|lo| lo < floor) {
            let least = T::minus(floor, self.by);
            self.least = Some(self.least.map_or(least, |known| greater(known, least)));
        }
    }

    /// The value must not be above this here.
    #[inline]
    fn at_most(&mut self, ceiling: T::Wide) {
        self.is_never |= self.bounds.lo().is_some_and(|lo| lo > ceiling);
        if self.bounds.hi().is_none_or(|hi| hi > ceiling) {
            let most = T::minus(ceiling, self.by);
            self.most = Some(self.most.map_or(most, |known| lesser(known, most)));
        }
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.saw(value);
        self.bounds.fix(value.wide());
    }

    #[inline]
    fn saw(&mut self, value: T) {
        self.trace = T::traces(self.trace, value.trace());
    }

    /// Adds `by`, which is `value` or its opposite.
    #[inline]
    fn shift(&mut self, value: T, by: T::Wide) {
        // A signed operand that is too large shows in the sum.
        if !T::IS_SIGNED {
            self.saw(value);
        }
        self.by = T::plus(self.by, by);
        self.trace = T::traces(self.trace, T::trace_sum(self.by));
        self.bounds.map(|bound| T::plus(bound, by));
    }

    /// At a sum that may be too great.
    #[inline]
    fn check_rise(&mut self) {
        if let Some(greatest) = T::GREATEST {
            match self.bounds.hi() {
                None => self.rise = greater(self.rise, self.by),
                Some(hi) if hi > greatest => self.rise = seldom_greater(self.rise, self.by),
                Some(_) => {}
            }
            self.is_never |= self.bounds.lo().is_some_and(|lo| lo > greatest);
        }
    }

    /// At a sum that may be too small.
    #[inline]
    fn check_fall(&mut self) {
        if let Some(least) = T::LEAST {
            match self.bounds.lo() {
                None => self.fall = lesser(self.fall, self.by),
                Some(lo) if lo < least => self.fall = seldom_lesser(self.fall, self.by),
                Some(_) => {}
            }
            self.is_never |= self.bounds.hi().is_some_and(|hi| hi < least);
        }
    }

    /// Behind a sum that stays in the type by itself.
    #[inline]
    fn saturate(&mut self) {
        if let Some(least) = T::LEAST {
            self.bounds.raise(least);
        }
        if let Some(greatest) = T::GREATEST {
            self.bounds.lower(greatest);
        }
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        // The later step is right for what this one makes of the carried value.
        if let Some(floor) = later.least {
            self.at_least(floor);
        }
        if let Some(ceiling) = later.most {
            self.at_most(ceiling);
        }
        if let Some(greatest) = T::GREATEST {
            let greatest = T::minus(greatest, later.rise);
            if self.bounds.hi().is_none_or(|hi| hi > greatest) {
                self.rise = greater(self.rise, T::plus(self.by, later.rise));
            }
            self.is_never |= self.bounds.lo().is_some_and(|lo| lo > greatest);
        }
        if let Some(least) = T::LEAST {
            let least = T::minus(least, later.fall);
            if self.bounds.lo().is_none_or(|lo| lo < least) {
                self.fall = lesser(self.fall, T::plus(self.by, later.fall));
            }
            self.is_never |= self.bounds.hi().is_some_and(|hi| hi < least);
        }
        self.trace = T::traces(self.trace, T::trace_behind(later.trace, self.by));
        self.by = T::plus(self.by, later.by);
        self.bounds.map(|bound| T::plus(bound, later.by));
        self.bounds.compose(later.bounds);
        self.is_never |= later.is_never;
    }

    /// Applies the step; unknown if the loop might overflow, or computes with NaN.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        let value = carried.wide();
        let trace = T::traces(self.trace, carried.trace());
        let is_known = T::is_sane(trace)
            && !self.is_never
            && self.least.is_none_or(|least| value >= least)
            && self.most.is_none_or(|most| value <= most)
            && T::GREATEST.is_none_or(|greatest| T::plus(value, self.rise) <= greatest)
            && T::LEAST.is_none_or(|least| T::plus(value, self.fall) >= least);
        let mut result = T::plus(value, self.by);
        self.bounds.clamp(&mut result);
        *carried = T::narrow(result);
        is_known
    }
}

#[inline]
fn greater<W: PartialOrd>(a: W, b: W) -> W {
    if b > a { b } else { a }
}

#[inline]
fn lesser<W: PartialOrd>(a: W, b: W) -> W {
    if b < a { b } else { a }
}

// Bounds are seldom beyond the type, so the test for it had better be a branch.
#[cold]
#[inline(never)]
fn seldom_greater<W: PartialOrd>(a: W, b: W) -> W {
    greater(a, b)
}

#[cold]
#[inline(never)]
fn seldom_lesser<W: PartialOrd>(a: W, b: W) -> W {
    lesser(a, b)
}

impl<T: Clamped> Step<T> for Clamp<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
