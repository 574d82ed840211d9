//! Accumulators that are tables: `hist[k] += v`, `table[a][b] += v`.
//!
//! A table is combined cell by cell, and its identity has its shape. How deep the cells lie is part of the type
//! inference: [`Element`] says that a type is a cell itself or a table of elements, and its parameter `How` (a type such
//! as `Nested<Cell>`) tells the two apart, so that they are no overlapping instances.

use super::{Law, Monoid};
use std::collections::VecDeque;
use std::marker::PhantomData;

/// How an [`Element`] is reached: it is a cell itself.
#[derive(Debug, Clone, Copy)]
pub enum Cell {}

/// How an [`Element`] is reached: it is a table of elements, each reached by `How`.
#[derive(Debug, Clone, Copy)]
pub struct Nested<How>(PhantomData<How>);

/// An element of a table under `Op`: a cell that is a monoid, or a table again.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` are not associative under `{Op}`",
    label = "regrouping this can change the answer, or nothing says that it can't",
    note = "floats: (1e16 + 1.0) - 1e16 is 0.0, and (1e16 - 1e16) + 1.0 is 1.0; choose how the sum is rounded, in `#[par_reduce]`: `float = ordered` (the bits of the sequential program; not in tables, maps and `Option`s), `float = tree` (the same bits at every thread count), `float = exact` (once, at the end; not in tables, maps and `Option`s) or `float = any` (fastest)",
    note = "generic types: add the bound, for example `T: divvy::Monoid<divvy::ops::Add>`",
    note = "your own types: if it is true of all their values, implement `divvy::Associative` and `divvy::Monoid`"
)]
pub trait Element<Op, How>: Sized {
    /// An identity of the same shape.
    fn identity_like(&self) -> Self;

    /// Combines cell by cell. The cells of the longer one that have no partner stay as they are.
    fn combine_cells(left: &mut Self, right: Self);
}

impl<Op, T: Monoid<Op>> Element<Op, Cell> for T {
    #[inline]
    fn identity_like(&self) -> Self {
        T::identity()
    }

    #[inline]
    fn combine_cells(left: &mut Self, right: Self) {
        T::combine(left, right);
    }
}

impl<Op, How, T: Element<Op, How>, const N: usize> Element<Op, Nested<How>> for [T; N] {
    #[inline]
    fn identity_like(&self) -> Self {
        self.each_ref().map(T::identity_like)
    }

    #[inline]
    fn combine_cells(left: &mut Self, right: Self) {
        left.iter_mut()
            .zip(right)
            .for_each(|(left, right)| T::combine_cells(left, right));
    }
}

impl<Op, How, T: Element<Op, How>> Element<Op, Nested<How>> for Vec<T> {
    fn identity_like(&self) -> Self {
        self.iter().map(T::identity_like).collect()
    }

    fn combine_cells(left: &mut Self, right: Self) {
        let mut right = right.into_iter();
        left.iter_mut()
            .zip(&mut right)
            .for_each(|(left, right)| T::combine_cells(left, right));
        left.extend(right);
    }
}

impl<Op, How, T: Element<Op, How>> Element<Op, Nested<How>> for VecDeque<T> {
    fn identity_like(&self) -> Self {
        self.iter().map(T::identity_like).collect()
    }

    fn combine_cells(left: &mut Self, right: Self) {
        let mut right = right.into_iter();
        left.iter_mut()
            .zip(&mut right)
            .for_each(|(left, right)| T::combine_cells(left, right));
        left.extend(right);
    }
}

impl<Op, How, T: Element<Op, How>> Element<Op, Nested<How>> for Box<[T]> {
    fn identity_like(&self) -> Self {
        self.iter().map(T::identity_like).collect()
    }

    fn combine_cells(left: &mut Self, right: Self) {
        left.iter_mut()
            .zip(right.into_vec())
            .for_each(|(left, right)| T::combine_cells(left, right));
    }
}

/// A whole table of type `Table` whose elements are reached by `How`.
#[derive(Debug, Clone, Copy)]
pub struct Shaped<Table, How>(PhantomData<(Table, How)>);

/// The shape of a table; tells [`elementwise`] which type its law is about.
pub trait Shape {
    /// The whole table.
    type Table;
}

impl<Table, How> Shape for Shaped<Table, How> {
    type Table = Table;
}

/// The shape of a table that is indexed once, `hist[k]`.
pub type Depth1<Table> = Shaped<Table, Nested<Cell>>;

/// The shape of a table that is indexed twice, `table[a][b]`.
pub type Depth2<Table> = Shaped<Table, Nested<Nested<Cell>>>;

/// The shape of a table that is indexed three times, `cube[a][b][c]`.
pub type Depth3<Table> = Shaped<Table, Nested<Nested<Nested<Cell>>>>;

/// A table whose cells are monoids under `Op`.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` are not associative under `{Op}`, or have no identity",
    label = "regrouping this can change the answer, or nothing says that it can't",
    note = "floats: (1e16 + 1.0) - 1e16 is 0.0, and (1e16 - 1e16) + 1.0 is 1.0; choose how the sum is rounded, in `#[par_reduce]`: `float = ordered` (the bits of the sequential program; not in tables, maps and `Option`s), `float = tree` (the same bits at every thread count), `float = exact` (once, at the end; not in tables, maps and `Option`s) or `float = any` (fastest)",
    note = "arrays, `Vec`, `VecDeque` and boxed slices are tables; for elements of a generic type, add a bound such as `T: Monoid<ops::Add>`; for your own types, implement `Associative` and `Monoid`",
    note = "unsigned cells that are counted down: each thread works on a table of its own, which starts from zeros, and 0 - 1 is none of their values; count in signed cells, such as `i64`",
    note = "each thread works on a table of its own; the tables are then combined cell by cell"
)]
pub trait Elementwise<Op, S: Shape> {
    /// The law of the whole table.
    fn law(&self) -> Law<S::Table>;
}

macro_rules! tables {
    ($([$($generics:tt)*] $t:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<Op, How, T: Element<Op, How>, $($generics)*> Elementwise<Op, Shaped<Self, Nested<How>>> for $t {
            #[inline]
            fn law(&self) -> Law<Self> {
                Law::new(
                    <Self as Element<Op, Nested<How>>>::identity_like,
                    <Self as Element<Op, Nested<How>>>::combine_cells,
                )
            }
        }
    )*};
}

tables! {
    [const N: usize] [T; N];
    [] Vec<T>;
    [] VecDeque<T>;
    [] Box<[T]>;
}

/// A slice that somebody else owns, or a list in its place where a piece runs apart.
#[derive(Debug)]
pub enum Cells<'a, T> {
    /// The slice itself.
    Lent(&'a mut [T]),
    /// A list of the same length.
    Own(Vec<T>),
}

impl<'a, T> Cells<'a, T> {
    /// The cells of a slice.
    #[inline]
    pub fn of(slice: &'a mut [T]) -> Self {
        Cells::Lent(slice)
    }

    /// The cells.
    #[inline]
    pub fn slice(&mut self) -> &mut [T] {
        match self {
            Cells::Lent(slice) => slice,
            Cells::Own(list) => list,
        }
    }

    pub(super) fn as_slice(&self) -> &[T] {
        match self {
            Cells::Lent(slice) => slice,
            Cells::Own(list) => list,
        }
    }
}

/// The law of an accumulator that is a slice, `hist[k] += v` for a `hist: &mut [T]`: the first piece works on the slice
/// itself, every other one on a list of identities.
#[inline]
pub fn cells<'a, Op, How, T: Element<Op, How>>(_: &[T]) -> Law<Cells<'a, T>> {
    Law::new(
        |like| Cells::Own(like.as_slice().iter().map(T::identity_like).collect()),
        |left, right| {
            if let Cells::Own(right) = right {
                let pairs = left.slice().iter_mut().zip(right);
                pairs.for_each(|(left, right)| T::combine_cells(left, right));
            }
        },
    )
}

/// The law of an accumulator that is a table, such as `hist[k] += v`.
///
/// Called as `elementwise::<Op, _>(&table)`; the depth is inferred. Where it can be read in two ways (a
/// `Vec<Vec<String>>` under `Append` has cells `Vec<String>` or `String`), [`Depth1`] and [`Depth2`] choose:
/// `elementwise::<Append, Depth1<_>>(&table)`.
#[inline]
pub fn elementwise<Op, S: Shape>(table: &impl Elementwise<Op, S>) -> Law<S::Table> {
    table.law()
}
