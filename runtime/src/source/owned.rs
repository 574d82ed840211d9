//! Sequences by value, and maps and sets as sequences of references to their entries.

use super::{IntoSource, Source};
use std::array;
use std::collections::{
    BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque, binary_heap, btree_map, btree_set,
    hash_map, hash_set, linked_list, vec_deque,
};
use std::vec;

/// The items of a `Vec`, an array or a collection, by value.
///
/// Cost: a cut moves the items of the shorter side.
#[derive(Debug, Clone)]
pub struct Owned<T>(vec::IntoIter<T>);

impl<T> Owned<T> {
    pub(super) fn new(items: Vec<T>) -> Self {
        Self(items.into_iter())
    }

    #[inline]
    pub(super) fn shared(&self) -> &[T] {
        self.0.as_slice()
    }
}

impl<T> Owned<T> {
    #[inline]
    pub(super) fn next(&mut self) -> Option<T> {
        self.0.next()
    }
}

impl<T> IntoIterator for Owned<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.0
    }
}

impl<T: Send> Source for Owned<T> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }

    fn split_at(mut self, index: usize) -> (Self, Self) {
        let behind = self.0.len() - index;
        if index <= behind {
            let left: Vec<T> = self.0.by_ref().take(index).collect();
            (Self(left.into_iter()), self)
        } else {
            let mut right: Vec<T> = self.0.by_ref().rev().take(behind).collect();
            right.reverse();
            (self, Self(right.into_iter()))
        }
    }
}

impl<T> IntoSource for vec::IntoIter<T> {
    type Source = Owned<T>;

    #[inline]
    fn into_source(self) -> Owned<T> {
        Owned(self)
    }
}

/// Collects what can't be cut otherwise.
macro_rules! owned {
    ($([$($generics:tt)*] $t:ty: $item:ty, |$it:ident| $vec:expr;)*) => {$(
        impl<$($generics)*> IntoSource for $t {
            type Source = $crate::source::Owned<$item>;

            #[inline]
            fn into_source(self) -> Self::Source {
                let $it = self;
                let items: Vec<$item> = $vec;
                $crate::source::Owned::new(items)
            }
        }
    )*};
}

pub(super) use owned;

owned! {
    [T] Vec<T>: T, |it| it;
    [T] Box<[T]>: T, |it| it.into_vec();
    [T, const N: usize] [T; N]: T, |it| it.into();
    [T] VecDeque<T>: T, |it| it.into();
    [T] BinaryHeap<T>: T, |it| it.into_vec();
    [T] LinkedList<T>: T, |it| it.into_iter().collect();
    [K, V] BTreeMap<K, V>: (K, V), |it| it.into_iter().collect();
    [K, V, S] HashMap<K, V, S>: (K, V), |it| it.into_iter().collect();
    [T] BTreeSet<T>: T, |it| it.into_iter().collect();
    [T, S] HashSet<T, S>: T, |it| it.into_iter().collect();
    ['a, K, V] &'a BTreeMap<K, V>: (&'a K, &'a V), |it| it.iter().collect();
    ['a, K, V, S] &'a HashMap<K, V, S>: (&'a K, &'a V), |it| it.iter().collect();
    ['a, T] &'a BTreeSet<T>: &'a T, |it| it.iter().collect();
    ['a, T, S] &'a HashSet<T, S>: &'a T, |it| it.iter().collect();
    ['a, T] &'a BinaryHeap<T>: &'a T, |it| it.iter().collect();
    ['a, T] &'a LinkedList<T>: &'a T, |it| it.iter().collect();
    ['a, T] &'a mut LinkedList<T>: &'a mut T, |it| it.iter_mut().collect();
    ['a, K, V] &'a mut BTreeMap<K, V>: (&'a K, &'a mut V), |it| it.iter_mut().collect();
    ['a, K, V, S] &'a mut HashMap<K, V, S>: (&'a K, &'a mut V), |it| it.iter_mut().collect();
    ['a, K, V] btree_map::Iter<'a, K, V>: (&'a K, &'a V), |it| it.collect();
    ['a, K, V] btree_map::Range<'a, K, V>: (&'a K, &'a V), |it| it.collect();
    ['a, K, V] btree_map::IterMut<'a, K, V>: (&'a K, &'a mut V), |it| it.collect();
    ['a, K, V] btree_map::ValuesMut<'a, K, V>: &'a mut V, |it| it.collect();
    ['a, K, V] btree_map::Keys<'a, K, V>: &'a K, |it| it.collect();
    ['a, K, V] btree_map::Values<'a, K, V>: &'a V, |it| it.collect();
    ['a, T] btree_set::Iter<'a, T>: &'a T, |it| it.collect();
    ['a, K, V] hash_map::Iter<'a, K, V>: (&'a K, &'a V), |it| it.collect();
    ['a, K, V] hash_map::IterMut<'a, K, V>: (&'a K, &'a mut V), |it| it.collect();
    ['a, K, V] hash_map::Keys<'a, K, V>: &'a K, |it| it.collect();
    ['a, K, V] hash_map::Values<'a, K, V>: &'a V, |it| it.collect();
    ['a, K, V] hash_map::ValuesMut<'a, K, V>: &'a mut V, |it| it.collect();
    ['a, T] hash_set::Iter<'a, T>: &'a T, |it| it.collect();
    ['a, K, V] btree_map::RangeMut<'a, K, V>: (&'a K, &'a mut V), |it| it.collect();
    ['a, T] btree_set::Range<'a, T>: &'a T, |it| it.collect();
    ['a, T] binary_heap::Iter<'a, T>: &'a T, |it| it.collect();
    ['a, T] vec_deque::IterMut<'a, T>: &'a mut T, |it| it.collect();
    [T] vec_deque::IntoIter<T>: T, |it| it.collect();
    ['a, T] vec::Drain<'a, T>: T, |it| it.collect();
    ['a, T] vec_deque::Drain<'a, T>: T, |it| it.collect();
    ['a, T] binary_heap::Drain<'a, T>: T, |it| it.collect();
    ['a, K, V] hash_map::Drain<'a, K, V>: (K, V), |it| it.collect();
    ['a, T] hash_set::Drain<'a, T>: T, |it| it.collect();
    ['a, T] linked_list::Iter<'a, T>: &'a T, |it| it.collect();
    ['a, T] linked_list::IterMut<'a, T>: &'a mut T, |it| it.collect();
    [T] linked_list::IntoIter<T>: T, |it| it.collect();
    [T] binary_heap::IntoIter<T>: T, |it| it.collect();
    [K, V] btree_map::IntoIter<K, V>: (K, V), |it| it.collect();
    [K, V] btree_map::IntoKeys<K, V>: K, |it| it.collect();
    [K, V] btree_map::IntoValues<K, V>: V, |it| it.collect();
    [K, V] hash_map::IntoIter<K, V>: (K, V), |it| it.collect();
    [K, V] hash_map::IntoKeys<K, V>: K, |it| it.collect();
    [K, V] hash_map::IntoValues<K, V>: V, |it| it.collect();
    [T] btree_set::IntoIter<T>: T, |it| it.collect();
    [T] hash_set::IntoIter<T>: T, |it| it.collect();
    [T, const N: usize] array::IntoIter<T, N>: T, |it| it.collect();
}
