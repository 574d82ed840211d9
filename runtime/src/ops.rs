//! The operations that laws speak about, as marker types.
//!
//! An operation is a type without values: `T: Monoid<ops::Add>` says that `T` with `+` is a monoid, and one type may be a
//! monoid under several operations.

use std::marker::PhantomData;

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}
    )*};
}

operations! {
    /// Addition, `a + b`.
    Add
    /// Addition and subtraction, `a += b` and `a -= b`, of values that may be less than 0: cells of tables.
    SignedAdd
    /// Multiplication, `a * b`.
    Mul
    /// Bitwise and, `a & b`.
    BitAnd
    /// Bitwise or, `a | b`.
    BitOr
    /// Bitwise exclusive or, `a ^ b`.
    BitXor
    /// Logical and, `a && b`.
    And
    /// Logical or, `a || b`.
    Or
    /// The smaller of two values; of equal ones the left.
    Min
    /// The larger of two values; of equal ones the right.
    Max
    /// Addition modulo 2^bits, `a.wrapping_add(b)`.
    WrappingAdd
    /// Multiplication modulo 2^bits, `a.wrapping_mul(b)`.
    WrappingMul
    /// Addition that stops at the bounds, `a.saturating_add(b)`. Associative on unsigned integers only.
    SaturatingAdd
    /// Multiplication that stops at the bounds, `a.saturating_mul(b)`. Associative on unsigned integers only.
    SaturatingMul
    /// One sequence behind the other: `push`, `extend`, `push_str`, `append`.
    Append
    /// Field by field, `a.combine(b)`, on structs with `#[derive(Monoid)]`.
    Combine
    /// All keys of both; of equal keys the later value: `insert`, `extend`.
    Union
}

/// `Op` on what an `Option` holds: `best = Some(best.map_or(x, |b| b.max(x)))`.
///
/// `None` is its identity, so what is held needs none of its own.
#[derive(Debug, Clone, Copy)]
pub struct Held<Op>(PhantomData<Op>);

/// `Op`, whose float rounding may be reassociated: what `float = tree` and `float = any` ask for.
///
/// A sum of floats rounds after every addition, so it depends on the order of the additions and `f64: Monoid<Add>` is
/// false. `f64: Monoid<Rounded<Add>>` says that the program accepts the rounding of another order. Types that are
/// associative under `Op` are so under `Rounded<Op>`.
#[derive(Debug, Clone, Copy)]
pub struct Rounded<Op>(PhantomData<Op>);
