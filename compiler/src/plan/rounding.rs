//! The plan of an accumulator whose float mode keeps the order of its terms, or rounds them once.
//!
//! Whether it rounds at all is true of its type, so the runtime chooses the law; the updates become calls of that law,
//! with the user's terms in the user's order.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{BinOp, Expr};

use crate::analysis::accumulators::Accumulator;
use crate::diagnostics::ends;
use crate::lower::updates::{self, Operation, Target, Update};
use crate::names::{located, respanned};
use crate::options::{Float, Options};
use crate::plan::reduce::Planner;
use crate::plan::slots::{Slot, law_name};

/// The mode if this update is one of those that it is about.
pub(crate) fn mode(update: &Update<'_>, options: &Options) -> Option<Float> {
    let mode = options
        .float
        .filter(|mode| matches!(mode, Float::Ordered | Float::Exact))?;
    (update.operation.may_round() && update.target == Target::Whole).then_some(mode)
}

impl Planner<'_> {
    /// An accumulator that may round.
    pub(crate) fn rounding_slot(
        &mut self,
        accumulator: &Accumulator<'_>,
        local: &Ident,
        target: &TokenStream,
        update: &Update<'_>,
        mode: Float,
    ) {
        let (law_name, runtime) = (law_name(local), self.runtime);
        let law = self.rounding_law(accumulator, target, update, mode);
        let slot = Slot::new(local.clone());
        let (left, right, result) = (slot.left(), slot.right(), slot.result());
        let start = if self.is_own_variable(accumulator) {
            quote!(#law_name.start(#target))
        } else {
            quote!(#law_name.start_at(&mut #target))
        };
        let check = update.swapped.then(|| {
            let (marker, span) = (update.operation.marker(), ends(&update.operator).0);
            let check = respanned(
                quote!(#runtime::commutative::<#runtime::ops::Rounded<#runtime::ops::#marker>, _>),
                span,
            );
            let target = located(target.clone(), span);
            quote_spanned!(span=> #check(&#target);)
        });
        self.plan.slots.push(Slot {
            setup: quote_spanned!(law_name.span()=> #check let #law_name = #law;),
            start,
            fresh: quote!(#law_name.fresh(#local)),
            combine: quote!(#law_name.combine(#left, #right);),
            after: quote!(#target = #law_name.finish(#result);),
            ..slot
        });
    }

    /// The call that chooses the law, at the user's operator.
    fn rounding_law(
        &self,
        accumulator: &Accumulator<'_>,
        target: &TokenStream,
        update: &Update<'_>,
        mode: Float,
    ) -> TokenStream {
        let runtime = self.runtime;
        let span = ends(&update.operator).0;
        let marker = update.operation.marker();
        let function = match mode {
            Float::Ordered => quote!(in_order),
            _ => quote!(exactly),
        };
        let form = match update.operator.to_string().as_str() {
            "+=" | "-=" | "*=" => quote!(Compound),
            _ => quote!(Binary),
        };
        let kind = match accumulator.subtracts {
            true => quote!(net),
            false => quote!(law),
        };
        let choice = respanned(
            quote!(#runtime::#function::<#runtime::ops::#marker, #runtime::#form, _>),
            span,
        );
        let (kind, target) = (respanned(kind, span), located(target.clone(), span));
        quote_spanned!(span=> #choice(&#target).#kind())
    }
}

/// `acc op= x` and `acc = acc op x op y` as calls of the accumulator's law.
pub(crate) fn steps(node: &Expr, local: &Ident, law: &Ident) -> Option<Expr> {
    let (method, operator, terms): (_, _, Vec<&Expr>) = match node {
        Expr::Binary(binary) => {
            let method = match binary.op {
                BinOp::AddAssign(_) => "add_assign",
                BinOp::SubAssign(_) => "sub_assign",
                BinOp::MulAssign(_) => "mul_assign",
                _ => return None,
            };
            (method, binary.op.to_token_stream(), vec![&*binary.right])
        }
        Expr::Assign(assign) => {
            let update = updates::of_assignment(assign)?;
            let method = match update.operation {
                Operation::Add => "add",
                Operation::Sub => "sub",
                Operation::Mul => "mul",
                _ => return None,
            };
            (method, update.operator, update.operands)
        }
        _ => return None,
    };
    let method = Ident::new(method, ends(&operator).0);
    Some(match &terms[..] {
        [term] => syn::parse_quote!(#law.#method(&mut #local, #term)),
        terms => syn::parse_quote!({ #(#law.#method(&mut #local, #terms);)* }),
    })
}
