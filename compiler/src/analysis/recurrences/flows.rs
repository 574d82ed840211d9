//! Does a carried value flow into what each iteration writes or collects?
//!
//! Then every intermediate value is wanted, which is a scan; else only the end result is, which is a reduction.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprForLoop};

use crate::lower::bindings::bindings;
use crate::lower::places::place_of;
use crate::lower::updates::is_compound;
use crate::lower::uses::{self, Names};

/// Methods that put something into a collection, where the order or the position shows.
const COLLECTS: &[&str] = &[
    "append",
    "extend",
    "extend_from_slice",
    "insert",
    "push",
    "push_back",
    "push_front",
    "push_str",
];

/// The tokens of the first write or collected item that one of the carried `values` reaches, other than by way of another
/// one.
pub(crate) fn of_loop(
    kernel: &ExprForLoop,
    values: Names,
    carried: &Names,
    is_written: &dyn Fn(&str) -> bool,
) -> Option<TokenStream> {
    let bound: Names = bindings(&kernel.pat).iter().map(|b| b.ident.to_string()).collect();
    let mut flows = Flows {
        tainted: values,
        carried,
        bound: &bound,
        is_written,
        conditions: 0,
        reached: None,
    };
    loop {
        let before = flows.tainted.len();
        flows.visit_block(&kernel.body);
        if flows.tainted.len() == before {
            break;
        }
    }
    flows.reached = None;
    flows.visit_block(&kernel.body);
    flows.reached
}

struct Flows<'n> {
    /// What depends on a carried value.
    tainted: Names,
    carried: &'n Names,
    /// What the loop's pattern binds.
    bound: &'n Names,
    is_written: &'n dyn Fn(&str) -> bool,
    /// Conditions around the current place that depend on a carried value.
    conditions: usize,
    reached: Option<TokenStream>,
}

impl Flows<'_> {
    fn is_tainted(&self, expr: &Expr) -> bool {
        uses::of_expr(expr).iter().any(|name| self.tainted.contains(name))
    }

    fn taint(&mut self, names: impl IntoIterator<Item = String>) {
        self.tainted.extend(names);
    }

    fn under(&mut self, condition: &Expr, inside: impl FnOnce(&mut Self)) {
        let depends = usize::from(self.is_tainted(condition));
        self.conditions += depends;
        inside(self);
        self.conditions -= depends;
    }

    fn arms(&mut self, node: &syn::ExprMatch) {
        for arm in &node.arms {
            if self.is_tainted(&node.expr) {
                self.taint(bindings(&arm.pat).iter().map(|b| b.ident.to_string()));
            }
            self.visit_expr(&arm.body);
        }
    }

    fn reach(&mut self, at: &Expr) {
        if self.reached.is_none() {
            self.reached = Some(at.to_token_stream());
        }
    }

    fn changed(&mut self, node: &Expr, left: &Expr, depends: bool) {
        let Some((place, _)) = place_of(left) else { return };
        if self.carried.contains(&place.root) || !depends {
            return;
        }
        let through_item = self.bound.contains(&place.root) && !place.is_variable();
        if through_item || (place.depth() > 0 && (self.is_written)(&place.root)) {
            self.reach(node);
        } else {
            self.taint([place.root]);
        }
    }
}

impl<'a> Visit<'a> for Flows<'_> {
    fn visit_local(&mut self, node: &'a syn::Local) {
        if let Some(init) = &node.init
            && (self.is_tainted(&init.expr) || self.conditions > 0)
        {
            self.taint(bindings(&node.pat).iter().map(|b| b.ident.to_string()));
        }
        visit::visit_local(self, node);
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        if self.is_tainted(&node.expr) {
            self.taint(bindings(&node.pat).iter().map(|b| b.ident.to_string()));
        }
        visit::visit_expr_let(self, node);
    }

    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.visit_expr(&node.cond);
        self.under(&node.cond, |f| {
            f.visit_block(&node.then_branch);
            if let Some((_, otherwise)) = &node.else_branch {
                f.visit_expr(otherwise);
            }
        });
    }

    fn visit_expr_match(&mut self, node: &'a syn::ExprMatch) {
        self.visit_expr(&node.expr);
        let guards = node.arms.iter().filter_map(|arm| match &arm.pat {
            syn::Pat::Guard(guard) => Some(&*guard.guard),
            _ => None,
        });
        let depends = usize::from(guards.chain([&*node.expr]).any(|condition| self.is_tainted(condition)));
        self.conditions += depends;
        self.arms(node);
        self.conditions -= depends;
    }

    fn visit_expr_for_loop(&mut self, node: &'a ExprForLoop) {
        if self.is_tainted(&node.expr) {
            self.taint(bindings(&node.pat).iter().map(|b| b.ident.to_string()));
        }
        self.visit_expr(&node.expr);
        self.under(&node.expr, |f| f.visit_block(&node.body));
    }

    fn visit_expr_while(&mut self, node: &'a syn::ExprWhile) {
        self.visit_expr(&node.cond);
        self.under(&node.cond, |f| f.visit_block(&node.body));
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        let here = self.conditions > 0;
        match node {
            Expr::Assign(assign) => {
                let depends = here || self.is_tainted(&assign.right) || index_tainted(self, &assign.left);
                self.changed(node, &assign.left, depends);
            }
            Expr::Binary(binary) if is_compound(&binary.op) => {
                let depends = here || self.is_tainted(&binary.right) || index_tainted(self, &binary.left);
                self.changed(node, &binary.left, depends);
            }
            Expr::MethodCall(call)
                if COLLECTS.contains(&call.method.to_string().as_str())
                    && (here || call.args.iter().any(|a| self.is_tainted(a))) =>
            {
                match place_of(&call.receiver) {
                    Some((place, _)) if self.carried.contains(&place.root) => {}
                    _ => self.reach(node),
                }
            }
            _ => {}
        }
        visit::visit_expr(self, node);
    }

    fn visit_block(&mut self, node: &'a Block) {
        visit::visit_block(self, node);
    }
}

fn index_tainted(flows: &Flows<'_>, left: &Expr) -> bool {
    crate::lower::places::indices_of(left)
        .iter()
        .any(|index| flows.is_tainted(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(body: &str) -> Option<String> {
        let kernel: ExprForLoop = syn::parse_str(&format!("for (x, slot) in xs {body}")).unwrap();
        let carried = Names::from(["v".to_string()]);
        of_loop(&kernel, carried.clone(), &carried, &|name| name == "out").map(|at| at.to_string())
    }

    #[test]
    fn a_value_flows_into_writes_and_collections() {
        for (body, want) in [
            ("{ v += x; out[i] = v; }", Some("out [i] = v")),
            (
                "{ let y = v + 1; v += x; names.push((y, x)); }",
                Some("names . push ((y , x))"),
            ),
            ("{ v += x; *slot = v; }", Some("* slot = v")),
            ("{ if v > 3 { names.push(x); } v += x; }", Some("names . push (x)")),
            (
                "{ match x { 1 => v += x, _ if v > 3 => *slot = x, _ => {} } }",
                Some("* slot = x"),
            ),
            ("{ v += x; best = best.max(v); out[i] = x; }", None),
            ("{ v += x; hist[v] += 1; }", None),
        ] {
            assert_eq!(reached(body).as_deref(), want, "{body}");
        }
    }
}
