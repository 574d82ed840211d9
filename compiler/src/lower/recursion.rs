//! Which calls are the recursion?
//!
//! A free function calls itself by its bare name, a method through any receiver (rustc dispatches it), an associated
//! function through `Self::` or its type. A function that does not call itself may call one other function twice or more,
//! or for each of its children: then that one is taken, as in mutual recursion.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprPath, FnArg, ItemFn, Pat};

use super::tasks::is_iterator;
use super::variables::{self, Holds};

/// How the function is called, and with that, how it can be rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A free function that calls itself by its name: the rewritten one may stand beside it.
    Free,
    /// Everything else: rewritten in place.
    InPlace,
}

/// What is known about the recursion's callee.
#[derive(Debug)]
pub(crate) struct Recursion {
    /// The callee's name.
    pub(crate) callee: String,
    /// How the function can be rewritten.
    pub(crate) form: Form,
    /// The receiver, for methods.
    pub(crate) receiver: Option<Holds>,
    /// How each parameter besides the receiver is held; `None` for another function's.
    pub(crate) parameters: Option<Vec<Holds>>,
    /// Bare names call the function.
    bare: bool,
    /// `x.name(..)` calls the function.
    method: bool,
    /// The path of the first call that has one.
    pub(crate) path: Option<ExprPath>,
    /// The type that the function is called through, if other types have one of this name.
    qualifier: Option<String>,
    /// Its name says that it makes a value of its own type, and it returns another one than those it calls others through.
    is_constructor: bool,
    /// A variable has the function's name: where that stands alone it is the variable.
    is_bound: bool,
    /// The calls are marks around statements, see [`units`](super::units).
    pub(crate) is_mark: bool,
}

/// One recursive call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    /// The whole expression.
    pub(crate) node: &'a Expr,
    /// `x` in `x.f(..)`.
    pub(crate) receiver: Option<&'a Expr>,
    /// The arguments.
    pub(crate) arguments: &'a syn::punctuated::Punctuated<Expr, syn::Token![,]>,
}

impl Call<'_> {
    /// The span of the callee's name.
    pub(crate) fn span(&self) -> Span {
        match self.node {
            Expr::MethodCall(call) => call.method.span(),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => path.path.segments.last().expect("a path has a segment").ident.span(),
                _ => Span::call_site(),
            },
            _ => Span::call_site(),
        }
    }
}

impl Recursion {
    /// The recursion of `function`, if it calls itself or one other function twice.
    pub(crate) fn of(function: &ItemFn) -> Option<Recursion> {
        let signature = &function.sig;
        let name = signature.ident.to_string();
        let receiver = function.sig.inputs.iter().find_map(|input| match input {
            FnArg::Receiver(_) => variables::of_parameter(input).first().map(|v| v.holds),
            FnArg::Typed(_) => None,
        });
        let typed = signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(variables::holds(&typed.ty)),
            FnArg::Receiver(_) => None,
        });
        let in_type = receiver.is_some()
            || mentions_self_type(function.block.to_token_stream())
            || mentions_self_type(signature.to_token_stream());
        let mut recursion = Recursion {
            callee: name.clone(),
            form: if in_type { Form::InPlace } else { Form::Free },
            receiver,
            parameters: Some(typed.collect()),
            bare: !in_type && !is_shadowed(function, &name),
            method: receiver.is_some(),
            path: None,
            qualifier: qualifier(function, &name),
            is_constructor: is_constructor(function, &name),
            is_bound: is_bound(function, &name),
            is_mark: false,
        };
        if recursion.bare && recursion.count(function) > 0 {
            return Some(recursion);
        }
        recursion.bare = false;
        recursion.form = Form::InPlace;
        if recursion.count(function) > 0 {
            recursion.path = recursion.first_path(function);
            return Some(recursion);
        }
        Recursion::mutual(function, recursion)
    }

    /// The marks of [`units`](super::units), calls of a name that nothing else has.
    pub(crate) fn of_marks(name: &Ident) -> Recursion {
        Recursion {
            callee: name.to_string(),
            form: Form::InPlace,
            receiver: None,
            parameters: Some(vec![Holds::Value]),
            bare: true,
            method: false,
            path: None,
            qualifier: None,
            is_constructor: false,
            is_bound: false,
            is_mark: true,
        }
    }

    /// Two or more calls of one other function.
    fn mutual(function: &ItemFn, own: Recursion) -> Option<Recursion> {
        let mut calls = OtherCalls::default();
        calls.visit_block(&function.block);
        let twice = calls.found.iter().find(|(_, call)| call.times >= 2);
        let often = || {
            calls
                .found
                .iter()
                .find(|(name, call)| call.repeats && !is_bound(function, name) && !is_parameter(function, name))
        };
        let (callee, bare) = twice.or_else(often).map(|(name, call)| (name.clone(), call.bare))?;
        let mut other = Recursion {
            callee,
            parameters: None,
            bare,
            method: false,
            receiver: None,
            qualifier: None,
            is_constructor: false,
            is_bound: false,
            ..own
        };
        other.path = other
            .first_path(function)
            .filter(|path| path.path.segments.len() > 1)
            .map(|mut path| {
                path.path.segments.last_mut().expect("a path has a segment").ident = function.sig.ident.clone();
                path
            });
        Some(other)
    }

    fn count(&self, function: &ItemFn) -> usize {
        let mut calls = Calls {
            recursion: self,
            found: Vec::new(),
            values: 0,
        };
        calls.visit_block(&function.block);
        calls.found.len() + calls.values
    }

    fn first_path(&self, function: &ItemFn) -> Option<ExprPath> {
        let mut calls = Calls {
            recursion: self,
            found: Vec::new(),
            values: 0,
        };
        calls.visit_block(&function.block);
        calls.found.iter().find_map(|call| match call.node {
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => {
                    let mut path = path.clone();
                    path.path.segments.last_mut()?.arguments = syn::PathArguments::None;
                    Some(path)
                }
                _ => None,
            },
            _ => None,
        })
    }

    /// The recursive call that `expr` is.
    pub(crate) fn call<'a>(&self, expr: &'a Expr) -> Option<Call<'a>> {
        match expr {
            Expr::Call(call) => {
                let Expr::Path(path) = &*call.func else { return None };
                let expected = self.parameters.as_ref().map(Vec::len);
                let given = call.args.len().checked_sub(usize::from(self.receiver.is_some()));
                let fits = expected.is_none() || expected == given;
                (fits && self.is_path(path)).then_some(Call {
                    node: expr,
                    receiver: None,
                    arguments: &call.args,
                })
            }
            Expr::MethodCall(call) => {
                let fits = self.parameters.as_ref().is_none_or(|p| p.len() == call.args.len());
                (self.method && fits && call.method == self.callee).then_some(Call {
                    node: expr,
                    receiver: Some(&call.receiver),
                    arguments: &call.args,
                })
            }
            _ => None,
        }
    }

    /// True if the call is a mark.
    pub(crate) fn is_mark_call(&self, call: &syn::ExprCall) -> bool {
        self.is_mark && matches!(&*call.func, Expr::Path(path) if self.is_path(path))
    }

    /// The tokens that messages show of a task: a mark's are those of the statement, a loop's its header.
    pub(crate) fn shown(&self, node: &Expr) -> TokenStream {
        if !self.is_mark {
            // what is around a call may not be what the user wrote
            let call = matches!(node, Expr::Block(_) | Expr::If(_))
                .then(|| self.first_call(node))
                .flatten();
            return call.map_or(node, |call| call.node).to_token_stream();
        }
        match super::units::unmarked(node, self) {
            Expr::ForLoop(e) => {
                let (token, pattern, source) = (&e.for_token, &e.pat, &e.expr);
                quote::quote!(#token #pattern #source)
            }
            Expr::If(e) => {
                let (token, condition) = (&e.if_token, &e.cond);
                quote::quote!(#token #condition)
            }
            Expr::While(e) => {
                let (token, condition) = (&e.while_token, &e.cond);
                quote::quote!(#token #condition)
            }
            Expr::Match(e) => {
                let (token, value) = (&e.match_token, &e.expr);
                quote::quote!(#token #value)
            }
            inner => {
                let mut inner = super::units::only_statement(inner).unwrap_or(inner).clone();
                super::units::Unmark(self).visit_expr_mut(&mut inner);
                inner.to_token_stream()
            }
        }
    }

    /// True if the path names the callee.
    pub(crate) fn is_path(&self, path: &ExprPath) -> bool {
        let segments = &path.path.segments;
        let last = segments.last().expect("a path has a segment");
        if last.ident != self.callee {
            return false;
        }
        match segments.len() {
            1 => self.bare,
            // a value's name is lower case: a module, or `self`, `super`, `crate`
            n => {
                let qualifier = segments[n - 2].ident.to_string();
                !self.bare && (self.is_type(&qualifier) || matches!(qualifier.as_str(), "self" | "super" | "crate"))
            }
        }
    }

    /// True if the path passes the callee on.
    pub(crate) fn is_value(&self, path: &ExprPath) -> bool {
        self.is_path(path) && !(self.is_bound && path.path.segments.len() == 1)
    }

    /// True if a path through a type of this name leads to the callee.
    pub(crate) fn is_type(&self, name: &str) -> bool {
        match &self.qualifier {
            Some(own) => own == name,
            // one letter is a type parameter's
            None => {
                !self.is_constructor
                    && name.len() > 1
                    && name.starts_with(char::is_uppercase)
                    && !STANDARD.contains(&name)
            }
        }
    }

    /// True if all calls are those of the type itself: through a path, or on `self`. On another receiver a method of this
    /// name may be another type's.
    pub(crate) fn is_certain(&self, block: &syn::Block) -> bool {
        let on_self = |call: &Call<'_>| match call.receiver {
            None => true,
            Some(receiver) => matches!(receiver, Expr::Path(path) if path.path.is_ident("self")),
        };
        self.calls(block).0.iter().all(on_self)
    }

    /// The calls in `block`, in source order, and how often the callee is passed on as a value.
    pub(crate) fn calls<'a>(&self, block: &'a syn::Block) -> (Vec<Call<'a>>, usize) {
        let mut calls = Calls {
            recursion: self,
            found: Vec::new(),
            values: 0,
        };
        calls.visit_block(block);
        (calls.found, calls.values)
    }

    /// True if the statement contains a call, or passes the callee on.
    pub(crate) fn is_in_statement(&self, stmt: &syn::Stmt) -> bool {
        let mut calls = Calls {
            recursion: self,
            found: Vec::new(),
            values: 0,
        };
        calls.visit_stmt(stmt);
        calls.values > 0 || !calls.found.is_empty()
    }

    /// The first call in `expr`.
    pub(crate) fn first_call<'a>(&self, expr: &'a Expr) -> Option<Call<'a>> {
        let mut calls = Calls {
            recursion: self,
            found: Vec::new(),
            values: 0,
        };
        calls.visit_expr(expr);
        calls.found.first().copied()
    }

    /// True if `expr` contains a call, or passes the callee on.
    pub(crate) fn is_in(&self, expr: &Expr) -> bool {
        let mut calls = Calls {
            recursion: self,
            found: Vec::new(),
            values: 0,
        };
        calls.visit_expr(expr);
        calls.values > 0 || !calls.found.is_empty()
    }
}

struct Calls<'a, 'r> {
    recursion: &'r Recursion,
    found: Vec<Call<'a>>,
    values: usize,
}

impl<'a> Visit<'a> for Calls<'a, '_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        match self.recursion.call(node) {
            Some(call) => {
                self.found.push(call);
                call.receiver.iter().for_each(|receiver| self.visit_expr(receiver));
                call.arguments.iter().for_each(|argument| self.visit_expr(argument));
            }
            None => visit::visit_expr(self, node),
        }
    }

    fn visit_expr_path(&mut self, node: &'a ExprPath) {
        self.values += usize::from(self.recursion.is_value(node) && self.recursion.parameters.is_some());
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// The calls of each other function.
#[derive(Default)]
struct OtherCalls {
    found: BTreeMap<String, OtherCall>,
    /// Loops and the closures of chains around the current place.
    repeats: usize,
}

#[derive(Default)]
struct OtherCall {
    /// By its bare name.
    bare: bool,
    /// How often it is written down.
    times: usize,
    /// It is called for each item of a loop or chain.
    repeats: bool,
}

impl<'a> Visit<'a> for OtherCalls {
    fn visit_expr_call(&mut self, node: &'a syn::ExprCall) {
        visit::visit_expr_call(self, node);
        let Expr::Path(path) = &*node.func else { return };
        let segments = &path.path.segments;
        let name = segments.last().expect("a path has a segment").ident.to_string();
        let own = segments.len() == 1 || segments[0].ident == "Self";
        if own && name.starts_with(char::is_lowercase) {
            let repeats = self.repeats > 0;
            let entry = self.found.entry(name).or_default();
            entry.bare |= segments.len() == 1 && entry.times == 0;
            entry.times += 1;
            entry.repeats |= repeats;
        }
    }

    fn visit_expr_for_loop(&mut self, node: &'a syn::ExprForLoop) {
        self.visit_expr(&node.expr);
        self.repeats += 1;
        self.visit_block(&node.body);
        self.repeats -= 1;
    }

    fn visit_expr_method_call(&mut self, node: &'a syn::ExprMethodCall) {
        self.visit_expr(&node.receiver);
        let repeats = usize::from(is_iterator(&node.receiver));
        self.repeats += repeats;
        node.args.iter().for_each(|argument| self.visit_expr(argument));
        self.repeats -= repeats;
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Types that have functions of many names, none of them the user's.
const STANDARD: &[&str] = &[
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Box",
    "Cell",
    "Cow",
    "Default",
    "From",
    "HashMap",
    "HashSet",
    "Instant",
    "Into",
    "Iterator",
    "LinkedList",
    "Mutex",
    "OnceCell",
    "Option",
    "PathBuf",
    "Rc",
    "RefCell",
    "Result",
    "RwLock",
    "String",
    "Vec",
    "VecDeque",
];

/// Of several types that functions of this name are called through, the one that is meant: `Self`, or what is returned,
/// if that has two calls or all.
fn qualifier(function: &ItemFn, name: &str) -> Option<String> {
    struct Qualifiers<'n>(&'n str, Vec<String>);
    impl<'a> Visit<'a> for Qualifiers<'_> {
        fn visit_expr_path(&mut self, node: &'a ExprPath) {
            let segments = &node.path.segments;
            if let Some(at) = segments
                .len()
                .checked_sub(2)
                .filter(|at| segments[at + 1].ident == self.0)
            {
                self.1.push(segments[at].ident.to_string());
            }
        }

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut found = Qualifiers(name, Vec::new());
    found.visit_block(&function.block);
    let mut wanted = std::iter::once("Self".to_string()).chain(returned(function));
    wanted.find(|own| {
        let others = found
            .1
            .iter()
            .filter(|other| *other != own && !STANDARD.contains(&other.as_str()));
        match found.1.iter().filter(|other| *other == own).count() {
            0 => false,
            1 => others.count() == 0,
            _ => true,
        }
    })
}

/// The last name in the path of the type that is returned.
fn returned(function: &ItemFn) -> Option<String> {
    match &function.sig.output {
        syn::ReturnType::Type(_, ty) => match &**ty {
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        syn::ReturnType::Default => None,
    }
}

/// True if a function of this name returns a value of the type that it belongs to, by convention, and is seen to return
/// a named one: where that is not the type of a call, the call is another type's.
fn is_constructor(function: &ItemFn, name: &str) -> bool {
    let by_name = matches!(name, "new" | "default" | "empty") || name.starts_with("with_") || name.starts_with("from_");
    let is_own = |ty: String| !STANDARD.contains(&&*ty);
    by_name && returned(function).is_some_and(is_own)
}

/// True if a variable has the name.
pub(crate) fn is_bound(function: &ItemFn, name: &str) -> bool {
    struct Search<'n>(&'n str, bool);
    impl<'a> Visit<'a> for Search<'_> {
        fn visit_pat_ident(&mut self, node: &'a syn::PatIdent) {
            self.1 |= node.ident == self.0;
            visit::visit_pat_ident(self, node);
        }

        fn visit_item(&mut self, _: &'a syn::Item) {}
    }
    let mut search = Search(name, false);
    search.visit_block(&function.block);
    search.1
}

fn is_parameter(function: &ItemFn, name: &str) -> bool {
    let mut bound = function.sig.inputs.iter().flat_map(variables::of_parameter);
    bound.any(|variable| variable.name == name)
}

/// True if the name stands for something else in the function.
fn is_shadowed(function: &ItemFn, name: &str) -> bool {
    struct Search<'n> {
        name: &'n str,
        found: bool,
    }
    impl<'a> Visit<'a> for Search<'_> {
        fn visit_item_fn(&mut self, node: &'a ItemFn) {
            self.found |= node.sig.ident == self.name;
        }

        fn visit_local(&mut self, node: &'a syn::Local) {
            let closure = matches!(&node.init, Some(init) if matches!(*init.expr, Expr::Closure(_)));
            self.found |= closure && matches!(&node.pat, Pat::Ident(ident) if ident.ident == self.name);
            visit::visit_local(self, node);
        }
    }
    let mut search = Search { name, found: false };
    search.visit_block(&function.block);
    let parameters = function.sig.inputs.iter().flat_map(variables::of_parameter);
    search.found || parameters.into_iter().any(|parameter| parameter.name == name)
}

/// True if `Self` occurs, or `self` as a value.
fn mentions_self_type(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => is_self_type(&ident),
        TokenTree::Group(group) => mentions_self_type(group.stream()),
        _ => false,
    })
}

fn is_self_type(ident: &Ident) -> bool {
    ident == "Self"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recursion(text: &str) -> Option<(String, Form, usize)> {
        let function: ItemFn = syn::parse_str(text).unwrap();
        let recursion = Recursion::of(&function)?;
        let (calls, values) = recursion.calls(&function.block);
        Some((recursion.callee.clone(), recursion.form, calls.len() + values))
    }

    #[test]
    fn calls_are_found_by_the_form_of_the_function() {
        for (text, want) in [
            (
                "fn f(n: u8) { f(n - 1); f::<u8>(n); g(f); Vec::f(n); }",
                Some(("f", Form::Free, 3)),
            ),
            (
                "fn f(&self) { self.l.f(); Self::f(&x); f(x); x.f(1) }",
                Some(("f", Form::InPlace, 2)),
            ),
            (
                "fn f(n: u8) -> Self { Self::f(n - 1); Self::f(n) }",
                Some(("f", Form::InPlace, 2)),
            ),
            (
                "fn f(n: u8) { Node::f(n - 1); Node::f(n) }",
                Some(("f", Form::InPlace, 2)),
            ),
            (
                "fn f(n: u8) { fn f(n: u8) {} f(n); f(n) }",
                Some(("f", Form::InPlace, 2)),
            ),
            (
                "fn f(n: u8) { g(n - 1) + g(n - 2) + h(n) }",
                Some(("g", Form::InPlace, 2)),
            ),
            ("fn f(n: u8) { g(n - 1) + h(n) }", None),
            (
                "fn f(n: u8) -> u8 { let mut f = f(n - 1); g(f); for f in 0..n { f.h() } f + n }",
                Some(("f", Form::Free, 1)),
            ),
            (
                "fn f(n: u8) -> Self { Box::f(Self::f(n)); Part::f(n); Self::f(1) }",
                Some(("f", Form::InPlace, 2)),
            ),
            (
                "fn f(n: u8) -> Node { Node { l: Box::f(Node::f(n)), m: Node::f(1), r: Part::f(n) } }",
                Some(("f", Form::InPlace, 2)),
            ),
            (
                "fn new(n: u8) -> Node { Node { l: Leaf::new(n), m: Leaf::new(n), r: Part::new(n) } }",
                None,
            ),
            (
                "fn f(n: u8) -> Self { Self { l: Box::f(Self::f(n)), r: Node::f(n) } }",
                Some(("f", Form::InPlace, 2)),
            ),
        ] {
            let want = want.map(|(name, form, n)| (name.to_string(), form, n));
            assert_eq!(recursion(text), want, "{text}");
        }
    }
}
