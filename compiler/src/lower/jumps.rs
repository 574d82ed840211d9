//! The jumps of a loop's own: `continue` and `break` that go on with it or leave it.

use proc_macro2::Span;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Lifetime, Stmt};

/// True if what is visited may go on with the next item of the loop around it.
pub(crate) fn continues(visit: impl FnOnce(&mut Continues)) -> bool {
    let mut search = Continues(false);
    visit(&mut search);
    search.0
}

/// Looks for a `continue` that is about no loop inside.
pub(crate) struct Continues(bool);

impl<'a> Visit<'a> for Continues {
    fn visit_expr_continue(&mut self, _: &'a syn::ExprContinue) {
        self.0 = true;
    }

    fn visit_expr_for_loop(&mut self, _: &'a syn::ExprForLoop) {}

    fn visit_expr_while(&mut self, _: &'a syn::ExprWhile) {}

    fn visit_expr_loop(&mut self, _: &'a syn::ExprLoop) {}

    fn visit_expr_closure(&mut self, _: &'a syn::ExprClosure) {}

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// A jump that is about the loop.
pub(crate) enum Jump {
    /// `continue;`
    Continue(Box<Stmt>),
    /// `break;`, with its label and where it stands.
    Break(Option<Lifetime>, Span),
}

/// Puts something else in the place of every jump that is a statement: `replace` is given the statements before it and
/// adds to them. `None` if it gives up, or if the body jumps in another way.
pub(crate) fn rewrite(
    stmts: &mut Vec<Stmt>,
    label: Option<&Lifetime>,
    replace: &mut dyn FnMut(&mut Vec<Stmt>, Jump) -> Option<()>,
) -> Option<()> {
    let mut rewrite = Rewrite {
        label,
        loops: 0,
        labels: Vec::new(),
        replace,
        failed: false,
    };
    let mut block: Block = syn::parse_quote!({});
    block.stmts = std::mem::take(stmts);
    rewrite.visit_block_mut(&mut block);
    *stmts = block.stmts;
    (!rewrite.failed).then_some(())
}

struct Rewrite<'r> {
    label: Option<&'r Lifetime>,
    /// Loops around the current place, inside the loop.
    loops: usize,
    /// Labels inside the loop.
    labels: Vec<Lifetime>,
    replace: &'r mut dyn FnMut(&mut Vec<Stmt>, Jump) -> Option<()>,
    failed: bool,
}

/// Whom a jump is about.
enum Whose {
    Own,
    Inner,
    Outer,
}

impl Rewrite<'_> {
    fn whose(&self, label: Option<&Lifetime>) -> Whose {
        match label {
            None if self.loops == 0 => Whose::Own,
            None => Whose::Inner,
            Some(label) if self.labels.contains(label) => Whose::Inner,
            Some(label) if self.label == Some(label) => Whose::Own,
            Some(_) => Whose::Outer,
        }
    }

    fn inside(&mut self, label: Option<&syn::Label>, is_loop: bool, body: &mut Block) {
        let depth = self.labels.len();
        self.labels.extend(label.map(|label| label.name.clone()));
        self.loops += usize::from(is_loop);
        self.visit_block_mut(body);
        self.loops -= usize::from(is_loop);
        self.labels.truncate(depth);
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        let stmts = std::mem::take(&mut node.stmts);
        for mut stmt in stmts {
            let jump = match &stmt {
                Stmt::Expr(Expr::Continue(jump), _) if matches!(self.whose(jump.label.as_ref()), Whose::Own) => {
                    Jump::Continue(Box::new(stmt.clone()))
                }
                Stmt::Expr(Expr::Break(jump), _)
                    if matches!(self.whose(jump.label.as_ref()), Whose::Own) && jump.expr.is_none() =>
                {
                    Jump::Break(jump.label.clone(), jump.break_token.span)
                }
                _ => {
                    self.visit_stmt_mut(&mut stmt);
                    node.stmts.push(stmt);
                    continue;
                }
            };
            self.failed |= (self.replace)(&mut node.stmts, jump).is_none();
        }
    }

    // those that stand elsewhere than in statements: `x => break`, `let .. else { .. }`
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let (label, left_at) = match node {
            Expr::Continue(jump) => (jump.label.clone(), None),
            Expr::Break(jump) => (jump.label.clone(), Some(jump.break_token.span)),
            Expr::ForLoop(inner) => {
                self.visit_expr_mut(&mut inner.expr);
                let label = inner.label.clone();
                return self.inside(label.as_ref(), true, &mut inner.body);
            }
            Expr::While(inner) => {
                self.visit_expr_mut(&mut inner.cond);
                let label = inner.label.clone();
                return self.inside(label.as_ref(), true, &mut inner.body);
            }
            Expr::Loop(inner) => {
                let label = inner.label.clone();
                return self.inside(label.as_ref(), true, &mut inner.body);
            }
            Expr::Block(inner) if inner.label.is_some() => {
                let label = inner.label.clone();
                return self.inside(label.as_ref(), false, &mut inner.block);
            }
            Expr::Closure(_) | Expr::Async(_) => return,
            _ => return visit_mut::visit_expr_mut(self, node),
        };
        match self.whose(label.as_ref()) {
            Whose::Inner => {}
            Whose::Outer => self.failed = true,
            Whose::Own => {
                let jump = match left_at {
                    None => Jump::Continue(Box::new(Stmt::Expr(node.clone(), Some(Default::default())))),
                    Some(at) => Jump::Break(label, at),
                };
                let mut stmts = Vec::new();
                self.failed |= (self.replace)(&mut stmts, jump).is_none();
                *node = syn::parse_quote!({ #(#stmts)* });
            }
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
