//! `write!(text, ..)` appends to a text: it is `text.write_fmt(format_args!(..))`, as the macro itself says.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, ItemFn, Macro, Stmt, parse_quote};

use super::formats;
use super::kernels::each_kernel;
use super::lengths;
use super::places::place_of;
use super::variables::{self, Variable};

/// Writes it so in the loops of the function, where the text shows that it is a `String` or a list; true if there were any.
pub(crate) fn normalise(function: &mut ItemFn) -> bool {
    let variables = variables::of_function(function);
    each_kernel(function, &mut |kernel, _, _| {
        let mut written = Written {
            variables: &variables,
            body: &kernel.body,
            any: false,
        };
        let mut body = kernel.body.clone();
        written.visit_block_mut(&mut body);
        let looped = ExprForLoop { body, ..kernel.clone() };
        written.any.then_some(Expr::ForLoop(looped))
    })
}

struct Written<'a> {
    variables: &'a [Variable],
    body: &'a Block,
    any: bool,
}

impl Written<'_> {
    fn call(&mut self, call: &Macro) -> Option<Expr> {
        let ends_line = match formats::name(call).as_str() {
            "write" => false,
            "writeln" => true,
            _ => return None,
        };
        let mut tokens = call.tokens.clone().into_iter();
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let target: TokenStream = tokens.by_ref().take_while(|token| !is_comma(token)).collect();
        let target = match syn::parse2(target).ok()? {
            Expr::Reference(reference) => *reference.expr,
            target => target,
        };
        let (place, _) = place_of(&target).filter(|(place, _)| place.depth() == 0)?;
        lengths::kind(&place, self.variables, self.body)?;
        let format = match ends_line {
            true => line(tokens)?,
            false => tokens.collect(),
        };
        self.any = true;
        Some(parse_quote!(#target.write_fmt(::core::format_args!(#format))))
    }
}

/// The format and what it is given, with the end of a line.
fn line(mut tokens: impl Iterator<Item = TokenTree>) -> Option<TokenStream> {
    let Some(first) = tokens.next() else {
        return Some(quote!("\n"));
    };
    let text: syn::LitStr = syn::parse2(TokenStream::from(first)).ok()?;
    let mut literal = Literal::string(&(text.value() + "\n"));
    literal.set_span(text.span());
    Some(quote!(#literal #(#tokens)*))
}

impl VisitMut for Written<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        if let Expr::Macro(call) = node
            && let Some(written) = self.call(&call.mac)
        {
            *node = written;
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_stmt_mut(&mut self, node: &mut Stmt) {
        if let Stmt::Macro(call) = node
            && let Some(written) = self.call(&call.mac)
        {
            *node = Stmt::Expr(written, call.semi_token);
        }
        visit_mut::visit_stmt_mut(self, node);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
