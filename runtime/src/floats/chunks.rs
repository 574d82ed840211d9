//! A fixed-point number as wide as all finite `f64` together.
//!
//! Every finite `f64` is a whole multiple of 2^-1074 below 2^1024, so 67 chunks that overlap by half hold any sum of
//! fewer than 2^63 of them. Adding is two integer additions; the carries are settled now and then.
//!
//! Source: the small superaccumulator of R. M. Neal, "Fast exact summation using small and large superaccumulators",
//! arXiv:1505.05571, 2015.

/// Chunk `i` counts multiples of 2^(32 i - 1075).
const CHUNKS: usize = 67;

/// The position of bit 0 of chunk 0: its weight is 2 to minus this.
pub(super) const ORIGIN: u32 = 1075;

/// A term adds less than 2^52 to a chunk, which has 63 bits.
const TERMS_BEFORE_CARRY: u32 = (1 << 11) - 1;

const MANTISSA: u64 = (1 << 52) - 1;

const CHUNK_BITS: u32 = 32;
const LOW: i64 = (1 << CHUNK_BITS) - 1;

/// A sum without any rounding.
#[derive(Clone)]
pub(super) struct Chunks {
    chunks: [i64; CHUNKS],
    /// How many terms may be added before the carries must be settled.
    room: u32,
}

impl Chunks {
    /// Nothing.
    pub(super) const fn new() -> Self {
        Self {
            chunks: [0; CHUNKS],
            room: TERMS_BEFORE_CARRY,
        }
    }

    /// Adds a finite float.
    #[inline]
    pub(super) fn add_float(&mut self, term: f64) {
        self.make_room();
        let bits = term.to_bits();
        let exponent = (bits >> 52) as u32 & 0x7ff;
        // subnormal numbers have the weight of the lowest exponent, and no first digit that isn't written
        let first = u64::from(exponent != 0) << 52;
        self.add_at(bits & MANTISSA | first, exponent.max(1), term.is_sign_negative());
    }

    #[inline]
    fn make_room(&mut self) {
        if self.room == 0 {
            self.settle();
        }
        self.room -= 1;
    }

    #[inline]
    fn add_at(&mut self, magnitude: u64, exponent: u32, is_negative: bool) {
        let (chunk, shift) = ((exponent / CHUNK_BITS) as usize, exponent % CHUNK_BITS);
        let low = ((magnitude << shift) as i64) & LOW;
        let high = (magnitude >> (CHUNK_BITS - shift)) as i64;
        let sign = if is_negative { -1 } else { 1 };
        self.chunks[chunk] += sign * low;
        self.chunks[chunk + 1] += sign * high;
    }

    /// Adds another sum.
    pub(super) fn merge(&mut self, other: &mut Self) {
        self.settle();
        other.settle();
        for (chunk, other) in self.chunks.iter_mut().zip(&other.chunks) {
            *chunk += other;
        }
        self.room = TERMS_BEFORE_CARRY - 1;
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

    /// The sign, and at most `digits` binary digits whose last one has the weight 2^(exponent - 1075), `exponent` being
    /// `lowest` at least: the nearest such number to the sum, of two equally near ones the even one.
    pub(super) fn rounded(&self, digits: u32, lowest: u32) -> (bool, u64, u32) {
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
