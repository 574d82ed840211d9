//! Ways out of a kernel: each leaves the leaf's loop and says how, and the function goes that way after the region.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprForLoop, Lifetime, ReturnType, Signature};

use super::given;
use crate::lower::accesses::{Exit, Leads};
use crate::lower::kernels::Kernel;

/// What the leaf's `exit` variable may hold.
#[derive(Debug)]
pub(crate) struct Exits {
    /// The type of what is returned; none if only `break` occurs.
    returned: Option<TokenStream>,
    exit: Ident,
    /// What is returned, if that is computed behind the region: a leaf can't give away what it shares with others.
    given: Option<Expr>,
}

impl Exits {
    /// For the exits found in a kernel; `None` if there are none.
    pub(crate) fn new(found: &[Exit], kernel: &Kernel<'_>, signature: &Signature) -> Option<Exits> {
        let given = given::value(found, kernel);
        let returned = found
            .iter()
            .any(|exit| exit.leads == Leads::Out)
            .then(|| match &signature.output {
                ReturnType::Type(_, ty) if given.is_none() => ty.to_token_stream(),
                _ => quote!(()),
            });
        (!found.is_empty()).then(|| Exits {
            returned,
            exit: Ident::new("exit", Span::mixed_site()),
            given,
        })
    }

    /// The variable's name.
    pub(crate) fn name(&self) -> &Ident {
        &self.exit
    }

    /// `let mut exit: Option<Exit<R>> = None;`
    pub(crate) fn declaration(&self, runtime: &TokenStream) -> TokenStream {
        let exit = &self.exit;
        let returned = self
            .returned
            .clone()
            .unwrap_or_else(|| quote!(::core::convert::Infallible));
        quote! {
            let mut #exit: ::core::option::Option<#runtime::Exit<#returned>> = ::core::option::Option::None;
        }
    }

    /// What is done after the region.
    pub(crate) fn after(&self, runtime: &TokenStream) -> TokenStream {
        let exit = &self.exit;
        let value = Ident::new("value", Span::mixed_site());
        match (&self.returned, &self.given) {
            (None, _) => quote!(let _ = #exit;),
            (Some(_), Some(given)) => quote! {
                if let ::core::option::Option::Some(#runtime::Exit::Return(())) = #exit {
                    return #given;
                }
            },
            (Some(_), None) => quote! {
                if let ::core::option::Option::Some(#runtime::Exit::Return(#value)) = #exit {
                    return #value;
                }
            },
        }
    }

    /// Rewrites the exits in the loop's body so that they leave the loop, or the block called `around` that it stands in.
    pub(crate) fn rewrite(&self, kernel: &mut ExprForLoop, around: Option<Lifetime>, runtime: &TokenStream) {
        let label = around.unwrap_or_else(|| {
            let own = kernel.label.get_or_insert_with(|| syn::Label {
                name: label(),
                colon_token: Default::default(),
            });
            own.name.clone()
        });
        let mut rewrite = Rewrite {
            exit: Some(&self.exit),
            is_given_later: self.given.is_some(),
            runtime,
            label,
            loops: 0,
            labels: Vec::new(),
        };
        rewrite.visit_block_mut(&mut kernel.body);
    }
}

/// The label that ways out of a leaf lead to.
pub(crate) fn label() -> Lifetime {
    Lifetime::new("'leaf", Span::mixed_site())
}

/// Rewrites the exits in a loop's body so that they only end the loop.
pub(crate) fn only_leave(body: &mut syn::Block, label: &Lifetime, runtime: &TokenStream) {
    let mut rewrite = Rewrite {
        exit: None,
        is_given_later: false,
        runtime,
        label: label.clone(),
        loops: 0,
        labels: Vec::new(),
    };
    rewrite.visit_block_mut(body);
}

struct Rewrite<'e> {
    /// The variable that says how the loop was left, if anybody wants to know.
    exit: Option<&'e Ident>,
    /// What is returned is computed behind the region.
    is_given_later: bool,
    runtime: &'e TokenStream,
    /// The kernel's label.
    label: Lifetime,
    /// Loops around the current place, inside the kernel.
    loops: usize,
    /// Labels of loops and blocks inside the kernel.
    labels: Vec<Ident>,
}

impl Rewrite<'_> {
    fn inside(&mut self, label: Option<&syn::Label>, visit: impl FnOnce(&mut Self)) {
        let labels = self.labels.len();
        self.labels.extend(label.map(|l| l.name.ident.clone()));
        visit(self);
        self.labels.truncate(labels);
    }

    /// True if the `break` leaves the kernel.
    fn is_outward(&self, jump: &syn::ExprBreak) -> bool {
        match &jump.label {
            Some(label) => !self.labels.contains(&label.ident),
            None => self.loops == 0,
        }
    }

    /// The loop is left, and nobody wants to know how.
    fn leave(&self, node: &mut Expr) {
        let (label, runtime) = (&self.label, self.runtime);
        match node {
            Expr::Return(_) => *node = syn::parse_quote!(break #label),
            Expr::Break(jump) if self.is_outward(jump) => *node = syn::parse_quote!(break #label),
            Expr::Try(question) => {
                let (tried, value) = (&question.expr, Ident::new("value", Span::mixed_site()));
                *node = syn::parse_quote!(match #runtime::branch(#tried) {
                    ::core::ops::ControlFlow::Continue(#value) => #value,
                    ::core::ops::ControlFlow::Break(_) => break #label,
                });
            }
            _ => {}
        }
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_expr_mut(&mut self, node: &mut Expr) {
        let (exit, runtime, label) = (self.exit, self.runtime, self.label.clone());
        match node {
            Expr::Closure(_) | Expr::Async(_) => return,
            Expr::ForLoop(inner) => {
                self.visit_expr_mut(&mut inner.expr);
                let label = inner.label.clone();
                self.loops += 1;
                self.inside(label.as_ref(), |r| r.visit_block_mut(&mut inner.body));
                self.loops -= 1;
                return;
            }
            Expr::While(inner) => {
                let label = inner.label.clone();
                self.visit_expr_mut(&mut inner.cond);
                self.loops += 1;
                self.inside(label.as_ref(), |r| r.visit_block_mut(&mut inner.body));
                self.loops -= 1;
                return;
            }
            Expr::Loop(inner) => {
                let label = inner.label.clone();
                self.loops += 1;
                self.inside(label.as_ref(), |r| r.visit_block_mut(&mut inner.body));
                self.loops -= 1;
                return;
            }
            Expr::Block(inner) if inner.label.is_some() => {
                let label = inner.label.clone();
                self.inside(label.as_ref(), |r| r.visit_block_mut(&mut inner.block));
                return;
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, node);
        let Some(exit) = exit else {
            return self.leave(node);
        };
        match node {
            Expr::Return(jump) => {
                let value = jump.expr.as_ref().filter(|_| !self.is_given_later);
                let value = value.map_or_else(|| quote!(()), |e| e.to_token_stream());
                *node = syn::parse_quote!({
                    #exit = ::core::option::Option::Some(#runtime::Exit::Return(#value));
                    break #label
                });
            }
            Expr::Break(jump) if self.is_outward(jump) => {
                *node = syn::parse_quote!({
                    #exit = ::core::option::Option::Some(#runtime::Exit::Break);
                    break #label
                });
            }
            Expr::Try(question) => {
                let (tried, value, failure) = (
                    &question.expr,
                    Ident::new("value", Span::mixed_site()),
                    Ident::new("failure", Span::mixed_site()),
                );
                let at = question.question_token.span;
                let branch = crate::names::respanned(quote!(#runtime::branch), at);
                let failed = crate::names::respanned(quote!(#runtime::failed), at);
                *node = syn::parse_quote!(match #branch(#tried) {
                    ::core::ops::ControlFlow::Continue(#value) => #value,
                    ::core::ops::ControlFlow::Break(#failure) => {
                        #exit = #failed(#failure);
                        break #label
                    }
                });
            }
            _ => {}
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
