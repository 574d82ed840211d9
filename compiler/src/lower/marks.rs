//! Tables in which a loop only sets marks: all of the same truth value, so which one was set last doesn't matter.
//!
//! `seen[x] = true` is `seen[x] |= true`, and `prime[k] = false` is `prime[k] &= false`.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAssign, ExprForLoop, ItemFn, Lit, parse_quote, parse_quote_spanned};

use super::kernels::each_kernel;
use super::places::{Place, indices_of, place_of};
use super::uses;

/// Writes them so; true if there were any.
pub(crate) fn normalise(function: &mut ItemFn) -> bool {
    each_kernel(function, &mut |kernel, _, _| {
        let mut tables: Vec<(Place, bool)> = Vec::new();
        Marks(&mut |place, value, _| tables.push((place, value))).visit_block(&kernel.body);
        tables.retain(|table| only_marked(table, &kernel.body));
        let mut set = Set { tables: &tables };
        let mut body = kernel.body.clone();
        set.visit_block_mut(&mut body);
        let looped = ExprForLoop { body, ..kernel.clone() };
        (!tables.is_empty()).then_some(Expr::ForLoop(looped))
    })
}

/// The table of which an assignment sets an element to `true` or `false`, and to which.
fn mark(assign: &ExprAssign) -> Option<(Place, bool)> {
    let Expr::Lit(literal) = &*assign.right else {
        return None;
    };
    let Lit::Bool(value) = &literal.lit else { return None };
    let (place, _) = place_of(&assign.left).filter(|(place, _)| place.depth() > 0)?;
    let table = place.without_elements();
    let is_element = place.steps.len() == table.steps.len() + place.depth();
    is_element.then_some((table, value.value))
}

/// Calls something for every mark.
struct Marks<'f>(&'f mut dyn FnMut(Place, bool, &ExprAssign));

impl<'a> Visit<'a> for Marks<'_> {
    fn visit_expr_assign(&mut self, node: &'a ExprAssign) {
        if let Some((place, value)) = mark(node) {
            (self.0)(place, value, node);
        }
        visit::visit_expr_assign(self, node);
    }
}

/// True if the body does nothing with the table but set such marks.
fn only_marked((table, value): &(Place, bool), body: &Block) -> bool {
    struct Others<'p> {
        table: &'p Place,
        value: bool,
        found: bool,
    }
    impl<'a> Visit<'a> for Others<'_> {
        fn visit_expr(&mut self, node: &'a Expr) {
            match node {
                Expr::Assign(assign) if mark(assign) == Some((self.table.clone(), self.value)) => {
                    indices_of(&assign.left)
                        .into_iter()
                        .for_each(|index| self.visit_expr(index));
                }
                Expr::Closure(closure) => {
                    let is_in_it = |place: &Place| uses::uses(&closure.body, &place.root);
                    self.found |= is_in_it(self.table);
                }
                node => match place_of(node) {
                    Some((place, _)) => {
                        self.found |= place.overlaps(self.table);
                        indices_of(node).into_iter().for_each(|index| self.visit_expr(index));
                    }
                    None => visit::visit_expr(self, node),
                },
            }
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            self.found |= uses::occurs(node.tokens.clone(), &self.table.root);
        }
    }
    let mut others = Others {
        table,
        value: *value,
        found: false,
    };
    others.visit_block(body);
    !others.found
}

struct Set<'t> {
    tables: &'t [(Place, bool)],
}

impl VisitMut for Set<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::Assign(assign) = node
            && let Some(found) = mark(assign)
            && self.tables.contains(&found)
        {
            let (left, right, at) = (&assign.left, &assign.right, assign.eq_token.spans[0]);
            let operator: syn::BinOp = match found.1 {
                true => parse_quote_spanned!(at=> |=),
                false => parse_quote_spanned!(at=> &=),
            };
            *node = parse_quote!(#left #operator #right);
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn equal_marks_may_be_set_in_any_order() {
        for (text, want) in [
            ("seen[x] = true;", Some("{ seen [x] |= true ; }")),
            (
                "if c { grid[y][x] = false; } else { grid[x][y] = false; }",
                Some("{ if c { grid [y] [x] &= false ; } else { grid [x] [y] &= false ; } }"),
            ),
            (
                "self.seen[self.at] = true;",
                Some("{ self . seen [self . at] |= true ; }"),
            ),
            ("seen[x] = true; seen[y] = false;", None),
            ("if !seen[x] { seen[x] = true; }", None),
            ("cells[x].seen = true;", None),
            ("seen[x] = true; seen.push(false);", None),
            ("out[x] = 1;", None),
        ] {
            let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ for x in xs {{ {text} }} }}")).unwrap();
            let any = normalise(&mut function);
            let Some(syn::Stmt::Expr(Expr::ForLoop(node), _)) = function.block.stmts.first() else {
                panic!("{text} is in a loop")
            };
            let found = any.then(|| node.body.to_token_stream().to_string());
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
