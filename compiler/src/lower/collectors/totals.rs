//! Numbers and truth values behind `&mut` that calls only add to: `*count += 1`, `*deepest = (*deepest).max(depth)`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Stmt, Type, parse_quote};

use crate::lower::primitives::{is_integer, is_named};
use crate::lower::updates::Operation;

/// How two of them become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Total {
    operation: Operation,
    is_truth: bool,
}

impl Total {
    /// The total of this type under these operations; none if they don't go together or have no law for it.
    pub(super) fn of(ty: &Type, operations: &[Operation]) -> Option<Total> {
        let is_truth = is_named(ty, &["bool"]);
        let is_unsigned = is_named(ty, &["u8", "u16", "u32", "u64", "u128", "usize"]);
        if !is_truth && !is_integer(ty) {
            return None;
        }
        let operation = operations.first()?.family();
        let is_lawful = |operation: Operation| match operation {
            Operation::BitAnd | Operation::BitOr | Operation::BitXor => true,
            Operation::And | Operation::Or => is_truth,
            Operation::Add | Operation::Mul | Operation::WrappingAdd | Operation::WrappingMul => !is_truth,
            Operation::Min | Operation::Max => !is_truth,
            // below zero there is nothing to take from
            Operation::Sub => !is_truth && !is_unsigned,
            Operation::SaturatingAdd => is_unsigned,
            Operation::SignedAdd | Operation::Append | Operation::Union | Operation::Combine => false,
        };
        let is_one = operations
            .iter()
            .all(|other| other.family() == operation && is_lawful(*other));
        is_one.then_some(Total { operation, is_truth })
    }

    /// The identity.
    pub(super) fn start(self, ty: &Type) -> TokenStream {
        match (self.operation, self.is_truth) {
            (Operation::And | Operation::BitAnd, true) => quote!(true),
            (_, true) => quote!(false),
            (Operation::Mul | Operation::WrappingMul, _) => quote!(1),
            (Operation::BitAnd, _) => quote!(!0),
            (Operation::Min, _) => quote!(<#ty>::MAX),
            (Operation::Max, _) => quote!(<#ty>::MIN),
            _ => quote!(0),
        }
    }

    /// Adds `own` to `*name`.
    pub(super) fn add(self, name: &Ident, own: &Ident) -> Stmt {
        match self.operation {
            Operation::Mul => parse_quote!(*#name *= #own;),
            Operation::And | Operation::BitAnd => parse_quote!(*#name &= #own;),
            Operation::Or | Operation::BitOr => parse_quote!(*#name |= #own;),
            Operation::BitXor => parse_quote!(*#name ^= #own;),
            Operation::WrappingAdd => parse_quote!(*#name = (*#name).wrapping_add(#own);),
            Operation::WrappingMul => parse_quote!(*#name = (*#name).wrapping_mul(#own);),
            Operation::SaturatingAdd => parse_quote!(*#name = (*#name).saturating_add(#own);),
            Operation::Min => parse_quote!(*#name = (*#name).min(#own);),
            Operation::Max => parse_quote!(*#name = (*#name).max(#own);),
            _ => parse_quote!(*#name += #own;),
        }
    }
}
