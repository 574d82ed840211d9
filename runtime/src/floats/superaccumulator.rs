//! Sums without rounding: a fixed-point number as wide as all finite `f64` together.
//!
//! Every finite `f64` is a whole multiple of 2^-1074 below 2^1024, so 67 chunks that overlap by half hold any sum of
//! fewer than 2^63 of them. Adding is two integer additions; the carries are settled now and then.
//!
//! Source: the small superaccumulator of R. M. Neal, "Fast exact summation using small and large superaccumulators",
//! arXiv:1505.05571, 2015.

use std::fmt;

/// Chunk `i` counts multiples of 2^(32 i - 1075).
const CHUNKS: usize = 67;

/// The position of bit 0 of chunk 0: its weight is 2 to minus this.
const ORIGIN: u32 = 1075;

/// A term adds less than 2^52 to a chunk, which has 63 bits.
const TERMS_BEFORE_CARRY: u32 = (1 << 11) - 1;

const CHUNK_BITS: u32 = 32;
const LOW: i64 = (1 << CHUNK_BITS) - 1;

/// What is not a finite number, and the sign of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Specials {
    has_infinity: bool,
    has_negative_infinity: bool,
    has_nan: bool,
    /// There was a term other than `-0.0`: a sum that comes to nothing is `0.0`.
    is_positive_zero: bool,
}

/// The sum of the floats added so far, without any rounding.
#[derive(Clone)]
pub struct Superaccumulator {
    chunks: [i64; CHUNKS],
    /// How many terms may be added before the carries must be settled.
    room: u32,
    specials: Specials,
}

impl fmt::Debug for Superaccumulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Superaccumulator").field(&self.to_f64()).finish()
    }
}

impl Default for Superaccumulator {
    fn default() -> Self {
        Self::new()
    }
}

impl Superaccumulator {
    /// The sum of no terms, which is `-0.0`.
    pub const fn new() -> Self {
        Self {
            chunks: [0; CHUNKS],
            room: TERMS_BEFORE_CARRY,
            specials: Specials {
                has_infinity: false,
                has_negative_infinity: false,
                has_nan: false,
                is_positive_zero: false,
            },
        }
    }

    /// Adds a term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let bits = term.to_bits();
        let exponent = (bits >> 52) as u32 & 0x7ff;
        if exponent == 0 || exponent == 0x7ff {
            return self.add_special(term);
        }
        self.specials.is_positive_zero = true;
        self.add_scaled(bits & ((1 << 52) - 1) | 1 << 52, exponent, term.is_sign_negative());
    }

    /// Adds or subtracts `mantissa * 2^(exponent - 1075)`.
    #[inline]
    fn add_scaled(&mut self, mantissa: u64, exponent: u32, is_negative: bool) {
        if self.room == 0 {
            self.settle();
        }
        self.room -= 1;
        let (chunk, shift) = ((exponent / CHUNK_BITS) as usize, exponent % CHUNK_BITS);
        let low = ((mantissa << shift) as i64) & LOW;
        let high = (mantissa >> (CHUNK_BITS - shift)) as i64;
        // All ones for a negative term: x ^ sign - sign is -x then.
        let sign = -i64::from(is_negative);
        // The exponent has 11 bits, so there are always two chunks; the mask says so to the compiler.
        let pair = &mut self.chunks[chunk & 63..][..2];
        pair[0] += (low ^ sign) - sign;
        pair[1] += (high ^ sign) - sign;
    }

    /// Zeros, subnormal numbers, infinities and NaN.
    #[cold]
    fn add_special(&mut self, term: f64) {
        let specials = &mut self.specials;
        if term.is_nan() {
            specials.has_nan = true;
        } else if term == f64::INFINITY {
            specials.has_infinity = true;
        } else if term == f64::NEG_INFINITY {
            specials.has_negative_infinity = true;
        } else {
            specials.is_positive_zero |= term.to_bits() != (-0.0_f64).to_bits();
            // Subnormal numbers have the weight of the lowest exponent.
            self.add_scaled(term.to_bits() & ((1 << 52) - 1), 1, term.is_sign_negative());
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, mut other: Self) {
        self.settle();
        other.settle();
        for (chunk, other) in self.chunks.iter_mut().zip(other.chunks) {
            *chunk += other;
        }
        self.room = TERMS_BEFORE_CARRY - 1;
        let (specials, others) = (&mut self.specials, other.specials);
        specials.has_infinity |= others.has_infinity;
        specials.has_negative_infinity |= others.has_negative_infinity;
        specials.has_nan |= others.has_nan;
        specials.is_positive_zero |= others.is_positive_zero;
    }

    /// Moves what overflows a chunk's 32 bits into the next one; the last one keeps the sign.
    fn settle(&mut self) {
        let mut carry = 0;
        let (last, chunks) = self.chunks.split_last_mut().expect("there are chunks");
        for chunk in chunks {
            let sum = *chunk + carry;
            carry = sum >> CHUNK_BITS;
            *chunk = sum & LOW;
        }
        *last += carry;
        self.room = TERMS_BEFORE_CARRY;
    }

    /// The nearest `f64`, of two equally near ones the even one.
    pub fn to_f64(&self) -> f64 {
        if let Some(special) = self.special() {
            return special;
        }
        let (is_negative, digits, exponent) = self.rounded(53, 1);
        let bits = match digits >> 52 {
            0 => digits,
            _ if exponent >= 0x7ff => f64::INFINITY.to_bits(),
            _ => (u64::from(exponent) << 52) + (digits - (1 << 52)),
        };
        f64::from_bits(bits | u64::from(is_negative) << 63)
    }

    /// The nearest `f32`, of two equally near ones the even one.
    pub fn to_f32(&self) -> f32 {
        if let Some(special) = self.special() {
            return special as f32;
        }
        // 2^-149 is the least positive `f32`.
        let lowest = ORIGIN - 149;
        let (is_negative, digits, exponent) = self.rounded(24, lowest);
        let exponent = exponent - lowest + 1;
        let bits = match digits >> 23 {
            0 => digits as u32,
            _ if exponent >= 0xff => f32::INFINITY.to_bits(),
            _ => (exponent << 23) + (digits as u32 - (1 << 23)),
        };
        f32::from_bits(bits | u32::from(is_negative) << 31)
    }

    /// The sum if it is no number, or zero.
    fn special(&self) -> Option<f64> {
        let specials = &self.specials;
        match (specials.has_infinity, specials.has_negative_infinity) {
            _ if specials.has_nan => Some(f64::NAN),
            (true, true) => Some(f64::NAN),
            (true, false) => Some(f64::INFINITY),
            (false, true) => Some(f64::NEG_INFINITY),
            (false, false) if !specials.is_positive_zero => Some(-0.0),
            (false, false) => None,
        }
    }

    /// The sign, and at most `digits` binary digits whose last one has the weight 2^(exponent - 1075), `exponent` being
    /// `lowest` at least: the nearest such number to the sum, of two equally near ones the even one.
    fn rounded(&self, digits: u32, lowest: u32) -> (bool, u64, u32) {
        let mut settled = self.clone();
        settled.settle();
        let is_negative = settled.chunks[CHUNKS - 1] < 0;
        if is_negative {
            settled.chunks.iter_mut().for_each(|chunk| *chunk = -*chunk);
            settled.settle();
        }
        let chunks = settled.chunks;
        let Some(top) = chunks.iter().rposition(|&chunk| chunk != 0) else {
            return (false, 0, lowest);
        };
        let length = top as u32 * CHUNK_BITS + (64 - chunks[top].leading_zeros());
        let last = length.saturating_sub(digits).max(lowest);
        // 32 bits of the sum from a position on; the last chunk may have more of them than 32.
        let from = |position: u32| {
            let (chunk, shift) = ((position / CHUNK_BITS) as usize, position % CHUNK_BITS);
            let at = |i: usize| chunks.get(i).map_or(0, |&chunk| chunk as u128);
            at(chunk) >> shift | at(chunk + 1) << (CHUNK_BITS - shift) | at(chunk + 2) << (2 * CHUNK_BITS - shift)
        };
        let mut kept = (from(last) & ((1 << digits) - 1)) as u64;
        let half = last - 1;
        let is_half = from(half) & 1 == 1;
        let (chunk, shift) = ((half / CHUNK_BITS) as usize, half % CHUNK_BITS);
        let has_more = chunks[..chunk].iter().any(|&chunk| chunk != 0)
            || chunks.get(chunk).is_some_and(|&chunk| chunk & ((1 << shift) - 1) != 0);
        let mut exponent = last;
        if is_half && (has_more || kept & 1 == 1) {
            kept += 1;
            if kept >> digits != 0 {
                kept >>= 1;
                exponent += 1;
            }
        }
        (is_negative, kept, exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reduce::Random;

    fn exact(terms: &[f64]) -> f64 {
        let mut sum = Superaccumulator::new();
        terms.iter().for_each(|&term| sum.add(term));
        sum.to_f64()
    }

    fn exact_f32(terms: &[f32]) -> f32 {
        let mut sum = Superaccumulator::new();
        terms.iter().for_each(|&term| sum.add(f64::from(term)));
        sum.to_f32()
    }

    #[test]
    fn one_term_is_itself() {
        let corners = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.1,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            f64::from_bits(1),
            -f64::from_bits(1),
            f64::from_bits((1 << 52) - 1),
            f64::INFINITY,
            f64::NEG_INFINITY,
        ];
        let mut random = Random::new(1);
        for x in corners
            .into_iter()
            .chain((0..10_000).map(|_| f64::from_bits(random.next())))
        {
            let found = exact(&[x]);
            assert!(
                found.to_bits() == x.to_bits() || x.is_nan() && found.is_nan(),
                "{x:e} became {found:e}"
            );
            let x = x as f32;
            let found = exact_f32(&[x]);
            assert!(
                found.to_bits() == x.to_bits() || x.is_nan() && found.is_nan(),
                "{x:e} became {found:e}"
            );
        }
        for bits in (0..u32::MAX).step_by(65_537) {
            let x = f32::from_bits(bits);
            assert!(exact_f32(&[x]).to_bits() == bits || x.is_nan(), "{x:e}");
        }
    }

    #[test]
    fn two_terms_round_as_the_hardware_does() {
        let mut random = Random::new(2);
        for _ in 0..200_000 {
            // near each other, so that something is left to round
            let near = |bits: u64, random: &mut Random| {
                let exponent = (bits >> 52 & 0x7ff)
                    .saturating_add(random.next() % 120)
                    .saturating_sub(60)
                    .min(0x7fe);
                f64::from_bits(random.next() & !(0x7ff << 52) | exponent << 52)
            };
            let a = f64::from_bits(random.next());
            let b = near(a.to_bits(), &mut random);
            let (want, found) = (a + b, exact(&[a, b]));
            assert!(
                want.to_bits() == found.to_bits() || want.is_nan() && found.is_nan(),
                "{a:e} + {b:e}"
            );
            let (a, b) = (
                f32::from_bits(random.next() as u32),
                f32::from_bits(random.next() as u32),
            );
            let (want, found) = (a + b, exact_f32(&[a, b]));
            assert!(
                want.to_bits() == found.to_bits() || want.is_nan() && found.is_nan(),
                "{a:e} + {b:e}"
            );
        }
    }

    #[test]
    fn whole_numbers_are_rounded_once() {
        let mut random = Random::new(3);
        for n in [0, 1, 2, 3, 100, 5_000] {
            let parts: Vec<i128> = (0..n)
                .map(|_| ((random.next() >> 12) as i128 - (1 << 51)) << random.below(60))
                .collect();
            let terms: Vec<f64> = parts.iter().map(|&part| part as f64).collect();
            let want = parts.iter().sum::<i128>();
            assert_eq!(exact(&terms), want as f64, "{n}");
            let parts: Vec<i128> = (0..n)
                .map(|_| ((random.next() >> 41) as i128 - (1 << 22)) << random.below(60))
                .collect();
            let terms: Vec<f32> = parts.iter().map(|&part| part as f32).collect();
            assert_eq!(exact_f32(&terms), parts.iter().sum::<i128>() as f32, "{n}");
        }
    }

    #[test]
    fn what_cancels_leaves_nothing_behind() {
        assert_eq!(exact(&[1e308, 1e308, -1e308, -1e308, 3.0]), 3.0);
        assert_eq!(exact(&[1e16, 1.0, -1e16]), 1.0);
        assert_eq!(exact(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(exact(&[f64::MAX, 1e292, -1e292]), f64::MAX);
        assert_eq!(exact(&[1.0, -1.0]).to_bits(), 0.0_f64.to_bits());
        assert_eq!(exact(&[]).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(exact(&[-0.0, -0.0]).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(exact(&[-0.0, 0.0]).to_bits(), 0.0_f64.to_bits());
        assert!(exact(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
        assert!(exact(&[f64::NAN, 1.0]).is_nan());
        assert_eq!(exact(&[f64::INFINITY, -1e308, 5.0]), f64::INFINITY);
        // the half of the last digit, and a little more
        assert_eq!(exact(&[1.0, f64::EPSILON / 2.0]), 1.0);
        assert_eq!(exact(&[1.0, f64::EPSILON / 2.0, f64::from_bits(1)]), 1.0 + f64::EPSILON);
    }

    #[test]
    fn any_order_and_any_pieces_give_the_same_bits() {
        let mut random = Random::new(4);
        let mut terms: Vec<f64> = (0..10_000)
            .map(|_| (random.next() as i64 as f64) * 2f64.powi(random.below(600) as i32 - 300))
            .collect();
        let want = exact(&terms).to_bits();
        for _ in 0..20 {
            for at in (1..terms.len()).rev() {
                terms.swap(at, random.below(at + 1));
            }
            let (left, right) = terms.split_at(random.below(terms.len()));
            let mut sums = [left, right].map(|part| {
                let mut sum = Superaccumulator::new();
                part.iter().for_each(|&term| sum.add(term));
                sum
            });
            let mut left = std::mem::take(&mut sums[0]);
            left.merge(std::mem::take(&mut sums[1]));
            assert_eq!(left.to_f64().to_bits(), want);
        }
    }

    #[test]
    fn many_equal_terms_do_not_overflow_a_chunk() {
        let mut sum = Superaccumulator::new();
        for _ in 0..1_000_000 {
            sum.add(f64::MAX);
        }
        let mut other = sum.clone();
        for _ in 0..1_000_000 {
            other.add(-f64::MAX);
        }
        assert_eq!(other.to_f64().to_bits(), 0);
        sum.merge(other);
        assert_eq!(sum.to_f64(), f64::INFINITY);
    }
}
