//! Bitwise operations: `(v.rotate_left(s) & m) ^ b`; a shift is a rotation of which some bits are kept.

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

    /// `ONES >> places` without a sign, zeros if there are as many places as bits; `None` for signed numbers, of which a
    /// shift to the right keeps the sign.
    fn ones_behind(places: u32) -> Option<Self>;

    /// `self.rotate_left(places)`
    #[must_use]
    fn rotated(self, places: u32) -> Self;
}

macro_rules! integers {
    ($is_signed:literal: $($t:ty)*) => {$(
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

            #[inline]
            fn ones_behind(places: u32) -> Option<Self> {
                (!$is_signed).then(|| Self::ONES.unbounded_shr(places))
            }

            #[inline]
            fn rotated(self, places: u32) -> Self {
                self.rotate_left(places)
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

            #[inline]
            fn ones_behind(places: u32) -> Option<Self> {
                (!$is_signed).then(|| Wrapping(Self::ONES.0.unbounded_shr(places)))
            }

            #[inline]
            fn rotated(self, places: u32) -> Self {
                Wrapping(self.0.rotate_left(places))
            }
        }
    )*};
}

integers! { false: u8 u16 u32 u64 u128 usize }
integers! { true: i8 i16 i32 i64 i128 isize }

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

    #[inline]
    fn ones_behind(places: u32) -> Option<Self> {
        Some(places == 0)
    }

    #[inline]
    fn rotated(self, _: u32) -> Self {
        self
    }
}

/// `(v.rotate_left(places) & mask) ^ flip`.
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
        let places = self.places_of(places);
        self.rotate(places);
        self.and(T::ONES.shifted(places));
    }

    /// `v >>= places`; unknown from here on if the loop would overflow, and for signed numbers.
    #[inline]
    #[allow(clippy::should_implement_trait)] // named like the operator it stands for
    pub fn shr(&mut self, places: impl Wide) {
        let places = self.places_of(places);
        self.rotate(T::WIDTH - places);
        match T::ones_behind(places) {
            Some(ones) => self.and(ones),
            None => self.is_known = false,
        }
    }

    /// `v = v.rotate_left(places)`
    #[inline]
    pub fn rotate_left(&mut self, places: u32) {
        self.rotate(places % T::WIDTH);
    }

    /// `v = v.rotate_right(places)`
    #[inline]
    pub fn rotate_right(&mut self, places: u32) {
        self.rotate(T::WIDTH - places % T::WIDTH);
    }

    /// The places of a shift.
    #[inline]
    fn places_of(&mut self, places: impl Wide) -> u32 {
        let places = wide(places);
        let is_known = (0..i128::from(T::WIDTH)).contains(&places);
        self.is_known &= is_known;
        if is_known { places as u32 } else { 0 }
    }

    #[inline]
    fn rotate(&mut self, places: u32) {
        self.places = (self.places + places) % T::WIDTH;
        self.mask = self.mask.rotated(places);
        self.flip = self.flip.rotated(places);
    }

    /// This step, then a later one.
    #[inline]
    pub fn compose(&mut self, later: Self) {
        self.rotate(later.places);
        self.and(later.mask);
        self.xor(later.flip);
        self.is_known &= later.is_known;
    }

    /// Applies the step; unknown if a shift was too far.
    #[inline]
    pub fn apply(&self, carried: &mut T) -> bool {
        *carried = carried.rotated(self.places).and(self.mask).xor(self.flip);
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
