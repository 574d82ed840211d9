//! Which variables go along with a loop's iterations, by the same step in each?
//!
//! `for row in rows { out[at..at + 3].copy_from_slice(row); at += 3; }` writes from `3 * n` on in its `n`th iteration: the
//! loop is `for (n, row) in rows.enumerate() { let at = at + n * 3; .. }`. A loop inside that runs equally often each time
//! is one step as long as all of its own.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Block, Expr, ExprForLoop, ItemFn, Pat, RangeLimits, Stmt, parse_quote};

use super::bindings::{bindings, binds};
use super::counting::conditions::step;
use super::counting::fixed::{is_arithmetic, is_fixed, names_in};
use super::jumps::{self, Jump};
use super::kernels::each_kernel;
use super::places::{Place, place_of};
use super::primitives::number;
use super::updates::strip;
use super::uses;
use crate::analysis::mutations;
use crate::names::FreeNames;

/// Writes such loops so; true if there were any.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) -> bool {
    let mut normalise = Normalise { names };
    each_kernel(function, &mut |counted, before, behind| {
        let mut around = Around { before, behind };
        let mut replaced = Expr::ForLoop(counted.clone());
        let mut any = false;
        for offset in stepped_in(&counted.body) {
            if let Expr::ForLoop(counted) = innermost(&mut replaced)
                && let Some(with) = normalise.along(counted, &offset, &mut around)
            {
                *innermost(&mut replaced) = with;
                any = true;
            }
        }
        any.then_some(replaced)
    })
}

struct Normalise<'n> {
    names: &'n mut FreeNames,
}

/// The statements around a loop.
struct Around<'s> {
    before: &'s mut [Stmt],
    behind: &'s [Stmt],
}

impl Around<'_> {
    /// The declaration of a variable of which nothing is asked behind the loop.
    fn only_declared(&mut self, name: &Ident) -> Option<&mut Vec<Attribute>> {
        let occurs = |stmt: &Stmt| uses::occurs(quote!(#stmt), &name.to_string());
        let is_it = |pattern: &Pat| bindings(pattern).iter().any(|bound| bound.ident == *name);
        let asked = self.behind.iter().any(occurs);
        let declaration = self.before.iter_mut().rev().find_map(|stmt| match stmt {
            Stmt::Local(local) if is_it(&local.pat) => Some(&mut local.attrs),
            _ => None,
        });
        declaration.filter(|_| !asked)
    }
}

/// The loop in what it has become.
fn innermost(replaced: &mut Expr) -> &mut Expr {
    let is_loop = |stmt: &Stmt| matches!(stmt, Stmt::Expr(Expr::ForLoop(_) | Expr::Block(_), _));
    let at = match &*replaced {
        Expr::Block(block) => block.block.stmts.iter().position(is_loop),
        _ => None,
    };
    match (at, replaced) {
        (Some(at), Expr::Block(block)) => match &mut block.block.stmts[at] {
            Stmt::Expr(inner, _) => innermost(inner),
            _ => unreachable!("a loop is an expression"),
        },
        (_, replaced) => replaced,
    }
}

/// The variables that have a step at the top of the body, or of a loop inside.
fn stepped_in(body: &Block) -> Vec<Ident> {
    let mut found: Vec<Ident> = Vec::new();
    for stmt in &body.stmts {
        let names = match stmt {
            Stmt::Expr(Expr::ForLoop(inner), _) => stepped_in(&inner.body),
            Stmt::Expr(Expr::Binary(sum), Some(_)) if matches!(sum.op, BinOp::AddAssign(_)) => variable(&sum.left),
            Stmt::Expr(Expr::Assign(assign), Some(_)) => variable(&assign.left),
            _ => Vec::new(),
        };
        for name in names {
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

fn variable(expr: &Expr) -> Vec<Ident> {
    match expr {
        Expr::Path(path) => path.path.get_ident().cloned().into_iter().collect(),
        _ => Vec::new(),
    }
}

impl Normalise<'_> {
    /// The loop with the variable's value computed in each iteration.
    fn along(&mut self, counted: &ExprForLoop, offset: &Ident, around: &mut Around<'_>) -> Option<Expr> {
        if !is_index(offset, &counted.body) || jumps::continues(|search| search.visit_block(&counted.body)) {
            return None;
        }
        let mut steps = Steps {
            offset,
            body: &counted.body,
            varying: bindings(&counted.pat).into_iter().map(|bound| bound.ident).collect(),
            names: self.names,
        };
        if steps.varying.contains(offset) || binds(&counted.body, std::slice::from_ref(offset)) {
            return None;
        }
        let Stepped { mut stmts, all, rest } = steps.block(&counted.body)?;
        let declaration = around.only_declared(offset);
        if declaration.is_none() && breaks(counted) {
            return None;
        }
        let mut looped = counted.clone();
        let (first, number) = self.numbered(&mut looped);
        stmts.insert(0, parse_quote!(let #offset = #offset + #number * (#all);));
        let Some(attributes) = declaration else {
            let last = Ident::new(&self.names.free(&format!("{offset}_last")).to_string(), offset.span());
            stmts.push(match rest {
                Some(rest) => parse_quote!(#last = #offset + #rest;),
                None => parse_quote!(#last = #offset;),
            });
            looped.body.stmts = stmts;
            return Some(parse_quote!({
                #first
                let mut #last = #offset;
                #looped
                #[allow(unused_assignments)]
                { #offset = #last; }
            }));
        };
        attributes.push(parse_quote!(#[allow(unused_mut)]));
        looped.body.stmts = stmts;
        Some(match first {
            Some(first) => parse_quote!({ #first #looped }),
            None => Expr::ForLoop(looped),
        })
    }

    /// The number of the iteration, as its header tells or is made to, and what is computed before.
    fn numbered(&mut self, counted: &mut ExprForLoop) -> (Option<Stmt>, TokenStream) {
        let source = strip(&counted.expr).clone();
        match (&*counted.pat, &source) {
            (Pat::Ident(index), Expr::Range(range)) if is_plain(index) && is_index(&index.ident, &counted.body) => {
                let (name, start) = (&index.ident, range.start.as_ref().expect("a loop starts somewhere"));
                if number(start) == Some(0) {
                    return (None, quote!(#name));
                }
                let from = Ident::new(&self.names.free("from").to_string(), name.span());
                let (limits, end) = (&range.limits, &range.end);
                let first = parse_quote!(let #from = #start;);
                *counted.expr = parse_quote!(#from #limits #end);
                (Some(first), quote!((#name - #from)))
            }
            (Pat::Tuple(pair), Expr::MethodCall(call)) if call.method == "enumerate" && pair.elems.len() == 2 => {
                match &pair.elems[0] {
                    Pat::Ident(index) if is_plain(index) => (None, {
                        let name = &index.ident;
                        quote!(#name)
                    }),
                    _ => (None, self.enumerated(counted)),
                }
            }
            _ => (None, self.enumerated(counted)),
        }
    }

    fn enumerated(&mut self, counted: &mut ExprForLoop) -> TokenStream {
        let name = self.names.free("number");
        let (pattern, source) = (&counted.pat, &counted.expr);
        let source: Expr = match &**source {
            Expr::MethodCall(_) | Expr::Path(_) | Expr::Field(_) => parse_quote!(#source.enumerate()),
            source => parse_quote!((#source).enumerate()),
        };
        (*counted.pat, *counted.expr) = (parse_quote!((#name, #pattern)), source);
        quote!(#name)
    }
}

fn is_plain(index: &syn::PatIdent) -> bool {
    index.mutability.is_none() && index.by_ref.is_none() && index.subpat.is_none()
}

/// True if the loop is left for what stands behind it.
fn breaks(counted: &ExprForLoop) -> bool {
    let label = counted.label.as_ref().map(|label| &label.name);
    let goes_on = jumps::rewrite(&mut counted.body.stmts.clone(), label, &mut |stmts, jump| match jump {
        Jump::Continue(node) => {
            stmts.push(*node);
            Some(())
        }
        Jump::Break(..) => None,
    });
    goes_on.is_none()
}

/// True if the name stands in a subscript as it is: only a `usize` does.
fn is_index(name: &Ident, body: &Block) -> bool {
    struct Search<'n>(&'n Ident, bool);
    impl<'a> Visit<'a> for Search<'_> {
        fn visit_expr_index(&mut self, node: &'a syn::ExprIndex) {
            self.1 |= is_part(&node.index, self.0);
            visit::visit_expr_index(self, node);
        }
    }
    fn is_part(expr: &Expr, name: &Ident) -> bool {
        match strip(expr) {
            Expr::Path(path) => path.path.is_ident(name),
            Expr::Binary(binary) => is_part(&binary.left, name) || is_part(&binary.right, name),
            Expr::Range(range) => range.start.iter().chain(&range.end).any(|end| is_part(end, name)),
            _ => false,
        }
    }
    let mut search = Search(name, false);
    search.visit_block(body);
    search.1
}

/// The steps of a variable in the body of a loop.
struct Steps<'a, 'n> {
    offset: &'a Ident,
    body: &'a Block,
    /// Names that are others in each iteration.
    varying: Vec<Ident>,
    names: &'n mut FreeNames,
}

/// Statements with steps.
struct Stepped {
    stmts: Vec<Stmt>,
    /// How far they lead.
    all: TokenStream,
    /// How far the last one does, if nothing comes behind it.
    rest: Option<TokenStream>,
}

impl Steps<'_, '_> {
    /// The statements with a new variable behind each step that is followed by a use, how far all steps lead, and how far
    /// the others do.
    fn block(&mut self, block: &Block) -> Option<Stepped> {
        let offset = self.offset;
        let (mut stmts, mut terms, mut last) = (Vec::new(), Vec::new(), None);
        for stmt in &block.stmts {
            let term = match (step(stmt, offset), stmt) {
                (Some((by, true)), _) if self.is_same(by) => match strip(by) {
                    Expr::Lit(_) | Expr::Path(_) => quote!(#by),
                    by => quote!((#by)),
                },
                (None, Stmt::Expr(Expr::ForLoop(inner), semicolon)) if self.changes(stmt) => {
                    let (inner, term) = self.inner(inner)?;
                    stmts.push(Stmt::Expr(Expr::ForLoop(inner), *semicolon));
                    term
                }
                _ if self.changes(stmt) => return None,
                _ => {
                    stmts.push(stmt.clone());
                    continue;
                }
            };
            last = Some(stmts.len());
            stmts.push(parse_quote!(let #offset = #offset + #term;));
            terms.push(term);
        }
        let last = last?;
        let occurs = |stmt: &Stmt| uses::occurs(quote!(#stmt), &offset.to_string());
        let is_last = !stmts[last + 1..].iter().any(occurs);
        let rest = is_last.then(|| {
            stmts.remove(last);
            terms.last().cloned()
        });
        Some(Stepped {
            stmts,
            all: quote!(#(#terms)+*),
            rest: rest.flatten(),
        })
    }

    fn changes(&self, stmt: &Stmt) -> bool {
        mutations::changes(&parse_quote!({ #stmt }), &self.offset.to_string())
    }

    /// A loop inside over `0..n`, and how far it leads.
    fn inner(&mut self, inner: &ExprForLoop) -> Option<(ExprForLoop, TokenStream)> {
        let (count, index) = counting(inner)?;
        let leaves = jumps::continues(|search| search.visit_block(&inner.body)) || breaks(inner);
        if leaves || !self.is_same(count) {
            return None;
        }
        let before = self.varying.len();
        self.varying
            .extend(bindings(&inner.pat).into_iter().map(|bound| bound.ident));
        let Stepped { mut stmts, all, .. } = self.block(&inner.body)?;
        self.varying.truncate(before);
        let (mut looped, offset, pattern) = (inner.clone(), self.offset, &inner.pat);
        let index = index.unwrap_or_else(|| {
            let number = self.names.free("number");
            *looped.pat = parse_quote!((#number, #pattern));
            *looped.expr = parse_quote!((0..#count).enumerate());
            number
        });
        stmts.insert(0, parse_quote!(let #offset = #offset + #index * (#all);));
        looped.body.stmts = stmts;
        Some((looped, quote!((#count) * (#all))))
    }

    /// True if the expression has the same value in every iteration.
    fn is_same(&self, by: &Expr) -> bool {
        let names = names_in(by);
        let stays = |place: &Place| *self.offset != place.root && !mutations::changes_place(self.body, place);
        !names.iter().any(|name| self.varying.contains(name))
            && !binds(self.body, &names)
            && is_arithmetic(by)
            && (is_fixed(by, self.offset, self.body) || places_in(by).iter().all(stays))
    }
}

/// How often a loop over `0..n` runs, and its variable if that is a `usize`.
fn counting(inner: &ExprForLoop) -> Option<(&Expr, Option<Ident>)> {
    let (range, index) = match (&*inner.pat, strip(&inner.expr)) {
        (Pat::Tuple(pair), Expr::MethodCall(call)) if call.method == "enumerate" => {
            let Pat::Ident(number) = pair.elems.first().filter(|_| pair.elems.len() == 2)? else {
                return None;
            };
            (strip(&call.receiver), Some(number))
        }
        (Pat::Ident(index), source) if is_index(&index.ident, &inner.body) => (source, Some(index)),
        (_, source) => (source, None),
    };
    let Expr::Range(range) = range else { return None };
    let is_from_zero = range.start.as_deref().and_then(number) == Some(0);
    let count = range.end.as_deref().filter(|_| is_from_zero)?;
    let is_half_open = matches!(range.limits, RangeLimits::HalfOpen(_));
    let index = index.filter(|index| is_plain(index)).map(|index| index.ident.clone());
    is_half_open.then_some((count, index))
}

/// The variables and fields that an expression is about.
fn places_in(expr: &Expr) -> Vec<Place> {
    struct Places(Vec<Place>);
    impl<'a> Visit<'a> for Places {
        fn visit_expr(&mut self, node: &'a Expr) {
            match place_of(node) {
                Some((place, _)) if place.depth() == 0 => self.0.push(place),
                _ => visit::visit_expr(self, node),
            }
        }
    }
    let mut places = Places(Vec::new());
    places.visit_expr(expr);
    places.0
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn what_goes_along_is_computed_from_the_number_of_the_iteration() {
        for (text, want) in [
            (
                "for x in xs { out[k] = x; k += 2; }",
                Some("for (number , x) in xs . enumerate () { let k = k + number * (2) ; out [k] = x ; }"),
            ),
            (
                "for i in 0..n { out[i] = xs[k]; k += 1; s += xs[k]; k += w; }",
                Some("for i in 0 .. n { let k = k + i * (1 + w) ; out [i] = xs [k] ; let k = k + 1 ; s += xs [k] ; }"),
            ),
            (
                "for y in 0..h { for x in 0..w { out[k] = x; k += 1; } k += pad; }",
                Some(
                    "for (number_2 , y) in (0 .. h) . enumerate () { let k = k + number_2 * ((w) * (1) + pad) ; \
                     for (number , x) in (0 .. w) . enumerate () { let k = k + number * (1) ; out [k] = x ; } \
                     let k = k + (w) * (1) ; }",
                ),
            ),
            ("for x in xs { if c { k += 1; } out[k] = x; k += 1; }", None),
            ("for x in xs { if c { continue; } out[k] = x; k += 1; }", None),
            ("for y in 0..h { for x in 0..y { out[k] = x; k += 1; } }", None),
            ("for x in xs { out[k] = x; k += x; }", None),
            ("for x in xs { out[k] = x; w += 1; k += w; }", None),
            ("for x in xs { count(k); k += 1; }", None),
            ("#[seq] for x in xs { out[k] = x; k += 1; }", None),
        ] {
            let mut function: ItemFn = syn::parse_str(&format!("fn f() {{ let mut k = 0; {text} }}")).unwrap();
            let mut names = FreeNames::new(&function);
            let found =
                normalise(&mut function, &mut names).then(|| function.block.stmts[1].to_token_stream().to_string());
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
