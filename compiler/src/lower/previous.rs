//! Which lists are asked by the loop that appends to them for what it has appended last?
//!
//! `out.push(out.last().unwrap() + x)` carries a value along: `out_last = out_last + x; out.push(out_last);`. So do
//! `out.push(out[out.len() - 1] + x)`, and `out.push(out[i - 1] + x)` where every iteration appends one element and the list
//! is as long as the numbers of the iterations say, which is looked up when the loop starts. A list without equal neighbours,
//! `if out.last() != Some(&x) { out.push(x); }`, carries the `Option` along.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprForLoop, ExprMethodCall, ItemFn, Stmt, UnOp, parse_quote};

use super::bindings::bindings;
use super::choices::in_some;
use super::inductions::{self, Step};
use super::kernels::each_kernel;
use super::places::{Place, place_of};
use super::primitives::number;
use super::updates::{is_compound, strip};
use super::{lent, uses};
use crate::names::FreeNames;

/// Carries what was appended last along; true if there was such a list.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) -> bool {
    each_kernel(function, &mut |kernel, _, _| {
        let list = asked(kernel)?;
        carried(kernel, &list, names)
    })
}

/// A list that the loop appends to and asks.
struct List {
    place: Place,
    /// As it is written.
    target: Expr,
}

/// `out` in `out.push(x)`, and `x`
fn appended(expr: &Expr) -> Option<(List, &Expr)> {
    let Expr::MethodCall(call) = expr else { return None };
    let (place, _) = place_of(&call.receiver).filter(|(place, _)| place.depth() == 0)?;
    let target = (*call.receiver).clone();
    (call.method == "push" && call.args.len() == 1).then(|| (List { place, target }, &call.args[0]))
}

/// The first list that the loop appends to and looks at.
fn asked(kernel: &ExprForLoop) -> Option<List> {
    struct Search {
        lists: Vec<List>,
    }
    impl<'a> Visit<'a> for Search {
        fn visit_expr(&mut self, node: &'a Expr) {
            if let Some((list, _)) = appended(node)
                && !self.lists.iter().any(|known| known.place.is_same(&list.place))
            {
                self.lists.push(list);
            }
            visit::visit_expr(self, node);
        }
    }
    let mut search = Search { lists: Vec::new() };
    search.visit_block(&kernel.body);
    search.lists.into_iter().find(|list| {
        let mut looks = Looks {
            place: &list.place,
            found: false,
        };
        looks.visit_block(&kernel.body);
        looks.found
    })
}

/// Is a list looked at in one of the ways of this module?
struct Looks<'p> {
    place: &'p Place,
    found: bool,
}

impl<'a> Visit<'a> for Looks<'_> {
    fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
        self.found |= node.method == "last" && is_it(&node.receiver, self.place);
        visit::visit_expr_method_call(self, node);
    }

    fn visit_expr_index(&mut self, node: &'a syn::ExprIndex) {
        self.found |= is_it(&node.expr, self.place);
        visit::visit_expr_index(self, node);
    }
}

fn is_it(expr: &Expr, place: &Place) -> bool {
    place_of(expr).is_some_and(|(found, _)| found.is_same(place))
}

/// What is carried along.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The element.
    Value,
    /// The element, if there is one.
    Option,
}

/// How an expression looks at the last element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Value,
    Reference,
}

/// The loop with a variable for what was appended last.
fn carried(kernel: &ExprForLoop, list: &List, names: &mut FreeNames) -> Option<Expr> {
    let role = list.place.to_string();
    let role = role.rsplit('.').next().unwrap_or_default().trim_matches('*');
    let name = names.standing_for(&format!("{role}_last"), format!("{}.last()", list.place));
    let last = Ident::new(&name.to_string(), Span::call_site());
    let before = names.free("before");
    let mut carry = Carry {
        list,
        last: &last,
        before: &before,
        kind: None,
        numbered: numbered(kernel, list),
        length: None,
        known: Vec::new(),
        has_first: false,
        is_behind: false,
        looked: 0,
        failed: false,
    };
    let mut body = kernel.body.clone();
    carry.visit_block_mut(&mut body);
    let (kind, length) = (carry.kind?, carry.length);
    // what is there before anything is appended is asked for first of all
    if carry.failed || kind == Kind::Value && length.is_none() && carry.has_first {
        return None;
    }
    if let Some((number, _)) = &carry.numbered
        && !uses::occurs(body.to_token_stream(), &number.to_string())
    {
        body.stmts.insert(0, parse_quote!(let _ = #number;));
    }
    let looped = ExprForLoop { body, ..kernel.clone() };
    let target = &list.target;
    Some(match (kind, length) {
        (Kind::Option, None) => parse_quote!({
            let mut #last = #target.last().copied();
            #looped
        }),
        (Kind::Value, None) => parse_quote!({
            let #before = #target.last().copied();
            let mut #last = #before.unwrap_or_default();
            #looped
        }),
        (Kind::Value, Some(length)) => {
            let mut original = kernel.clone();
            original.attrs.retain(|attr| !attr.path().is_ident("par"));
            original.attrs.push(parse_quote!(#[seq]));
            let at = proc_macro2::Literal::usize_unsuffixed(length);
            let newest = proc_macro2::Literal::usize_unsuffixed(length - 1);
            parse_quote!({
                if #target.len() == #at {
                    let mut #last = #target[#newest];
                    #looped
                } else {
                    #original
                }
            })
        }
        (Kind::Option, Some(_)) => return None,
    })
}

/// The variable that counts the iterations and the number of the first one, if each appends one element to the list, whatever
/// happens in it.
fn numbered(kernel: &ExprForLoop, list: &List) -> Option<(Ident, i128)> {
    let induction = inductions::of_loop(kernel).filter(|found| !found.is_filtered && !found.is_behind)?;
    let is_up = matches!(induction.step, Step::One { descending: false });
    let first: syn::LitInt = syn::parse2(induction.first.clone()).ok()?;
    let appends = |stmt: &Stmt| match stmt {
        Stmt::Expr(expr, _) => appended(expr).is_some_and(|(found, _)| found.place.is_same(&list.place)),
        _ => false,
    };
    let at = kernel.body.stmts.iter().position(appends)?;
    let (before, behind) = kernel.body.stmts.split_at(at);
    let count = |stmts: &[Stmt]| {
        struct Count<'p>(&'p Place, usize);
        impl<'a> Visit<'a> for Count<'_> {
            fn visit_expr(&mut self, node: &'a Expr) {
                self.1 += usize::from(appended(node).is_some_and(|(found, _)| found.place.is_same(self.0)));
                visit::visit_expr(self, node);
            }
        }
        let mut count = Count(&list.place, 0);
        stmts.iter().for_each(|stmt| count.visit_stmt(stmt));
        count.1
    };
    let is_one = count(before) == 0 && count(behind) == 1 && !before.iter().any(lent::leaves);
    let first = first.base10_parse::<i128>().ok().filter(|_| is_up && is_one)?;
    Some((induction.name, first))
}

struct Carry<'l> {
    list: &'l List,
    last: &'l Ident,
    /// What was there before the loop.
    before: &'l Ident,
    kind: Option<Kind>,
    /// The numbers of the iterations.
    numbered: Option<(Ident, i128)>,
    /// How long the list has to be before the loop.
    length: Option<usize>,
    /// Variables that were made of it.
    known: Vec<String>,
    /// Something is appended that nothing was asked for.
    has_first: bool,
    /// Behind the statement that appends.
    is_behind: bool,
    /// How often an element was looked at that has to be there.
    looked: usize,
    failed: bool,
}

impl Carry<'_> {
    /// `out.last().unwrap()`, `out[out.len() - 1]`, `out[i - 1]`
    fn look(&mut self, expr: &Expr) -> Option<Look> {
        match expr {
            Expr::Paren(inner) => self.look(&inner.expr),
            Expr::Group(inner) => self.look(&inner.expr),
            Expr::Unary(deref) if matches!(deref.op, UnOp::Deref(_)) => {
                let look = self.look(&deref.expr)?;
                (look == Look::Reference).then_some(Look::Value)
            }
            Expr::MethodCall(call) if call.method == "clone" && call.args.is_empty() => {
                self.look(&call.receiver).map(|_| Look::Value)
            }
            Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => {
                let (option, copies) = copied(&call.receiver);
                let found = self.option(option).then_some(match copies {
                    true => Look::Value,
                    false => Look::Reference,
                })?;
                self.is(Kind::Value);
                Some(found)
            }
            Expr::Index(index) if is_it(&index.expr, &self.list.place) => {
                let found = self.is_newest(&index.index).then_some(Look::Value)?;
                self.is(Kind::Value);
                Some(found)
            }
            _ => None,
        }
    }

    /// `out.last()`
    fn option(&self, expr: &Expr) -> bool {
        match strip(expr) {
            Expr::MethodCall(call) => {
                call.method == "last" && call.args.is_empty() && is_it(&call.receiver, &self.list.place)
            }
            _ => false,
        }
    }

    /// `out.len() - 1`, or `i - 1` if that is it.
    fn is_newest(&mut self, index: &Expr) -> bool {
        let (base, offset) = match strip(index) {
            Expr::Binary(binary) => {
                let offset = number(&binary.right).map(i128::from);
                let offset = match (&binary.op, offset) {
                    (BinOp::Add(_), Some(n)) => n,
                    (BinOp::Sub(_), Some(n)) => -n,
                    _ => return false,
                };
                (strip(&binary.left), offset)
            }
            other => (other, 0),
        };
        match base {
            Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                offset == -1 && is_it(&call.receiver, &self.list.place)
            }
            Expr::Path(path) => {
                let Some((_, first)) = self.numbered.as_ref().filter(|(name, _)| path.path.is_ident(name)) else {
                    return false;
                };
                // the number is known where nothing was appended yet
                let length = usize::try_from(first + offset + 1)
                    .ok()
                    .filter(|n| *n > 0 && !self.is_behind);
                let is_same = length.is_some() && self.length.is_none_or(|known| Some(known) == length);
                if is_same {
                    self.length = length;
                }
                is_same
            }
            _ => false,
        }
    }

    fn is(&mut self, kind: Kind) {
        self.looked += usize::from(kind == Kind::Value);
        self.failed |= self.kind.is_some_and(|known| known != kind);
        self.kind = Some(kind);
    }

    /// What a statement that appends is written as.
    fn append(&mut self, expr: &Expr) -> Option<Vec<Stmt>> {
        let (found, value) = appended(expr).filter(|(found, _)| found.place.is_same(&self.list.place))?;
        let (last, target) = (self.last, &found.target);
        let looked = self.looked;
        let mut made = value.clone();
        self.visit_expr_mut(&mut made);
        let knows = self.known.iter().any(|name| uses::uses(&made, name));
        self.has_first |= self.looked == looked && !knows;
        self.is_behind = true;
        Some(match self.kind {
            Some(Kind::Option) => {
                self.failed |= place_of(&made).is_none();
                parse_quote!(#last = Some(#made); #target.push(#made);)
            }
            _ => parse_quote!(#last = #made; #target.push(#last);),
        })
    }

    /// The statements, with what panics where there is nothing to look at: around them, that isn't known.
    fn checked(&mut self, looked: usize, stmts: Vec<Stmt>) -> Vec<Stmt> {
        let before = self.before;
        let mut checked = Vec::new();
        // a list of known length has an element
        if self.looked > looked && self.length.is_none() {
            checked.push(parse_quote!(#before.unwrap();));
        }
        self.looked = looked;
        checked.extend(stmts);
        checked
    }

    fn binary(&mut self, binary: &mut syn::ExprBinary) {
        if self.compared(binary) {
            return;
        }
        let (last, is_same) = (self.last, is_arithmetic(&binary.op));
        let is_conditional = matches!(binary.op, BinOp::And(_) | BinOp::Or(_));
        for (number, side) in [&mut binary.left, &mut binary.right].into_iter().enumerate() {
            let looked = self.looked;
            match self.look(side).filter(|_| is_same) {
                Some(_) => **side = parse_quote!(#last),
                None => self.visit_expr_mut(side),
            }
            // the right side may not be asked
            self.failed |= is_conditional && number > 0 && self.looked > looked;
        }
    }

    /// `out.last() != Some(&x)` is about a copy of what is there.
    fn compared(&mut self, binary: &mut syn::ExprBinary) -> bool {
        if !matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)) {
            return false;
        }
        let (asked, other) = match (
            self.option(copied(&binary.left).0),
            self.option(copied(&binary.right).0),
        ) {
            (true, false) => (&mut binary.left, &mut binary.right),
            (false, true) => (&mut binary.right, &mut binary.left),
            _ => return false,
        };
        let copies = copied(asked).1;
        let Some(value) = in_some(other) else { return false };
        let value: Expr = match (copies, strip(value)) {
            (true, value) => value.clone(),
            (false, Expr::Reference(reference)) => (*reference.expr).clone(),
            (false, value) => parse_quote!(*#value),
        };
        let last = self.last;
        **asked = parse_quote!(#last);
        **other = parse_quote!(Some(#value));
        self.is(Kind::Option);
        self.failed |= uses::uses(&value, &self.list.place.root);
        true
    }
}

/// `option` in `option.copied()`, and whether that is what it is.
fn copied(expr: &Expr) -> (&Expr, bool) {
    match strip(expr) {
        Expr::MethodCall(call) if (call.method == "copied" || call.method == "cloned") && call.args.is_empty() => {
            (&call.receiver, true)
        }
        other => (other, false),
    }
}

impl VisitMut for Carry<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        let known = self.known.len();
        for mut stmt in std::mem::take(&mut node.stmts) {
            let looked = self.looked;
            let may_fail = may_fail(&stmt);
            let appended = match &stmt {
                Stmt::Expr(expr, _) => self.append(expr),
                _ => None,
            };
            let stmts = appended.unwrap_or_else(|| {
                self.visit_stmt_mut(&mut stmt);
                vec![stmt]
            });
            self.failed |= may_fail && self.looked > looked;
            if let Some(Stmt::Local(local)) = stmts.first() {
                let names: Vec<String> = bindings(&local.pat).iter().map(|b| b.ident.to_string()).collect();
                self.known.retain(|name| !names.contains(name));
                if self.looked > looked {
                    self.known.extend(names);
                }
            }
            let stmts = self.checked(looked, stmts);
            node.stmts.extend(stmts);
        }
        self.known.truncate(known);
    }

    fn visit_arm_mut(&mut self, node: &mut syn::Arm) {
        let looked = self.looked;
        self.visit_pat_mut(&mut node.pat);
        // what an arm asks isn't asked if an earlier one is taken
        self.failed |= self.looked > looked;
        let appended = self.append(&node.body);
        if appended.is_none() {
            self.visit_expr_mut(&mut node.body);
        }
        if appended.is_some() || self.looked > looked {
            let body = &node.body;
            let stmts = appended.unwrap_or_else(|| vec![Stmt::Expr((**body).clone(), None)]);
            let stmts = self.checked(looked, stmts);
            *node.body = parse_quote!({ #(#stmts)* });
        }
    }

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let last = self.last;
        match self.look(node) {
            Some(Look::Value) => *node = parse_quote!(#last),
            // what is done with a reference may be something else than what is done with a value
            Some(Look::Reference) => self.failed = true,
            None => match node {
                Expr::Binary(binary) => self.binary(binary),
                Expr::Field(field) if self.look(&field.base).is_some() => *field.base = parse_quote!(#last),
                // a variable of the same name, or what is assigned to one
                Expr::Closure(closure) => self.failed |= uses::uses(&closure.body, &self.list.place.root),
                node => match place_of(node) {
                    Some((place, _)) => {
                        self.failed |= place.overlaps(&self.list.place);
                        visit_mut::visit_expr_mut(self, node);
                    }
                    None => visit_mut::visit_expr_mut(self, node),
                },
            },
        }
    }

    fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
        self.failed |= uses::occurs(node.tokens.clone(), &self.list.place.root);
    }
}

/// True if the statement may end with a `?` before anything is looked at.
fn may_fail(stmt: &Stmt) -> bool {
    struct Questions(bool);
    impl<'a> Visit<'a> for Questions {
        fn visit_expr_try(&mut self, _: &'a syn::ExprTry) {
            self.0 = true;
        }
    }
    let mut questions = Questions(false);
    questions.visit_stmt(stmt);
    questions.0
}

/// `a + b` gives the same of references as of values.
fn is_arithmetic(op: &BinOp) -> bool {
    use BinOp::{Add, BitAnd, BitOr, BitXor, Div, Mul, Rem, Shl, Shr, Sub};
    let is_known = matches!(
        op,
        Add(_) | Sub(_) | Mul(_) | Div(_) | Rem(_) | BitAnd(_) | BitOr(_) | BitXor(_) | Shl(_) | Shr(_)
    );
    is_known && !is_compound(op)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> Option<String> {
        let mut function: ItemFn = syn::parse_str(&format!("fn f(s: &mut Vec<u64>) {{ {text} }}")).unwrap();
        let mut names = FreeNames::new(&function);
        let any = normalise(&mut function, &mut names);
        any.then(|| function.block.to_token_stream().to_string())
    }

    #[test]
    fn what_was_appended_last_is_carried_along() {
        let carried = "{ { let before = s . last () . copied () ; let mut s_last = before . unwrap_or_default () ; \
                       for x in xs { before . unwrap () ; s_last = s_last + x ; s . push (s_last) ; } } }";
        for (value, want) in [
            ("s.last().unwrap() + x", carried),
            ("*s.last().expect(\"some\") + x", carried),
            ("s.last().copied().unwrap() + x", carried),
            ("s[s.len() - 1] + x", carried),
        ] {
            let text = format!("for x in xs {{ s.push({value}); }}");
            assert_eq!(rewritten(&text).as_deref(), Some(want), "{text}");
        }
        let by_number = "{ { if s . len () == 1 { let mut s_last = s [0] ; for i in 1 .. n { s_last = s_last + x [i] ; \
                         s . push (s_last) ; } } else { # [seq] for i in 1 .. n { s . push (s [i - 1] + x [i]) ; } } } }";
        let text = "for i in 1..n { s.push(s[i - 1] + x[i]); }";
        assert_eq!(rewritten(text).as_deref(), Some(by_number));
        let neighbours = "{ { let mut s_last = s . last () . copied () ; for x in xs { if s_last != Some (x) { \
                          s_last = Some (x) ; s . push (x) ; } } } }";
        let text = "for x in xs { if s.last() != Some(&x) { s.push(x); } }";
        assert_eq!(rewritten(text).as_deref(), Some(neighbours));
    }

    #[test]
    fn other_uses_of_the_list_are_left_alone() {
        for text in [
            "for x in xs { s.push(x); }",
            "for x in xs { s.push(s[0] + x); }",
            "for x in xs { s.push(s[s.len() - 2] + x); }",
            "for x in xs { s.push(s.last().unwrap().max(x)); }",
            "for x in xs { if c { s.push(x); } else { s.push(s.last().unwrap() + x); } }",
            "for x in xs { s.push(s.last().unwrap() + x); s.pop(); }",
            "for x in xs { s.push(s.last().unwrap() + x); look(&s); }",
            "for x in xs { s.push(s.last().unwrap() + x); println!(\"{s:?}\"); }",
            "for x in xs { s[0] = x; s.push(s.last().unwrap() + x); }",
            "for i in 1..n { if c { s.push(s[i - 1] + 1); } }",
            "for i in 1..n { if c { continue; } s.push(s[i - 1] + 1); }",
            "for i in 1..n { s.push(s[i - 1] + 1); let y = s[i - 1]; }",
            "for i in 1..n { s.push(s[i - 1] + s[i - 2]); }",
            "for i in 2..n { s.push(s[i - 1] + s[i - 2]); }",
            "for i in 2..n { s.push(s[i - 2] + s[i - 1]); }",
            "for i in (1..n).rev() { s.push(s[i - 1] + 1); }",
            "for i in k..n { s.push(s[i - 1] + 1); }",
            "for x in xs { if c { let y = s.last().unwrap(); } s.push(x); }",
            "for x in xs { let y = *s.last().unwrap(); let y = 1; s.push(y); }",
            "for x in xs { s.push(f(x)? + s.last().unwrap()); }",
            "for x in xs { if c && *s.last().unwrap() > 3 { s.push(s.last().unwrap() + x); } }",
            "for x in xs { s.push(if c { 0 } else { s.last().unwrap() + x }); }",
            "for x in xs { if s.last() < Some(&x) { s.push(x); } }",
            "for x in xs { if s.last() != Some(&x) { s.push(f(x)); } }",
        ] {
            assert_eq!(rewritten(text), None, "{text}");
        }
    }
}
