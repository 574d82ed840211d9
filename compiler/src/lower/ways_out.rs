//! Ways out between two calls that don't need the first call's result: `let a = f(n - 1); if n < 2 { return a; } f(n - 2)`.
//!
//! Such a condition often keeps the second call from running at all: side by side with the first one it must not start
//! before somebody has asked. So the condition is asked first, and there are two ways from there:
//! `if n < 2 { let a = f(n - 1); return a; } let a = f(n - 1); f(n - 2)`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Block, Expr, ExprIf, Stmt, parse_quote};

use super::accesses::Accesses;
use super::recursion::Recursion;
use super::tasks::REACH;
use super::uses;
use crate::analysis::independence::{Code, Footprint, Names, Unit, of_overtaking};

/// So many ways out of a block are asked first: each writes the statements ahead of it once more.
const MOST_ASKED: usize = 16;

/// The block with such conditions asked before the calls, if it has some, and whether there may be more of them.
pub(crate) fn ask_first(block: &Block, recursion: &Recursion, names: &Names) -> Option<(Block, bool)> {
    let calls = |stmt: &Stmt| recursion.is_in_statement(stmt);
    let mut first = block.stmts.iter().position(calls)?;
    let mut stmts = block.stmts.clone();
    let mut next = first + 1;
    let mut asked = 0;
    while asked < MOST_ASKED
        && let Some((from, number, found)) = next_way_out(&stmts, first, next, recursion, names)
    {
        let Stmt::Expr(Expr::If(node), _) = &stmts[number] else {
            break;
        };
        let (mut asks, calls) = found.apart(&stmts[from..number], node);
        first = from + asks.len();
        next = first + calls.len();
        asks.extend(calls);
        stmts.splice(from..=number, asks);
        asked += 1;
    }
    let brace_token = block.brace_token;
    (asked > 0).then_some((Block { brace_token, stmts }, asked == MOST_ASKED))
}

/// Where conditions have been asked first: the statement with the first one that has not, as there were too many.
pub(crate) fn unasked(stmts: &[Stmt], recursion: &Recursion, names: &Names) -> Option<usize> {
    let first = stmts.iter().position(|stmt| recursion.is_in_statement(stmt))?;
    let (_, number, _) = next_way_out(stmts, first, first + 1, recursion, names)?;
    Some(number)
}

/// The next way out from the statement `next` on: the statement it is asked before, its own, and what of it is asked.
fn next_way_out(
    stmts: &[Stmt],
    first: usize,
    next: usize,
    recursion: &Recursion,
    names: &Names,
) -> Option<(usize, usize, Asked)> {
    let last = stmts.iter().rposition(|stmt| recursion.is_in_statement(stmt))?;
    let from = |number: usize| first.max(number.saturating_sub(REACH));
    let touched = |stmt| Unit::Statement(stmt).accesses(names, &Default::default());
    // what the statements touch, from `base` on, as far as it has been asked
    let base = from(next);
    let mut found: Vec<Accesses<'_>> = Vec::new();
    for number in next..last {
        let Stmt::Expr(Expr::If(node), _) = &stmts[number] else {
            continue;
        };
        if node.else_branch.is_none() && node.attrs.is_empty() && is_left(&node.then_branch) {
            found.extend(stmts[base + found.len()..number].iter().map(touched));
            let ahead = Ahead {
                stmts: &stmts[from(number)..number],
                found: &found[from(number) - base..],
                names,
            };
            if let Some(asked) = Asked::of(node, &ahead) {
                return Some((from(number), number, asked));
            }
        }
    }
    None
}

/// True if the block ends by leaving the function. What leaves a loop is for those who rewrite loops.
fn is_left(block: &Block) -> bool {
    matches!(block.stmts.last(), Some(Stmt::Expr(Expr::Return(_), _)))
}

/// What of a way out can be asked before the statements ahead of it.
struct Asked {
    /// The alternatives of its condition that can.
    early: Vec<Expr>,
    /// Those that can't.
    late: Vec<Expr>,
    /// The `let`s that the former need, by their numbers among the statements ahead.
    lets: Vec<usize>,
}

impl Asked {
    fn of(node: &ExprIf, ahead: &Ahead<'_>) -> Option<Asked> {
        let mut all = Vec::new();
        disjuncts(&node.cond, &mut all);
        let mut asked = Asked {
            early: Vec::new(),
            late: Vec::new(),
            lets: Vec::new(),
        };
        for condition in all {
            // a later alternative may rely on those before it
            let lets = ahead.lets_of(condition).filter(|_| asked.late.is_empty());
            match lets {
                Some(lets) => {
                    asked.early.push(condition.clone());
                    asked.lets.extend(lets);
                }
                None => asked.late.push(condition.clone()),
            }
        }
        asked.lets.sort_unstable();
        asked.lets.dedup();
        (!asked.early.is_empty()).then_some(asked)
    }

    /// The statements that ask, with the way that leaves in them, and those of the other way.
    fn apart(self, ahead: &[Stmt], node: &ExprIf) -> (Vec<Stmt>, Vec<Stmt>) {
        let Asked { early, late, lets } = self;
        let [mut asks, mut calls] = [true, false].map(|wanted| {
            let all = ahead.iter().enumerate();
            let of_kind = all.filter(|(at, _)| lets.contains(at) == wanted);
            of_kind.map(|(_, stmt)| stmt.clone()).collect::<Vec<_>>()
        });
        let then = Block {
            brace_token: node.then_branch.brace_token,
            stmts: calls.iter().chain(&node.then_branch.stmts).cloned().collect(),
        };
        // not parsed anew: marks around statements have no semicolon
        let way_out = |attrs, conditions: Vec<Expr>, then| {
            let node = ExprIf {
                attrs,
                if_token: node.if_token,
                cond: parse_quote!(#(#conditions)||*),
                then_branch: then,
                else_branch: None,
            };
            Stmt::Expr(Expr::If(node), None)
        };
        // what only the other way uses is unused here
        asks.push(way_out(vec![parse_quote!(#[allow(unused)])], early, then));
        if !late.is_empty() {
            calls.push(way_out(Vec::new(), late, node.then_branch.clone()));
        }
        (asks, calls)
    }
}

/// The statements ahead of a way out, from the first call on.
struct Ahead<'a> {
    stmts: &'a [Stmt],
    /// What each touches.
    found: &'a [Accesses<'a>],
    names: &'a Names,
}

impl Ahead<'_> {
    /// The `let`s that have to come along if the condition is asked before the statements; `None` if it can't be.
    fn lets_of(&self, condition: &Expr) -> Option<Vec<usize>> {
        let mut lets = Vec::new();
        self.overtake(&Footprint::of(condition, self.names), self.stmts.len(), &mut lets)?;
        let may_panic = !is_total(condition) || lets.iter().any(|number| !is_total_let(&self.stmts[*number]));
        let leaves = self.found.iter().any(|found| !found.exits.is_empty());
        (!(may_panic && leaves)).then_some(lets)
    }

    /// Can what has this footprint, before the statement `at`, come before all of them, together with `lets`?
    fn overtake(&self, footprint: &Footprint<'_>, at: usize, lets: &mut Vec<usize>) -> Option<()> {
        let is_plain = footprint.is_pure(self.names)
            && footprint.accesses.exits.is_empty()
            && footprint.accesses.effects.is_empty();
        if !is_plain {
            return None;
        }
        for number in (0..at).rev() {
            let declared = Unit::Statement(&self.stmts[number]).declares();
            if declared.iter().any(|name| footprint.uses(name)) {
                self.take_along(number, &declared, lets)?;
            } else if !lets.contains(&number) {
                let code = Code {
                    accesses: &self.found[number].list,
                    effects: &self.found[number].effects,
                    exits: Vec::new(),
                };
                of_overtaking(self.names, footprint, &code).ok()?;
            }
        }
        Some(())
    }

    /// The `let` before all statements, if nothing there means something else by its names.
    fn take_along(&self, number: usize, declared: &[String], lets: &mut Vec<usize>) -> Option<()> {
        let Stmt::Local(local) = &self.stmts[number] else {
            return None;
        };
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        if lets.contains(&number) {
            return Some(());
        }
        let mentions = |tokens: TokenStream| declared.iter().any(|name| uses::occurs(tokens.clone(), name));
        let mut earlier = self.stmts[..number].iter();
        if mentions(init.expr.to_token_stream()) || earlier.any(|stmt| mentions(stmt.to_token_stream())) {
            return None;
        }
        self.overtake(&Footprint::of(&init.expr, self.names), number, lets)?;
        lets.push(number);
        Some(())
    }
}

fn disjuncts<'e>(condition: &'e Expr, found: &mut Vec<&'e Expr>) {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::Or(_)) => {
            disjuncts(&binary.left, found);
            disjuncts(&binary.right, found);
        }
        condition => found.push(condition),
    }
}

/// True if the value can always be computed.
fn is_total(value: &Expr) -> bool {
    use syn::BinOp;
    match value {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Binary(e) => {
            let compares = matches!(
                e.op,
                BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Eq(_) | BinOp::Ne(_)
            );
            (compares || matches!(e.op, BinOp::And(_) | BinOp::Or(_))) && is_total(&e.left) && is_total(&e.right)
        }
        Expr::Field(e) => is_total(&e.base),
        Expr::MethodCall(e) => {
            let looks = ["is_empty", "is_none", "is_some", "len"];
            looks.iter().any(|name| e.method == name) && e.args.is_empty() && is_total(&e.receiver)
        }
        Expr::Paren(e) => is_total(&e.expr),
        Expr::Reference(e) => is_total(&e.expr),
        Expr::Unary(e) => is_total(&e.expr),
        _ => false,
    }
}

fn is_total_let(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Local(local) if local.init.as_ref().is_some_and(|init| is_total(&init.expr)))
}

#[cfg(test)]
mod tests {
    use syn::ItemFn;

    use super::*;

    fn asked(body: &str) -> Option<String> {
        let text = format!("fn f(n: u32, v: &mut Vec<u32>) -> u32 {{ {body} }}");
        let function: ItemFn = syn::parse_str(&text).unwrap();
        let recursion = Recursion::of(&function).unwrap();
        let names = Names::of(&function, &recursion);
        let (block, _) = ask_first(&function.block, &recursion, &names)?;
        Some(block.to_token_stream().to_string().replace(' ', ""))
    }

    #[test]
    fn what_needs_no_result_is_asked_first() {
        for (body, want) in [
            (
                "let a = f(n - 1, w); if n < 2 { return a; } a + f(n - 2, w)",
                "{#[allow(unused)]ifn<2{leta=f(n-1,w);returna;}leta=f(n-1,w);a+f(n-2,w)}",
            ),
            (
                "let a = f(n - 1, w); let m = n / 2; if m < 2 || a > 3 { return a; } a + f(m, w)",
                "{letm=n/2;#[allow(unused)]ifm<2{leta=f(n-1,w);returna;}leta=f(n-1,w);ifa>3{returna;}a+f(m,w)}",
            ),
            (
                "let a = f(n - 1, w); if n < 2 { return a; } let b = f(n - 2, w); if n < 3 { return b; } f(n - 3, w)",
                "{#[allow(unused)]ifn<2{leta=f(n-1,w);returna;}#[allow(unused)]ifn<3{leta=f(n-1,w);letb=f(n-2,w);returnb;}\
                 leta=f(n-1,w);letb=f(n-2,w);f(n-3,w)}",
            ),
        ] {
            assert_eq!(asked(body).as_deref(), Some(want), "{body}");
        }
    }

    #[test]
    fn what_needs_a_result_is_asked_where_it_stands() {
        for body in [
            "let a = f(n - 1, w); if a < 2 { return a; } a + f(n - 2, w)",
            "let a = f(n - 1, w); if a < 2 || n < 2 { return a; } a + f(n - 2, w)",
            "let a = f(n - 1, w); let m = a / 2; if m < 2 { return a; } a + f(n - 2, w)",
            "let a = f(n - 1, v); if v.is_empty() { return a; } a + f(n - 2, v)",
            "let a = f(n - 1, w)?; if n - 2 < 1 { return a; } a + f(n - 2, w)",
            "let a = f(n - 1, w); let n = n / 2; if n < 2 { return a; } a + f(n - 2, w)",
            "let a = f(n - 1, w); if n < 2 { return a; } a",
            "for k in v { let a = f(n - 1, w); if n < 2 { continue; } f(n - 2, a); }",
        ] {
            assert_eq!(asked(body), None, "{body}");
        }
    }
}
