//! Strings, sequences, sets and maps.

use super::{Associative, Commutative, Monoid};
use crate::ops::{Add, Append, Union};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};

/// Monoids: `[generics] type under Op: |left, right| combine`; the identity is the empty value.
macro_rules! containers {
    ($([$($generics:tt)*] $t:ty, $op:ty: |$left:ident, $right:pat_param| $combine:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Associative<$op> for $t {
            #[inline]
            fn combine($left: &mut Self, $right: Self) {
                $combine
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Monoid<$op> for $t {
            #[inline]
            fn identity() -> Self {
                Self::default()
            }
        }
    )*};
}

containers! {
    [] (), Add: |left, right| *left = right;
    [] (), Append: |left, right| *left = right;
    [] (), Union: |left, right| *left = right;
    [] String, Add: |left, right| left.push_str(&right);
    [] String, Append: |left, right| left.push_str(&right);
    [T] Vec<T>, Append: |left, right| append(left, right);
    [T] VecDeque<T>, Append: |left, right| left.extend(right);
    [T: Eq + Hash, S: BuildHasher + Default] HashSet<T, S>, Union: |left, right| left.extend(right);
    [T: Ord] BTreeSet<T>, Union: |left, right| left.extend(right);
    [K: Eq + Hash, V, S: BuildHasher + Default] HashMap<K, V, S>, Union: |left, right| left.extend(right);
    [K: Ord, V] BTreeMap<K, V>, Union: |left, right| left.extend(right);
    // by `extend`
    [T: Eq + Hash, S: BuildHasher + Default] HashSet<T, S>, Append: |left, right| left.extend(right);
    [T: Ord] BTreeSet<T>, Append: |left, right| left.extend(right);
    [K: Eq + Hash, V, S: BuildHasher + Default] HashMap<K, V, S>, Append: |left, right| left.extend(right);
    [K: Ord, V] BTreeMap<K, V>, Append: |left, right| left.extend(right);
    [T] LinkedList<T>, Append: |left, mut right| left.append(&mut right);
}

// Of two equal elements the one that is already there stays, but equal elements are equal.
#[diagnostic::do_not_recommend]
impl<T: Eq + Hash, S: BuildHasher + Default> Commutative<Union> for HashSet<T, S> {}
#[diagnostic::do_not_recommend]
impl<T: Ord> Commutative<Union> for BTreeSet<T> {}

/// An empty `left` without room takes over the allocation of `right`.
fn append<T>(left: &mut Vec<T>, mut right: Vec<T>) {
    if left.capacity() == 0 {
        *left = right;
    } else {
        left.append(&mut right);
    }
}
