//! Statements whose calls fill collections of their own.
//!
//! `let n = f(x, out)?;` becomes `let (value, own) = { let mut own = ..; let value = { let out = &mut own; f(x, out) };
//! (value, own) }; out.extend(own); let n = value?;`: what a call has added is there before anything is done with its
//! result, as in the sequential program, so also where that leaves the function.

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Local, Pat, Stmt, parse_quote};

use super::{Collector, occurrences};
use crate::analysis::independence::Names;
use crate::lower::accesses;
use crate::lower::recursion::Recursion;
use crate::lower::uses;

/// What is known about the function.
pub(crate) struct Parting<'p> {
    pub(crate) collectors: &'p [Collector],
    pub(crate) recursion: &'p Recursion,
    pub(crate) names: &'p Names,
    /// Makes a name that is free.
    pub(crate) free: &'p mut dyn FnMut(&str) -> Ident,
}

impl Parting<'_> {
    /// The block with all its calls but the first one filling collections of their own; none if there are no others.
    pub(crate) fn later_calls(mut self, block: &Block) -> Option<Block> {
        let first = block.stmts.iter().position(|stmt| self.collects(stmt))?;
        let mut parted = block.clone();
        parted.stmts.truncate(first);
        let kept = self.with_first_kept(&block.stmts[first]);
        let mut is_parted = kept.len() > 1;
        parted.stmts.extend(kept);
        for stmt in &block.stmts[first + 1..] {
            let stmts = self.collects(stmt).then(|| self.statement(stmt)).flatten();
            is_parted |= stmts.is_some();
            parted.stmts.extend(stmts.unwrap_or_else(|| vec![stmt.clone()]));
        }
        is_parted.then_some(parted)
    }

    /// The body of a loop with all calls filling collections of their own, also in blocks inside it; none if there are none.
    pub(crate) fn all_calls(mut self, block: &Block) -> Option<Block> {
        let mut nested = Nested {
            parting: &mut self,
            is_parted: false,
        };
        let mut parted = block.clone();
        nested.block(&mut parted);
        nested.is_parted.then_some(parted)
    }

    /// True if a call in the statement fills a collection.
    fn collects(&self, stmt: &Stmt) -> bool {
        self.recursion.is_in_statement(stmt) && !self.used(stmt).is_empty()
    }

    fn used(&self, code: &impl ToTokens) -> Vec<&Collector> {
        let is_used = |collector: &&Collector| occurrences(code.to_token_stream(), &collector.name) > 0;
        self.collectors.iter().filter(is_used).collect()
    }

    /// The statement, whose first call goes on filling what is there, while others fill their own.
    fn with_first_kept(&mut self, stmt: &Stmt) -> Vec<Stmt> {
        let mut rest = stmt.clone();
        let value = (self.free)("value");
        let Some(call) = first_evaluated(&mut rest, self.recursion) else {
            return vec![stmt.clone()];
        };
        let call = std::mem::replace(call, parse_quote!(#value));
        match self.collects(&rest).then(|| self.statement(&rest)).flatten() {
            Some(stmts) => {
                let mut all: Vec<Stmt> = vec![parse_quote!(let #value = #call;)];
                all.extend(stmts);
                all
            }
            None => vec![stmt.clone()],
        }
    }

    /// The statements for one with calls, each of which fills its own.
    fn statement(&mut self, stmt: &Stmt) -> Option<Vec<Stmt>> {
        if let Stmt::Expr(expr, _) = stmt
            && self.recursion.call(expr).is_some()
            && !matches!(stmt, Stmt::Expr(_, None))
        {
            return Some(self.apart(stmt, None));
        }
        let mut rest = stmt.clone();
        let mut stmts = Vec::new();
        while let Some(call) = first_evaluated(&mut rest, self.recursion) {
            if self.used(call).is_empty() {
                break;
            }
            let value = (self.free)("value");
            let call = std::mem::replace(call, parse_quote!(#value));
            let call = Stmt::Expr(call, None);
            match named(&rest, &value) {
                Some(pattern) => {
                    stmts.extend(self.apart(&call, Some(&pattern)));
                    return Some(stmts);
                }
                None => stmts.extend(self.apart(&call, Some(&parse_quote!(#value)))),
            }
        }
        if !self.collects(&rest) {
            stmts.push(rest);
            return Some(stmts);
        }
        // what is in the middle of a statement that leaves would be lost
        let is_whole = stmts.is_empty() && !self.leaves(stmt);
        match stmt {
            Stmt::Expr(_, _) if is_whole => Some(self.apart(stmt, None)),
            Stmt::Local(Local {
                pat, init: Some(init), ..
            }) if is_whole && init.diverge.is_none() => {
                let (value, expr) = ((self.free)("value"), Stmt::Expr((*init.expr).clone(), None));
                let mut stmts = self.apart(&expr, Some(&parse_quote!(#value)));
                stmts.push(parse_quote!(let #pat = #value;));
                Some(stmts)
            }
            _ => None,
        }
    }

    fn leaves(&self, stmt: &Stmt) -> bool {
        let block: Block = parse_quote!({ #stmt });
        !accesses::of_block(&block, self.names).exits.is_empty()
    }

    /// The statement, or the value for `pattern`, with collections of its own, which are added then.
    fn apart(&mut self, stmt: &Stmt, pattern: Option<&Pat>) -> Vec<Stmt> {
        let used = self.collectors.iter();
        let used: Vec<_> = used
            .filter(|collector| occurrences(stmt.to_token_stream(), &collector.name) > 0)
            .collect();
        let own: Vec<_> = used.iter().map(|_| (self.free)("own")).collect();
        let names = used.iter().map(|collector| &collector.name);
        let types = used.iter().map(|collector| &collector.ty);
        let starts = used.iter().map(|collector| collector.start());
        let filled = match &own[..] {
            [own] => quote!(#own),
            own => quote!((#(#own),*)),
        };
        let lent = quote!(#(let #names = &mut #own;)*);
        let start = quote!(#(let mut #own: #types = #starts;)*);
        let mut stmts: Vec<Stmt> = match pattern {
            Some(pattern) => {
                let value = (self.free)("value");
                vec![parse_quote! {
                    let (#pattern, #filled) = {
                        #start
                        let #value = { #lent #stmt };
                        (#value, #filled)
                    };
                }]
            }
            None => {
                let mut stmt = stmt.clone();
                if let Stmt::Expr(_, semi) = &mut stmt {
                    semi.get_or_insert_with(Default::default);
                }
                vec![parse_quote! {
                    let #filled = {
                        #start
                        { #lent #stmt }
                        #filled
                    };
                }]
            }
        };
        for (collector, own) in used.iter().zip(&own) {
            stmts.extend(collector.add(own));
        }
        stmts
    }
}

/// The pattern, if the statement does nothing but give it the value.
fn named(stmt: &Stmt, value: &Ident) -> Option<Pat> {
    let Stmt::Local(local) = stmt else { return None };
    let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
    let is_value = matches!(&*init.expr, Expr::Path(path) if path.path.is_ident(value));
    let is_plain = is_value && matches!(local.pat, Pat::Ident(_) | Pat::Wild(_) | Pat::Tuple(_));
    is_plain.then(|| local.pat.clone())
}

/// The blocks of a loop's body.
struct Nested<'n, 'p> {
    parting: &'n mut Parting<'p>,
    is_parted: bool,
}

impl Nested<'_, '_> {
    fn block(&mut self, block: &mut Block) {
        for mut stmt in std::mem::take(&mut block.stmts) {
            if !self.parting.collects(&stmt) {
                block.stmts.push(stmt);
                continue;
            }
            match self.parting.statement(&stmt) {
                Some(stmts) => {
                    self.is_parted = true;
                    block.stmts.extend(stmts);
                }
                None => {
                    self.visit_stmt_mut(&mut stmt);
                    block.stmts.push(stmt);
                }
            }
        }
    }
}

impl VisitMut for Nested<'_, '_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        self.block(node);
    }

    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if self.parting.recursion.is_in(node) {
            visit_mut::visit_expr_mut(self, node);
        }
    }
}

/// The call that is evaluated before everything else in the statement.
fn first_evaluated<'s>(stmt: &'s mut Stmt, recursion: &Recursion) -> Option<&'s mut Expr> {
    match stmt {
        Stmt::Local(local) => first(&mut local.init.as_mut()?.expr, recursion),
        Stmt::Expr(expr, _) => first(expr, recursion),
        Stmt::Item(_) | Stmt::Macro(_) => None,
    }
}

fn first<'e>(expr: &'e mut Expr, recursion: &Recursion) -> Option<&'e mut Expr> {
    if recursion.call(expr).is_some() {
        return Some(expr);
    }
    match expr {
        Expr::If(node) => first(&mut node.cond, recursion),
        Expr::Let(node) => first(&mut node.expr, recursion),
        Expr::Match(node) => first(&mut node.expr, recursion),
        Expr::Try(node) => first(&mut node.expr, recursion),
        Expr::Unary(node) => first(&mut node.expr, recursion),
        Expr::Paren(node) => first(&mut node.expr, recursion),
        Expr::Group(node) => first(&mut node.expr, recursion),
        Expr::Cast(node) => first(&mut node.expr, recursion),
        Expr::Field(node) => first(&mut node.base, recursion),
        Expr::MethodCall(node) => {
            let operands = std::iter::once(&mut *node.receiver).chain(&mut node.args);
            first_of(operands.collect(), recursion)
        }
        Expr::Assign(node) if is_variable(&node.left) => first(&mut node.right, recursion),
        Expr::Return(node) => first(node.expr.as_mut()?, recursion),
        Expr::Break(node) => first(node.expr.as_mut()?, recursion),
        Expr::Binary(node) => match is_lazy(&node.op) {
            true => first(&mut node.left, recursion),
            false => first_of(vec![&mut node.left, &mut node.right], recursion),
        },
        Expr::Call(node) if matches!(*node.func, Expr::Path(_)) => first_of(node.args.iter_mut().collect(), recursion),
        Expr::Tuple(node) => first_of(node.elems.iter_mut().collect(), recursion),
        Expr::Array(node) => first_of(node.elems.iter_mut().collect(), recursion),
        _ => None,
    }
}

/// The same among operands that are evaluated one after another.
fn first_of<'e>(mut operands: Vec<&'e mut Expr>, recursion: &Recursion) -> Option<&'e mut Expr> {
    let at = operands.iter().position(|operand| recursion.is_in(operand))?;
    operands.truncate(at + 1);
    let call = operands.pop()?;
    operands.iter().all(|before| waits(before, call)).then_some(())?;
    first(call, recursion)
}

fn is_lazy(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}

fn is_variable(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)) && is_variable(&unary.expr),
        _ => false,
    }
}

/// True for what is made of literals and variables that `call` doesn't mention: it is the same behind the call.
fn waits(operand: &Expr, call: &Expr) -> bool {
    match operand {
        Expr::Lit(_) => true,
        Expr::Paren(paren) => waits(&paren.expr, call),
        Expr::Binary(binary) => waits(&binary.left, call) && waits(&binary.right, call),
        Expr::Path(path) => path
            .path
            .get_ident()
            .is_some_and(|name| !uses::occurs(call.to_token_stream(), &name.to_string())),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => waits(&unary.expr, call),
        _ => false,
    }
}
