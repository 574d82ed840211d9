//! Collectors: parameters like `out: &mut Vec<T>` that every call only adds to.
//!
//! A later call may then fill a collection of its own, which is added where the call stood: the order stays the same.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Block, Expr, FnArg, ItemFn, Pat, Stmt, Type, parse_quote};

use super::recursion::Recursion;

/// A parameter that is only added to.
#[derive(Debug)]
pub(crate) struct Collector {
    name: Ident,
    /// The collection's type.
    ty: Type,
    /// Adds one collection to another.
    add: Add,
}

#[derive(Clone, Copy, Debug)]
enum Add {
    Extend,
    PushStr,
}

const ADDS: &[&str] = &["push", "push_back", "push_str", "extend", "extend_from_slice", "append"];

impl Collector {
    /// The collectors of a function.
    pub(crate) fn of(function: &ItemFn, recursion: &Recursion) -> Vec<Collector> {
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
                    recursion,
                    position,
                    has_receiver,
                    all: 0,
                    adding: 0,
                };
                uses.all = occurrences(function.block.to_token_stream(), &name);
                uses.visit_block(&function.block);
                (uses.all == uses.adding).then(|| Collector {
                    name,
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
            stmts.push(match add {
                Add::Extend => parse_quote!(#name.extend(#own);),
                Add::PushStr => parse_quote!(#name.push_str(&#own);),
            });
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
    recursion: &'u Recursion,
    position: usize,
    has_receiver: bool,
    all: usize,
    adding: usize,
}

impl Uses<'_> {
    fn is_it(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Path(path) if path.path.is_ident(self.name))
    }
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr(&mut self, node: &'a Expr) {
        if let Some(call) = self.recursion.call(node) {
            let skip = usize::from(call.receiver.is_none() && self.has_receiver);
            let passed = call.arguments.iter().nth(self.position + skip);
            self.adding += usize::from(passed.is_some_and(|argument| self.is_it(argument)));
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
