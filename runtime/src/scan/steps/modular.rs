//! Residues: `(a * v + b) mod m`, as in rolling hashes.

use super::{Operand, Step};
use crate::parts::{Wide, wide};

/// An integer. Of signed ones what isn't negative is computed with: there, remainders are those of unsigned numbers.
pub trait Residue: Copy + Ord + Send + Sync {
    /// 0
    const ZERO: Self;
    /// 1
    const ONE: Self;
    /// How many bits it has.
    const WIDTH: u32;

    /// `self + other`, if that fits.
    fn plus(self, other: Self) -> Option<Self>;

    /// `self * other`, if that fits.
    fn times(self, other: Self) -> Option<Self>;

    /// `self - other`, which isn't negative.
    #[must_use]
    fn minus(self, other: Self) -> Self;

    /// `self % modulus`, which isn't 0.
    #[must_use]
    fn modulo(self, modulus: Self) -> Self;

    /// Is this bit set?
    fn has_bit(self, place: u32) -> bool;

    /// `1 << places`, if that fits.
    fn power_of_two(places: i128) -> Option<Self>;

    /// Itself, unless it is negative.
    #[inline]
    fn natural(self) -> Option<Self> {
        (self >= Self::ZERO).then_some(self)
    }
}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl Residue for $t {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            const WIDTH: u32 = <$t>::BITS;

            #[inline]
            fn plus(self, other: Self) -> Option<Self> {
                self.checked_add(other)
            }

            #[inline]
            fn times(self, other: Self) -> Option<Self> {
                self.checked_mul(other)
            }

            #[inline]
            fn minus(self, other: Self) -> Self {
                self - other
            }

            #[inline]
            fn modulo(self, modulus: Self) -> Self {
                self % modulus
            }

            #[inline]
            fn has_bit(self, place: u32) -> bool {
                self >> place & 1 == 1
            }

            #[inline]
            fn power_of_two(places: i128) -> Option<Self> {
                let places = u32::try_from(places).ok()?;
                (1 as Self).checked_shl(places).filter(|power| *power > 0)
            }
        }
    )*};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

/// `scale * v + shift`, in the integers: nothing has overflowed.
#[derive(Clone, Copy, Debug)]
struct Line<T> {
    scale: T,
    shift: T,
    /// Not below the scale and the shift of any line on the way here.
    most: (T, T),
}

impl<T: Residue> Line<T> {
    const IDENTITY: Self = Line {
        scale: T::ONE,
        shift: T::ZERO,
        most: (T::ONE, T::ZERO),
    };

    #[inline]
    fn new(scale: T, shift: T, (most_scale, most_shift): (T, T)) -> Self {
        Line {
            scale,
            shift,
            most: (most_scale.max(scale), most_shift.max(shift)),
        }
    }

    #[inline]
    fn plus(self, value: T) -> Option<Self> {
        Some(Self::new(self.scale, self.shift.plus(value)?, self.most))
    }

    #[inline]
    fn times(self, value: T) -> Option<Self> {
        Some(Self::new(self.scale.times(value)?, self.shift.times(value)?, self.most))
    }

    /// The sum of both.
    #[inline]
    fn beside(self, other: Self) -> Option<Self> {
        let most = (self.most.0.plus(other.most.0)?, self.most.1.plus(other.most.1)?);
        Some(Self::new(
            self.scale.plus(other.scale)?,
            self.shift.plus(other.shift)?,
            most,
        ))
    }

    /// This line, then a later one.
    #[inline]
    fn then(self, later: Self) -> Option<Self> {
        let scale = later.scale.times(self.scale)?;
        let shift = later.scale.times(self.shift)?.plus(later.shift)?;
        let most = (
            later.most.0.times(self.most.0)?,
            later.most.0.times(self.most.1)?.plus(later.most.1)?,
        );
        Some(Self::new(scale, shift, most))
    }

    /// The value for `v`, if the loop gets there without an overflow.
    #[inline]
    fn at(self, v: T) -> Option<T> {
        self.most.0.times(v)?.plus(self.most.1)?;
        self.scale.times(v)?.plus(self.shift)
    }
}

/// `(scale * v + shift) mod modulus`.
#[derive(Clone, Copy, Debug)]
struct Reduced<T> {
    scale: T,
    shift: T,
    modulus: T,
}

impl<T: Residue> Reduced<T> {
    /// Exact, as `v` is below the modulus.
    fn at(self, v: T) -> T {
        let product = product(self.scale, v, self.modulus);
        sum(product, self.shift, self.modulus)
    }
}

/// `a + b` modulo `modulus`, both below it.
fn sum<T: Residue>(a: T, b: T, modulus: T) -> T {
    let left = modulus.minus(a);
    if b >= left {
        b.minus(left)
    } else {
        // below the modulus, so it fits
        a.plus(b).unwrap_or(T::ZERO)
    }
}

/// `a * b` modulo `modulus`, both below it: by doubling, as the product may not fit.
fn product<T: Residue>(a: T, b: T, modulus: T) -> T {
    (0..T::WIDTH).rev().fold(T::ZERO, |doubled, place| {
        let doubled = sum(doubled, doubled, modulus);
        if b.has_bit(place) {
            sum(doubled, a, modulus)
        } else {
            doubled
        }
    })
}

/// `(a * v + b) mod m` for one `m`, and what comes behind the last remainder.
///
/// Known as long as every remainder is by the same modulus, the carried value is below it, and the loop itself can't
/// overflow for any such value. Then the step's own numbers fit, too: they are what the loop computes for other values
/// below the modulus. Nothing negative comes into it.
#[derive(Clone, Debug)]
pub struct Modular<T> {
    /// Up to the last remainder.
    reduced: Option<Reduced<T>>,
    /// Since then; `None` if that is unknown.
    line: Option<Line<T>>,
}

impl<T: Residue> Modular<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self {
        Self {
            reduced: None,
            line: Some(Line::IDENTITY),
        }
    }

    /// `v += value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn add(&mut self, value: impl Operand<T>) {
        let value = value.value().natural();
        self.line = self.line.and_then(|line| line.plus(value?));
    }

    /// `v *= value`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn mul(&mut self, value: impl Operand<T>) {
        let value = value.value().natural();
        self.line = self.line.and_then(|line| line.times(value?));
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        let value = value.value().natural();
        self.line = self.line.and_then(|line| Some(Line::new(T::ZERO, value?, line.most)));
    }

    /// `v %= modulus`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn rem(&mut self, modulus: impl Operand<T>) {
        let modulus = modulus.value();
        self.line = self.line.and_then(|line| self.reduce(line, modulus));
    }

    /// `v <<= places`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn shl(&mut self, places: impl Wide) {
        let power = T::power_of_two(wide(places));
        self.line = self.line.and_then(|line| line.times(power?));
    }

    /// `v &= mask`: the remainder by a power of two, if the mask is all ones.
    #[inline]
    pub fn and(&mut self, mask: impl Operand<T>) {
        let modulus = mask.value().natural().and_then(|mask| {
            let modulus = mask.plus(T::ONE)?;
            (0..T::WIDTH)
                .any(|place| T::power_of_two(place.into()) == Some(modulus))
                .then_some(modulus)
        });
        self.line = self.line.and_then(|line| self.reduce(line, modulus?));
    }

    /// `if v >= modulus { v -= modulus }`: known where the value is below twice the modulus.
    #[inline]
    pub fn wrap(&mut self, modulus: impl Operand<T>) {
        let modulus = modulus.value();
        self.reduce_below(modulus, |most| most < modulus || most.minus(modulus) < modulus);
    }

    /// `if v == modulus { v = 0 }`: known where the value is not above the modulus.
    #[inline]
    pub fn restart(&mut self, modulus: impl Operand<T>) {
        let modulus = modulus.value();
        self.reduce_below(modulus, |most| most <= modulus);
    }

    /// `v %= modulus`, if the greatest value that there may be passes the test.
    #[inline]
    fn reduce_below(&mut self, modulus: T, test: impl FnOnce(T) -> bool) {
        self.line = self.line.and_then(|line| {
            let is_natural = modulus > T::ZERO;
            let most = is_natural.then(|| line.at(modulus.minus(T::ONE))).flatten()?;
            if test(most) { self.reduce(line, modulus) } else { None }
        });
    }

    /// A step of its own that changes nothing, for a part of an update.
    #[inline]
    #[must_use]
    pub fn same(&self) -> Self {
        Self {
            reduced: None,
            line: Some(Line::IDENTITY),
        }
    }

    /// `v = left(v) + right(v)`
    #[inline]
    pub fn plus(&mut self, left: Self, right: Self) {
        let is_plain = left.reduced.is_none() && right.reduced.is_none();
        let sum = left.line.zip(right.line).filter(|_| is_plain);
        let sum = sum.and_then(|(left, right)| left.beside(right));
        self.line = self.line.and_then(|line| line.then(sum?));
    }

    /// Takes the line into the reduced part.
    #[inline]
    fn reduce(&mut self, line: Line<T>, modulus: T) -> Option<Line<T>> {
        if modulus <= T::ZERO {
            return None;
        }
        line.at(modulus.minus(T::ONE))?;
        let (scale, shift) = match self.reduced {
            None => (line.scale, line.shift),
            Some(reduced) if reduced.modulus == modulus => (
                line.scale.times(reduced.scale)?,
                line.scale.times(reduced.shift)?.plus(line.shift)?,
            ),
            Some(_) => return None,
        };
        self.reduced = Some(Reduced {
            scale: scale.modulo(modulus),
            shift: shift.modulo(modulus),
            modulus,
        });
        Some(Line::IDENTITY)
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        self.line = self.composed(later);
    }

    fn composed(&mut self, later: Self) -> Option<Line<T>> {
        let (line, later_line) = (self.line?, later.line?);
        let Some(Reduced { scale, shift, modulus }) = later.reduced else {
            return line.then(later_line);
        };
        // What the later step is applied to must be below its modulus.
        let is_below = line.at(modulus.minus(T::ONE)).is_some_and(|most| most < modulus);
        self.reduce(line, modulus)?;
        let reduced = self.reduced?;
        if !is_below {
            return None;
        }
        self.reduced = Some(Reduced {
            scale: product(scale, reduced.scale, modulus),
            shift: Reduced { scale, shift, modulus }.at(reduced.shift),
            modulus,
        });
        Some(later_line)
    }

    /// Applies the step; unknown if the loop might overflow, if the moduli differ, or if the value is negative or not below the
    /// modulus.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        match self.applied(*carried) {
            Some(value) => {
                *carried = value;
                true
            }
            None => false,
        }
    }

    fn applied(&self, carried: T) -> Option<T> {
        let carried = carried.natural()?;
        let reduced = match self.reduced {
            None => carried,
            Some(reduced) if carried < reduced.modulus => reduced.at(carried),
            Some(_) => return None,
        };
        self.line?.at(reduced)
    }
}

impl<T: Residue> Step<T> for Modular<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
