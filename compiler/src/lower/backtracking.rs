//! `cur.push(x); f(cur); cur.pop(); f(cur);`: calls in a row on a private variable.
//!
//! That each child may have a clone of its own means that a call leaves the variable as it was. So what stands between the
//! calls needs none of them: it runs first, each call is given the clone that was made where it stood, and they come one
//! after another, as calls that have nothing to do with each other. Where one of them leaves the function, its clone becomes
//! the variable again, and so does the last one's.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprIf, Stmt, parse_quote};

use super::accesses::{self, Accesses};
use super::arguments;
use super::bindings::bindings;
use super::recursion::Recursion;
use super::uses;
use crate::analysis::independence::{Names, Unit};

/// What is known about the function.
pub(crate) struct Backtracking<'b> {
    /// The variables of which each child may have a clone, all of them `&mut`.
    pub(crate) privates: &'b [Ident],
    pub(crate) recursion: &'b Recursion,
    pub(crate) names: &'b Names,
    pub(crate) runtime: &'b TokenStream,
}

/// A statement with a call.
struct Held {
    /// Where it stands.
    at: usize,
    /// What is done where it stands: the clones, and what is around the call.
    here: Vec<Stmt>,
    /// The call and what is done with its result.
    later: Vec<Stmt>,
    /// Of each variable that the call gets, the clone.
    clones: Vec<(Ident, Ident)>,
    /// The clones are there only under a condition.
    is_guarded: bool,
    leaves: bool,
}

impl Backtracking<'_> {
    /// The block with its calls together and on clones.
    pub(crate) fn apart(&self, block: &Block, mut fresh: impl FnMut() -> Ident) -> Option<Block> {
        let stmts = &self.asked_apart(&block.stmts);
        let uses = |stmt: &Stmt| self.holds_call(stmt) && self.mentions_private(stmt.to_token_stream());
        let (first, last) = (stmts.iter().position(uses)?, stmts.iter().rposition(uses)?);
        let mut held = Vec::new();
        for (at, stmt) in stmts.iter().enumerate() {
            if self.holds_call(stmt) {
                held.push(self.held(at, stmt, &mut fresh)?);
            }
        }
        if held.len() < 2 || held.iter().any(|call| call.at < first || call.at > last) {
            return None;
        }
        for call in &held {
            let between = (call.at + 1..=last).filter(|at| held.iter().all(|other| other.at != *at));
            let others = held.iter().filter(|other| other.at > call.at);
            let between = between.map(|at| &stmts[at]).chain(others.flat_map(|other| &other.here));
            if !between.into_iter().all(|stmt| self.may_come_first(stmt, &call.later)) {
                return None;
            }
        }
        let mut output: Vec<Stmt> = stmts[..first].to_vec();
        for (at, stmt) in stmts.iter().enumerate().take(last + 1).skip(first) {
            match held.iter().find(|call| call.at == at) {
                Some(call) => output.extend(call.here.clone()),
                None => output.push(stmt.clone()),
            }
        }
        let rest = &stmts[last + 1..];
        let number = held.len();
        for (at, call) in held.into_iter().enumerate() {
            if at + 1 == number {
                let value = fresh();
                output.extend(self.last(call, rest.is_empty(), &value)?);
            } else {
                output.extend(call.later);
            }
        }
        output.extend(rest.to_vec());
        Some(Block {
            brace_token: block.brace_token,
            stmts: output,
        })
    }

    /// The last call's statements, behind which the variable is what its clone has become.
    fn last(&self, call: Held, is_end: bool, value: &Ident) -> Option<Vec<Stmt>> {
        if call.is_guarded || call.leaves {
            return Some(call.later);
        }
        let runtime = self.runtime;
        let back = call
            .clones
            .iter()
            .map(|(name, own)| -> Stmt { parse_quote!(#runtime::put_back(&mut *#name, #own);) });
        let back: Vec<_> = back.collect();
        let mut later = call.later;
        match later.pop()? {
            Stmt::Expr(Expr::Return(returned), _) => {
                let result = returned.expr?;
                later.push(parse_quote!(let #value = #result;));
                later.extend(back);
                later.push(parse_quote!(return #value;));
            }
            Stmt::Expr(result, None) if is_end => {
                later.push(parse_quote!(let #value = #result;));
                later.extend(back);
                later.push(Stmt::Expr(parse_quote!(#value), None));
            }
            statement => {
                later.push(statement);
                later.extend(back);
            }
        }
        Some(later)
    }

    /// `if f(cur) || f(cur) { return true; }` as a statement for each of the calls.
    fn asked_apart(&self, stmts: &[Stmt]) -> Vec<Stmt> {
        let mut apart = Vec::new();
        for stmt in stmts {
            match stmt {
                Stmt::Expr(Expr::If(node), _) if self.always_leaves(node) && self.recursion.is_in(&node.cond) => {
                    apart.extend(disjuncts(&node.cond).into_iter().map(|asked| self.asked(asked, node)));
                }
                stmt => apart.push(stmt.clone()),
            }
        }
        apart
    }

    /// The branch of `node` under one of its conditions; `if c && f(cur) { .. }` is `if c { if f(cur) { .. } }`.
    fn asked(&self, condition: &Expr, node: &ExprIf) -> Stmt {
        let of = |condition: &Expr| ExprIf {
            cond: Box::new(condition.clone()),
            ..node.clone()
        };
        let asked = match condition {
            Expr::Binary(both) if matches!(both.op, syn::BinOp::And(_)) && !self.recursion.is_in(&both.left) => {
                let inner = of(&both.right);
                ExprIf {
                    then_branch: parse_quote!({ #inner }),
                    ..of(&both.left)
                }
            }
            condition => of(condition),
        };
        Stmt::Expr(Expr::If(asked), None)
    }

    fn holds_call(&self, stmt: &Stmt) -> bool {
        let block = parse_quote!({ #stmt });
        let (calls, values) = self.recursion.calls(&block);
        calls.len() + values > 0
    }

    fn mentions_private(&self, tokens: TokenStream) -> bool {
        self.privates
            .iter()
            .any(|name| uses::occurs(tokens.clone(), &name.to_string()))
    }

    fn held(&self, at: usize, stmt: &Stmt, fresh: &mut dyn FnMut() -> Ident) -> Option<Held> {
        if let Stmt::Expr(Expr::If(node), _) = stmt
            && node.else_branch.is_none()
            && let Ok(inner) = self.only_call(&node.then_branch)
            && !self.recursion.is_in(&node.cond)
        {
            return self.guarded(at, node, inner, fresh);
        }
        let mut later = stmt.clone();
        let clones = self.with_clones(&mut later, fresh)?;
        let mut leaves = false;
        let exits = self.of_statement(stmt).exits;
        if !exits.is_empty() {
            // `if f(cur) { return true; }`
            leaves = true;
            let Stmt::Expr(Expr::If(node), _) = &mut later else {
                return matches!(stmt, Stmt::Expr(Expr::Return(_), _))
                    .then(|| self.returned(at, stmt, clones, later))
                    .flatten();
            };
            if !self.always_leaves(node) {
                return None;
            }
            self.put_back(node, &clones);
        }
        Some(Held {
            at,
            here: clones.iter().map(|(name, own)| cloned(name, own)).collect(),
            later: vec![later],
            clones,
            is_guarded: false,
            leaves,
        })
    }

    /// `if f(cur) { .. return true; }`
    fn always_leaves(&self, node: &ExprIf) -> bool {
        let in_condition = accesses::of_expr_without(&node.cond, self.names, &Default::default()).exits;
        let always = matches!(node.then_branch.stmts.last(), Some(Stmt::Expr(Expr::Return(_), _)));
        let in_branch = accesses::of_block(&node.then_branch, self.names).exits;
        always && in_condition.is_empty() && in_branch.len() == 1 && node.else_branch.is_none()
    }

    /// Where the function is left, the clones become the variables.
    fn put_back(&self, node: &mut ExprIf, clones: &[(Ident, Ident)]) {
        let runtime = self.runtime;
        for (name, own) in clones.iter().rev() {
            let back: Stmt = parse_quote!(#runtime::put_back(&mut *#name, #own););
            node.then_branch.stmts.insert(0, back);
        }
    }

    /// `return f(cur);`
    fn returned(&self, at: usize, stmt: &Stmt, clones: Vec<(Ident, Ident)>, later: Stmt) -> Option<Held> {
        let Stmt::Expr(Expr::Return(node), _) = stmt else {
            return None;
        };
        let value = node.expr.as_ref()?;
        let exits = accesses::of_expr_without(value, self.names, &Default::default()).exits;
        exits.is_empty().then(|| Held {
            at,
            here: clones.iter().map(|(name, own)| cloned(name, own)).collect(),
            later: vec![later],
            clones,
            is_guarded: false,
            leaves: false,
        })
    }

    /// The only statement with calls.
    fn only_call(&self, block: &Block) -> Result<usize, ()> {
        let mut held = block.stmts.iter().enumerate().filter(|(_, stmt)| self.holds_call(stmt));
        match (held.next(), held.next()) {
            (Some((at, _)), None) => Ok(at),
            _ => Err(()),
        }
    }

    /// `if c { cur.push(x); f(cur); cur.pop(); }`
    fn guarded(&self, at: usize, node: &ExprIf, inner: usize, fresh: &mut dyn FnMut() -> Ident) -> Option<Held> {
        let stmts = &node.then_branch.stmts;
        let mut later = stmts[inner].clone();
        let around = stmts.iter().enumerate().filter(|(at, _)| *at != inner);
        let exits_around = around
            .map(|(_, stmt)| self.of_statement(stmt).exits.len())
            .sum::<usize>();
        let in_condition = accesses::of_expr_without(&node.cond, self.names, &Default::default()).exits;
        let leaves = !self.of_statement(&later).exits.is_empty();
        let is_exit = matches!(&later, Stmt::Expr(Expr::If(exit), _) if self.always_leaves(exit) && self.recursion.is_in(&exit.cond));
        if matches!(later, Stmt::Local(_)) || exits_around + in_condition.len() > 0 || leaves && !is_exit {
            return None;
        }
        let clones = self.with_clones(&mut later, fresh)?;
        if let Stmt::Expr(_, semi) = &mut later {
            semi.get_or_insert_with(Default::default);
        }
        let (before, behind) = (&stmts[..inner], &stmts[inner + 1..]);
        if !behind
            .iter()
            .all(|stmt| self.may_come_first(stmt, std::slice::from_ref(&later)))
        {
            return None;
        }
        // what is declared in here and given to the call comes along
        let mut declared: Vec<Ident> = Vec::new();
        let lets = before.iter().filter_map(|stmt| match stmt {
            Stmt::Local(local) => Some(bindings(&local.pat)),
            _ => None,
        });
        declared.extend(lets.flatten().map(|binding| binding.ident));
        declared.extend(bound(&node.cond));
        let text = later.to_token_stream();
        declared.retain(|name| uses::occurs(text.clone(), &name.to_string()));
        let used_behind = |name: &Ident| {
            behind
                .iter()
                .any(|s| uses::occurs(s.to_token_stream(), &name.to_string()))
        };
        if declared.iter().any(used_behind) {
            return None;
        }
        let owns: Vec<_> = clones.iter().map(|(_, own)| own).collect();
        let makes = clones
            .iter()
            .map(|(name, own)| -> Stmt { parse_quote!(let #own = ::std::borrow::ToOwned::to_owned(&*#name);) });
        let (cond, given) = (&node.cond, fresh());
        let some = quote!(::core::option::Option::Some);
        let makes = makes.collect::<Vec<_>>();
        let here: Stmt = parse_quote! {
            let #given = if #cond {
                #(#before)*
                #(#makes)*
                let #given = (#(#owns,)* #(#declared,)*);
                #(#behind)*
                #some(#given)
            } else {
                ::core::option::Option::None
            };
        };
        let later = match later {
            Stmt::Expr(Expr::If(mut exit), _) if leaves => {
                let value = fresh();
                let ask: &mut Expr = match &mut *exit.cond {
                    Expr::Let(binding) => &mut binding.expr,
                    cond => cond,
                };
                let asked = std::mem::replace(ask, parse_quote!(#value));
                self.put_back(&mut exit, &clones);
                vec![
                    parse_quote! {
                        let #given = if let #some((#(mut #owns,)* #(#declared,)*)) = #given {
                            let #value = #asked;
                            #some((#value, #(#owns,)*))
                        } else {
                            ::core::option::Option::None
                        };
                    },
                    parse_quote!(if let #some((#value, #(#owns,)*)) = #given { #exit }),
                ]
            }
            later => vec![parse_quote! {
                if let #some((#(mut #owns,)* #(#declared,)*)) = #given { #later }
            }],
        };
        Some(Held {
            at,
            here: vec![here],
            later,
            clones,
            is_guarded: true,
            leaves,
        })
    }

    /// Gives the only call of the statement clones of the private variables, which it may not mention elsewhere.
    fn with_clones(&self, stmt: &mut Stmt, fresh: &mut dyn FnMut() -> Ident) -> Option<Vec<(Ident, Ident)>> {
        struct Give<'g> {
            recursion: &'g Recursion,
            privates: &'g [Ident],
            fresh: &'g mut dyn FnMut() -> Ident,
            clones: Vec<(Ident, Ident)>,
            calls: usize,
        }
        impl VisitMut for Give<'_> {
            fn visit_expr_mut(&mut self, node: &mut Expr) {
                if self.recursion.call(node).is_some()
                    && let Expr::Call(syn::ExprCall { args, .. }) | Expr::MethodCall(syn::ExprMethodCall { args, .. }) =
                        node
                {
                    self.calls += 1;
                    for argument in args.iter_mut() {
                        let name = private(argument, self.privates);
                        if let Some(name) = name {
                            let own = (self.fresh)();
                            *argument = parse_quote!(&mut #own);
                            self.clones.push((name, own));
                        }
                    }
                }
                visit_mut::visit_expr_mut(self, node);
            }
        }
        let mut give = Give {
            recursion: self.recursion,
            privates: self.privates,
            fresh,
            clones: Vec::new(),
            calls: 0,
        };
        give.visit_stmt_mut(stmt);
        let is_clean = !self.mentions_private(stmt.to_token_stream());
        (give.calls == 1 && is_clean && !give.clones.is_empty()).then_some(give.clones)
    }

    fn of_statement<'s>(&self, stmt: &'s Stmt) -> Accesses<'s> {
        Unit::Statement(stmt).accesses(self.names, &Default::default())
    }

    /// True if the statement may run before the call, which it comes behind.
    fn may_come_first(&self, stmt: &Stmt, call: &[Stmt]) -> bool {
        arguments::may_come_first(self.names, stmt, call, &|root| {
            self.privates.iter().any(|name| name == root)
        })
    }
}

/// What is asked one after another, up to the first that holds.
fn disjuncts(condition: &Expr) -> Vec<&Expr> {
    match condition {
        Expr::Binary(either) if matches!(either.op, syn::BinOp::Or(_)) => {
            [disjuncts(&either.left), disjuncts(&either.right)].concat()
        }
        Expr::Paren(inner) => disjuncts(&inner.expr),
        condition => vec![condition],
    }
}

/// The variable that is passed on: `cur`, `&mut cur`, `&mut *cur`.
fn private(argument: &Expr, privates: &[Ident]) -> Option<Ident> {
    match argument {
        Expr::Path(path) => path.path.get_ident().filter(|name| privates.contains(name)).cloned(),
        Expr::Reference(reference) if reference.mutability.is_some() => match &*reference.expr {
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => private(&unary.expr, privates),
            _ => None,
        },
        _ => None,
    }
}

fn cloned(name: &Ident, own: &Ident) -> Stmt {
    parse_quote!(let mut #own = ::std::borrow::ToOwned::to_owned(&*#name);)
}

/// The names that an `if let` binds.
fn bound(condition: &Expr) -> Vec<Ident> {
    match condition {
        Expr::Let(binding) => bindings(&binding.pat).into_iter().map(|b| b.ident).collect(),
        Expr::Binary(binary) => [&binary.left, &binary.right]
            .into_iter()
            .flat_map(|side| bound(side))
            .collect(),
        _ => Vec::new(),
    }
}
