//! The changes to a kernel's body: few, small, and at the nodes where the accumulators are updated.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, Stmt};

use crate::lower::NodeId;
use crate::lower::guards::Substitute;
use crate::lower::places::{Place, place_of};
use crate::lower::updates::{Extremum, strip};
use crate::plan::replays::Replay;
use crate::plan::rounding;

/// One change to the loop's body.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// The place is a variable of the leaf.
    Rename { place: Place, local: Ident },
    /// `acc -= x` adds `x` to what is subtracted once after the loop.
    Subtract { local: Ident },
    /// The update is a call of the accumulator's law.
    Step { local: Ident, law: Ident },
    /// The flag is set when this has run.
    Mark { flag: Ident },
    /// What this runs when it finds nothing to compare with, runs the tokens, too.
    First(TokenStream),
    /// The tokens run behind it.
    After(TokenStream),
    /// The flag is set when this is about to run.
    Change { flag: Ident },
    /// The variable is `None` until it is written.
    Written { local: Ident },
    /// `acc = acc.max(x)` on a variable that is `None` until there was an `x`.
    Found {
        local: Ident,
        extremum: Extremum,
        best: Ident,
        next: Ident,
    },
    /// The call is made in its turn.
    Replay(Box<Replay>),
}

/// Makes the planned changes to a loop's body.
pub(crate) struct Edits<'e>(pub(crate) &'e BTreeMap<NodeId, Vec<Edit>>);

impl VisitMut for Edits<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let edits = self.0.get(&NodeId::of(node)).cloned().unwrap_or_default();
        syn::visit_mut::visit_expr_mut(self, node);
        for edit in edits {
            apply(edit, node);
        }
    }
}

/// Puts a statement behind those of the block.
fn append(block: &mut syn::Block, stmt: Stmt) {
    if let Some(Stmt::Expr(_, semicolon @ None)) = block.stmts.last_mut() {
        *semicolon = Some(Default::default());
    }
    block.stmts.push(stmt);
}

fn apply(edit: Edit, node: &mut Expr) {
    match edit {
        Edit::Rename { place, local } => {
            let rename = &mut |expr: &Expr| {
                let (found, _) = place_of(expr)?;
                (found.depth() == 0 && found.is_same(&place)).then(|| syn::parse_quote!(#local))
            };
            Substitute(rename).visit_expr_mut(node);
        }
        Edit::Subtract { local } => match node {
            Expr::Binary(binary) => {
                *binary.left = syn::parse_quote!(#local);
                if let BinOp::SubAssign(op) = binary.op {
                    binary.op = BinOp::AddAssign(syn::Token![+=](op.spans));
                }
            }
            Expr::Assign(assign) => {
                let Expr::Binary(difference) = strip(&assign.right) else {
                    return;
                };
                let subtrahend = &difference.right;
                *node = syn::parse_quote!(#local += #subtrahend);
            }
            _ => {}
        },
        Edit::Step { local, law } => {
            if let Some(steps) = rounding::steps(node, &local, &law) {
                *node = steps;
            }
        }
        Edit::Replay(replay) => replay.apply(node),
        Edit::Mark { flag } => match node {
            Expr::If(guard) => append(&mut guard.then_branch, syn::parse_quote!(#flag = true;)),
            other => *other = syn::parse_quote!({ #other; #flag = true; }),
        },
        Edit::First(look) => {
            let first = match node {
                Expr::If(guard) => match &mut guard.else_branch {
                    Some((_, otherwise)) => match &mut **otherwise {
                        Expr::Block(block) => Some(&mut block.block),
                        _ => None,
                    },
                    None => Some(&mut guard.then_branch),
                },
                _ => None,
            };
            match first {
                Some(first) => append(first, syn::parse_quote!(#look)),
                None => apply(Edit::After(look), node),
            }
        }
        Edit::After(look) => *node = syn::parse_quote!({ #node; #look }),
        Edit::Change { flag } => *node = syn::parse_quote!({ #flag = true; #node }),
        Edit::Written { local } => {
            let Expr::Assign(assign) = &*node else { return };
            let value = &assign.right;
            *node = syn::parse_quote!(#local = ::core::option::Option::Some(#value));
        }
        Edit::Found {
            local,
            extremum,
            best,
            next,
        } => {
            let Expr::Assign(assign) = &*node else { return };
            let Some(operand) = extremum.operand(strip(&assign.right)) else {
                return;
            };
            let better = extremum.call(&quote!(#best), &quote!(#next));
            *node = syn::parse_quote!({
                let #next = #operand;
                #local = ::core::option::Option::Some(match #local.take() {
                    ::core::option::Option::Some(#best) => #better,
                    ::core::option::Option::None => #next,
                });
            });
        }
    }
}
