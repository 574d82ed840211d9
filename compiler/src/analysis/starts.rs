//! May a map's values start anew in each piece of a loop?
//!
//! `map.entry(k).or_insert(0)` does nothing for a key that is there already, but a piece doesn't see the keys that were
//! there before it. Zero is nothing to a sum. To the best of all it is nothing if it is the worst of all, or a candidate
//! itself, or if all pieces start from it: if the map is empty before the loop.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ItemFn};

use crate::analysis::mutations;
use crate::lower::NodeId;
use crate::lower::cells::{Cells, Law, Part, part_of};
use crate::lower::kernels::Kernel;
use crate::lower::updates::{Operation, Target, is_empty_value};

/// The first part that may not.
pub(crate) fn wrong<'c, 'a>(function: &ItemFn, kernel: &Kernel<'_>, cells: &'c Cells<'a>) -> Option<&'c Part<'a>> {
    if cells.target != Target::Entry || is_empty(function, kernel, cells) {
        return None;
    }
    cells.parts.iter().find(|part| {
        let start = cells.start.and_then(|start| part_of(start, &part.path));
        let is_worst = |seeks_most: bool| start.is_some_and(|start| is_end(start, seeks_most));
        match &part.law {
            law if law.has_identity() => false,
            Law::Best(_) | Law::Last(_) => false,
            Law::Update(update) => !cells.starts_with_operand(part) && !is_worst(update.operation == Operation::Max),
            Law::Guarded(guard, _) => {
                let seeks_most = matches!(guard.order.simple, Some((_, BinOp::Gt(_))));
                !cells.starts_with_operand(part) && !is_worst(seeks_most)
            }
        }
    })
}

/// `i64::MIN`, `f64::NEG_INFINITY`; at the other end `i64::MAX`, `f64::INFINITY`
fn is_end(value: &Expr, lowest: bool) -> bool {
    let names = match lowest {
        true => ["MIN", "NEG_INFINITY"],
        false => ["MAX", "INFINITY"],
    };
    let Expr::Path(path) = value else { return false };
    path.path
        .segments
        .last()
        .is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// True if the text shows that nothing is in the map when the loop starts.
fn is_empty(function: &ItemFn, kernel: &Kernel<'_>, cells: &Cells<'_>) -> bool {
    let variable = kernel.variable(&cells.place.root);
    let is_new = variable.and_then(|v| v.init.as_ref()).is_some_and(is_empty_value);
    is_new
        && cells.place.is_variable()
        && !mutations::changed_elsewhere(function, &cells.place.root, kernel.id)
        && !is_repeated(function, kernel.id)
}

/// True if the loop is inside another one, or a closure.
fn is_repeated(function: &ItemFn, kernel: NodeId) -> bool {
    struct Search {
        kernel: NodeId,
        around: usize,
        found: bool,
    }
    impl<'a> Visit<'a> for Search {
        fn visit_expr(&mut self, node: &'a Expr) {
            if let Expr::ForLoop(node) = node
                && NodeId::of(node) == self.kernel
            {
                self.found |= self.around > 0;
            }
            let repeats = matches!(
                node,
                Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Closure(_)
            );
            self.around += usize::from(repeats);
            visit::visit_expr(self, node);
            self.around -= usize::from(repeats);
        }
    }
    let mut search = Search {
        kernel,
        around: 0,
        found: false,
    };
    search.visit_block(&function.block);
    search.found
}
