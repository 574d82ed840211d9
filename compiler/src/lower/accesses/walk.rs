//! The walk over the body: scopes, statements, expressions and jumps.

use syn::visit::{self, Visit};
use syn::{Expr, ExprForLoop, Stmt};

use super::scopes::Bound;
use super::{Leads, Touch, Walker};
use crate::lower::NodeId;
use crate::lower::held;
use crate::lower::places::{indices_of, place_of};
use crate::lower::updates;

impl<'a> Visit<'a> for Walker<'a, '_> {
    fn visit_block(&mut self, node: &'a syn::Block) {
        self.scope(|w| {
            // items are visible in the whole block
            for stmt in &node.stmts {
                if let Stmt::Item(syn::Item::Const(item)) = stmt {
                    w.declare(item.ident.to_string(), Bound::Plain);
                }
            }
            for (number, stmt) in node.stmts.iter().enumerate() {
                match stmt {
                    Stmt::Local(local) if w.cells(local, &node.stmts[number + 1..]) => w.bind_value(local),
                    stmt => w.visit_stmt(stmt),
                }
            }
        });
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}

    fn visit_local(&mut self, node: &'a syn::Local) {
        if let Some(init) = &node.init {
            self.values += 1;
            self.visit_expr(&init.expr);
            self.values -= 1;
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.bind_value(node);
    }

    fn visit_stmt(&mut self, node: &'a Stmt) {
        match node {
            Stmt::Expr(expr, _) if self.passes(expr) => {}
            Stmt::Expr(expr @ Expr::MethodCall(call), Some(_)) => self.method(expr, call, true),
            // `for x in xs { out.push(x) }`: what such a method returns is nothing
            Stmt::Expr(expr @ Expr::MethodCall(call), None) if self.values == 0 && updates::is_append(call) => {
                self.method(expr, call, true);
            }
            Stmt::Macro(stmt) => self.call_of_macro(&stmt.mac, true),
            _ => visit::visit_stmt(self, node),
        }
    }

    fn visit_arm(&mut self, node: &'a syn::Arm) {
        self.scope(|w| {
            w.bind(&node.pat);
            w.visit_pat(&node.pat);
            match &*node.body {
                // `'x' => out.push(c),` is a statement too
                expr @ Expr::MethodCall(call) if updates::of_method(call).is_some() => {
                    let is_alone = w.alone.as_ref().is_none_or(|alone| alone.contains(&NodeId::of(expr)));
                    w.method(expr, call, is_alone);
                }
                Expr::Macro(call) => w.call_of_macro(&call.mac, w.values == 0),
                body => w.visit_expr(body),
            }
        });
    }

    fn visit_expr_if(&mut self, node: &'a syn::ExprIf) {
        self.scope(|w| {
            w.visit_expr(&node.cond);
            w.visit_block(&node.then_branch);
        });
        if let Some((_, otherwise)) = &node.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        self.visit_expr(&node.expr);
        self.bind(&node.pat);
    }

    fn visit_expr_closure(&mut self, node: &'a syn::ExprClosure) {
        self.scope(|w| {
            node.inputs.iter().for_each(|input| w.bind(input));
            w.closures += 1;
            let loops = std::mem::take(&mut w.loops);
            w.visit_expr(&node.body);
            w.loops = loops;
            w.closures -= 1;
        });
    }

    fn visit_expr_unsafe(&mut self, node: &'a syn::ExprUnsafe) {
        let before = std::mem::replace(&mut self.is_unsafe, true);
        self.visit_block(&node.block);
        self.is_unsafe = before;
    }

    fn visit_expr_for_loop(&mut self, node: &'a ExprForLoop) {
        self.visit_expr(&node.expr);
        self.scope(|w| {
            w.bind_range(node);
            w.nested_loop(node.label.as_ref(), |w| w.visit_block(&node.body));
        });
    }

    fn visit_expr_while(&mut self, node: &'a syn::ExprWhile) {
        self.scope(|w| {
            w.visit_expr(&node.cond);
            w.nested_loop(node.label.as_ref(), |w| w.visit_block(&node.body));
        });
    }

    fn visit_expr_loop(&mut self, node: &'a syn::ExprLoop) {
        self.nested_loop(node.label.as_ref(), |w| w.visit_block(&node.body));
    }

    fn visit_expr_block(&mut self, node: &'a syn::ExprBlock) {
        let labels = self.inner_labels.len();
        self.inner_labels
            .extend(node.label.as_ref().map(|l| l.name.ident.to_string()));
        self.visit_block(&node.block);
        self.inner_labels.truncate(labels);
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        match node {
            _ if self.passes(node) => {}
            Expr::If(branch) if self.guard(node, branch) => {}
            Expr::If(_) | Expr::Match(_) | Expr::Assign(_) if self.choice(node) => {}
            Expr::Assign(assign) => match updates::of_assignment(assign).or_else(|| held::of_default(assign)) {
                Some(update) if self.is_outer(&update.place.root) => self.update(update, node),
                _ => self.assign(node, &assign.left, &assign.right),
            },
            Expr::Binary(binary) if updates::is_compound(&binary.op) => match updates::of_compound(binary) {
                Some(update) if self.is_outer(&update.place.root) => self.update(update, node),
                _ => {
                    if let Expr::Unary(_) = &*binary.left
                        && place_of(&binary.left).is_none()
                    {
                        self.visit_expr(&binary.left);
                    }
                    self.assign(node, &binary.left, &binary.right);
                }
            },
            // the last expression of a loop's body is a statement too
            Expr::MethodCall(call) => {
                let is_alone = self
                    .alone
                    .as_ref()
                    .is_some_and(|alone| alone.contains(&NodeId::of(node)));
                self.method(node, call, is_alone);
            }
            Expr::Struct(literal) if self.outside.is_wary() => {
                literal.fields.iter().for_each(|field| self.argument(&field.expr));
                literal.rest.iter().for_each(|rest| self.visit_expr(rest));
            }
            Expr::Macro(call) => self.call_of_macro(&call.mac, false),
            Expr::Reference(reference) if reference.mutability.is_some() => match self.outer_place(&reference.expr) {
                Some(place) => {
                    for index in indices_of(&reference.expr) {
                        self.visit_expr(index);
                    }
                    self.push_element(place, Touch::BorrowMut, node, node, Some(&reference.expr));
                }
                None => {
                    self.change_of_static(&reference.expr, node);
                    self.visit_expr(&reference.expr);
                }
            },
            Expr::RawAddr(address) if matches!(address.mutability, syn::PointerMutability::Mut(_)) => {
                self.change_of_static(&address.expr, node);
                visit::visit_expr(self, node);
            }
            Expr::Call(call) => {
                self.effect_of_call(call);
                self.callee(&call.func);
                call.args.iter().for_each(|argument| self.argument(argument));
            }
            // read through a `&mut`: what a leaf has in its place is no reference
            Expr::Unary(of)
                if matches!(of.op, syn::UnOp::Deref(_))
                    && let Some((place, _)) = place_of(&of.expr)
                    && place.is_variable()
                    && self.is_outer(&place.root)
                    && self.outside.is_mutable_reference(&place.root) =>
            {
                self.push_element(place, Touch::Read, node, &of.expr, Some(&of.expr));
            }
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => match place_of(node) {
                Some((place, _)) => {
                    for index in indices_of(node) {
                        self.visit_expr(index);
                    }
                    if self.is_outer(&place.root) {
                        self.push_element(place, Touch::Read, node, node, Some(node));
                    }
                }
                None => visit::visit_expr(self, node),
            },
            Expr::Break(jump) => {
                visit::visit_expr(self, node);
                match &jump.label {
                    Some(label) if self.labels.contains(&label.ident.to_string()) => {
                        self.exit("break", Leads::Behind, node);
                    }
                    Some(label) if self.inner_labels.contains(&label.ident.to_string()) => {}
                    Some(_) => self.exit("break", Leads::Around, node),
                    None if self.loops == 0 => self.exit("break", Leads::Behind, node),
                    None => {}
                }
            }
            Expr::Continue(jump) => {
                let leaves = match &jump.label {
                    Some(label) => {
                        let name = label.ident.to_string();
                        !self.inner_labels.contains(&name) && !self.labels.contains(&name)
                    }
                    None => self.is_unit && self.loops == 0,
                };
                if leaves {
                    self.exit("continue", Leads::Around, node);
                }
            }
            Expr::Return(_) => {
                visit::visit_expr(self, node);
                self.exit("return", Leads::Out, node);
            }
            Expr::Try(question) => {
                visit::visit_expr(self, node);
                self.exit("?", Leads::Out, &question.question_token);
            }
            _ => visit::visit_expr(self, node),
        }
    }
}
