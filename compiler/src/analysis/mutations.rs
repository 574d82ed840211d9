//! Is there another reason why a variable is mutable than the call that is looked at?
//!
//! The text doesn't show whether `rng.below(6)` changes `rng`. It does if that call is the only reason for which `rng`
//! was declared `mut` or taken by `&mut`; rustc would have said that the `mut` is unused. If something else needs it, the
//! call is taken for a look, and rustc has the last word.

use syn::visit::{self, Visit};
use syn::{Block, Expr, ItemFn};

use crate::lower::NodeId;
use crate::lower::places::{Place, place_of};
use crate::lower::updates::is_compound;

/// Methods of the standard library that change their receiver.
const CHANGES: &[&str] = &[
    "append",
    "clear",
    "dedup",
    "drain",
    "extend",
    "extend_from_slice",
    "fill",
    "get_mut",
    "insert",
    "iter_mut",
    "last_mut",
    "next",
    "next_back",
    "nth",
    "pop",
    "pop_back",
    "pop_front",
    "push",
    "push_back",
    "push_front",
    "push_str",
    "read",
    "read_exact",
    "read_line",
    "remove",
    "replace",
    "resize",
    "retain",
    "reverse",
    "seek",
    "sort",
    "sort_by",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by_key",
    "split_off",
    "swap",
    "swap_remove",
    "take",
    "truncate",
    "write_all",
    "as_mut",
    "as_mut_slice",
    "chunks_mut",
    "entry",
];

/// True if a method of this name changes its receiver, by its name alone.
pub(crate) fn changes_by_name(method: &str) -> bool {
    CHANGES.contains(&method)
}

/// True if a method of this name gives the next of something, and so changes its receiver: `read_u32`, `gen_range`.
pub(crate) fn gives_the_next(method: &str) -> bool {
    const WORDS: &[&str] = &[
        "gen", "generate", "next", "pop", "random", "read", "recv", "roll", "shuffle",
    ];
    // `n.next_power_of_two()` is arithmetic
    let is_of_numbers = method == "next_power_of_two" || method == "next_multiple_of";
    !is_of_numbers && WORDS.iter().any(|word| method.split('_').next() == Some(word))
}

/// True if the block changes `name`, as far as the text shows.
pub(crate) fn changes(block: &Block, name: &str) -> bool {
    changes_place(block, &Place::of_variable(name))
}

/// True if the block changes the place, or a part of it, as far as the text shows.
pub(crate) fn changes_place(block: &Block, place: &Place) -> bool {
    let mut search = Search {
        place,
        except: None,
        found: false,
    };
    search.visit_block(block);
    search.found
}

/// True if the function changes `name` anywhere outside the node `except`.
pub(crate) fn changed_elsewhere(function: &ItemFn, name: &str, except: NodeId) -> bool {
    let except = Some(except);
    let mut search = Search {
        place: &Place::of_variable(name),
        except,
        found: false,
    };
    search.visit_block(&function.block);
    search.found
}

struct Search<'n> {
    place: &'n Place,
    except: Option<NodeId>,
    found: bool,
}

impl Search<'_> {
    fn is_it(&self, expr: &Expr) -> bool {
        place_of(expr).is_some_and(|(place, _)| place.overlaps(self.place))
    }
}

impl<'a> Visit<'a> for Search<'_> {
    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        if Some(NodeId::of(node)) != self.except {
            visit::visit_expr_for_loop(self, node);
        }
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        self.found |= match node {
            Expr::Assign(assign) => self.is_it(&assign.left),
            Expr::Binary(binary) => self.is_it(&binary.left) && is_compound(&binary.op),
            Expr::Reference(reference) => reference.mutability.is_some() && self.is_it(&reference.expr),
            Expr::MethodCall(call) => changes_by_name(&call.method.to_string()) && self.is_it(&call.receiver),
            _ => false,
        };
        visit::visit_expr(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
