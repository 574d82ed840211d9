//! Types of which only rayon knows how they are cut: those with `IntoParallelIterator` and no source of ours.
//!
//! Rayon's pieces can't be run by the user's own loop, so the items are listed first, by the type's own `IntoIterator` and
//! in its order. Which types these are, rustc alone knows, so it chooses, where the text doesn't name a type of std's.
//!
//! Cost: a walk through the items on the caller and a list of all of them, also where the loop is left early.

use super::{IntoSource, Source};
use rayon::iter::IntoParallelIterator;
use std::marker::PhantomData;
use std::ops::Deref;

/// A type in a loop's header: `kind` is the first one that there is of [`Kinds`], [`Rayons`] and [`Unknown`].
#[derive(Debug)]
pub struct Kinds<I>(Rayons<I>);

/// One that isn't a source, but that rayon can cut.
#[derive(Debug)]
pub struct Rayons<I>(Unknown, PhantomData<fn() -> I>);

/// One that is neither.
#[derive(Debug)]
pub struct Unknown;

/// It stays what it is: a source, or what the error about it names.
#[derive(Debug)]
pub struct AsItIs;

/// Its items are listed.
#[derive(Debug)]
pub struct Listed;

/// What is made of a header's value.
pub trait Kind<I> {
    /// What is cut.
    type Given;

    /// The value as what is cut.
    fn give(self, it: I) -> Self::Given;
}

impl<I> Kind<I> for AsItIs {
    type Given = I;

    #[inline]
    fn give(self, it: I) -> I {
        it
    }
}

impl<I: IntoIterator> Kind<I> for Listed {
    type Given = Vec<I::Item>;

    fn give(self, it: I) -> Vec<I::Item> {
        it.into_iter().collect()
    }
}

impl<I: IntoSource<Source: Source>> Kinds<I> {
    /// A source.
    pub fn kind(&self) -> AsItIs {
        AsItIs
    }
}

impl<I: IntoParallelIterator + IntoIterator<Item: Send>> Rayons<I> {
    /// A list has to be made of it.
    pub fn kind(&self) -> Listed {
        Listed
    }
}

impl Unknown {
    /// Nothing can be made of it.
    pub fn kind(&self) -> AsItIs {
        AsItIs
    }
}

impl<I> Deref for Kinds<I> {
    type Target = Rayons<I>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<I> Deref for Rayons<I> {
    type Target = Unknown;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// What stands behind `in` of a loop, or a list of its items if it is of the kind that `choose` says.
#[inline]
pub fn listed<I, K: Kind<I>>(it: I, choose: impl FnOnce(Kinds<I>) -> K) -> K::Given {
    choose(Kinds(Rayons(Unknown, PhantomData))).give(it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::any::type_name_of_val;

    struct Shelf(Vec<u32>);

    impl IntoIterator for Shelf {
        type Item = u32;
        type IntoIter = std::vec::IntoIter<u32>;

        fn into_iter(self) -> Self::IntoIter {
            self.0.into_iter()
        }
    }

    impl IntoParallelIterator for Shelf {
        type Item = u32;
        type Iter = rayon::vec::IntoIter<u32>;

        fn into_par_iter(self) -> Self::Iter {
            self.0.into_par_iter()
        }
    }

    #[test]
    fn the_type_decides() {
        assert_eq!(listed(Shelf(vec![3, 1, 2]), |kinds| kinds.kind()), [3, 1, 2]);
        assert_eq!(listed(0..3, |kinds| kinds.kind()), 0..3);
        let list = vec!["a"];
        assert!(type_name_of_val(&listed(&list, |kinds| kinds.kind())).starts_with('&'));
        let unknown = [1, 2].into_iter().filter(|x| x % 2 == 0);
        assert!(type_name_of_val(&listed(unknown, |kinds| kinds.kind())).contains("Filter"));
    }
}
