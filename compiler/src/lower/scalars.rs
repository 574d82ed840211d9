//! Which arrays are so many variables under one name?
//!
//! Where a loop uses an array of the function's own only by its elements' numbers, `acc[0] += x; acc[1] = acc[1].max(x);`,
//! each element can be a variable, and an accumulator with an operation of its own: the array is taken apart before the
//! loop and put together after it. (Scalar replacement of aggregates; Muchnick, section 12.2.)

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, ItemFn, Local, Pat, Stmt, Type, parse_quote};

use super::guards::Substitute;
use super::primitives::number;
use super::updates::strip;
use super::uses;
use crate::names::FreeNames;

/// More elements than this are a table.
const MOST: u64 = 16;

/// Takes such arrays apart; true if there are any.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) -> bool {
    let mut normalise = Normalise { names, any: false };
    normalise.visit_block_mut(&mut function.block);
    normalise.any
}

struct Normalise<'n> {
    names: &'n mut FreeNames,
    any: bool,
}

impl VisitMut for Normalise<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        for at in 0..node.stmts.len() {
            let (before, rest) = node.stmts.split_at_mut(at);
            let Stmt::Expr(Expr::ForLoop(counted), _) = &mut rest[0] else {
                continue;
            };
            let arrays = before.iter().filter_map(|stmt| match stmt {
                Stmt::Local(local) => array(local),
                _ => None,
            });
            let mut arrays: Vec<_> = arrays
                .filter(|(name, len)| is_by_numbers(counted, name, *len))
                .collect();
            arrays.dedup();
            for (name, len) in arrays {
                rest[0] = self.apart(&rest[0], &name, len);
                self.any = true;
            }
        }
        visit_mut::visit_block_mut(self, node);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

impl Normalise<'_> {
    /// The loop with a variable for each element.
    fn apart(&mut self, counted: &Stmt, name: &Ident, len: u64) -> Stmt {
        let elements: Vec<Ident> = (0..len)
            .map(|n| Ident::new(&self.names.free(&format!("{name}_{n}")).to_string(), name.span()))
            .collect();
        let mut counted = counted.clone();
        Substitute(&mut |part: &Expr| {
            let element = usize::try_from(element_of(part, name)?).ok()?;
            let element = format_ident!("{}", elements[element], span = name.span());
            Some(parse_quote!(#element))
        })
        .visit_stmt_mut(&mut counted);
        parse_quote!({
            #[allow(unused_mut)]
            let [#(mut #elements),*] = #name;
            #counted
            #[allow(unused_assignments)]
            { #name = [#(#elements),*]; }
        })
    }
}

/// `let mut acc = [0, i64::MIN];`, `let mut acc = [0; 3];`
fn array(local: &Local) -> Option<(Ident, u64)> {
    let (pattern, ty) = match &local.pat {
        Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
        pattern => (pattern, None),
    };
    let Pat::Ident(name) = pattern else { return None };
    let len = match (ty, strip(&local.init.as_ref()?.expr)) {
        (Some(Type::Array(array)), _) => number(&array.len)?,
        (None, Expr::Array(list)) => u64::try_from(list.elems.len()).ok()?,
        (None, Expr::Repeat(repeat)) => number(&repeat.len)?,
        _ => return None,
    };
    let is_own = name.mutability.is_some() && name.by_ref.is_none() && name.subpat.is_none();
    (is_own && (1..=MOST).contains(&len)).then(|| (name.ident.clone(), len))
}

/// The number of an element.
fn element_of(expr: &Expr, array: &Ident) -> Option<u64> {
    let Expr::Index(index) = expr else { return None };
    let is_it = matches!(strip(&index.expr), Expr::Path(path) if path.path.is_ident(array));
    number(&index.index).filter(|_| is_it)
}

/// True if all that the loop does with the array is to use its elements by their numbers, and it ends behind itself or
/// leaves the function.
fn is_by_numbers(counted: &ExprForLoop, array: &Ident, len: u64) -> bool {
    struct Search<'a> {
        array: &'a Ident,
        len: u64,
        numbers: BTreeSet<u64>,
        labels: BTreeSet<String>,
        is_other: bool,
    }
    impl<'a> Visit<'a> for Search<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            match (element_of(node, self.array), node) {
                (Some(number), _) => {
                    self.is_other |= number >= self.len;
                    self.numbers.insert(number);
                }
                (None, Expr::Path(path)) => self.is_other |= path.path.is_ident(self.array),
                _ => visit::visit_expr(self, node),
            }
        }

        fn visit_label(&mut self, node: &'a syn::Label) {
            self.labels.insert(node.name.ident.to_string());
        }

        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.is_other |= node.ident == *self.array;
        }

        fn visit_lifetime(&mut self, node: &'a syn::Lifetime) {
            self.is_other |= !self.labels.contains(&node.ident.to_string());
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.is_other |= uses::occurs(node.tokens.clone(), &self.array.to_string());
        }
    }
    let tokens: TokenStream = counted.body.to_token_stream();
    let mut search = Search {
        array,
        len,
        numbers: BTreeSet::new(),
        labels: BTreeSet::new(),
        is_other: !uses::occurs(tokens, &array.to_string()),
    };
    search.visit_expr_for_loop(counted);
    !search.is_other && search.numbers.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_that_are_used_by_numbers_are_taken_apart() {
        for (body, want) in [
            ("for x in xs { acc[0] += x; acc[1] = acc[1].max(*x); }", true),
            (
                "'a: for x in xs { for y in x { if c { continue 'a; } acc[0] += y; acc[1] -= y; } }",
                true,
            ),
            ("for x in xs { acc[0] += x; if c { return acc[1]; } }", true),
            ("for x in xs { acc[0] += x; acc[2] = 1; }", false),
            ("for x in xs { acc[0] += x; acc[*x] = 1; }", false),
            ("for x in xs { acc[0] += x; acc[1] = 1; f(&acc); }", false),
            ("for x in xs { acc[0] += x; acc[1] = 1; print!(\"{acc:?}\"); }", false),
            ("for x in xs { acc[0] += x; acc[1] = 1; if c { break 'b; } }", false),
            ("for x in xs { let acc = [1, 2]; n += acc[0] + acc[1]; }", false),
            ("for x in xs { acc[0] += x; }", false),
        ] {
            let mut function: ItemFn =
                syn::parse_str(&format!("fn f() {{ let mut acc = [0, 0]; {body} acc }}")).unwrap();
            let mut names = FreeNames::new(&function);
            assert_eq!(normalise(&mut function, &mut names), want, "{body}");
        }
    }
}
