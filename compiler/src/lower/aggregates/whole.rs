//! Which variables are wholes, and used by their parts alone?

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Block, Expr, FnArg, ItemFn, Local, Pat};

use super::Whole;
use super::shapes::{Shape, variable};
use crate::lower::bindings::bindings;
use crate::lower::primitives::is_primitive_value;
use crate::lower::updates::{is_compound, strip};
use crate::lower::uses::{self, Names};
use crate::names::FreeNames;

/// The wholes that the function's loops carry along, and those of which they are made inside the loops.
pub(super) fn find(function: &ItemFn, original: &ItemFn, names: &mut FreeNames) -> BTreeMap<String, Whole> {
    let mut declared = Declared::default();
    for input in &function.sig.inputs {
        if let FnArg::Typed(typed) = input {
            declared.pattern(&typed.pat, Shape::of_type(&typed.ty), false);
        }
    }
    declared.visit_block(&function.block);
    declared.shaped_by_use(&original.block);
    let unfit = {
        let mut uses = Uses {
            declared: &declared,
            loops: 0,
            unfit: Names::new(),
            whole: Names::new(),
        };
        uses.visit_block(&function.block);
        let whole = std::mem::take(&mut uses.whole);
        let others = declared.variables.keys().filter(|name| !whole.contains(*name)).cloned();
        uses.unfit.into_iter().chain(others).collect::<Names>()
    };
    let mut wholes = BTreeMap::new();
    for (name, variable) in declared.variables {
        let Some(shape) = variable.shape.filter(|_| variable.count == 1 && !unfit.contains(&name)) else {
            continue;
        };
        let locals = variable.is_inside.then(|| {
            let plain = name.trim_start_matches("r#");
            let local = |member: &syn::Member| match member {
                syn::Member::Named(member) => {
                    names.free(&format!("{plain}_{}", member.to_string().trim_start_matches("r#")))
                }
                syn::Member::Unnamed(number) => names.free(&format!("{plain}_{}", number.index)),
            };
            shape.members().iter().map(local).collect()
        });
        wholes.insert(name, Whole { shape, locals });
    }
    wholes
}

/// A variable, as its declarations have it.
#[derive(Default)]
struct Variable {
    shape: Option<Shape>,
    /// How often the name is declared.
    count: usize,
    /// Declared inside a loop.
    is_inside: bool,
    /// Made of numbers, truth values and characters, as far as the text shows.
    is_plain: bool,
}

/// The variables of a function.
#[derive(Default)]
struct Declared {
    variables: BTreeMap<String, Variable>,
    loops: usize,
}

impl Declared {
    fn pattern(&mut self, pattern: &Pat, shape: Option<Shape>, is_plain: bool) {
        let (pattern, shape) = match pattern {
            Pat::Type(typed) => (&*typed.pat, Shape::of_type(&typed.ty).or(shape)),
            pattern => (pattern, shape),
        };
        for binding in bindings(pattern) {
            let variable = self.variables.entry(binding.ident.to_string()).or_default();
            variable.count += 1;
            variable.is_inside = self.loops > 0;
            if let (Pat::Ident(ident), Some(shape)) = (pattern, &shape)
                && ident.by_ref.is_none()
                && ident.subpat.is_none()
            {
                variable.shape = Some(shape.clone());
                variable.is_plain = is_plain;
            }
        }
    }

    /// Shapes that only what is assigned shows, or the pattern by which it is taken apart; `let old = state;` has that of
    /// the other variable.
    fn shaped_by_use(&mut self, block: &Block) {
        struct Shaped<'d>(&'d mut Declared);
        impl Shaped<'_> {
            fn learn(&mut self, place: &Expr, shape: impl FnOnce() -> Option<Shape>) {
                if let Some(known) = variable(place).and_then(|name| self.0.variables.get_mut(&name))
                    && known.shape.is_none()
                {
                    known.shape = shape();
                }
            }
        }
        impl<'a> Visit<'a> for Shaped<'_> {
            fn visit_expr_assign(&mut self, node: &'a syn::ExprAssign) {
                self.learn(&node.left, || {
                    values_in(&node.right).into_iter().find_map(Shape::of_value)
                });
                visit::visit_expr_assign(self, node);
            }

            fn visit_local(&mut self, node: &'a Local) {
                if let Some(init) = &node.init {
                    self.learn(&init.expr, || Shape::of_pattern(&node.pat));
                    if let Pat::Ident(ident) = &node.pat
                        && let Some(other) = variable(&init.expr).and_then(|name| self.0.variables.get(&name))
                    {
                        let (shape, is_plain) = (other.shape.clone(), other.is_plain);
                        if let Some(copy) = self.0.variables.get_mut(&ident.ident.to_string()) {
                            copy.shape = copy.shape.take().or(shape);
                            copy.is_plain |= is_plain;
                        }
                    }
                }
                visit::visit_local(self, node);
            }
        }
        Shaped(self).visit_block(block);
    }
}

impl<'a> Visit<'a> for Declared {
    fn visit_local(&mut self, node: &'a Local) {
        let init = node
            .init
            .as_ref()
            .filter(|init| init.diverge.is_none())
            .map(|init| &*init.expr);
        self.pattern(&node.pat, init.and_then(Shape::of_value), init.is_some_and(is_plain));
        if let Some(init) = &node.init {
            self.visit_expr(&init.expr);
        }
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.loops += 1;
        visit::visit_expr_for_loop(self, node);
        self.loops -= 1;
    }

    fn visit_pat(&mut self, node: &'a Pat) {
        self.pattern(node, None, false);
    }
}

/// The values that an expression may have.
fn values_in(value: &Expr) -> Vec<&Expr> {
    match strip(value) {
        Expr::If(branch) => {
            let then = branch.then_branch.stmts.last();
            let otherwise = branch.else_branch.as_ref().map(|(_, otherwise)| values_in(otherwise));
            then.into_iter()
                .flat_map(tail)
                .chain(otherwise.into_iter().flatten())
                .collect()
        }
        Expr::Match(choice) => choice.arms.iter().flat_map(|arm| values_in(&arm.body)).collect(),
        Expr::Block(block) => block.block.stmts.last().into_iter().flat_map(tail).collect(),
        value => vec![value],
    }
}

fn tail(stmt: &syn::Stmt) -> Vec<&Expr> {
    match stmt {
        syn::Stmt::Expr(value, None) => values_in(value),
        _ => Vec::new(),
    }
}

/// True for a literal whose parts are numbers, truth values or characters.
fn is_plain(value: &Expr) -> bool {
    match strip(value) {
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_primitive_value),
        Expr::Struct(literal) => literal.fields.iter().all(|field| is_primitive_value(&field.expr)),
        _ => false,
    }
}

/// How the wholes are used inside the loops.
struct Uses<'d> {
    declared: &'d Declared,
    loops: usize,
    /// Used in a way that doesn't show the parts.
    unfit: Names,
    /// Used as wholes at all.
    whole: Names,
}

impl Uses<'_> {
    fn variable(&self, expr: &Expr) -> Option<(String, &Variable)> {
        let name = variable(expr)?;
        let variable = self.declared.variables.get(&name)?;
        Some((name, variable)).filter(|(_, v)| v.shape.is_some())
    }

    fn refuse(&mut self, expr: &Expr) {
        if let Some((name, _)) = self.variable(expr) {
            self.unfit.insert(name);
        }
    }

    fn refuse_in(&mut self, tokens: proc_macro2::TokenStream) {
        let mut names = Names::new();
        uses::of_tokens(tokens, &mut names);
        let known: BTreeSet<String> = names
            .into_iter()
            .filter(|name| self.declared.variables.contains_key(name))
            .collect();
        self.unfit.extend(known);
    }
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.visit_expr(&node.expr);
        self.loops += 1;
        self.visit_block(&node.body);
        self.loops -= 1;
    }

    fn visit_expr(&mut self, node: &'a Expr) {
        if self.loops == 0 {
            return visit::visit_expr(self, node);
        }
        match node {
            Expr::Field(field) => {
                if let Some((name, variable)) = self.variable(&field.base) {
                    let shape = variable.shape.as_ref().expect("a shape");
                    if shape.position(&field.member).is_none() {
                        self.unfit.insert(name);
                    }
                    return;
                }
            }
            Expr::Path(_) => {
                if let Some((name, _)) = self.variable(node) {
                    self.whole.insert(name);
                }
            }
            // what is changed through it, or by an operator or a method of the whole, isn't seen
            Expr::Reference(reference) => {
                let is_shared = reference.mutability.is_none();
                if !self
                    .variable(&reference.expr)
                    .is_some_and(|(_, v)| is_shared && v.is_plain)
                {
                    self.refuse(&reference.expr);
                }
            }
            Expr::MethodCall(call) => {
                let is_copied =
                    call.method == "clone" && self.variable(&call.receiver).is_some_and(|(_, v)| v.is_plain);
                if !is_copied {
                    self.refuse(&call.receiver);
                }
            }
            Expr::Index(index) => self.refuse(&index.expr),
            Expr::Binary(binary) if is_compound(&binary.op) => self.refuse(&binary.left),
            Expr::Closure(closure) => self.refuse_in(quote::quote!(#closure)),
            Expr::Assign(assign) => {
                let shows = |value: &&Expr| {
                    Shape::of_value(value).is_some()
                        || self.variable(value).is_some()
                        || matches!(value, Expr::Struct(literal) if literal.rest.as_ref().is_some_and(|rest| variable(rest) == variable(&assign.left)))
                        || matches!(value, Expr::Continue(_) | Expr::Break(_) | Expr::Return(_))
                };
                if !values_in(&assign.right).iter().all(shows) {
                    self.refuse(&assign.left);
                }
            }
            _ => {}
        }
        visit::visit_expr(self, node);
    }

    fn visit_macro(&mut self, node: &'a syn::Macro) {
        if self.loops > 0 {
            self.refuse_in(node.tokens.clone());
        }
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
