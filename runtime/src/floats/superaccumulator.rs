//! Sums without rounding.
//!
//! Most sums have terms of similar size. A window of exponents around the first term's is chosen, and a term in it is cut in
//! two at a fixed binary digit by an addition and a subtraction that round to that digit. The upper parts and the lower ones
//! are added as floats: they have so few digits that two thousand of them leave nothing to round. Smaller terms, and the two
//! sums when they are full, go to the [`Chunks`], which hold any sum; a larger term, or many smaller ones, move the window;
//! after many moves all terms go to the chunks.
//!
//! Cutting by a float that is large enough is known as error-free vector transformation: S. M. Rump, T. Ogita, S. Oishi,
//! "Accurate floating-point summation part I: faithful rounding", SIAM J. Sci. Comput. 31 (1), 2008.

use std::fmt;

use super::chunks::{Chunks, ORIGIN};

/// How many exponents are in the window. With the lowest one, m, the digit to cut at has the weight 2^(m - 9): there are 2^11
/// upper parts below 2^(m + 33) before their sum has more than 53 digits, and as many lower ones, which are multiples of
/// 2^(m - 52).
const WIDTH: u64 = 33;

/// How many terms the window has room for.
const ROOM: u32 = 1 << 11;

/// The exponent of the float that cuts, `1.5 * 2^(m + 43)`: adding it leaves digits down to 2^(m - 9).
const CUT: u64 = 43;

/// The least exponent of the uppermost window: the sum of its upper parts and what cuts are floats yet.
const TOP: u64 = 0x7fe - CUT - 1;

/// How often a window may be moved.
const MOVES: u32 = 64;

/// How many terms below a window move it.
const PATIENCE: u32 = 16;

/// Where the window is before the first term: there are only infinities and NaN, for which there is no room.
const NOWHERE: u64 = 0x7ff;

/// Coprocessors with registers of 80 bits round to other digits: all terms go to the chunks there.
const ROUNDS_TO_F64: bool = cfg!(not(all(target_arch = "x86", not(target_feature = "sse2"))));

/// The sum of the floats added so far, without any rounding.
///
/// What a loop needs for most terms, the window, is never behind a reference that leaves the loop: it stays in registers.
#[derive(Clone)]
pub struct Superaccumulator {
    window: Window,
    /// The window's. Not in there: LLVM would pack it into one register with a sum.
    cut: f64,
    /// There was a zero other than `-0.0`: a sum of nothing else is `0.0`.
    has_zero: bool,
    rest: Option<Box<Rest>>,
}

/// A sum of terms of similar size.
#[derive(Clone, Copy)]
struct Window {
    /// The lowest exponent, as it stands in the bits of a float without a sign.
    lowest: u64,
    high: f64,
    low: f64,
    /// For how many terms there is room yet.
    room: u32,
}

impl Window {
    const fn nowhere() -> Self {
        Self {
            lowest: NOWHERE << 53,
            room: 0,
            high: 0.0,
            low: 0.0,
        }
    }

    /// A window with a normal number in the middle, if there is one that has it.
    fn around(term: f64) -> Option<Self> {
        let exponent = exponent(term);
        let lowest = exponent.saturating_sub(WIDTH / 2).clamp(1, TOP);
        if exponent >= lowest + WIDTH || !ROUNDS_TO_F64 {
            return None;
        }
        let mut window = Self {
            lowest: lowest << 53,
            room: ROOM,
            ..Self::nowhere()
        };
        window.add(term, window.cut());
        Some(window)
    }

    /// What rounds a term to the digit to cut at.
    #[inline]
    fn cut(&self) -> f64 {
        f64::from_bits((self.lowest >> 1) + (CUT << 52 | 1 << 51))
    }

    fn is_nowhere(&self) -> bool {
        self.lowest == NOWHERE << 53
    }

    /// Is a term of this magnitude, the bits without the sign, in the window?
    #[inline]
    fn has(&self, magnitude: u64) -> bool {
        magnitude.wrapping_sub(self.lowest) < WIDTH << 53
    }

    /// Adds a term that is in the window, for which there is room.
    #[inline]
    fn add(&mut self, term: f64, cut: f64) {
        let high = (term + cut) - cut;
        self.high += high;
        self.low += term - high;
        self.room -= 1;
    }

    /// Adds a window of the same exponents, if there is room for its terms.
    fn merge(&mut self, other: &Self) -> bool {
        let Some(room) = (self.room + other.room).checked_sub(ROOM) else {
            return false;
        };
        self.high += other.high;
        self.low += other.low;
        self.room = room;
        true
    }

    /// Moves the sum to the chunks.
    fn empty(&mut self, chunks: &mut Chunks) {
        chunks.add_float(self.high);
        chunks.add_float(self.low);
        (self.high, self.low, self.room) = (0.0, 0.0, ROOM);
    }
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

    /// Does a normal term that is not in the window go to the chunks?
    #[inline]
    fn takes(&mut self, magnitude: u64, window: &Window) -> bool {
        if self.moves > 0 && magnitude < window.lowest && !window.is_nowhere() {
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
            window: Window::nowhere(),
            cut: 0.0,
            has_zero: false,
            rest: None,
        }
    }

    /// Adds a term.
    // a call for each term takes twice as long as all the rest
    #[inline(always)]
    pub fn add(&mut self, term: f64) {
        let magnitude = term.to_bits() << 1;
        // zeros, subnormal numbers, infinities and NaN are never inside
        if self.window.has(magnitude) && self.window.room > 0 {
            self.window.add(term, self.cut);
            return;
        }
        if magnitude == 0 {
            self.has_zero |= term.is_sign_positive();
            return;
        }
        if let Some(rest) = &mut self.rest
            && term.is_normal()
            && rest.takes(magnitude, &self.window)
        {
            rest.chunks.add_float(term);
            return;
        }
        // by value: a reference to the window would keep it in memory
        (self.window, self.rest) = outside(self.window, self.rest.take(), term);
        self.cut = self.window.cut();
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
        if self.window.is_nowhere() {
            (self.window, self.cut) = (other.window, other.cut);
        } else if !other.window.is_nowhere() {
            let is_merged = self.window.lowest == other.window.lowest && self.window.merge(&other.window);
            if !is_merged {
                other.window.empty(&mut self.rest().chunks);
            }
        }
    }

    /// The nearest `f64`, of two equally near ones the even one.
    pub fn to_f64(&self) -> f64 {
        if let Some(special) = self.special() {
            return special;
        }
        if self.rest.is_none() {
            // one addition rounds to the nearest
            return self.window.high + self.window.low;
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
        if let (None, Window { high, low, .. }) = (&self.rest, self.window) {
            let sum = high + low;
            let upper = sum - low;
            if upper == high && sum - upper == low {
                return sum as f32;
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

    /// The whole sum.
    fn all(&self) -> Chunks {
        let mut all = self.rest.as_ref().map_or_else(Chunks::new, |rest| rest.chunks.clone());
        self.window.clone().empty(&mut all);
        all
    }

    /// The sum if it is no number, or there was nothing but zeros.
    fn special(&self) -> Option<f64> {
        let Some(rest) = &self.rest else {
            let zero = if self.has_zero { 0.0 } else { -0.0 };
            return self.window.is_nowhere().then_some(zero);
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
fn outside(mut window: Window, mut rest: Option<Box<Rest>>, term: f64) -> (Window, Option<Box<Rest>>) {
    let may_begin = window.is_nowhere() && rest.as_ref().is_none_or(|rest| rest.moves > 0);
    if may_begin
        && term.is_normal()
        && let Some(first) = Window::around(term)
    {
        return (first, rest);
    }
    let others = rest.get_or_insert_with(Rest::new);
    if term.is_nan() {
        others.has_nan = true;
    } else if term == f64::INFINITY {
        others.has_infinity = true;
    } else if term == f64::NEG_INFINITY {
        others.has_negative_infinity = true;
    } else if window.is_nowhere() || !term.is_normal() {
        others.chunks.add_float(term);
    } else {
        window.empty(&mut others.chunks);
        if window.has(term.to_bits() << 1) {
            window.add(term, window.cut());
            return (window, rest);
        }
        others.patience = PATIENCE;
        others.moves = others.moves.saturating_sub(1);
        let next = Window::around(term).filter(|_| others.moves > 0);
        if next.is_none() {
            others.chunks.add_float(term);
        }
        window = next.unwrap_or(Window::nowhere());
    }
    (window, rest)
}

/// The exponent as it stands in the bits: 0 for zeros and subnormal numbers.
#[inline]
fn exponent(term: f64) -> u64 {
    term.to_bits() >> 52 & 0x7ff
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
            if *term == 0.0 {
                sum.add(*term);
            } else {
                sum.rest().chunks.add_float(*term);
            }
        }
        sum
    }

    #[test]
    fn windows_give_the_bits_of_the_chunks() {
        let mut random = Random::new(5);
        for round in 0..3_000 {
            // from terms of one size to all that there are, and the middle anywhere
            let width = [1, 10, WIDTH, 100, 600, 2046][round % 6];
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
    fn full_windows_are_emptied() {
        let mut random = Random::new(6);
        for round in 0..60 {
            // at the edges of the window that a first term of 1.0 has, and all digits set
            let half = 2f64.powi(WIDTH as i32 / 2);
            let (least, greatest) = (1.0 / half, (2.0 * half).next_down());
            let odd = [
                least.next_up(),
                (2.0 * least).next_down(),
                greatest,
                1.0,
                1.0_f64.next_down(),
            ];
            let terms: Vec<f64> = (0..3 * ROOM as usize + round)
                .map(|at| match (round % 6, at) {
                    (_, 0) => 1.0,
                    (kind @ 0..5, _) => odd[kind],
                    _ => odd[random.below(5)] * [1.0, -1.0][random.below(2)],
                })
                .collect();
            let want = in_chunks(&terms);
            for length in [terms.len(), 1, ROOM as usize / 2, ROOM as usize - 1, ROOM as usize] {
                let mut found = Superaccumulator::new();
                for piece in terms.chunks(length) {
                    let mut sum = Superaccumulator::new();
                    sum.add(1.0);
                    piece.iter().for_each(|&term| sum.add(term));
                    sum.add(-1.0);
                    assert!(sum.rest.is_none() || length + 2 > ROOM as usize);
                    found.merge(sum);
                }
                assert_eq!(found.to_f64().to_bits(), want.to_f64().to_bits(), "{round}, {length}");
                assert_eq!(found.to_f32().to_bits(), want.to_f32().to_bits(), "{round}, {length}");
            }
        }
    }

    #[test]
    fn windows_at_both_ends_of_the_exponents() {
        for exponent in (1..100).chain(1900..0x7ff_u64) {
            let term = f64::from_bits(exponent << 52 | 1);
            let terms = [term, term / 3.0, term.next_down(), -term, term, term / 65_536.0];
            let terms = terms.repeat(1_000);
            assert_eq!(
                exact(&terms).to_bits(),
                in_chunks(&terms).to_f64().to_bits(),
                "{exponent}"
            );
        }
    }
}
