//! A call of a method of unknown effect: what may be written instead?

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Expr, ExprAssign, Pat};

use super::Cluster;
use crate::analysis::mutations;
use crate::diagnostics;
use crate::lower::NodeId;
use crate::lower::accesses::{Access, Touch};
use crate::lower::kernels::Kernel;
use crate::lower::places::{Place, Step, place_of};
use crate::lower::updates::strip;
use crate::lower::variables::{Holds, Variable};

/// The ways out for a call of `method`, which may change the access's place.
pub(super) fn ways_out(kernel: &Kernel<'_>, access: &Access<'_>, method: &Ident, is_statement: bool) -> Vec<String> {
    let place = &access.place;
    let (whole, root) = (place.without_elements(), &place.root);
    if syn::parse2::<syn::Macro>(access.at.clone()).is_ok() {
        return vec![format!(
            "write what `{method}!` does in the place of its call, so that it shows what becomes of `{root}`"
        )];
    }
    if is_statement {
        return vec![format!(
            "if the calls may be made one after another, with arguments computed in parallel: `replay({whole})`; if two of them combine: `reduce({root}: OPERATION)`"
        )];
    }
    if method.to_string().ends_with("_mut") {
        let scratch = format!("if what `{root}` holds doesn't matter to the next iteration: `private({root})`");
        let scratch = (place.is_variable() && root != "self").then_some(scratch);
        let mut ways_out = vec![
            format!(
                "loop over the parts that `{method}` lends, as `iter_mut()` and `chunks_mut(..)` lend those of a slice"
            ),
            format!("if each change is one call of a method, such as `{whole}.set(i, value)`: `replay({whole})`"),
        ];
        ways_out.extend(scratch);
        return ways_out;
    }
    if is_only_tried(kernel, access.node) {
        return vec![format!(
            "what `{method}` gives says only whether it went well, so its calls have to be made in order: mark this loop `#[seq]`; if two of `{whole}` combine: `reduce({root}: OPERATION)`"
        )];
    }
    let listing = format!(
        "list what it gives in a loop of its own, marked `#[seq]`, and loop over that list; if other values will do, make a new `{place}` inside the loop"
    );
    if mutations::gives_the_next(&method.to_string()) {
        return vec![listing];
    }
    vec![looking(kernel, &whole, method), format!("if it changes it: {listing}")]
}

/// The name of the field that a place is.
pub(super) fn last_field(place: &Place) -> Option<String> {
    place.steps.iter().rev().find_map(|step| match step {
        Step::Field(name) if !name.starts_with(|c: char| c.is_ascii_digit()) => Some(name.clone()),
        _ => None,
    })
}

/// A shared reference shows that nothing is changed.
fn looking(kernel: &Kernel<'_>, place: &Place, method: &Ident) -> String {
    let behind = kernel.variable(&place.root).is_some_and(|v| v.holds == Holds::Mutable);
    let name = match last_field(place) {
        Some(name) => name,
        None if place.root == "self" => "this".to_string(),
        None => place.root.clone(),
    };
    let value = match place.is_variable() && behind {
        true => format!("&*{place}"),
        false => format!("&{place}"),
    };
    format!(
        "if `{method}` only looks at `{place}`: `let {name} = {value};` before the loop, and `{name}.{method}(..)` in it"
    )
}

/// True if a call stands before a `?`, or in `let _ = ..;`.
fn is_only_tried(kernel: &Kernel<'_>, call: NodeId) -> bool {
    struct Tried {
        call: NodeId,
        found: bool,
    }
    impl<'a> Visit<'a> for Tried {
        fn visit_stmt(&mut self, node: &'a syn::Stmt) {
            let tried = match node {
                syn::Stmt::Local(syn::Local {
                    pat: Pat::Wild(_),
                    init: Some(init),
                    ..
                }) => Some(&*init.expr),
                syn::Stmt::Expr(Expr::Try(question), Some(_)) => Some(&*question.expr),
                _ => None,
            };
            self.found |= tried.is_some_and(|value| NodeId::of(value) == self.call);
            visit::visit_stmt(self, node);
        }
    }
    let mut tried = Tried { call, found: false };
    tried.visit_block(&kernel.node.body);
    tried.found
}

/// The method in `place = place.method(x)`, by which a user's type may combine two values.
pub(super) fn operation(assign: &ExprAssign) -> Option<&syn::ExprMethodCall> {
    let Expr::MethodCall(call) = strip(&assign.right) else {
        return None;
    };
    let of = match strip(&call.receiver) {
        Expr::MethodCall(copy) if copy.method == "clone" => &copy.receiver,
        other => other,
    };
    let (place, _) = place_of(&assign.left)?;
    let is_same = place_of(of).is_some_and(|(of, _)| of.is_same(&place));
    let is_number = |argument: &Expr| matches!(strip(argument), Expr::Lit(_));
    let takes_one = call.args.len() == 1 && !is_number(&call.args[0]);
    (is_same && takes_one && place.depth() == 0).then_some(call)
}

impl Cluster<'_, '_, '_> {
    /// `bbox = bbox.union(x)` is reported for what it is, at the call or the assignment that comes first.
    pub(super) fn unknown_by_method(&mut self, access: &Access<'_>) -> bool {
        let assignments = self.found.list.iter().filter_map(|other| match &other.touch {
            Touch::Write {
                node: Expr::Assign(assign),
            } if other.place.is_same(&access.place) => Some(assign),
            _ => None,
        });
        let is_here = |assign: &&ExprAssign| {
            matches!(access.touch, Touch::Write { .. }) || NodeId::of(strip(&assign.right)) == access.node
        };
        let Some(call) = assignments.filter(is_here).find_map(operation) else {
            return false;
        };
        let root = &access.place.root;
        // of a number's methods those of the standard library are reads
        let is_number = self.kernel.variable(root).is_none_or(Variable::is_primitive);
        if is_number && !matches!(access.touch, Touch::Method { .. }) {
            return false;
        }
        let (method, name, why) = (&call.method, &access.place, self.why_no_recurrence(&access.place));
        let local = last_field(name).unwrap_or_else(|| root.clone());
        self.diagnostics
            .report(
                diagnostics::UNKNOWN_OPERATION,
                call,
                format!("`{method}` updates `{name}`, and nobody said that it is associative"),
            )
            .note(format!(
                "pieces of the loop can be combined only if an associative operation joins what the steps by `{method}` make"
            ))
            .notes(why)
            .helps((!name.is_variable()).then(|| {
                format!("let the loop update a variable: `let mut {local} = {name};` before it, and `{name} = {local};` behind it")
            }))
            .help(format!(
                "if one does, write `fn joined(a: T, b: T) -> T` with `#[associative(identity = ..)]` before it, and `reduce({local}: joined)` in the attribute's parentheses; this line may stay, also where `{method}` takes something else than what `joined` joins"
            ));
        true
    }
}
