//! Which calls on a place stand alone, so that they can be made later?
//!
//! A call whose result nobody looks at, `image.put_pixel(x, y, c);`, and a write to an element, `grid[y][x] = c`, can be
//! taken down with what they are given and made after the others. Everything else that is done with the place has to
//! wait for the calls before it.

use syn::visit::{self, Visit};
use syn::{Block, Expr, Stmt};

use super::NodeId;
use super::places::{Place, Step, place_of};
use super::updates::is_compound;

/// A call or write that stands alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    /// The call.
    pub(crate) node: &'a Expr,
}

impl Call<'_> {
    /// Its name for the generator.
    pub(crate) fn id(&self) -> NodeId {
        NodeId::of(self.node)
    }
}

/// The calls on `place`, and the writes to parts of it, that stand alone in a loop's body, in the order of the source.
pub(crate) fn calls<'a>(body: &'a Block, place: &Place) -> Vec<Call<'a>> {
    let mut search = Search {
        place,
        found: Vec::new(),
    };
    search.block(body, true);
    search.found
}

struct Search<'a, 'p> {
    place: &'p Place,
    found: Vec<Call<'a>>,
}

impl<'a> Search<'a, '_> {
    /// A block; `is_unit` if it has no value.
    fn block(&mut self, node: &'a Block, is_unit: bool) {
        let last = node.stmts.len().saturating_sub(1);
        for (at, stmt) in node.stmts.iter().enumerate() {
            match stmt {
                Stmt::Expr(expr, Some(_)) if self.is_method(expr) => self.call(expr),
                Stmt::Expr(expr, None) => self.expr(expr, is_unit || at < last),
                other => self.visit_stmt(other),
            }
        }
    }

    /// An expression; `is_unit` if its value is `()`.
    fn expr(&mut self, node: &'a Expr, is_unit: bool) {
        match node {
            Expr::If(branch) => {
                self.visit_expr(&branch.cond);
                self.block(&branch.then_branch, is_unit);
                if let Some((_, otherwise)) = &branch.else_branch {
                    self.expr(otherwise, is_unit);
                }
            }
            Expr::Match(choice) => {
                self.visit_expr(&choice.expr);
                for arm in &choice.arms {
                    self.visit_pat(&arm.pat);
                    self.expr(&arm.body, is_unit);
                }
            }
            Expr::Block(block) => self.block(&block.block, is_unit),
            Expr::ForLoop(inner) => {
                self.visit_expr(&inner.expr);
                self.block(&inner.body, true);
            }
            Expr::While(inner) => {
                self.visit_expr(&inner.cond);
                self.block(&inner.body, true);
            }
            Expr::Loop(inner) => self.block(&inner.body, true),
            Expr::MethodCall(_) if is_unit && self.is_method(node) => self.call(node),
            Expr::Assign(assign) if self.is_part(&assign.left) => self.call(node),
            Expr::Binary(binary) if is_compound(&binary.op) && self.is_part(&binary.left) => self.call(node),
            other => visit::visit_expr(self, other),
        }
    }

    fn call(&mut self, node: &'a Expr) {
        self.found.push(Call { node });
        visit::visit_expr(self, node);
    }

    /// A method of the place or of a part of it.
    fn is_method(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::MethodCall(call) if place_of(&call.receiver).is_some_and(|(place, _)| self.contains(&place)))
    }

    /// A part of the place that is not the whole: another value for the variable itself is no call on it.
    fn is_part(&self, expr: &Expr) -> bool {
        place_of(expr).is_some_and(|(place, _)| self.contains(&place) && place.steps.len() > self.place.steps.len())
    }

    fn contains(&self, place: &Place) -> bool {
        let path = |place: &Place| {
            let steps = place.steps.iter().filter(|step| **step != Step::Deref);
            steps.cloned().collect::<Vec<_>>()
        };
        place.root == self.place.root && path(place).starts_with(&path(self.place))
    }
}

impl<'a> Visit<'a> for Search<'a, '_> {
    fn visit_block(&mut self, node: &'a Block) {
        self.block(node, false);
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        self.expr(node, false);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn calls_without_a_result_stand_alone() {
        let body: Block = syn::parse_str(
            "{
                img.a(1);
                if img.b() { img.c(); } else { img.d() }
                let x = img.e();
                match c { 'x' => img.f(), _ => { other.g(); img[0].h(); } }
                grid[1] = img.i();
                img[2][3] = 4;
                img[5] += 6;
                img = other;
                let z = if c { img.j() } else { 0 };
                xs.iter().for_each(|x| { img.k(x); });
                img.l()
            }",
        )
        .unwrap();
        let (place, _) = place_of(&syn::parse_str("img").unwrap()).unwrap();
        let found: Vec<_> = calls(&body, &place)
            .iter()
            .map(|call| call.node.to_token_stream().to_string().replace(' ', ""))
            .collect();
        let want = [
            "img.a(1)",
            "img.c()",
            "img.d()",
            "img.f()",
            "img[0].h()",
            "img[2][3]=4",
            "img[5]+=6",
            "img.k(x)",
            "img.l()",
        ];
        assert_eq!(found, want);
    }
}
