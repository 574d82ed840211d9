//! Accumulators whose cells have several parts, each with an operation of its own: `let c = &mut cells[k]; c.n += 1;`.
//!
//! What is done to a cell is generated code, as it names the fields; a [`Table`] finds the cells.

use super::Cells;
use std::collections::{BTreeMap, HashMap, VecDeque, btree_map, hash_map};
use std::hash::{BuildHasher, Hash};

/// A table of cells, a map of values, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be combined element by element",
    label = "not an array, `Vec`, `VecDeque`, boxed slice, `HashMap` or `BTreeMap`",
    note = "each thread works on a table of its own; the tables are then combined cell by cell"
)]
pub trait Table: Sized {
    /// A cell, the value of a key, or what is held.
    type Cell;

    /// A table of the same shape for a piece that runs apart, with cells that have been made identities.
    fn apart(&self, clear: impl FnMut(&mut Self::Cell)) -> Self;

    /// Brings `right` into the table, cell by cell or key by key. What is in one of them only stays as it is.
    fn join(&mut self, right: Self, each: impl FnMut(&mut Self::Cell, Self::Cell));
}

macro_rules! sequences {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        impl<T: Clone, $($generics)*> Table for $t {
            type Cell = T;

            fn apart(&self, clear: impl FnMut(&mut T)) -> Self {
                let mut table = self.clone();
                table.iter_mut().for_each(clear);
                table
            }

            fn join(&mut self, right: Self, mut each: impl FnMut(&mut T, T)) {
                self.iter_mut().zip(right).for_each(|(left, right)| each(left, right));
            }
        }
    )*};
}

sequences! {
    [const N: usize] [T; N];
    [] Vec<T>;
    [] VecDeque<T>;
    [] Box<[T]>;
}

impl<T: Clone> Table for Cells<'_, T> {
    type Cell = T;

    fn apart(&self, clear: impl FnMut(&mut T)) -> Self {
        let mut cells = self.as_slice().to_vec();
        cells.iter_mut().for_each(clear);
        Cells::Own(cells)
    }

    fn join(&mut self, right: Self, mut each: impl FnMut(&mut T, T)) {
        if let Cells::Own(right) = right {
            let cells = self.slice().iter_mut().zip(right);
            cells.for_each(|(left, right)| each(left, right));
        }
    }
}

impl<T> Table for Option<T> {
    type Cell = T;

    fn apart(&self, _: impl FnMut(&mut T)) -> Self {
        None
    }

    fn join(&mut self, right: Self, mut each: impl FnMut(&mut T, T)) {
        match (self.as_mut(), right) {
            (Some(left), Some(right)) => each(left, right),
            (None, right) => *self = right,
            (Some(_), None) => {}
        }
    }
}

macro_rules! maps {
    ($($module:ident [$($generics:tt)*] $t:ty;)*) => {$(
        impl<$($generics)*> Table for $t {
            type Cell = V;

            fn apart(&self, _: impl FnMut(&mut V)) -> Self {
                Self::default()
            }

            fn join(&mut self, right: Self, mut each: impl FnMut(&mut V, V)) {
                for (key, value) in right {
                    match self.entry(key) {
                        $module::Entry::Occupied(mut entry) => each(entry.get_mut(), value),
                        $module::Entry::Vacant(entry) => {
                            entry.insert(value);
                        }
                    }
                }
            }
        }
    )*};
}

maps! {
    hash_map [K: Eq + Hash, V, S: BuildHasher + Default] HashMap<K, V, S>;
    btree_map [K: Ord, V] BTreeMap<K, V>;
}

/// A type of which equal values are the same value: a cell that holds one may start as a copy of it.
#[diagnostic::on_unimplemented(
    message = "which of two equal `{Self}`s is kept in a cell can't be told",
    label = "equal values of this type may differ",
    note = "numbers, `bool`, `char`, texts and tuples of these are told apart by `==`; for others, `push` those of a cell to a list in it, `lists[k].push(value)`, and pick the best of each list after the loop"
)]
pub trait Distinct {}

macro_rules! distinct {
    ($($t:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Distinct for $t {}
    )*};
}

distinct! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char String str }

#[diagnostic::do_not_recommend]
impl<T: Distinct + ?Sized> Distinct for &T {}
#[diagnostic::do_not_recommend]
impl<T: Distinct> Distinct for Option<T> {}
#[diagnostic::do_not_recommend]
impl<T: Distinct> Distinct for std::cmp::Reverse<T> {}
#[diagnostic::do_not_recommend]
impl<A: Distinct, B: Distinct> Distinct for (A, B) {}
#[diagnostic::do_not_recommend]
impl<A: Distinct, B: Distinct, C: Distinct> Distinct for (A, B, C) {}

/// Checks at compile time that equal values of `T` are the same value; does nothing at run time.
#[inline]
pub fn distinct_values<T: Distinct>(_: &T) {}

/// A type all of whose values can be compared: the first one of a piece never stands in the way of those behind it.
#[diagnostic::on_unimplemented(
    message = "the first `{Self}` of a piece may be one that nothing can be compared with",
    label = "a NaN that comes first would stay",
    note = "floats: write `low = low.min(x)`, which passes over NaN, or start from `f64::INFINITY` or `f64::NEG_INFINITY`"
)]
pub trait Comparable {}

#[diagnostic::do_not_recommend]
impl<T: Ord + ?Sized> Comparable for T {}

/// Checks at compile time that all values of `T` can be compared; does nothing at run time.
#[inline]
pub fn comparable<T: Comparable>(_: &T) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_joined_by_place_and_values_by_key() {
        let add = |left: &mut i32, right: i32| *left += right;
        let mut table = vec![1, 2, 3];
        let apart = table.apart(|cell| *cell = 0);
        assert_eq!(apart, [0, 0, 0]);
        table.join(vec![10, 0, 30], add);
        assert_eq!(table, [11, 2, 33]);

        let mut map = BTreeMap::from([("a", 1), ("b", 2)]);
        assert!(map.apart(|_| unreachable!()).is_empty());
        map.join(BTreeMap::from([("b", 5), ("c", 7)]), add);
        assert_eq!(map, BTreeMap::from([("a", 1), ("b", 7), ("c", 7)]));

        let mut lent = [1, 2];
        let mut cells = Cells::of(&mut lent);
        let mut apart = cells.apart(|cell| *cell = 0);
        apart.slice()[1] = 9;
        cells.join(apart, add);
        assert_eq!(lent, [1, 11]);
    }
}
