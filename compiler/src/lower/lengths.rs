//! Which lists and texts are asked how long they are by the loop that appends to them?
//!
//! `starts.push(text.len()); text.push_str(word);` asks for what all iterations before have appended: a running sum of its
//! own, `starts.push(len); match word { added => { len += added.len(); text.push_str(added); } }`. Whether something is there
//! yet is a flag: `if !line.is_empty() { line.push(','); }`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprForLoop, ExprMethodCall, ItemFn, Lit, Stmt, UnOp, parse_quote};

use super::kernels::each_kernel;
use super::places::{Place, Step, place_of};
use super::primitives::number;
use super::updates::strip;
use super::uses;
use super::variables::{self, Collection, Variable};
use crate::names::FreeNames;

/// Counts what is appended to them; true if there were any.
pub(crate) fn normalise(function: &mut ItemFn, names: &mut FreeNames) -> bool {
    let variables = variables::of_function(function);
    each_kernel(function, &mut |kernel, _, _| {
        let mut body = kernel.body.clone();
        let mut counters: Vec<Stmt> = Vec::new();
        for (place, asked) in asked(&kernel.body) {
            let counted = kind(&place, &variables, &body).and_then(|kind| counted(&body, &place, asked, kind, names));
            if let Some((counting, counter)) = counted {
                body = counting;
                counters.push(counter);
            }
        }
        let looped = ExprForLoop { body, ..kernel.clone() };
        (!counters.is_empty()).then(|| parse_quote!({ #(#counters)* #looped }))
    })
}

/// What a loop wants to know of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Length,
    /// No more than whether something is in it.
    Emptiness,
}

/// A question about a place.
struct Question {
    place: Place,
    asked: Asked,
    /// Whether there is something, not whether there is nothing.
    is_opposite: bool,
}

/// `place.len()`, `place.is_empty()`, `place.len() > 0`
fn question(expr: &Expr) -> Option<Question> {
    match expr {
        Expr::MethodCall(call) => {
            let asked = match call.method.to_string().as_str() {
                "len" if call.args.is_empty() => Asked::Length,
                "is_empty" if call.args.is_empty() => Asked::Emptiness,
                _ => return None,
            };
            let (place, _) = place_of(&call.receiver).filter(|(place, _)| place.depth() == 0)?;
            Some(Question {
                place,
                asked,
                is_opposite: false,
            })
        }
        Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => {
            let of = question(strip(&not.expr)).filter(|of| of.asked == Asked::Emptiness)?;
            Some(Question {
                is_opposite: !of.is_opposite,
                ..of
            })
        }
        Expr::Binary(comparison) => {
            let is_opposite = match (&comparison.op, number(&comparison.right)?) {
                (BinOp::Eq(_), 0) | (BinOp::Lt(_), 1) => false,
                (BinOp::Ne(_) | BinOp::Gt(_), 0) | (BinOp::Ge(_), 1) => true,
                _ => return None,
            };
            let of = question(strip(&comparison.left)).filter(|of| of.asked == Asked::Length)?;
            Some(Question {
                asked: Asked::Emptiness,
                is_opposite,
                ..of
            })
        }
        _ => None,
    }
}

/// The places that a body asks and appends to.
fn asked(body: &Block) -> Vec<(Place, Asked)> {
    struct Search {
        asked: Vec<(Place, Asked)>,
        appended: Vec<Place>,
    }
    impl<'a> Visit<'a> for Search {
        fn visit_expr(&mut self, node: &'a Expr) {
            let question = question(node);
            let is_comparison = question.is_some() && matches!(node, Expr::Binary(_));
            if let Some(Question { place, asked, .. }) = question {
                match self.asked.iter_mut().find(|(known, _)| known.is_same(&place)) {
                    Some((_, known)) if asked == Asked::Length => *known = asked,
                    Some(_) => {}
                    None => self.asked.push((place, asked)),
                }
            }
            self.appended.extend(Append::of(node).map(|append| append.place));
            if !is_comparison {
                visit::visit_expr(self, node);
            }
        }
    }
    let mut search = Search {
        asked: Vec::new(),
        appended: Vec::new(),
    };
    search.visit_block(body);
    let Search { mut asked, appended } = search;
    asked.retain(|(place, _)| appended.iter().any(|other| other.is_same(place)));
    asked
}

/// A statement that appends.
struct Append<'e> {
    place: Place,
    how: How,
    value: &'e Expr,
    node: &'e Expr,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    One,
    Slice,
    Items,
}

impl<'e> Append<'e> {
    fn of(node: &'e Expr) -> Option<Self> {
        let (target, value, how) = match node {
            Expr::MethodCall(ExprMethodCall {
                receiver, method, args, ..
            }) if args.len() == 1 => {
                let how = match method.to_string().as_str() {
                    "push" | "push_back" => How::One,
                    "push_str" | "extend_from_slice" => How::Slice,
                    "extend" => How::Items,
                    _ => return None,
                };
                (&**receiver, &args[0], how)
            }
            Expr::Binary(sum) if matches!(sum.op, BinOp::AddAssign(_)) => (&*sum.left, &*sum.right, How::Slice),
            _ => return None,
        };
        let (place, _) = place_of(target).filter(|(place, _)| place.depth() == 0)?;
        Some(Append {
            place,
            how,
            value,
            node,
        })
    }

    /// The same with what is appended under a name, and how long that is.
    fn counted(&self, kind: Collection, length: &dyn Fn(Expr) -> Stmt, added: &Ident) -> Vec<Stmt> {
        let (node, value) = (self.node, self.value);
        let fixed = match (self.how, strip(value)) {
            (How::One, Expr::Lit(literal)) => match &literal.lit {
                Lit::Char(c) if kind == Collection::Text => Some(c.value().len_utf8()),
                _ => Some(1),
            },
            (How::One, _) if kind == Collection::List => Some(1),
            (How::Items, Expr::Array(array)) if kind == Collection::List => Some(array.elems.len()),
            _ => None,
        };
        let append_of = |appended: &Expr| {
            let mut append = node.clone();
            match &mut append {
                Expr::MethodCall(call) => call.args[0] = appended.clone(),
                Expr::Binary(sum) => *sum.right = appended.clone(),
                _ => unreachable!("a call or a sum appends"),
            }
            append
        };
        if let Some(fixed) = fixed {
            let (append, step) = (append_of(value), length(parse_quote!(#fixed)));
            return parse_quote!(#append; #step);
        }
        let append = append_of(&parse_quote!(#added));
        let step = length(match self.how {
            How::One => parse_quote!(#added.len_utf8()),
            How::Slice | How::Items => parse_quote!(#added.len()),
        });
        let listed: Option<Stmt> = (self.how == How::Items).then(|| match kind {
            Collection::List => parse_quote!(let #added: ::std::vec::Vec<_> = ::core::iter::Iterator::collect(::core::iter::IntoIterator::into_iter(#added));),
            Collection::Text => parse_quote!(let #added: ::std::string::String = ::core::iter::Iterator::collect(::core::iter::IntoIterator::into_iter(#added));),
        });
        let append: Stmt = match (self.how, kind) {
            (How::Items, Collection::Text) => {
                let Expr::MethodCall(call) = &append else {
                    unreachable!("`extend` is a method")
                };
                let target = &call.receiver;
                parse_quote!(#target.push_str(&#added);)
            }
            _ => parse_quote!(#append;),
        };
        // a `let` would end what the value borrows from
        parse_quote!(match #value { #added => { #listed #step #append } })
    }
}

/// What the collection is, as its declaration or what is appended to it says.
pub(super) fn kind(place: &Place, variables: &[Variable], body: &Block) -> Option<Collection> {
    struct Tells<'p>(&'p Place, Option<Collection>);
    impl<'a> Visit<'a> for Tells<'_> {
        fn visit_expr_method_call(&mut self, node: &'a ExprMethodCall) {
            if place_of(&node.receiver).is_some_and(|(place, _)| place.is_same(self.0)) {
                match node.method.to_string().as_str() {
                    "push_str" => self.1 = Some(Collection::Text),
                    "extend_from_slice" | "push_back" => self.1 = Some(Collection::List),
                    _ => {}
                }
            }
            visit::visit_expr_method_call(self, node);
        }
    }
    let mut named = variables.iter().filter(|variable| variable.name == place.root);
    let declared = match (named.next(), named.next()) {
        (Some(one), None) if place.steps.iter().all(|step| matches!(step, Step::Deref)) => one.collection(),
        _ => None,
    };
    declared.or_else(|| {
        let mut tells = Tells(place, None);
        tells.visit_block(body);
        tells.1
    })
}

/// The body with a variable for what is asked of the place, and its declaration.
fn counted(
    body: &Block,
    place: &Place,
    asked: Asked,
    kind: Collection,
    names: &mut FreeNames,
) -> Option<(Block, Stmt)> {
    let role = place.to_string();
    let role = role.rsplit('.').next().unwrap_or_default().trim_matches('*');
    let word = if asked == Asked::Length { "len" } else { "has_some" };
    let span = proc_macro2::Span::call_site();
    let shown = match asked {
        Asked::Length => format!("{place}.len()"),
        Asked::Emptiness => format!("{place}.is_empty()"),
    };
    let counter = Ident::new(&names.standing_for(&format!("{role}_{word}"), shown).to_string(), span);
    let mut count = Count {
        place,
        asked,
        kind,
        counter: &counter,
        added: names.free("added"),
        failed: false,
    };
    let mut body = body.clone();
    count.visit_block_mut(&mut body);
    let target: Expr = syn::parse_str(&place.to_string()).ok()?;
    let declaration = match asked {
        Asked::Length => parse_quote!(let mut #counter: usize = #target.len();),
        Asked::Emptiness => parse_quote!(let mut #counter: bool = !#target.is_empty();),
    };
    (!count.failed).then_some((body, declaration))
}

struct Count<'p> {
    place: &'p Place,
    asked: Asked,
    kind: Collection,
    counter: &'p Ident,
    added: Ident,
    /// Something else is done with the place.
    failed: bool,
}

impl Count<'_> {
    fn appended(&mut self, node: &Expr) -> Option<Vec<Stmt>> {
        let counter = self.counter;
        let append = Append::of(node).filter(|append| append.place.is_same(self.place))?;
        let mut value = append.value.clone();
        self.visit_expr_mut(&mut value);
        let append = Append {
            value: &value,
            ..append
        };
        let count = |length: Expr| -> Stmt { parse_quote!(#counter += #length;) };
        let note = |length: Expr| -> Stmt {
            match &length {
                Expr::Lit(_) => parse_quote!(#counter = true;),
                length => parse_quote!(if #length != 0 { #counter = true; }),
            }
        };
        Some(match self.asked {
            Asked::Length => append.counted(self.kind, &count, &self.added),
            // one is enough, however long it is
            Asked::Emptiness if append.how == How::One => append.counted(Collection::List, &note, &self.added),
            Asked::Emptiness => append.counted(self.kind, &note, &self.added),
        })
    }
}

impl Count<'_> {
    /// What is computed on the way to a place.
    fn indices(&mut self, place: &mut Expr) {
        match place {
            Expr::Paren(inner) => self.indices(&mut inner.expr),
            Expr::Group(inner) => self.indices(&mut inner.expr),
            Expr::Unary(inner) => self.indices(&mut inner.expr),
            Expr::Field(field) => self.indices(&mut field.base),
            Expr::Index(element) => {
                self.indices(&mut element.expr);
                self.visit_expr_mut(&mut element.index);
            }
            _ => {}
        }
    }
}

impl VisitMut for Count<'_> {
    fn visit_block_mut(&mut self, node: &mut Block) {
        for mut stmt in std::mem::take(&mut node.stmts) {
            let appended = match &stmt {
                Stmt::Expr(expr, _) => self.appended(expr),
                _ => None,
            };
            match appended {
                Some(stmts) => node.stmts.extend(stmts),
                None => {
                    self.visit_stmt_mut(&mut stmt);
                    node.stmts.push(stmt);
                }
            }
        }
    }

    fn visit_arm_mut(&mut self, node: &mut syn::Arm) {
        self.visit_pat_mut(&mut node.pat);
        match self.appended(&node.body) {
            Some(stmts) => *node.body = parse_quote!({ #(#stmts)* }),
            None => self.visit_expr_mut(&mut node.body),
        }
    }

    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let counter = self.counter;
        match question(node).filter(|question| question.place.is_same(self.place)) {
            Some(question) => {
                *node = match (self.asked, question.asked, question.is_opposite) {
                    (Asked::Length, Asked::Length, _) => parse_quote!(#counter),
                    (Asked::Length, Asked::Emptiness, false) => parse_quote!((#counter == 0)),
                    (Asked::Length, Asked::Emptiness, true) => parse_quote!((#counter != 0)),
                    (Asked::Emptiness, _, false) => parse_quote!(!#counter),
                    (Asked::Emptiness, _, true) => parse_quote!(#counter),
                };
            }
            None => match place_of(node) {
                Some((place, _)) => {
                    self.failed |= place.overlaps(self.place);
                    self.indices(node);
                }
                None => visit_mut::visit_expr_mut(self, node),
            },
        }
    }

    fn visit_macro_mut(&mut self, node: &mut syn::Macro) {
        self.failed |= uses::occurs(node.tokens.to_token_stream(), &self.place.root);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_is_counted() {
        for (text, want) in [
            (
                "o.push(s.len()); s.push_str(x); s.push('\u{e9}');",
                Some(
                    "{ o . push (s_len) ; match x { added => { s_len += added . len () ; s . push_str (added) ; } } \
                     s . push ('\u{e9}') ; s_len += 2usize ; }",
                ),
            ),
            (
                "match x { 'a' if !s.is_empty() => s.push(x), _ => s.push('b') }",
                Some(
                    "{ match x { 'a' if s_has_some => { s . push (x) ; s_has_some = true ; } , \
                     _ => { s . push ('b') ; s_has_some = true ; } } }",
                ),
            ),
            (
                "if s.len() > 0 { s += \",\"; }",
                Some(
                    "{ if s_has_some { match \",\" { added => { if added . len () != 0 { s_has_some = true ; } \
                     s += added ; } } } }",
                ),
            ),
            (
                "q.push_back(q.len());",
                Some("{ q . push_back (q_len) ; q_len += 1usize ; }"),
            ),
            ("o.push(s.len()); s.push_str(x); s.clear();", None),
            ("o.push(s.len()); s.push_str(x); look(&s);", None),
            ("o.push(s.len()); s.push_str(x); println!(\"{s}\");", None),
            ("o.push(s.len()); s.push_str(x); each(|c| s.push(c));", None),
            ("o.push(s.len());", None),
        ] {
            let mut function: ItemFn =
                syn::parse_str(&format!("fn f(s: &mut String) {{ for x in xs {{ {text} }} }}")).unwrap();
            let mut names = FreeNames::new(&function);
            let any = normalise(&mut function, &mut names);
            let found = any.then(|| {
                let Some(Stmt::Expr(Expr::Block(block), _)) = function.block.stmts.first() else {
                    panic!("{text} is in a block")
                };
                let Some(Stmt::Expr(Expr::ForLoop(node), _)) = block.block.stmts.last() else {
                    panic!("{text} is in a loop")
                };
                node.body.to_token_stream().to_string()
            });
            assert_eq!(found.as_deref(), want, "{text}");
        }
    }
}
