//! Sorting calls: on slices of what may be sent they are rayon's, on everything else what they were.
//!
//! Generated code turns `v.sort_by(f)` into `v.reach(pool).sorting().sort_by(f)`. What `sorting` gives is decided by the type
//! of `v`: [`Parallel`] for a slice, an array or a `Vec`, else `v` again, whose own method is then called.

use crate::executor::{self, Executor};
use rayon::ThreadPool;
use rayon::slice::ParallelSliceMut;
use std::cmp::Ordering;

/// Lends anything to [`Reached::sorting`].
pub trait Reach {
    /// A loan of this, to be sorted in the pool.
    #[inline]
    fn reach<'a>(&'a mut self, pool: Option<&'a ThreadPool>) -> Reached<'a, Self> {
        Reached(self, pool)
    }
}

impl<T: ?Sized> Reach for T {}

/// Something that may be a slice.
#[derive(Debug)]
pub struct Reached<'a, T: ?Sized>(&'a mut T, Option<&'a ThreadPool>);

macro_rules! slices {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        impl<'a, T: Send, $($generics)*> Reached<'a, $t> {
            /// The slice, to be sorted in parallel.
            #[inline]
            pub fn sorting(self) -> Parallel<'a, T> {
                Parallel(&mut self.0[..], self.1)
            }
        }
    )*};
}

slices! {
    [] [T];
    [] Vec<T>;
    [] Box<[T]>;
    [] &mut [T];
    [] &mut Vec<T>;
    [const N: usize] [T; N];
    [const N: usize] &mut [T; N];
}

/// What is no slice, or not of what may be sent.
pub trait Other<'a> {
    /// The same again.
    type Same: ?Sized;

    /// The same again.
    fn sorting(self) -> &'a mut Self::Same;
}

impl<'a, T: ?Sized> Other<'a> for Reached<'a, T> {
    type Same = T;

    #[inline]
    fn sorting(self) -> &'a mut T {
        self.0
    }
}

/// A slice whose sorting methods are rayon's, but for small slices and single threads.
#[derive(Debug)]
pub struct Parallel<'a, T>(&'a mut [T], Option<&'a ThreadPool>);

/// Below this length the standard library sorts.
const SMALL: usize = 4096;

impl<T: Send> Parallel<'_, T> {
    fn run(self, sequential: impl FnOnce(&mut [T]), parallel: impl FnOnce(&mut [T]) + Send) {
        let Parallel(slice, pool) = self;
        let threads = || pool.map_or_else(rayon::current_num_threads, ThreadPool::current_num_threads);
        if slice.len() < SMALL || executor::current() != Executor::Rayon || threads() == 1 {
            return sequential(slice);
        }
        match pool {
            Some(pool) => pool.install(|| parallel(slice)),
            None => parallel(slice),
        }
    }

    /// [`slice::sort`]
    pub fn sort(self)
    where
        T: Ord,
    {
        self.run(<[T]>::sort, ParallelSliceMut::par_sort);
    }

    /// [`slice::sort_by`]
    pub fn sort_by(self, compare: impl Fn(&T, &T) -> Ordering + Sync) {
        self.run(|v| v.sort_by(&compare), |v| v.par_sort_by(&compare));
    }

    /// [`slice::sort_by_key`]
    pub fn sort_by_key<K: Ord>(self, key: impl Fn(&T) -> K + Sync) {
        self.run(|v| v.sort_by_key(&key), |v| v.par_sort_by_key(&key));
    }

    /// [`slice::sort_by_cached_key`]
    pub fn sort_by_cached_key<K: Ord + Send>(self, key: impl Fn(&T) -> K + Sync) {
        self.run(|v| v.sort_by_cached_key(&key), |v| v.par_sort_by_cached_key(&key));
    }

    /// [`slice::sort_unstable`]
    pub fn sort_unstable(self)
    where
        T: Ord,
    {
        self.run(<[T]>::sort_unstable, ParallelSliceMut::par_sort_unstable);
    }

    /// [`slice::sort_unstable_by`]
    pub fn sort_unstable_by(self, compare: impl Fn(&T, &T) -> Ordering + Sync) {
        self.run(|v| v.sort_unstable_by(&compare), |v| v.par_sort_unstable_by(&compare));
    }

    /// [`slice::sort_unstable_by_key`]
    pub fn sort_unstable_by_key<K: Ord>(self, key: impl Fn(&T) -> K + Sync) {
        self.run(|v| v.sort_unstable_by_key(&key), |v| v.par_sort_unstable_by_key(&key));
    }
}

#[cfg(test)]
mod tests {
    use super::{Other as _, Reach as _};
    use std::any::type_name_of_val;
    use std::rc::Rc;

    #[test]
    fn the_type_decides() {
        let (mut vector, mut array, mut shared, mut text) = (vec![2, 1], [2, 1], vec![Rc::new(1)], String::new());
        let slice = &mut vec!["a"][..];
        assert!(type_name_of_val(&vector.reach(None).sorting()).contains("Parallel"));
        assert!(type_name_of_val(&array.reach(None).sorting()).contains("Parallel"));
        assert!(type_name_of_val(&slice.reach(None).sorting()).contains("Parallel"));
        assert!(type_name_of_val(&vector[..1].reach(None).sorting()).contains("Parallel"));
        assert!(type_name_of_val(&shared.reach(None).sorting()).contains("Vec"));
        assert!(type_name_of_val(&text.reach(None).sorting()).contains("String"));
    }

    #[test]
    fn long_slices_are_sorted_as_by_the_standard_library() {
        let items = || (0..20_000_u64).map(|i| (i * 7919 % 1000, i)).collect::<Vec<_>>();
        let mut want = items();
        want.sort_by_key(|item| item.0);
        let mut got = items();
        got.reach(None).sorting().sort_by_key(|item| item.0);
        assert_eq!(got, want);
        let mut got = items();
        got.reach(None).sorting().sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(got, want);
        let mut got = items();
        got.reach(None).sorting().sort_by_cached_key(|item| item.0);
        assert_eq!(got, want);
        want.sort_unstable();
        got.reach(None).sorting().sort_unstable();
        assert_eq!(got, want);
        got.reach(None).sorting().sort_unstable_by_key(|item| item.1);
        got.reach(None).sorting().sort();
        assert_eq!(got, want);
    }
}
