//! Slices of which each iteration writes in several places: `out[i]` and `out[i + n]`.
//!
//! Whether the elements at one place are ever those at another one, the text of the loop can't tell. When the loop starts
//! it is looked up: if the places lie apart, each is a [`Part`] of its own; if not, the loop stays whole.

use std::ops::{Index, IndexMut, Range};

use crate::parts::{Part, Share};

/// One place: the lowest element that the first iteration touches, how far the next iteration's elements are, and how
/// many an iteration touches.
pub type Place = (i128, i128, i128);

/// Several stretches of one slice, indexed as the whole slice.
#[derive(Debug)]
pub struct Stretches<'a, T, const N: usize> {
    parts: [Part<'a, T>; N],
    places: [Place; N],
}

/// The stretches of a slice, before it is known how often the loop runs.
#[inline]
pub fn stretches<T, const N: usize>(slice: &mut [T], places: [Place; N]) -> Stretches<'_, T, N> {
    let whole = slice.len();
    let mut slice = Some(slice);
    let parts = places.map(|(first, stride, _)| Part::piece(slice.take().unwrap_or_default(), 0, whole, first, stride));
    Stretches { parts, places }
}

impl<'a, T, const N: usize> Stretches<'a, T, N> {
    /// The length of the whole slice.
    #[inline]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.parts[0].len()
    }

    /// Which of the places holds this index.
    #[inline]
    fn place_of(&self, index: usize) -> Option<usize> {
        self.parts.iter().position(|part| part.get(index).is_some())
    }

    /// The element at an index of the whole slice, if it belongs to one of the places.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.parts.iter().find_map(|part| part.get(index))
    }

    /// The same, to be changed.
    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.parts.iter_mut().find_map(|part| part.get_mut(index))
    }

    /// Exchanges two elements.
    #[inline]
    #[track_caller]
    pub fn swap(&mut self, a: usize, b: usize) {
        let [Some(at_a), Some(at_b)] = [a, b].map(|index| self.place_of(index)) else {
            let missing = if self.place_of(a).is_none() { a } else { b };
            self.parts[0].out_of_bounds(missing)
        };
        if at_a == at_b {
            return self.parts[at_a].swap(a, b);
        }
        let (low, high) = self.parts.split_at_mut(at_a.max(at_b));
        let (one, other) = (&mut low[at_a.min(at_b)], &mut high[0]);
        let (one_at, other_at) = if at_a < at_b { (a, b) } else { (b, a) };
        std::mem::swap(&mut one[one_at], &mut other[other_at]);
    }
}

impl<T: Send, const N: usize> Share for Stretches<'_, T, N> {
    fn split_at(self, count: usize) -> (Self, Self) {
        let places = self.places;
        let mut high = [const { None }; N];
        let mut at = 0;
        let low = self.parts.map(|part| {
            let (left, right) = part.split_at(count);
            high[at] = Some(right);
            at += 1;
            left
        });
        let high = high.map(|part| part.expect("a part for each place"));
        (Self { parts: low, places }, Self { parts: high, places })
    }

    fn settle(&mut self, count: usize) -> bool {
        let steps = count.saturating_sub(1) as i128;
        // from the lowest element of each place to behind its highest one
        let mut ranges: Vec<(i128, i128, usize)> = Vec::with_capacity(N);
        let last_of = |(first, stride, _): Place| first.saturating_add(stride.saturating_mul(steps));
        for (at, &(first, stride, width)) in self.places.iter().enumerate() {
            if stride == 0 || width > stride.saturating_abs() {
                return false;
            }
            let last = last_of((first, stride, width));
            ranges.push((first.min(last), first.max(last).saturating_add(width), at));
        }
        ranges.sort_unstable();
        // two places may share one element, if the same iteration touches it at both
        let may_meet = |a: Place, b: Place| {
            let meet = (a.0 == b.0) != (last_of(a) == last_of(b)) || (steps == 0 && a.0 == b.0);
            a.2 == 1 && b.2 == 1 && (a.1 < 0) != (b.1 < 0) && meet
        };
        let overlap = |low: (i128, i128, usize), high: (i128, i128, usize)| {
            let shared = low.1.saturating_sub(high.0);
            shared > 0 && !(shared == 1 && may_meet(self.places[low.2], self.places[high.2]))
        };
        // sorted by where they start: a place may reach over the next one
        let pairs = (0..ranges.len()).flat_map(|high| (0..high).map(move |low| (low, high)));
        if { pairs }.any(|(low, high)| overlap(ranges[low], ranges[high])) {
            return false;
        }
        let whole = self.len();
        let mut rest = self.parts[0].take();
        let mut base = 0;
        for (n, (_, _, at)) in ranges.iter().enumerate() {
            let end = ranges
                .get(n + 1)
                .map_or(whole as i128, |next| next.0.clamp(base as i128, whole as i128)) as usize;
            let (own, behind) = std::mem::take(&mut rest).split_at_mut(end - base);
            let (first, stride, _) = self.places[*at];
            self.parts[*at] = Part::piece(own, base, whole, first, stride);
            (rest, base) = (behind, end);
        }
        true
    }
}

impl<T, const N: usize> Index<usize> for Stretches<'_, T, N> {
    type Output = T;

    #[inline]
    #[track_caller]
    fn index(&self, index: usize) -> &T {
        match self.get(index) {
            Some(element) => element,
            None => self.parts[0].out_of_bounds(index),
        }
    }
}

impl<T, const N: usize> IndexMut<usize> for Stretches<'_, T, N> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: usize) -> &mut T {
        let Some(at) = self.place_of(index) else {
            self.parts[0].out_of_bounds(index)
        };
        &mut self.parts[at][index]
    }
}

impl<T, const N: usize> Index<Range<usize>> for Stretches<'_, T, N> {
    type Output = [T];

    #[inline]
    #[track_caller]
    fn index(&self, range: Range<usize>) -> &[T] {
        if range.is_empty() && range.start == range.end {
            return &[];
        }
        match self.place_of(range.start) {
            Some(at) => &self.parts[at][range],
            None => self.parts[0].out_of_bounds(range.end),
        }
    }
}

impl<T, const N: usize> IndexMut<Range<usize>> for Stretches<'_, T, N> {
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, range: Range<usize>) -> &mut [T] {
        if range.start == range.end {
            return &mut [];
        }
        match self.place_of(range.start) {
            Some(at) => &mut self.parts[at][range],
            None => self.parts[0].out_of_bounds(range.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::with_parts;
    use crate::source::{Source, source};

    /// Every iteration finds its elements in its own piece, wherever the loop is cut.
    fn check<const N: usize>(n: usize, length: usize, places: [Place; N], touched: impl Fn(usize) -> Vec<usize>) {
        for cut in 0..=n {
            let mut data: Vec<usize> = vec![usize::MAX; length];
            let whole = with_parts(source(0..n), (stretches(&mut data, places),));
            let (left, right) = whole.split_at(cut);
            for piece in [right, left] {
                let (piece, (mut own,)) = piece.apart();
                assert_eq!(own.len(), length);
                for i in piece {
                    for at in touched(i) {
                        own[at] = i;
                    }
                }
            }
            for i in 0..n {
                assert!(
                    touched(i).iter().all(|&at| data[at] == i),
                    "{n} {places:?} cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn stretches_follow_the_iterations() {
        for n in 2..7_usize {
            let long = n as i128;
            check(n, 2 * n, [(0, 1, 1), (long, 1, 1)], |i| vec![i, i + n]);
            check(n, 2 * n + 1, [(2 * long, -1, 1), (0, 1, 1)], |i| vec![2 * n - i, i]);
            check(n, 4 * n + 2, [(2 * long + 1, 2, 2), (0, 1, 1), (long + 1, 1, 1)], |i| {
                vec![i, 2 * n + 2 * i + 2, n + 1 + i]
            });
            // both ways from one element, or up to one
            check(n, 2 * n, [(long, 1, 1), (long, -1, 1)], |i| vec![n + i, n - i]);
            check(n, 2 * n - 1, [(0, 1, 1), (2 * long - 2, -1, 1)], |i| {
                vec![i, 2 * n - 2 - i]
            });
        }
    }

    #[test]
    fn places_that_overlap_stay_together() {
        for places in [[(0, 1, 1), (3, 1, 1)], [(0, 1, 1), (7, -1, 1)], [(0, 2, 3), (90, 1, 1)]] {
            let mut data = [0; 8];
            let whole = with_parts(source(0..8), (stretches(&mut data, places),));
            assert!(whole.len() <= 1);
            let (_, (mut own,)) = whole.apart();
            (0..8).for_each(|at| own[at] += at);
            own.swap(0, 7);
            assert_eq!(data, [7, 1, 2, 3, 4, 5, 6, 0]);
        }
    }

    #[test]
    #[should_panic(expected = "the len is 8 but the index is 8")]
    fn an_index_behind_the_slice_panics_as_before() {
        let mut data = [0; 8];
        let (_, (mut own,)) = with_parts(source(0..4), (stretches(&mut data, [(0, 1, 1), (4, 1, 1)]),)).apart();
        own.swap(8, 0);
    }
}
