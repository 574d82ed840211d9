//! Loops over children that carry a number along: `for c in children { total += f(c, offset); offset += c.len; }`.
//!
//! What is carried doesn't depend on the calls' results, so the loop is distributed over its statements: a first loop
//! carries the number along and keeps what each child needs of it, a second one calls.
//!
//! Source: K. Kennedy, K. McKinley, "Loop distribution with arbitrary control flow", Supercomputing 1990.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit::Visit;
use syn::{Expr, ExprForLoop, Stmt, parse_quote};

use super::accesses::Accesses;
use super::bindings::{Binding, bindings};
use super::generators::{is_number, mentioned};
use super::jumps;
use super::listing::Listing;
use super::recursion::Recursion;
use super::uses;
use crate::analysis::independence::{Code, Footprint, Names, Unit, of_overtaking};
use crate::names::FreeNames;

/// The two loops that stand for one, if it carries numbers that its calls are given.
pub(crate) fn distribute(
    node: &ExprForLoop,
    recursion: &Recursion,
    names: &Names,
    free: &mut FreeNames,
) -> Option<Expr> {
    let is_plain = node.attrs.is_empty() && node.label.is_none() && !recursion.is_in(&node.expr);
    if !is_plain || !Listing::of(&node.expr).is_finite(false) {
        return None;
    }
    let body = Body::of(node, recursion, names);
    let state = body.state();
    let carries = body.carrying(&state)?;
    let at = body.moment(&state, &carries)?;
    Some(body.distributed(&state, &carries, at, free))
}

/// The loop's body, statement by statement.
struct Body<'b> {
    node: &'b ExprForLoop,
    names: &'b Names,
    stmts: Vec<Statement<'b>>,
}

struct Statement<'b> {
    stmt: &'b Stmt,
    found: Accesses<'b>,
    written: BTreeSet<String>,
    declares: Vec<String>,
    has_call: bool,
    continues: bool,
}

impl Statement<'_> {
    fn mentions(&self, name: &str) -> bool {
        uses::occurs(self.stmt.to_token_stream(), name)
    }
}

impl<'b> Body<'b> {
    fn of(node: &'b ExprForLoop, recursion: &Recursion, names: &'b Names) -> Self {
        let statement = |stmt: &'b Stmt| {
            let found = Unit::Statement(stmt).accesses(names, &BTreeSet::new());
            let writes = found
                .list
                .iter()
                .filter(|access| names.any_write(std::slice::from_ref(access)));
            Statement {
                stmt,
                written: writes.map(|access| access.place.root.clone()).collect(),
                declares: Unit::Statement(stmt).declares(),
                has_call: recursion.is_in_statement(stmt),
                continues: jumps::continues(|search| search.visit_stmt(stmt)),
                found,
            }
        };
        Body {
            node,
            names,
            stmts: node.body.stmts.iter().map(statement).collect(),
        }
    }

    /// The numbers that change without a call and that a call's statement reads.
    fn state(&self) -> BTreeSet<String> {
        let (calling, others): (Vec<_>, Vec<_>) = self.stmts.iter().partition(|s| s.has_call);
        let own: BTreeSet<_> = self.own().collect();
        let is_carried = |name: &&String| {
            !own.contains(*name)
                && calling.iter().any(|s| s.mentions(name))
                && !calling.iter().any(|s| s.written.contains(*name))
                && is_number(&self.node.body, name)
                && !self.names.is_lent(name)
        };
        let written = others.iter().flat_map(|s| &s.written);
        written.filter(is_carried).cloned().collect()
    }

    /// Which statements carry the numbers along, if they can without the others.
    fn carrying(&self, state: &BTreeSet<String>) -> Option<Vec<bool>> {
        let writes = |s: &Statement<'_>| s.written.iter().any(|name| state.contains(name));
        let mut carries: Vec<_> = self.stmts.iter().map(|s| writes(s) || s.continues).collect();
        while let Some(more) = (0..self.stmts.len()).find(|n| {
            let is_needed = |later: usize| {
                let mut declared = self.stmts[*n].declares.iter();
                carries[later] && declared.any(|name| self.stmts[later].mentions(name))
            };
            !carries[*n] && (n + 1..self.stmts.len()).any(is_needed)
        }) {
            carries[more] = true;
        }
        let all = || self.stmts.iter().zip(&carries);
        let calls = || all().filter(|(_, carries)| !**carries).map(|(s, _)| s);
        let numbered = || all().enumerate().map(|(n, (s, carries))| (n, s, *carries));
        let is_free = |n: usize, s: &Statement<'_>| {
            let mut exits = s.found.exits.iter();
            let own = |name: &String| state.contains(name) || all().any(|(s, c)| *c && s.declares.contains(name));
            let overtakes = numbered()
                .filter(|(_, _, carries)| !carries)
                .all(|(other, call, _)| self.may_overtake(s, call, state, other > n));
            !s.has_call
                && exits.all(|exit| exit.at.to_string() == "continue")
                && s.found.effects.is_empty()
                && s.written.iter().all(own)
                && overtakes
        };
        let last_skip = self.stmts.iter().rposition(|s| s.continues);
        let first_call = carries.iter().position(|carries| !carries)?;
        let is_possible = !state.is_empty()
            && last_skip.is_none_or(|skip| skip < first_call)
            && calls().all(|s| s.found.exits.is_empty())
            && numbered().all(|(n, s, carries)| !carries || is_free(n, s))
            && !self.takes_items(&carries);
        is_possible.then_some(carries)
    }

    /// True if the statement may run before one with a call, for which the numbers are kept; if that is a later one of the
    /// body, it is only about those of earlier iterations.
    fn may_overtake(
        &self,
        one: &Statement<'_>,
        other: &Statement<'_>,
        state: &BTreeSet<String>,
        is_later: bool,
    ) -> bool {
        let own: BTreeSet<_> = self.own().collect();
        let mut accesses = Unit::Statement(one.stmt).accesses(self.names, &BTreeSet::new());
        accesses.list.retain(|access| {
            let root = &access.place.root;
            !(state.contains(root) || is_later && own.contains(root))
        });
        let footprint = Footprint {
            accesses,
            parts: Vec::new(),
            at: one.stmt.to_token_stream(),
        };
        let code = Code {
            accesses: &other.found.list,
            effects: &other.found.effects,
            exits: Vec::new(),
        };
        of_overtaking(self.names, &footprint, &code).is_ok()
    }

    /// The variables of which each iteration has its own.
    fn own(&self) -> impl Iterator<Item = String> {
        let of_pattern = bindings(&self.node.pat).into_iter().map(|b| b.ident.to_string());
        of_pattern.chain(self.stmts.iter().flat_map(|s| s.declares.clone()))
    }

    /// True if the loop owns its items and a statement that carries may take one.
    fn takes_items(&self, carries: &[bool]) -> bool {
        let lends = match &*self.node.expr {
            Expr::Reference(_) | Expr::Range(_) => true,
            Expr::Paren(paren) => matches!(*paren.expr, Expr::Range(_)),
            Expr::MethodCall(call) => call.method != "into_iter" && call.method != "drain",
            _ => false,
        };
        let own = bindings(&self.node.pat);
        let uses_item = |s: &Statement<'_>| own.iter().any(|binding| s.mentions(&binding.ident.to_string()));
        !lends
            && self
                .stmts
                .iter()
                .zip(carries)
                .any(|(s, carries)| *carries && uses_item(s))
    }

    /// The statement before which the numbers are those that the calls are given, if there is one for all calls.
    fn moment(&self, state: &BTreeSet<String>, carries: &[bool]) -> Option<usize> {
        let first = carries.iter().position(|carries| !carries)?;
        let changes = |n: &usize| carries[*n] && self.stmts[*n].written.iter().any(|name| state.contains(name));
        let at = (first..self.stmts.len()).find(changes).unwrap_or(self.stmts.len());
        let mut behind = self.stmts[at..].iter().zip(&carries[at..]);
        let is_late = |s: &Statement<'_>| state.iter().any(|name| s.mentions(name));
        (!behind.any(|(s, carries)| !carries && is_late(s))).then_some(at)
    }

    fn distributed(self, state: &BTreeSet<String>, carries: &[bool], at: usize, free: &mut FreeNames) -> Expr {
        let (children, span) = (free.free("children"), self.node.for_token.span);
        let calls: Vec<_> = self
            .stmts
            .iter()
            .zip(carries)
            .filter(|(_, c)| !**c)
            .map(|(s, _)| s.stmt)
            .collect();
        let is_used = |name: &str| calls.iter().any(|stmt| uses::occurs(stmt.to_token_stream(), name));
        let numbers: Vec<_> = mentioned(calls.iter().copied(), state)
            .into_iter()
            .map(|name| (free.free("carried"), name))
            .collect();
        let lets = self
            .stmts
            .iter()
            .zip(carries)
            .filter(|(_, c)| **c)
            .flat_map(|(s, _)| match s.stmt {
                Stmt::Local(local) => bindings(&local.pat),
                _ => Vec::new(),
            });
        let mut given: Vec<Binding> = Vec::new();
        for binding in bindings(&self.node.pat).into_iter().chain(lets) {
            if is_used(&binding.ident.to_string()) {
                given.retain(|known| known.ident != binding.ident);
                given.push(binding);
            }
        }
        let keeps = numbers.iter().map(|(kept, name)| quote!(let #kept = #name;));
        let keeps: TokenStream = keeps.collect();
        let part = |range: std::ops::Range<usize>| -> TokenStream {
            range
                .filter(|n| carries[*n])
                .map(|n| self.stmts[n].stmt.to_token_stream())
                .collect()
        };
        let (before, behind) = (part(0..at), part(at..self.stmts.len()));
        let values = given
            .iter()
            .map(|b| &b.ident)
            .chain(numbers.iter().map(|(kept, _)| kept));
        let patterns = given.iter().map(|b| {
            let (name, mutable) = (&b.ident, b.mutable.then(|| quote!(mut)));
            quote!(#mutable #name)
        });
        let patterns = patterns.chain(numbers.iter().map(|(_, name)| name.to_token_stream()));
        let ExprForLoop { pat, expr, .. } = self.node;
        let for_token = syn::Token![for](span);
        parse_quote!({
            let mut #children = ::std::vec::Vec::new();
            #[allow(unused_mut)]
            #for_token #pat in #expr {
                #before
                #keeps
                #behind
                #children.push((#(#values,)*));
            }
            #[allow(unused_mut)]
            #for_token (#(#patterns,)*) in #children {
                #(#calls)*
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use syn::ItemFn;

    use super::*;

    fn distributed(body: &str) -> Option<String> {
        let node = format!("for k in &n.kids {{ {body} }}");
        let text = format!("fn f(n: &N, mut at: u32) -> u32 {{ let (mut sum, mut more) = (0, 0); {node} sum }}");
        let function: ItemFn = syn::parse_str(&text).unwrap();
        let recursion = Recursion::of(&function).unwrap();
        let names = Names::of(&function, &recursion);
        let mut free = FreeNames::new(&function);
        let two = distribute(&syn::parse_str(&node).unwrap(), &recursion, &names, &mut free)?;
        Some(
            two.to_token_stream()
                .to_string()
                .replace(' ', "")
                .replace("#[allow(unused_mut)]", ""),
        )
    }

    #[test]
    fn what_is_carried_comes_first() {
        for (body, first, second) in [
            (
                "sum += f(k, at); at += k.w;",
                "{letcarried=at;at+=k.w;children.push((k,carried,));}",
                "{sum+=f(k,at);}",
            ),
            (
                "let w = k.w; at += w; sum += f(k, at) * w; more += sum;",
                "{letw=k.w;at+=w;letcarried=at;children.push((k,w,carried,));}",
                "{sum+=f(k,at)*w;more+=sum;}",
            ),
            (
                "if k.w > 2 { at += 1; continue; } sum += f(k, at);",
                "{ifk.w>2{at+=1;continue;}letcarried=at;children.push((k,carried,));}",
                "{sum+=f(k,at);}",
            ),
        ] {
            let text = distributed(body).unwrap();
            assert!(text.contains(first) && text.contains(second), "{body}: {text}");
        }
    }

    #[test]
    fn what_needs_the_calls_stays() {
        for body in [
            "sum += f(k, at);",
            "at += f(k, at);",
            "sum += f(k, at); at += sum;",
            "let x = f(k, at); at += x;",
            "sum += f(k, at)?; at += 1;",
            "sum += f(k, at); at += 1; if sum > 3 { break; }",
            "sum += f(k, at); if k.w > 2 { at += 1; continue; }",
            "sum += f(k, at); at += 1; more += f(k, at); at += 1;",
            "sum += f(k, at); at = g(&mut at);",
            "sum += f(k, at); println!(\"{at}\"); at += 1; at += more; more += 1;",
        ] {
            assert_eq!(distributed(body), None, "{body}");
        }
    }
}
