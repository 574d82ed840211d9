//! Bitwise operations: `((v << s) & m) ^ b`.

use super::{Operand, Step};
use crate::parts::{Wide, wide};
use std::num::Wrapping;

/// A string of bits.
pub trait BitString: Copy + Send + Sync {
    /// All bits 0.
    const ZEROS: Self;
    /// All bits 1.
    const ONES: Self;
    /// How many there are.
    const WIDTH: u32;

    /// `self & other`
    #[must_use]
    fn and(self, other: Self) -> Self;

    /// `self ^ other`
    #[must_use]
    fn xor(self, other: Self) -> Self;

    /// `self << places`, zeros if there are as many places as bits.
    #[must_use]
    fn shifted(self, places: u32) -> Self;
}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl BitString for $t {
            const ZEROS: Self = 0;
            const ONES: Self = !0;
            const WIDTH: u32 = <$t>::BITS;

            #[inline]
            fn and(self, other: Self) -> Self {
                self & other
            }

            #[inline]
            fn xor(self, other: Self) -> Self {
                self ^ other
            }

            #[inline]
            fn shifted(self, places: u32) -> Self {
                self.unbounded_shl(places)
            }
        }

        impl BitString for Wrapping<$t> {
            const ZEROS: Self = Wrapping(0);
            const ONES: Self = Wrapping(!0);
            const WIDTH: u32 = <$t>::BITS;

            #[inline]
            fn and(self, other: Self) -> Self {
                self & other
            }

            #[inline]
            fn xor(self, other: Self) -> Self {
                self ^ other
            }

            #[inline]
            fn shifted(self, places: u32) -> Self {
                Wrapping(self.0.unbounded_shl(places))
            }
        }
    )*};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

impl BitString for bool {
    const ZEROS: Self = false;
    const ONES: Self = true;
    const WIDTH: u32 = 1;

    #[inline]
    fn and(self, other: Self) -> Self {
        self & other
    }

    #[inline]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline]
    fn shifted(self, places: u32) -> Self {
        self & (places == 0)
    }
}

/// `((v << places) & mask) ^ flip`.
#[derive(Clone, Debug)]
pub struct Bits<T> {
    places: u32,
    mask: T,
    flip: T,
    /// Has every shift been by fewer places than there are bits?
    is_known: bool,
}

impl<T: BitString> Bits<T> {
    /// The identity.
    #[inline]
    pub fn of(_: &T) -> Self {
        Self {
            places: 0,
            mask: T::ONES,
            flip: T::ZEROS,
            is_known: true,
        }
    }

    /// `v &= value`
    #[inline]
    pub fn and(&mut self, value: impl Operand<T>) {
        let value = value.value();
        self.mask = self.mask.and(value);
        self.flip = self.flip.and(value);
    }

    /// `v |= value`
    #[inline]
    pub fn or(&mut self, value: impl Operand<T>) {
        // Those bits are cleared, then flipped.
        let value = value.value();
        self.and(value.xor(T::ONES));
        self.xor(value);
    }

    /// `v ^= value`
    #[inline]
    pub fn xor(&mut self, value: impl Operand<T>) {
        self.flip = self.flip.xor(value.value());
    }

    /// `v = !v`
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn not(&mut self) {
        self.xor(T::ONES);
    }

    /// `v = value`
    #[inline]
    pub fn set(&mut self, value: impl Operand<T>) {
        self.mask = T::ZEROS;
        self.flip = value.value();
    }

    /// `v <<= places`; unknown from here on if the loop would overflow.
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn shl(&mut self, places: impl Wide) {
        let places = wide(places);
        self.is_known &= (0..i128::from(T::WIDTH)).contains(&places);
        self.shift(places as u32);
    }

    #[inline]
    fn shift(&mut self, places: u32) {
        self.places = self.places.saturating_add(places);
        self.mask = self.mask.shifted(places);
        self.flip = self.flip.shifted(places);
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        self.shift(later.places);
        self.and(later.mask);
        self.xor(later.flip);
        self.is_known &= later.is_known;
    }

    /// Applies the step; unknown if a shift was too far.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        *carried = carried.shifted(self.places).and(self.mask).xor(self.flip);
        self.is_known
    }
}

impl<T: BitString> Step<T> for Bits<T> {
    #[inline]
    fn compose(&mut self, later: Self) {
        self.compose(later);
    }

    #[inline]
    fn apply(&self, carried: &mut T) -> bool {
        self.apply(carried)
    }
}
