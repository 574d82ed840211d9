//! Sums without rounding.
//!
//! Most sums have terms of similar size: a window of the binary digits around the first term's is one integer of 128 bits,
//! to which such terms are added by a shift and an addition. Smaller terms go to the [`Chunks`], which hold any sum; a larger
//! one, or many smaller ones, move the window, whose sum then goes there, too; after many moves all terms do.

use std::fmt;

use super::chunks::{Chunks, ORIGIN};

/// A term is in the window if its last digit is one of that many, so that the last digits of terms between 2^-22 and 2^22
/// times the first one are, and there is room for 2^30 of them.
const WIDTH: u32 = 44;

/// How often a window may be moved.
const MOVES: u32 = 64;

/// How many terms below a window move it.
const PATIENCE: u32 = 16;

const MANTISSA: u64 = (1 << 52) - 1;

/// Where the window is before the first term: no exponent is in there.
const NOWHERE: u32 = 1 << 31;

/// The sum of the floats added so far, without any rounding.
///
/// What a loop needs for most terms, `window` and `lowest`, is never behind a reference that leaves the loop: it stays in
/// registers.
#[derive(Clone)]
pub struct Superaccumulator {
    /// Multiples of 2^(lowest - 1075).
    window: i128,
    /// At least 1 and at most `0x7ff - WIDTH`, or [`NOWHERE`].
    lowest: u32,
    /// There was a zero other than `-0.0`: a sum of nothing else is `0.0`.
    has_zero: bool,
    rest: Option<Box<Rest>>,
}

/// What is not in the window.
#[derive(Clone)]
struct Rest {
    chunks: Chunks,
    /// How often the window may be moved yet.
    moves: u32,
    /// How many terms below the window it takes to move it.
    patience: u32,
    has_infinity: bool,
    has_negative_infinity: bool,
    has_nan: bool,
}

impl Rest {
    fn new() -> Box<Self> {
        Box::new(Self {
            chunks: Chunks::new(),
            moves: MOVES,
            patience: PATIENCE,
            has_infinity: false,
            has_negative_infinity: false,
            has_nan: false,
        })
    }

    /// Does a normal term of this exponent, which is not in the window, go to the chunks?
    #[inline]
    fn takes(&mut self, exponent: u32, lowest: u32) -> bool {
        if self.moves > 0 && exponent < lowest && lowest != NOWHERE {
            self.patience -= 1;
            return self.patience > 0;
        }
        self.moves == 0
    }
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
            window: 0,
            lowest: NOWHERE,
            has_zero: false,
            rest: None,
        }
    }

    /// Adds a term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let bits = term.to_bits();
        let place = exponent(bits).wrapping_sub(self.lowest);
        // zeros, subnormal numbers, infinities and NaN are never inside
        if place < WIDTH {
            let (sum, is_full) = self.window.overflowing_add(shifted(mantissa(bits), place));
            if !is_full {
                self.window = sum;
                return;
            }
        } else if bits << 1 == 0 {
            self.has_zero |= bits == 0;
            return;
        } else if let Some(rest) = &mut self.rest
            && is_normal(bits)
            && rest.takes(exponent(bits), self.lowest)
        {
            rest.chunks.add(mantissa(bits), exponent(bits));
            return;
        }
        // field by field: a reference to all of them would keep them in memory
        let (window, lowest, rest) = outside(self.window, self.lowest, self.rest.take(), term);
        self.window = window;
        self.lowest = lowest;
        self.rest = rest;
    }

    fn rest(&mut self) -> &mut Rest {
        self.rest.get_or_insert_with(Rest::new)
    }

    /// Adds another sum.
    pub fn merge(&mut self, mut other: Self) {
        self.has_zero |= other.has_zero;
        if let Some(others) = &mut other.rest {
            let rest = self.rest();
            rest.chunks.merge(&mut others.chunks);
            rest.has_infinity |= others.has_infinity;
            rest.has_negative_infinity |= others.has_negative_infinity;
            rest.has_nan |= others.has_nan;
        }
        if self.lowest == NOWHERE {
            (self.window, self.lowest) = (other.window, other.lowest);
        } else if other.lowest == self.lowest
            && let Some(sum) = self.window.checked_add(other.window)
        {
            self.window = sum;
        } else if other.window != 0 {
            self.rest().chunks.add_wide(other.window, other.lowest);
        }
    }

    /// The nearest `f64`, of two equally near ones the even one.
    pub fn to_f64(&self) -> f64 {
        if let Some(special) = self.special() {
            return special;
        }
        if let (None, Some(unit)) = (&self.rest, self.unit()) {
            return self.window as f64 * unit;
        }
        let (is_negative, digits, exponent) = self.all().rounded(53, 1);
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
        if let (None, Some(unit)) = (&self.rest, self.unit()) {
            let digits = f64::from(self.window as f32) * unit;
            // a subnormal number has fewer digits
            if digits == 0.0 || digits.abs() >= f64::from(f32::MIN_POSITIVE) {
                return digits as f32;
            }
        }
        // 2^-149 is the least positive `f32`.
        let lowest = ORIGIN - 149;
        let (is_negative, digits, exponent) = self.all().rounded(24, lowest);
        let exponent = exponent - lowest + 1;
        let bits = match digits >> 23 {
            0 => digits as u32,
            _ if exponent >= 0xff => f32::INFINITY.to_bits(),
            _ => (exponent << 23) + (digits as u32 - (1 << 23)),
        };
        f32::from_bits(bits | u32::from(is_negative) << 31)
    }

    /// What the window counts multiples of, if all of these are normal numbers.
    fn unit(&self) -> Option<f64> {
        let biased = (self.lowest + 1023).checked_sub(ORIGIN).filter(|&biased| biased > 0)?;
        Some(f64::from_bits(u64::from(biased) << 52))
    }

    /// The whole sum.
    fn all(&self) -> Chunks {
        let mut all = self.rest.as_ref().map_or_else(Chunks::new, |rest| rest.chunks.clone());
        if self.window != 0 {
            all.add_wide(self.window, self.lowest);
        }
        all
    }

    /// The sum if it is no number, or there was nothing but zeros.
    fn special(&self) -> Option<f64> {
        let Some(rest) = &self.rest else {
            let zero = if self.has_zero { 0.0 } else { -0.0 };
            return (self.lowest == NOWHERE).then_some(zero);
        };
        match (rest.has_infinity, rest.has_negative_infinity) {
            _ if rest.has_nan => Some(f64::NAN),
            (true, true) => Some(f64::NAN),
            (true, false) => Some(f64::INFINITY),
            (false, true) => Some(f64::NEG_INFINITY),
            (false, false) => None,
        }
    }
}

/// Adds a term that is not in the window, or for which there is no more room.
#[cold]
#[inline(never)]
fn outside(
    mut window: i128,
    mut lowest: u32,
    mut rest: Option<Box<Rest>>,
    term: f64,
) -> (i128, u32, Option<Box<Rest>>) {
    let bits = term.to_bits();
    let exponent = exponent(bits);
    let begin = exponent.saturating_sub(WIDTH / 2).clamp(1, 0x7ff - WIDTH);
    let is_first = lowest == NOWHERE && rest.as_ref().is_none_or(|rest| rest.moves > 0);
    if is_normal(bits) && is_first {
        return (shifted(mantissa(bits), exponent - begin), begin, rest);
    }
    let others = rest.get_or_insert_with(Rest::new);
    match exponent {
        0x7ff if term.is_nan() => others.has_nan = true,
        0x7ff if term > 0.0 => others.has_infinity = true,
        0x7ff => others.has_negative_infinity = true,
        0 => {
            // subnormal numbers have the weight of the lowest exponent
            let magnitude = (bits & MANTISSA) as i64;
            others.chunks.add(if term < 0.0 { -magnitude } else { magnitude }, 1);
        }
        _ => {
            others.chunks.add_wide(window, lowest);
            others.patience = PATIENCE;
            others.moves = others.moves.saturating_sub(1);
            if others.moves == 0 {
                others.chunks.add(mantissa(bits), exponent);
                (window, lowest) = (0, NOWHERE);
            } else {
                window = shifted(mantissa(bits), exponent - begin);
                lowest = begin;
            }
        }
    }
    (window, lowest, rest)
}

#[inline]
fn exponent(bits: u64) -> u32 {
    (bits >> 52) as u32 & 0x7ff
}

#[inline]
fn is_normal(bits: u64) -> bool {
    !matches!(exponent(bits), 0 | 0x7ff)
}

/// The digits of a normal number, with its sign.
#[inline]
fn mantissa(bits: u64) -> i64 {
    // all ones for a negative one: x ^ sign - sign is -x then
    let sign = bits as i64 >> 63;
    ((bits & MANTISSA | 1 << 52) as i64 ^ sign) - sign
}

/// `mantissa << place`, as two shifts of 64 bits: the place is below 64.
#[inline]
fn shifted(mantissa: i64, place: u32) -> i128 {
    let high = mantissa >> 1 >> (63 - place);
    i128::from(high) << 64 | i128::from((mantissa as u64) << place)
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

    /// The same sum, all of it in chunks.
    fn in_chunks(terms: &[f64]) -> Superaccumulator {
        let mut sum = Superaccumulator::new();
        for term in terms {
            let (exponent, bits) = (exponent(term.to_bits()), term.to_bits());
            match exponent {
                0 if *term == 0.0 => sum.add(*term),
                0 => sum
                    .rest()
                    .chunks
                    .add((bits & MANTISSA) as i64 * term.signum() as i64, 1),
                _ => sum.rest().chunks.add(mantissa(bits), exponent),
            }
        }
        sum
    }

    #[test]
    fn windows_give_the_bits_of_the_chunks() {
        let mut random = Random::new(5);
        for round in 0..3_000 {
            // from terms of one size to all that there are, and the middle anywhere
            let width = [1, 10, WIDTH as u64, 100, 600, 2046][round % 6];
            let middle = 1 + random.next() % (2046 - width + 1);
            let single = round % 2 == 0;
            let mut terms: Vec<f64> = (0..random.below(300))
                .map(|_| match random.below(40) {
                    0 => 0.0,
                    1 => -0.0,
                    2 if round % 5 == 0 => f64::from_bits(random.next() >> 12),
                    _ => {
                        let exponent = middle + random.next() % width;
                        let bits = random.next() & !(0x7ff << 52) | exponent << 52;
                        let term = f64::from_bits(bits);
                        if single { f64::from(term as f32) } else { term }
                    }
                })
                .filter(|term| term.is_finite())
                .collect();
            if round % 3 == 0 {
                // nearly nothing is left
                let others: Vec<f64> = terms.iter().skip(1).map(|term| -term).collect();
                terms.extend(others);
            }
            let want = in_chunks(&terms);
            let pieces = terms.chunks(1 + random.below(terms.len() + 1));
            let mut found = Superaccumulator::new();
            for piece in pieces {
                let mut sum = Superaccumulator::new();
                piece.iter().for_each(|&term| sum.add(term));
                found.merge(sum);
            }
            for found in [exact(&terms), found.to_f64()] {
                assert_eq!(found.to_bits(), want.to_f64().to_bits(), "{terms:?}");
            }
            assert_eq!(found.to_f32().to_bits(), want.to_f32().to_bits(), "{terms:?}");
        }
    }

    #[test]
    fn a_window_that_is_full_is_emptied() {
        let mut sum = Superaccumulator::new();
        sum.add(1.0);
        // as if there had been 2^30 terms, and more
        sum.window = i128::MAX - 5;
        let before = sum.to_f64();
        for _ in 0..3 {
            sum.add(1.0);
        }
        assert!(sum.rest.is_some());
        sum.add(-before);
        // the window counted multiples of 2^-74
        let rest = 3.0 - 6.0 / 2f64.powi(74);
        assert_eq!(sum.to_f64(), rest);
    }
}
