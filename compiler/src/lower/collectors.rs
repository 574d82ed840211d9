//! Collectors: parameters like `out: &mut Vec<T>` that every call only adds to.
//!
//! A later call may then fill a collection of its own, which is added where the call stood: the order stays the same.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, FnArg, ItemFn, Pat, Stmt, Type, parse_quote};

use super::places::Place;
use super::recursion::Recursion;
use super::updates::{self, Operation, Target};

/// A parameter that is only added to.
#[derive(Debug)]
pub(crate) struct Collector {
    /// The parameter.
    pub(crate) name: Ident,
    /// The collection's type.
    ty: Type,
    /// Adds one collection to another.
    add: Add,
}

#[derive(Clone, Debug)]
enum Add {
    Extend,
    PushStr,
    /// Key by key, with the operator of `*counts.entry(key).or_insert(0) += n`; before that, what asks for its law.
    Entries {
        operator: syn::BinOp,
        law: TokenStream,
    },
}

const ADDS: &[&str] = &["push", "push_back", "push_str", "extend", "extend_from_slice", "append"];

impl Collector {
    /// The collectors of a function.
    pub(crate) fn of(function: &ItemFn, recursion: &Recursion, runtime: &TokenStream) -> Vec<Collector> {
        let has_receiver = recursion.receiver.is_some();
        let typed = function.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(_) => None,
        });
        typed
            .enumerate()
            .filter_map(|(position, typed)| {
                let Pat::Ident(pattern) = &*typed.pat else { return None };
                let Type::Reference(reference) = &*typed.ty else {
                    return None;
                };
                reference.mutability.as_ref()?;
                let add = addition(&reference.elem)?;
                let name = pattern.ident.clone();
                let mut uses = Uses {
                    name: &name,
                    is_text: matches!(add, Add::PushStr),
                    recursion,
                    position,
                    has_receiver,
                    all: 0,
                    adding: 0,
                    passing: 0,
                    entries: Vec::new(),
                };
                uses.all = occurrences(function.block.to_token_stream(), &name);
                uses.visit_block(&function.block);
                let add = match &uses.entries[..] {
                    [] => add,
                    _ => uses.entries_only(runtime)?,
                };
                (uses.all == uses.adding + uses.passing + uses.entries.len()).then(|| Collector {
                    name: name.clone(),
                    ty: (*reference.elem).clone(),
                    add,
                })
            })
            .collect()
    }

    /// The statements that fill collections apart and add them, for one that adds to these collectors.
    fn apart(collectors: &[&Collector], statement: &Stmt, own: &[Ident]) -> Vec<Stmt> {
        let names: Vec<_> = collectors.iter().map(|collector| &collector.name).collect();
        let types = collectors.iter().map(|collector| &collector.ty);
        let mut statement = statement.clone();
        if let Stmt::Expr(_, semi) = &mut statement {
            semi.get_or_insert_with(Default::default);
        }
        let pattern = match own {
            [own] => quote!(#own),
            own => quote!((#(#own),*)),
        };
        let mut stmts = vec![parse_quote! {
            let #pattern = {
                #(let mut #own: #types = ::core::default::Default::default();)*
                {
                    #(let #names = &mut #own;)*
                    #statement
                }
                #pattern
            };
        }];
        for (Collector { name, add, .. }, own) in collectors.iter().zip(own) {
            match add {
                Add::Extend => stmts.push(parse_quote!(#name.extend(#own);)),
                Add::PushStr => stmts.push(parse_quote!(#name.push_str(&#own);)),
                Add::Entries { operator, law } => {
                    stmts.push(parse_quote!(#law(&#own);));
                    let entries = quote!(for (key, value) in #own { *#name.entry(key).or_default() #operator value; });
                    stmts.push(Stmt::Expr(parse_quote!(#entries), None));
                }
            }
        }
        stmts
    }

    /// The block with all calls filling collections of their own, all but the first if that `keeps_first`.
    pub(crate) fn part(
        collectors: &[Collector],
        block: &Block,
        recursion: &Recursion,
        returns_nothing: bool,
        keeps_first: bool,
        mut own: impl FnMut() -> Ident,
    ) -> Option<Block> {
        let last = block.stmts.len().saturating_sub(1);
        let mut stmts = Vec::new();
        let (mut is_first, mut is_parted) = (keeps_first, false);
        for (number, stmt) in block.stmts.iter().enumerate() {
            let used = collectors
                .iter()
                .filter(|c| occurrences(stmt.to_token_stream(), &c.name) > 0);
            let used: Vec<_> = used.collect();
            let is_statement = match stmt {
                Stmt::Expr(expr, semi) => {
                    (semi.is_some() || number != last || returns_nothing) && recursion.is_in(expr)
                }
                _ => false,
            };
            match used[..] {
                [_, ..] if is_statement && !std::mem::take(&mut is_first) => {
                    is_parted = true;
                    let own: Vec<_> = used.iter().map(|_| own()).collect();
                    stmts.extend(Collector::apart(&used, stmt, &own));
                }
                _ => stmts.push(stmt.clone()),
            }
        }
        is_parted.then_some(Block {
            brace_token: block.brace_token,
            stmts,
        })
    }
}

/// How a collection of this type is added to another one.
fn addition(ty: &Type) -> Option<Add> {
    let Type::Path(path) = ty else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    match name.as_str() {
        "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "HashMap" | "BTreeMap" => Some(Add::Extend),
        "String" => Some(Add::PushStr),
        _ => None,
    }
}

struct Uses<'u> {
    name: &'u Ident,
    /// It is a `String`.
    is_text: bool,
    recursion: &'u Recursion,
    position: usize,
    has_receiver: bool,
    all: usize,
    adding: usize,
    /// How often it is handed on to a call of the recursion.
    passing: usize,
    /// The operators of updates of entries.
    entries: Vec<(Operation, syn::BinOp)>,
}

impl Uses<'_> {
    /// How two maps are joined of which all entries are updated by one operation.
    fn entries_only(&self, runtime: &TokenStream) -> Option<Add> {
        let (operation, operator) = *self.entries.first()?;
        let is_one = self.adding == 0 && self.entries.iter().all(|(other, _)| *other == operation);
        let marker = operation.marker();
        let at = Span::mixed_site().located_at(operator.span());
        (is_one && operation != Operation::Sub).then(|| Add::Entries {
            operator,
            law: quote_spanned!(at=> let _ = #runtime::keyed::<#runtime::ops::#marker, _>),
        })
    }

    fn is_it(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Path(path) if path.path.is_ident(self.name))
    }
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        if let Some(call) = self.recursion.call(node) {
            let skip = usize::from(call.receiver.is_none() && self.has_receiver);
            let passed = call.arguments.iter().nth(self.position + skip);
            self.passing += usize::from(passed.is_some_and(|argument| self.is_it(argument)));
        }
        if let Expr::Binary(binary) = node {
            let is_text = matches!(binary.op, syn::BinOp::AddAssign(_));
            let is_it = matches!(&*binary.left, Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) && self.is_it(&unary.expr));
            self.adding += usize::from(self.is_text && is_text && is_it);
            let update = updates::of_compound(binary).filter(|update| update.target == Target::Entry);
            if let Some(update) = update.filter(|update| update.place == Place::of_variable(&self.name.to_string())) {
                self.entries.push((update.operation, binary.op));
            }
        }
        if let Expr::MethodCall(call) = node {
            let adds = ADDS.iter().any(|name| call.method == name);
            self.adding += usize::from(adds && self.is_it(&call.receiver));
        }
        visit::visit_expr(self, node);
    }

    fn visit_stmt(&mut self, node: &'a Stmt) {
        // what `insert` returns would tell what is in there
        if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = node {
            self.adding += usize::from(call.method == "insert" && self.is_it(&call.receiver));
        }
        visit::visit_stmt(self, node);
    }

    // `write!(out, ..)` adds to a text
    fn visit_macro(&mut self, node: &'a syn::Macro) {
        let writes = node
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "write" || last.ident == "writeln");
        let mut tokens = node.tokens.clone().into_iter();
        let is_first = matches!(tokens.next(), Some(TokenTree::Ident(first)) if first == *self.name);
        let is_alone = match tokens.next() {
            Some(TokenTree::Punct(comma)) => comma.as_char() == ',',
            other => other.is_none(),
        };
        self.adding += usize::from(self.is_text && writes && is_first && is_alone);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// How often the name occurs, other than as a field's.
fn occurrences(tokens: TokenStream, name: &Ident) -> usize {
    let mut dots = 0;
    let of = |token| {
        let is_field = dots == 1;
        dots = match &token {
            TokenTree::Punct(punct) if punct.as_char() == '.' => dots + 1,
            _ => 0,
        };
        match token {
            TokenTree::Ident(ident) => usize::from(ident == *name && !is_field),
            TokenTree::Group(group) => occurrences(group.stream(), name),
            TokenTree::Literal(literal) => literal.to_string().matches(&format!("{{{name}")).count(),
            TokenTree::Punct(_) => 0,
        }
    };
    tokens.into_iter().map(of).sum()
}
