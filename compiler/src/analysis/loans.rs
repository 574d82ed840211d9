//! Which variables may hold a `&mut` although no type says so?
//!
//! `let (left, right) = v.split_at_mut(m)`, the fields of a `&mut` struct that a pattern takes apart, the elements of a
//! loop over one: passing such a variable on may change what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Expr, ItemFn, Pat, Stmt};

use crate::lower::bindings::bindings;
use crate::lower::places::place_of;
use crate::lower::tasks::is_lazy_adaptor;
use crate::lower::variables::{self, Holds};

/// The names of variables that may hold a `&mut`.
pub(crate) fn may_lend(function: &ItemFn) -> BTreeSet<String> {
    let parameters = function.sig.inputs.iter().flat_map(variables::of_parameter);
    let mutable = parameters.filter(|parameter| parameter.holds == Holds::Mutable);
    let mut search = Search {
        names: mutable.map(|parameter| parameter.name).collect(),
        found: BTreeSet::new(),
    };
    // a name may get its `&mut` from one that is declared further down in another block
    loop {
        let before = search.names.len();
        search.visit_block(&function.block);
        if search.names.len() == before {
            return search.found;
        }
    }
}

/// True if a method is called on the variable whose result nobody uses: it is called for what it changes.
pub(crate) fn is_told(function: &ItemFn, name: &str) -> bool {
    struct Told<'n> {
        name: &'n str,
        found: bool,
    }
    impl<'a> Visit<'a> for Told<'_> {
        fn visit_stmt(&mut self, node: &'a Stmt) {
            if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = node {
                self.found |= place_of(&call.receiver).is_some_and(|(place, _)| place.root == self.name);
            }
            visit::visit_stmt(self, node);
        }
    }
    let mut told = Told { name, found: false };
    told.visit_block(&function.block);
    told.found
}

/// Which variables certainly borrow from which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Loans(BTreeMap<String, (String, bool)>);

impl Loans {
    /// The loans of a function's `let`s.
    pub(crate) fn of(function: &ItemFn) -> Loans {
        let mut loans = Loans::default();
        loans.visit_block(&function.block);
        loans
    }

    /// True if `borrower` has a loan from `owner` that excludes an access to `owner` which, or beside which the
    /// borrower's, writes.
    pub(crate) fn is_lent(&self, owner: &str, borrower: &str, writes: bool) -> bool {
        let mut at = borrower;
        let mut is_mutable = false;
        // a name may be declared twice, from one another
        for _ in 0..=self.0.len() {
            let Some((from, mutable)) = self.0.get(at) else {
                return false;
            };
            is_mutable |= mutable;
            if from == owner {
                return is_mutable || writes;
            }
            at = from;
        }
        false
    }
}

impl Loans {
    fn bind(&mut self, pattern: &Pat, value: &Expr) {
        if let Some((owner, is_mutable)) = lent(value).filter(|_| !is_owned_by_type(pattern)) {
            for binding in bindings(pattern) {
                let name = binding.ident.to_string();
                if name != owner {
                    self.0.insert(name, (owner.clone(), is_mutable));
                }
            }
        }
    }
}

impl<'a> Visit<'a> for Loans {
    fn visit_local(&mut self, node: &'a syn::Local) {
        visit::visit_local(self, node);
        if let Some(init) = &node.init {
            self.bind(&node.pat, &init.expr);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        visit::visit_expr_let(self, node);
        self.bind(&node.pat, &node.expr);
    }

    fn visit_expr_match(&mut self, node: &'a syn::ExprMatch) {
        visit::visit_expr_match(self, node);
        node.arms.iter().for_each(|arm| self.bind(&arm.pat, &node.expr));
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// The variable that a value is borrowed from, and whether mutably, where the text shows it.
fn lent(value: &Expr) -> Option<(String, bool)> {
    match value {
        Expr::Paren(e) => lent(&e.expr),
        Expr::Try(e) => lent(&e.expr),
        Expr::Reference(e) => {
            let is_mutable = e.mutability.is_some();
            place_of(&e.expr).map(|(place, _)| (place.root, is_mutable))
        }
        Expr::MethodCall(call) => {
            let name = call.method.to_string();
            let is_mutable = name.ends_with("_mut");
            let borrows = is_mutable || BORROWS.contains(&name.as_str());
            if let Some((place, _)) = place_of(&call.receiver) {
                return borrows.then_some((place.root, is_mutable));
            }
            let goes_on = borrows || HANDS_ON.contains(&name.as_str()) || is_lazy_adaptor(&name);
            lent(&call.receiver).filter(|_| goes_on)
        }
        _ => None,
    }
}

/// Methods of the standard library that return references into their receiver.
const BORROWS: &[&str] = &[
    "as_bytes",
    "as_ref",
    "as_slice",
    "as_str",
    "bytes",
    "chars",
    "chunks",
    "chunks_exact",
    "first",
    "get",
    "iter",
    "keys",
    "last",
    "lines",
    "split",
    "split_at",
    "split_first",
    "split_last",
    "split_whitespace",
    "trim",
    "values",
    "windows",
];

/// Methods that return what is in their receiver.
const HANDS_ON: &[&str] = &["expect", "next", "nth", "ok_or", "unwrap"];

struct Search {
    /// All that hold a `&mut`.
    names: BTreeSet<String>,
    /// Those of them that no type gives away.
    found: BTreeSet<String>,
}

impl Search {
    fn bind(&mut self, pattern: &Pat, value: &Expr) {
        if is_owned_by_type(pattern) || !self.lends(pattern, value) {
            return;
        }
        for binding in bindings(pattern) {
            let name = binding.ident.to_string();
            self.names.insert(name.clone());
            self.found.insert(name);
        }
    }

    /// True if the value may have a `&mut` in it that the pattern binds.
    fn lends(&self, pattern: &Pat, value: &Expr) -> bool {
        if let Some((place, _)) = place_of(value) {
            let takes_apart = !matches!(pattern, Pat::Ident(_) | Pat::Wild(_));
            return self.names.contains(&place.root) && (takes_apart || place.is_variable());
        }
        let mut mentions = Mentions {
            names: &self.names,
            found: false,
        };
        mentions.visit_expr(value);
        mentions.found
    }
}

impl<'a> Visit<'a> for Search {
    fn visit_local(&mut self, node: &'a syn::Local) {
        visit::visit_local(self, node);
        if let Some(init) = &node.init {
            self.bind(&node.pat, &init.expr);
        }
    }

    fn visit_expr_let(&mut self, node: &'a syn::ExprLet) {
        visit::visit_expr_let(self, node);
        self.bind(&node.pat, &node.expr);
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.bind(&node.pat, &node.expr);
        visit::visit_expr_for_loop(self, node);
    }

    fn visit_expr_match(&mut self, node: &'a syn::ExprMatch) {
        for arm in &node.arms {
            self.bind(&arm.pat, &node.expr);
        }
        visit::visit_expr_match(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// `let n: usize = ..`, `let v: Vec<u8> = ..`
fn is_owned_by_type(pattern: &Pat) -> bool {
    const OWNED: &[&str] = &["Vec", "String", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];
    let Pat::Type(typed) = pattern else { return false };
    let syn::Type::Path(path) = &*typed.ty else {
        return false;
    };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let name = last.ident.to_string();
    // a primitive's name is lower case
    last.arguments.is_none() && (name.starts_with(char::is_lowercase)) || OWNED.contains(&name.as_str())
}

/// Does an expression get a `&mut` that it may hand on?
struct Mentions<'n> {
    names: &'n BTreeSet<String>,
    found: bool,
}

impl Mentions<'_> {
    /// A `&mut` variable as it stands.
    fn is_lender(&self, expr: &Expr) -> bool {
        place_of(expr).is_some_and(|(place, _)| place.is_variable() && self.names.contains(&place.root))
    }
}

impl<'a> Visit<'a> for Mentions<'_> {
    fn visit_expr_reference(&mut self, node: &'a syn::ExprReference) {
        self.found |= node.mutability.is_some();
        visit::visit_expr_reference(self, node);
    }

    fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
        let name = node.method.to_string();
        let lends =
            name.ends_with("_mut") || ["entry", "by_ref", "lock", "write", "or_insert_with"].contains(&name.as_str());
        // `self.len()` looks, `self.cursor()` may lend
        let may_hand_on = self.is_lender(&node.receiver) && !LOOKS.contains(&name.as_str());
        self.found |= lends || may_hand_on || node.args.iter().any(|argument| self.is_lender(argument));
        visit::visit_expr_method_call(self, node);
    }

    fn visit_expr_call(&mut self, node: &'a syn::ExprCall) {
        self.found |= node.args.iter().any(|argument| self.is_lender(argument));
        visit::visit_expr_call(self, node);
    }

    fn visit_expr_tuple(&mut self, node: &'a syn::ExprTuple) {
        self.found |= node.elems.iter().any(|element| self.is_lender(element));
        visit::visit_expr_tuple(self, node);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Methods that return a value of its own.
const LOOKS: &[&str] = &[
    "len",
    "is_empty",
    "clone",
    "to_vec",
    "to_string",
    "to_owned",
    "iter",
    "contains",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn lenders(text: &str) -> String {
        let function = syn::parse_str(&format!("fn f(v: &mut [u8], w: &[u8], s: &mut S) {{ {text} }}")).unwrap();
        may_lend(&function).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn loans_are_followed_to_their_owners() {
        let text =
            "let (a, b) = v.split_at_mut(1); let (c, d) = b.split_at_mut(1); let s = w.iter().rev(); let n = w.len();";
        let function = syn::parse_str(&format!("fn f(v: &mut [u8], w: &[u8]) {{ {text} }}")).unwrap();
        let loans = Loans::of(&function);
        assert!(loans.is_lent("v", "d", false) && loans.is_lent("b", "c", false));
        assert!(!loans.is_lent("a", "d", true) && !loans.is_lent("w", "n", true));
        assert!(loans.is_lent("w", "s", true) && !loans.is_lent("w", "s", false));
    }

    #[test]
    fn what_may_lend_is_found_through_lets_and_patterns() {
        for (text, want) in [
            ("let (a, b) = v.split_at_mut(1); let c = a;", "a b c"),
            ("let (a, b) = w.split_at(1); let n = v.len();", ""),
            ("let S { x, y } = s; let z = s.z;", "x y"),
            ("for x in v { let y = x; }", "x y"),
            ("let n: usize = g(v); let m = g(v);", "m"),
            ("if let Some(x) = &mut s.x { }", "x"),
        ] {
            assert_eq!(lenders(text), want, "{text}");
        }
    }
}
