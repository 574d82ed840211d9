//! `try_fold` is a loop that may be left: it is rewritten into that form.
//!
//! `xs.iter().try_fold(0u64, |sum, x| sum.checked_add(*x))`, where the function gives what it gives, is
//! `{ let mut sum = 0u64; for x in xs.iter() { sum = sum.checked_add(*x)?; } Some(sum) }`. Before a `?` of the function's own
//! the same is done with `Option`s; the error of a `Result` would be converted once where it is converted twice.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprClosure, ExprMethodCall, ItemFn, Pat, ReturnType, Stmt, Type, parse_quote};

use super::choices::in_some;
use super::folds::{is_left_alone, is_marked};
use super::updates::strip;
use super::uses;

/// Writes them so; true if there were any.
pub(crate) fn normalise(function: &mut ItemFn) -> bool {
    if is_marked(function) {
        return false;
    }
    let Some(gives) = Gives::of(&function.sig.output) else {
        return false;
    };
    let mut normalise = Normalise { gives, any: false };
    normalise.tail(&mut function.block);
    normalise.visit_block_mut(&mut function.block);
    normalise.any
}

/// What the function gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    Option,
    Result,
}

impl Gives {
    fn of(output: &ReturnType) -> Option<Self> {
        let ReturnType::Type(_, ty) = output else { return None };
        let Type::Path(path) = &**ty else { return None };
        match path.path.segments.last()?.ident.to_string().as_str() {
            "Option" => Some(Gives::Option),
            "Result" => Some(Gives::Result),
            _ => None,
        }
    }
}

struct Normalise {
    gives: Gives,
    any: bool,
}

impl Normalise {
    /// What the function gives at its end.
    fn tail(&mut self, block: &mut Block) {
        if let Some(Stmt::Expr(last, None)) = block.stmts.last_mut() {
            self.given(last);
        }
    }

    fn given(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Paren(inner) => self.given(&mut inner.expr),
            Expr::Block(block) if block.label.is_none() => self.tail(&mut block.block),
            Expr::If(branch) => {
                self.tail(&mut branch.then_branch);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    self.given(otherwise);
                }
            }
            Expr::Match(node) => node.arms.iter_mut().for_each(|arm| self.given(&mut arm.body)),
            Expr::MethodCall(call) => {
                let made = Attempt::of(call).and_then(|attempt| attempt.looped(self.gives, true));
                if let Some(made) = made {
                    *expr = made;
                    self.any = true;
                }
            }
            _ => {}
        }
    }
}

impl VisitMut for Normalise {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        match node {
            Expr::Closure(_) | Expr::Async(_) => return,
            Expr::Return(given) => {
                if let Some(expr) = &mut given.expr {
                    self.given(expr);
                }
            }
            Expr::Try(question) => {
                if let Expr::MethodCall(call) = &*question.expr
                    && self.gives == Gives::Option
                    && let Some(made) = Attempt::of(call).and_then(|attempt| attempt.looped(Gives::Option, false))
                {
                    *node = made;
                    self.any = true;
                }
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// A call of `try_fold`.
struct Attempt<'c> {
    source: &'c Expr,
    start: &'c Expr,
    name: &'c Ident,
    ty: Option<&'c Type>,
    item: &'c Pat,
    closure: &'c ExprClosure,
}

impl<'c> Attempt<'c> {
    fn of(call: &'c ExprMethodCall) -> Option<Self> {
        if call.method != "try_fold" || call.args.len() != 2 || is_left_alone(&call.attrs) {
            return None;
        }
        // an iterator in a variable goes on behind it
        let source =
            matches!(strip(&call.receiver), Expr::MethodCall(_) | Expr::Range(_)).then_some(&*call.receiver)?;
        let Expr::Closure(closure) = &call.args[1] else {
            return None;
        };
        let (value, item) = match &closure.inputs.iter().collect::<Vec<_>>()[..] {
            [value, item] => (*value, *item),
            _ => return None,
        };
        let (name, ty) = match value {
            Pat::Ident(name) => (name, None),
            Pat::Type(typed) => match &*typed.pat {
                Pat::Ident(name) => (name, Some(&*typed.ty)),
                _ => return None,
            },
            _ => return None,
        };
        let is_plain = name.by_ref.is_none() && name.subpat.is_none();
        let name = &name.ident;
        let is_alone = is_plain && !uses::occurs(source.to_token_stream(), &name.to_string());
        let is_one = is_alone && closure.asyncness.is_none() && !returns(&closure.body);
        is_one.then_some(Attempt {
            source,
            start: &call.args[0],
            name,
            ty,
            item,
            closure,
        })
    }

    /// The loop, in a block that gives all of what the call gives, or what is in it.
    fn looped(&self, gives: Gives, is_whole: bool) -> Option<Expr> {
        let Attempt {
            source,
            start,
            name,
            ty,
            item,
            closure,
        } = self;
        let body: Block = match &*closure.body {
            Expr::Block(block) if block.label.is_none() => self.steps(&block.block, gives)?,
            expr => {
                let step = self.step(expr, gives)?;
                parse_quote!({ #step })
            }
        };
        // the source says what its items are
        let item = match item {
            Pat::Type(typed) => &*typed.pat,
            item => item,
        };
        let ty = ty.map(|ty| quote::quote!(: #ty));
        let given: Expr = match (is_whole, gives) {
            (false, _) => parse_quote!(#name),
            (true, Gives::Option) => parse_quote!(Some(#name)),
            (true, Gives::Result) => parse_quote!(Ok(#name)),
        };
        Some(parse_quote!({
            let mut #name #ty = #start;
            for #item in #source #body
            #given
        }))
    }

    /// The block with a step in the place of what it gives.
    fn steps(&self, block: &Block, gives: Gives) -> Option<Block> {
        let mut block = block.clone();
        let last = block.stmts.pop()?;
        let Stmt::Expr(last, None) = &last else { return None };
        let step = self.step(last, gives)?;
        block.stmts.push(parse_quote!(#step));
        Some(block)
    }

    /// What an iteration does with the value that it would give.
    fn step(&self, expr: &Expr, gives: Gives) -> Option<Stmt> {
        let name = self.name;
        let in_ok = |expr: &Expr| match strip(expr) {
            Expr::Call(call) if call.args.len() == 1 => {
                let is_ok = matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "Ok"));
                is_ok.then(|| call.args[0].clone())
            }
            _ => None,
        };
        let value = match gives {
            Gives::Option => in_some(expr).cloned(),
            Gives::Result => in_ok(expr),
        };
        if let Some(value) = value {
            return Some(parse_quote!(#name = #value;));
        }
        Some(match strip(expr) {
            Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => {
                let steps = self.steps(&block.block, gives)?;
                parse_quote!(#steps)
            }
            Expr::If(branch) => {
                let (_, otherwise) = branch.else_branch.as_ref()?;
                let (condition, then) = (&branch.cond, self.steps(&branch.then_branch, gives)?);
                let otherwise = self.step(otherwise, gives)?;
                match &otherwise {
                    Stmt::Expr(otherwise @ (Expr::If(_) | Expr::Block(_)), _) => {
                        parse_quote!(if #condition #then else #otherwise)
                    }
                    _ => return None,
                }
            }
            Expr::Path(path) if path.path.is_ident("None") && gives == Gives::Option => parse_quote!(return None;),
            Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Err")) => {
                let error = &call.args;
                parse_quote!(return Err(#error);)
            }
            step @ (Expr::MethodCall(_) | Expr::Call(_)) => parse_quote!(#name = #step?;),
            _ => return None,
        })
    }
}

/// True if the closure has a `return` of its own.
fn returns(body: &Expr) -> bool {
    struct Returns(bool);
    impl<'a> Visit<'a> for Returns {
        fn visit_expr(&mut self, node: &'a Expr) {
            match node {
                Expr::Return(_) | Expr::Macro(_) => self.0 = true,
                Expr::Closure(_) => {}
                node => visit::visit_expr(self, node),
            }
        }

        fn visit_stmt_macro(&mut self, _: &'a syn::StmtMacro) {
            self.0 = true;
        }
    }
    let mut returns = Returns(false);
    returns.visit_expr(body);
    returns.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(gives: &str, text: &str) -> Option<String> {
        let mut function: ItemFn = syn::parse_str(&format!("fn f() -> {gives} {{ {text} }}")).unwrap();
        normalise(&mut function).then(|| function.block.to_token_stream().to_string())
    }

    #[test]
    fn an_attempt_is_a_loop() {
        for (gives, text, want) in [
            (
                "Option<u64>",
                "xs.iter().try_fold(0u64, |sum, x| sum.checked_add(*x))",
                "{ { let mut sum = 0u64 ; for x in xs . iter () { sum = sum . checked_add (* x) ? ; } Some (sum) } }",
            ),
            (
                "Result<u64, E>",
                "xs.iter().try_fold(0, |sum: u64, x| Ok(sum + f(x)?))",
                "{ { let mut sum : u64 = 0 ; for x in xs . iter () { sum = sum + f (x) ? ; } Ok (sum) } }",
            ),
            (
                "Option<u64>",
                "let sum = xs.iter().try_fold(0, |sum, x| if *x > 9 { None } else { Some(sum + x) })?; g(sum)",
                "{ let sum = { let mut sum = 0 ; for x in xs . iter () { if * x > 9 { return None ; } \
                 else { sum = sum + x ; } } sum } ; g (sum) }",
            ),
        ] {
            assert_eq!(rewritten(gives, text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn other_attempts_stay() {
        for (gives, text) in [
            (
                "u64",
                "xs.iter().try_fold(0u64, |sum, x| sum.checked_add(*x)).unwrap_or(0)",
            ),
            (
                "Option<u64>",
                "xs.iter().try_fold(0u64, |sum, x| sum.checked_add(*x)).map(|s| s + 1)",
            ),
            (
                "Result<u64, E>",
                "let s = xs.iter().try_fold(0, |sum, x| Ok(sum + f(x)?))?; Ok(s)",
            ),
            ("Option<u64>", "it.try_fold(0u64, |sum, x| sum.checked_add(x))"),
            ("Option<u64>", "sum.iter().try_fold(0u64, |sum, x| sum.checked_add(x))"),
            (
                "Option<u64>",
                "xs.iter().try_fold(0u64, |sum, x| { if *x > 9 { return None; } Some(sum + x) })",
            ),
            ("Option<u64>", "xs.iter().try_fold(0u64, add)"),
            (
                "Option<u64>",
                "ys.map(|y| xs.iter().try_fold(y, |sum, x| sum.checked_add(x))?)",
            ),
        ] {
            assert_eq!(rewritten(gives, text), None, "{text}");
        }
    }
}
