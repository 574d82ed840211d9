//! A chain as a source that can be cut and the adaptors that run on its pieces.
//!
//! `xs.iter().enumerate().map(f).filter(g)` is the source `xs.iter().enumerate()` and `|piece| items(piece).map(f).filter(g)`.
//! Adaptors that count items are the source's as long as every item before them is one of the source's; behind others
//! the items are gathered first, and that list is the source.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprMethodCall};

use crate::codegen::{region, source};
use crate::diagnostics::ends;
use crate::lower::chains::{self, Adaptor};
use crate::lower::folds::{self, Reduction};
use crate::names::respanned;
use crate::options::{Float, Options};

/// What a chain is generated from.
pub(crate) struct Context<'c> {
    /// The runtime's path.
    pub(crate) runtime: &'c TokenStream,
    /// The region's options.
    pub(crate) options: &'c Options,
    /// The name of sites.
    pub(crate) site: &'c Ident,
    /// The function's name.
    pub(crate) function: &'c str,
    /// What its closures look at and threads might not be able to share.
    pub(crate) shared: &'c [TokenStream],
    /// That its items are not `&mut` is for their type to say.
    pub(crate) is_for_types: bool,
}

/// A source, and what is done with a piece of it.
pub(crate) struct Pipe {
    /// The source.
    pub(crate) source: TokenStream,
    /// The items of `piece`; none if they are those of the piece itself.
    pub(crate) items: Option<Expr>,
    /// One item for one of the source.
    keeps_count: bool,
}

impl Pipe {
    fn source(source: TokenStream) -> Pipe {
        Pipe {
            source,
            items: None,
            keeps_count: true,
        }
    }
}

/// The name of a piece in a leaf.
pub(crate) fn piece() -> Ident {
    Ident::new("piece", Span::mixed_site())
}

impl Context<'_> {
    /// The chain that ends in `call`, for its terminal: everything up to it.
    pub(crate) fn terminal(&self, call: &ExprMethodCall) -> Expr {
        let mut call = call.clone();
        let mut chain = self.chain(&call.receiver, call.method.span());
        if let Some(mode) = self.mode(&call) {
            let mode = respanned(mode, call.method.span());
            chain = quote_spanned!(call.method.span()=> #chain #mode);
        }
        if let Some(law) = folds::reduction(&call) {
            self.lawful(&mut call, law);
        }
        *call.receiver = syn::parse2(chain).expect("a chain is an expression");
        Expr::MethodCall(call)
    }

    /// `.reduce(f)` asks for the law of `f`.
    fn lawful(&self, call: &mut ExprMethodCall, law: Reduction) {
        let (at, runtime) = (call.method.span(), self.runtime);
        let (name, law) = match law {
            Reduction::Extremum => ("reduce_to_extremum", quote!(_)),
            // nothing is regrouped: any operation will do
            Reduction::By(_) if self.options.float == Some(Float::Ordered) => return,
            Reduction::By(operation) => {
                let marker = operation.marker();
                let law = quote!(#runtime::ops::#marker);
                let rounds = operation.may_round() && self.rounds();
                (
                    "reduce_by",
                    if rounds {
                        quote!(#runtime::ops::Rounded<#law>)
                    } else {
                        law
                    },
                )
            }
        };
        call.method = Ident::new(name, at);
        let law = respanned(law, at);
        call.turbofish = Some(syn::parse2(quote_spanned!(at=> ::<#law, _>)).expect("generic arguments"));
    }

    /// What is asked of a chain whose terminal rounds.
    fn mode(&self, call: &ExprMethodCall) -> Option<TokenStream> {
        let rounds = match call.method.to_string().as_str() {
            "sum" | "product" => true,
            "reduce" => matches!(folds::reduction(call), Some(Reduction::By(operation)) if operation.may_round()),
            _ => false,
        };
        match self.options.float {
            Some(Float::Ordered) if rounds => Some(quote!(.in_order())),
            Some(Float::Exact) if rounds => Some(quote!(.exactly())),
            Some(Float::Tree | Float::Any) => Some(quote!(.rounded())),
            _ => None,
        }
    }

    fn rounds(&self) -> bool {
        matches!(self.options.float, Some(Float::Tree | Float::Any))
    }

    /// `chain(region, source, |piece| items(piece)...)`
    ///
    /// All that is not the user's stands at `at`: an expression whose tokens come from several places would be shown at
    /// the attribute.
    fn chain(&self, expr: &Expr, call: Span) -> TokenStream {
        let pipe = self.pipe(expr);
        let source = match self.is_for_types {
            true => &source::read_only(&pipe.source, ends(expr), self.runtime),
            false => &pipe.source,
        };
        let items = self.adapt(&pipe);
        let at = Span::mixed_site().located_at(call);
        let runtime = self.runtime;
        let site = region::site(self.site, self.function, at, runtime);
        let name = self.site;
        let region = region::of_site(&quote_spanned!(at=> { #site &#name }), self.options, runtime);
        let function = region::sharing(self.shared, respanned(quote!(#runtime::chain), call), runtime);
        quote_spanned!(call=> #function(#region, #source, #items))
    }

    /// What turns a piece into its items.
    fn adapt(&self, pipe: &Pipe) -> TokenStream {
        let (runtime, piece) = (self.runtime, piece());
        match &pipe.items {
            None => quote!(#runtime::items),
            Some(items) => {
                // one span from bar to brace, or an error about what it captures would be shown at the attribute
                let at = match items {
                    Expr::MethodCall(call) => call.method.span(),
                    _ => ends(items).0,
                };
                quote_spanned!(at=> |#piece| { #items })
            }
        }
    }

    /// Takes a chain without its terminal, or the header of a loop, apart.
    pub(crate) fn pipe(&self, expr: &Expr) -> Pipe {
        match expr {
            Expr::Group(inner) => self.pipe(&inner.expr),
            Expr::Paren(inner) if matches!(*inner.expr, Expr::MethodCall(_)) => self.pipe(&inner.expr),
            Expr::MethodCall(call) => match chains::adaptor(call) {
                Some(kind @ (Adaptor::OneForOne | Adaptor::SomeForOne)) => self.element_wise(call, kind),
                Some(Adaptor::Counts) => self.counting(call),
                Some(Adaptor::Bounds) => self.bounded(call),
                Some(Adaptor::Remembers) | None => Pipe::source(source::source(expr, self.runtime)),
            },
            _ => Pipe::source(source::source(expr, self.runtime)),
        }
    }

    fn element_wise(&self, call: &ExprMethodCall, kind: Adaptor) -> Pipe {
        let inner = self.pipe(&call.receiver);
        let (runtime, piece, method) = (self.runtime, piece(), &call.method);
        if inner.items.is_none() && call.args.is_empty() && kind == Adaptor::OneForOne {
            let receiver = &inner.source;
            return Pipe::source(quote_spanned!(method.span()=> #runtime::Source::#method(#receiver,)));
        }
        let mut adapted = call.clone();
        *adapted.receiver = inner
            .items
            .unwrap_or_else(|| syn::parse_quote!(#runtime::items(#piece)));
        adapted.args.iter_mut().for_each(lend);
        Pipe {
            source: inner.source,
            items: Some(Expr::MethodCall(adapted)),
            keeps_count: inner.keeps_count && kind == Adaptor::OneForOne,
        }
    }

    /// An adaptor that counts items or takes them in another order.
    fn counting(&self, call: &ExprMethodCall) -> Pipe {
        let (runtime, method) = (self.runtime, &call.method);
        let inner = self.pipe(&call.receiver);
        let name = method.to_string();
        match (name.as_str(), &inner.items) {
            (_, None) if name != "zip" => self.of_source(call, inner.source),
            // from the back: the source's pieces in the other order, and the items of each
            ("rev", Some(_)) => {
                let (source, adapt, piece) = (&inner.source, self.adapt(&inner), piece());
                Pipe {
                    source: quote_spanned!(method.span()=> #runtime::Source::rev(#source)),
                    items: Some(syn::parse_quote!(#runtime::reversed(#piece, #adapt))),
                    keeps_count: inner.keeps_count,
                }
            }
            ("take", Some(_)) if inner.keeps_count => {
                let (source, count) = (&inner.source, &call.args[0]);
                Pipe {
                    source: quote_spanned!(method.span()=> #runtime::Source::take(#source, #count)),
                    ..inner
                }
            }
            ("enumerate", Some(_)) if inner.keeps_count => {
                let (source, adapt, piece) = (&inner.source, self.adapt(&inner), piece());
                Pipe {
                    source: quote_spanned!(method.span()=> #runtime::Source::enumerate(#source)),
                    items: Some(syn::parse_quote!(#runtime::numbered(#piece, #adapt))),
                    keeps_count: true,
                }
            }
            ("zip", _) => self.zip(call, inner),
            _ => {
                let gathered = self.gathered(&call.receiver, inner, method.span());
                self.of_source(call, gathered.source)
            }
        }
    }

    /// The list of the items within the bounds as a source.
    fn bounded(&self, call: &ExprMethodCall) -> Pipe {
        let (at, method) = (call.method.span(), &call.method);
        let chain = self.chain(&call.receiver, at);
        let mut arguments = call.args.clone();
        arguments.iter_mut().for_each(lend);
        Pipe::source(quote_spanned!(at=> #chain.#method(#arguments)))
    }

    /// The runtime's own adaptor.
    fn of_source(&self, call: &ExprMethodCall, inner: TokenStream) -> Pipe {
        let (runtime, method) = (self.runtime, &call.method);
        let arguments = call.args.iter().map(|argument| match method.to_string().as_str() {
            "chain" => {
                let other = self.pipe(argument);
                self.gathered(argument, other, method.span()).source
            }
            _ => argument.to_token_stream(),
        });
        Pipe::source(quote_spanned!(method.span()=> #runtime::Source::#method(#inner, #(#arguments),*)))
    }

    fn zip(&self, call: &ExprMethodCall, left: Pipe) -> Pipe {
        let (runtime, at, other) = (self.runtime, call.method.span(), &call.args[0]);
        let counted = |expr: &Expr, pipe: Pipe| match pipe.keeps_count {
            true => pipe,
            false => self.gathered(expr, pipe, at),
        };
        let left = counted(&call.receiver, left);
        let right = counted(other, self.pipe(other));
        let (a, b) = (&left.source, &right.source);
        let source = quote_spanned!(at=> #runtime::Source::zip(#a, #b));
        if left.items.is_none() && right.items.is_none() {
            return Pipe::source(source);
        }
        let (adapt_left, adapt_right, piece) = (self.adapt(&left), self.adapt(&right), piece());
        Pipe {
            source,
            items: Some(syn::parse_quote!(#runtime::zipped(#piece, #adapt_left, #adapt_right))),
            keeps_count: true,
        }
    }

    /// The list of a chain's items as a source.
    fn gathered(&self, expr: &Expr, pipe: Pipe, at: Span) -> Pipe {
        if pipe.items.is_none() {
            return pipe;
        }
        let chain = self.chain(expr, at);
        Pipe::source(quote_spanned!(at=> #chain.gather()))
    }
}

/// An adaptor's argument as every piece may use it: closures and functions in variables are borrowed.
fn lend(argument: &mut Expr) {
    match argument {
        Expr::Closure(closure) => closure.capture = None,
        Expr::Field(_) => *argument = syn::parse_quote!(&#argument),
        Expr::Path(path) => {
            let is_variable = path
                .path
                .get_ident()
                .is_some_and(|ident| !ident.to_string().starts_with(char::is_uppercase));
            if is_variable {
                let at = ends(argument).0;
                *argument = syn::parse2(quote_spanned!(at=> &#argument)).expect("a borrowed path");
            }
        }
        _ => {}
    }
}
