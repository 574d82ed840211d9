//! Accumulators that are maps with a running value per key: `*map.entry(k).or_insert(0) += v`.

use super::{Associative, Law};
use std::collections::btree_map;
use std::collections::hash_map;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// A map whose values are associative under `Op`: maps are combined key by key, equal keys left to right.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be combined key by key under `{Op}`",
    label = "not a map, or its values are not associative under this operation",
    note = "float values: (1e16 + 1.0) - 1e16 is 0.0, and (1e16 - 1e16) + 1.0 is 1.0; choose how the sum is rounded: `float = ordered` (the bits of the sequential program; not in tables, maps and `Option`s), `float = tree` (the same bits at every thread count), `float = exact` (once, at the end; not in tables, maps and `Option`s) or `float = any` (fastest)"
)]
pub trait Keyed<Op>: Sized {
    /// A map without entries.
    fn empty() -> Self;

    /// Moves the entries of `right` into `left`, combining the values of equal keys.
    fn combine_entries(left: &mut Self, right: Self);
}

#[diagnostic::do_not_recommend]
impl<Op, K: Eq + Hash, V: Associative<Op>, S: BuildHasher + Default> Keyed<Op> for HashMap<K, V, S> {
    fn empty() -> Self {
        Self::default()
    }

    fn combine_entries(left: &mut Self, right: Self) {
        for (key, value) in right {
            match left.entry(key) {
                hash_map::Entry::Occupied(mut entry) => V::combine(entry.get_mut(), value),
                hash_map::Entry::Vacant(entry) => {
                    entry.insert(value);
                }
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl<Op, K: Ord, V: Associative<Op>> Keyed<Op> for BTreeMap<K, V> {
    fn empty() -> Self {
        Self::new()
    }

    fn combine_entries(left: &mut Self, right: Self) {
        for (key, value) in right {
            match left.entry(key) {
                btree_map::Entry::Occupied(mut entry) => V::combine(entry.get_mut(), value),
                btree_map::Entry::Vacant(entry) => {
                    entry.insert(value);
                }
            }
        }
    }
}

/// The law of an accumulator that is a map, such as `*map.entry(k).or_insert(0) += v`.
#[inline]
pub fn keyed<Op, M: Keyed<Op>>(_: &M) -> Law<M> {
    Law::new(|_| M::empty(), M::combine_entries)
}
