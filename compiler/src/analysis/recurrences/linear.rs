//! The body of a slice on linear forms: several carried values, each made of all of them.
//!
//! `let next = a + b; a = b; b = next;` is `let next = a.sum(b); a = b; b = next;` where `a` and `b` are what the values
//! are in terms of those carried in. A body that does anything else with them is none of this kind.
//!
//! Source: P. Kogge, H. Stone, "A parallel algorithm for the efficient solution of a general class of recurrence
//! equations", IEEE Transactions on Computers, 1973.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{BinOp, Block, Expr, Pat, Stmt, UnOp, parse_quote};

use super::symbolic::plain_operator;
use crate::lower::places::place_of;
use crate::lower::updates::{is_compound, strip};
use crate::lower::uses::{self, Names};

/// With more values in a form than these it costs more than several threads gain.
const MOST: usize = 4;

/// A body on forms.
pub(super) struct Forms {
    pub(super) body: Block,
    /// The first update of each value.
    pub(super) first: BTreeMap<String, TokenStream>,
}

/// The body on forms of `targets`, if it is linear in them; `may_divide` if they may be rounded.
pub(super) fn of_block(body: &Block, targets: &Names, may_divide: bool) -> Option<Forms> {
    if targets.len() > MOST {
        return None;
    }
    let mut writer = Writer {
        targets,
        forms: targets.clone(),
        may_divide,
        first: BTreeMap::new(),
    };
    let body = writer.block(body)?;
    let first = writer.first;
    targets
        .iter()
        .all(|name| first.contains_key(name))
        .then_some(Forms { body, first })
}

struct Writer<'t> {
    targets: &'t Names,
    /// The names that stand for forms: the targets, and locals made of them.
    forms: Names,
    may_divide: bool,
    first: BTreeMap<String, TokenStream>,
}

impl Writer<'_> {
    fn has(&self, node: &Expr) -> bool {
        uses::of_expr(node).iter().any(|name| self.forms.contains(name))
    }

    /// The form that an expression names.
    fn form(&self, expr: &Expr) -> Option<Ident> {
        let (place, ident) = place_of(strip(expr))?;
        (place.is_variable() && self.forms.contains(&place.root)).then_some(ident)
    }

    fn plain<'e>(&self, node: &'e Expr) -> Option<&'e Expr> {
        (!self.has(node)).then_some(node)
    }

    fn block(&mut self, node: &Block) -> Option<Block> {
        let before = self.forms.clone();
        let stmts = node.stmts.iter().map(|stmt| self.stmt(stmt)).collect::<Option<_>>();
        self.forms = before;
        Some(Block {
            brace_token: node.brace_token,
            stmts: stmts?,
        })
    }

    fn stmt(&mut self, node: &Stmt) -> Option<Stmt> {
        match node {
            Stmt::Local(local) => {
                let bound = crate::lower::bindings::bindings(&local.pat);
                // no name stands for a form here and for something else there
                if bound.iter().any(|b| self.forms.contains(&b.ident.to_string())) {
                    return None;
                }
                match &local.init {
                    Some(init) if self.has(&init.expr) => {
                        let name = match &local.pat {
                            Pat::Type(typed) => &*typed.pat,
                            pattern => pattern,
                        };
                        let Pat::Ident(name) = name else { return None };
                        let (form, ident, mutable) = (self.value(&init.expr)?, &name.ident, &name.mutability);
                        self.forms.insert(ident.to_string());
                        init.diverge
                            .is_none()
                            .then(|| parse_quote!(let #mutable #ident = #form;))
                    }
                    _ => Some(node.clone()),
                }
            }
            Stmt::Expr(expr, semi) => Some(Stmt::Expr(self.expr(expr)?, semi.or_else(|| Some(Default::default())))),
            Stmt::Item(_) => Some(node.clone()),
            Stmt::Macro(_) => None,
        }
    }

    fn expr(&mut self, node: &Expr) -> Option<Expr> {
        match node {
            Expr::Assign(assign) => match self.form(&assign.left) {
                Some(name) => self.assign(&name, &assign.eq_token, &assign.right),
                None => self.plain(node).cloned(),
            },
            Expr::Binary(binary) if is_compound(&binary.op) => match self.form(&binary.left) {
                Some(name) => {
                    let op = plain_operator(&binary.op)?;
                    let right = &binary.right;
                    self.assign(&name, &binary.op, &parse_quote!(#name #op (#right)))
                }
                None => self.plain(node).cloned(),
            },
            Expr::If(branch) => {
                let mut branch = branch.clone();
                self.plain(&branch.cond)?;
                branch.then_branch = self.block(&branch.then_branch)?;
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    **otherwise = self.expr(otherwise)?;
                }
                Some(Expr::If(branch))
            }
            Expr::Match(choice) => {
                let mut choice = choice.clone();
                self.plain(&choice.expr)?;
                for arm in &mut choice.arms {
                    if let Pat::Guard(guard) = &arm.pat {
                        self.plain(&guard.guard)?;
                    }
                    let body = self.expr(&arm.body)?;
                    *arm.body = parse_quote!({ #body; });
                }
                Some(Expr::Match(choice))
            }
            Expr::Block(block) => {
                let mut block = block.clone();
                block.block = self.block(&block.block)?;
                Some(Expr::Block(block))
            }
            Expr::ForLoop(inner) => {
                let mut inner = inner.clone();
                self.plain(&inner.expr)?;
                inner.body = self.block(&inner.body)?;
                Some(Expr::ForLoop(inner))
            }
            other => self.plain(other).cloned(),
        }
    }

    fn assign(&mut self, name: &Ident, at: &impl ToTokens, value: &Expr) -> Option<Expr> {
        let form = match self.has(value) {
            true => self.value(value)?,
            false => quote!(#name.constant(#value)),
        };
        if self.targets.contains(&name.to_string()) {
            self.first
                .entry(name.to_string())
                .or_insert_with(|| at.to_token_stream());
        }
        Some(parse_quote!(#name = #form))
    }

    /// An expression that has forms in it, as a form.
    fn value(&self, node: &Expr) -> Option<TokenStream> {
        let node = strip(node);
        if let Some(name) = self.form(node) {
            return Some(quote!(#name));
        }
        match node {
            Expr::Binary(binary) => self.operation(&binary.op, &binary.left, &binary.right),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                let inner = self.value(&unary.expr)?;
                Some(quote!(#inner.negated()))
            }
            Expr::MethodCall(call) => match (call.method.to_string().as_str(), call.args.len()) {
                ("clone", 0) => self.value(&call.receiver),
                ("wrapping_neg", 0) => {
                    let inner = self.value(&call.receiver)?;
                    Some(quote!(#inner.negated()))
                }
                ("wrapping_add", 1) => self.operation(&parse_quote!(+), &call.receiver, &call.args[0]),
                ("wrapping_sub", 1) => self.operation(&parse_quote!(-), &call.receiver, &call.args[0]),
                ("wrapping_mul", 1) => self.operation(&parse_quote!(*), &call.receiver, &call.args[0]),
                ("mul_add", 2) => {
                    let (receiver, by, plus) = (&call.receiver, &call.args[0], &call.args[1]);
                    self.value(&parse_quote!((#receiver) * (#by) + (#plus)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn operation(&self, op: &BinOp, left: &Expr, right: &Expr) -> Option<TokenStream> {
        let call = |form: &Expr, method: TokenStream, value: &Expr| {
            let form = self.value(form)?;
            Some(quote!(#form.#method(#value)))
        };
        match (op, self.has(left), self.has(right)) {
            (BinOp::Add(_), true, true) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                Some(quote!(#left.sum(#right)))
            }
            (BinOp::Sub(_), true, true) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                Some(quote!(#left.difference(#right)))
            }
            (BinOp::Add(_), true, false) => call(left, quote!(plus), right),
            (BinOp::Add(_), false, true) => call(right, quote!(plus), left),
            (BinOp::Sub(_), true, false) => call(left, quote!(minus), right),
            (BinOp::Sub(_), false, true) => call(right, quote!(negated().plus), left),
            (BinOp::Mul(_), true, false) => call(left, quote!(times), right),
            (BinOp::Mul(_), false, true) => call(right, quote!(times), left),
            (BinOp::Div(_), true, false) if self.may_divide => call(left, quote!(over), right),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_linear_bodies_are_written_on_forms() {
        for (body, want) in [
            (
                "{ let t = a + b; a = b; b = t; }",
                Some("{ let t = a . sum (b) ; a = b ; b = t ; }"),
            ),
            (
                "{ let y = x * c - a * p + q * b; b = a; a = y; }",
                Some("{ let y = a . times (p) . negated () . plus (x * c) . sum (b . times (q)) ; b = a ; a = y ; }"),
            ),
            (
                "{ if x { a += b; } else { b = x; a -= 2; } }",
                Some("{ if x { a = a . sum (b) ; } else { b = b . constant (x) ; a = a . minus ((2)) ; } ; }"),
            ),
            ("{ let t = a * b; a = b; b = t; }", None),
            ("{ if a > x { a = b; } b += a; }", None),
            ("{ let t = a / x; a = b; b = t; }", None),
            ("{ let t = f(a); a = b; b = t; }", None),
            ("{ let a = b + x; b = a; }", None),
        ] {
            let targets = Names::from(["a".to_string(), "b".to_string()]);
            let forms = of_block(&syn::parse_str(body).unwrap(), &targets, false);
            assert_eq!(
                forms.map(|f| f.body.to_token_stream().to_string()).as_deref(),
                want,
                "{body}"
            );
        }
    }
}
