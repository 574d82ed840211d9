//! The adversary in recursions: which calls run the twin, and which side of a join runs first.
//!
//! A call's number holds all that it decides, and those of the calls below are made from it:
//!
//! ```text
//! 31    30 .. 20            19 .. 0
//! odd   joins that are left a random number
//! ```
//! Even seeds run the right side of every join first, odd ones the side that the random number says. The joins that are
//! left are shared out at every join: a program that stops at the first of many matches never sees most of its calls, and
//! an adversary that went everywhere would not come to an end.

use super::{Claim, Forks, Mode, Place, run};
use crate::reduce::{Random, interleaves};

/// The joins that may fork in one region.
const JOINS: u32 = 1 << 10;

/// The bits of the random number.
const RANDOM: u32 = 20;

/// The bit that says that the seed is an odd one.
const IS_ODD: u32 = 1 << 31;

impl Place {
    /// The outermost call, which is no leaf.
    pub(super) fn hostile(seed: u64) -> Self {
        let random = Random::new(seed).next() as u32 | 1;
        Self::new(Mode::Adversary, 0, 0).with_hostile(interleaves(seed), JOINS, random)
    }

    fn with_hostile(self, is_odd: bool, joins: u32, random: u32) -> Self {
        let flag = if is_odd { IS_ODD } else { 0 };
        self.with_path(flag | joins << RANDOM | random & ((1 << RANDOM) - 1))
    }

    /// The joins that are left.
    fn joins(self) -> u32 {
        (self.path() & !IS_ODD) >> RANDOM
    }

    /// Does the twin run here?
    pub(super) fn is_hostile_leaf(self) -> bool {
        self.joins() == 0 || self.path().is_multiple_of(8)
    }

    /// Whether the right side of a join at this place runs first, and where the left and the right side stand.
    fn hostile_sides(self) -> (bool, [Self; 2]) {
        let is_odd = self.path() & IS_ODD != 0;
        let mut random = Random::new(u64::from(self.path()) | u64::from(self.depth()) << 32);
        let is_right_first = !is_odd || random.below(2) == 0;
        let rest = self.joins().saturating_sub(1);
        let left = match random.below(4) {
            0 => rest / 4,
            1 => rest - rest / 4,
            2 => rest / 8,
            _ => rest / 2,
        };
        let below = self.deeper(Mode::Adversary);
        let sides = [left, rest - left].map(|joins| below.with_hostile(is_odd, joins, random.next() as u32));
        (is_right_first, sides)
    }
}

impl<'a> Forks<'a> {
    /// Runs one side and then the other on this thread.
    pub(super) fn join_hostile<A: Send, B: Send, FB: FnOnce(Forks<'_>) -> B + Send>(
        self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: FB,
    ) -> (A, Claim<'a, B, FB>) {
        let (is_right_first, sides) = self.place.hostile_sides();
        let [left, right] = sides.map(|place| Self { place, ..self });
        if is_right_first {
            let second = run(b, right);
            return (a(left), Claim::done(second));
        }
        let first = a(left);
        let second = (!is_final(&first)).then(|| run(b, right));
        (first, second.map_or_else(Claim::ruled_out, Claim::done))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The joins below a place in a recursion without end.
    fn joins_below(place: Place) -> u32 {
        if place.is_hostile_leaf() {
            return 0;
        }
        1 + place.hostile_sides().1.map(joins_below).iter().sum::<u32>()
    }

    #[test]
    fn a_recursion_without_end_has_a_bounded_number_of_joins() {
        let joins: Vec<u32> = (0..200).map(|seed| joins_below(Place::hostile(seed))).collect();
        assert!(joins.iter().all(|&joins| (1..=JOINS).contains(&joins)), "{joins:?}");
        // most seeds go deep
        assert!(joins.iter().filter(|&&joins| joins > 20).count() > 100, "{joins:?}");
    }

    #[test]
    fn even_seeds_go_from_right_to_left() {
        let firsts = |seed| {
            let mut place = Place::hostile(seed);
            (0..20).map(move |_| {
                let (is_right_first, [left, _]) = place.hostile_sides();
                place = left;
                is_right_first
            })
        };
        for seed in 0..20 {
            assert!(firsts(2 * seed).all(|is_right_first| is_right_first));
            assert!(firsts(2 * seed + 1).any(|is_right_first| !is_right_first));
        }
    }
}
