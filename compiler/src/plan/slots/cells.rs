//! Tables and maps whose cells have several parts, each with a law of its own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, parse_quote};

use super::extrema::join_found;
use super::{Slot, clone};
use crate::analysis::accumulators::Accumulator;
use crate::diagnostics::ends;
use crate::lower::bests::Best;
use crate::lower::cells::{Cells, Law, Part, PartNames, reached};
use crate::lower::guards::Guard;
use crate::lower::updates::{Operation, Target, Update};
use crate::lower::variables::Holds;
use crate::names::{located, respanned};
use crate::plan::reduce::Planner;

impl Planner<'_> {
    /// A table of which every leaf has its own; the first one has the table itself.
    pub(crate) fn parts_slot(
        &mut self,
        accumulator: &Accumulator<'_>,
        local: &Ident,
        target: &TokenStream,
        numbers: &[usize],
        own: bool,
    ) {
        let runtime = self.runtime;
        let cells: Vec<&Cells<'_>> = numbers.iter().map(|number| &self.found.cells[*number]).collect();
        let depth = match cells[0].target {
            Target::Element(depth) => depth,
            _ => 1,
        };
        let mut parts: Vec<&Part<'_>> = Vec::new();
        for part in cells.iter().flat_map(|cells| &cells.parts) {
            if !parts.iter().any(|known| known.path == part.path) {
                parts.push(part);
            }
        }
        let [cell, left_cell, right_cell] = ["cell", "left", "right"].map(|name| Ident::new(name, Span::mixed_site()));
        let clears = parts.iter().filter_map(|part| self.clear(part, &cell));
        let joins = parts.iter().map(|part| {
            let is_first = cells.iter().any(|cells| cells.starts_with_operand(part));
            self.join(part, is_first, &left_cell, &right_cell)
        });
        let (clears, joins): (TokenStream, TokenStream) = (clears.collect(), joins.collect());
        let inner = (1..depth).fold(
            match clears.is_empty() {
                true => quote!(|_| {}),
                false => quote!(|#cell| { #clears }),
            },
            |each, _| quote!(|#cell| *#cell = #runtime::Table::apart(&*#cell, #each)),
        );
        let join = (1..depth).fold(
            match joins.is_empty() {
                true => quote!(|_, _| {}),
                false => quote!(|#left_cell, #right_cell| { #joins }),
            },
            |each, _| quote!(|#left_cell, #right_cell| #runtime::Table::join(#left_cell, #right_cell, #each)),
        );
        let slot = if self.is_lent(accumulator, cells[0].target) {
            let lent = Ident::new(&format!("{}_cells", super::plain(local)), Span::mixed_site());
            self.plan.lets.extend(quote!(let #local = #lent.slice();));
            Slot {
                start: quote!(#runtime::Cells::of(&mut *#local)),
                store: Some(quote!(_)),
                ..Slot::new(lent)
            }
        } else {
            Slot {
                start: if own {
                    accumulator.target.to_token_stream()
                } else {
                    clone(&quote!(&#target))
                },
                store: Some(target.clone()),
                ..Slot::new(local.clone())
            }
        };
        let (of, left, right) = (slot.local.clone(), slot.left(), slot.right());
        self.plan.slots.push(Slot {
            fresh: quote!(#runtime::Table::apart(#of, #inner)),
            combine: quote!(#runtime::Table::join(#left, #right, #join);),
            ..slot
        });
    }

    /// True for a slice that somebody else owns: it can't be moved out and back.
    fn is_lent(&self, accumulator: &Accumulator<'_>, target: Target) -> bool {
        let variable = self.kernel.variable(&accumulator.place.root);
        matches!(target, Target::Element(1))
            && accumulator.place.is_variable()
            && variable.is_some_and(|v| v.holds == Holds::Mutable && v.is_slice())
    }

    /// Makes the part an identity, where the best of all doesn't come to the same.
    fn clear(&self, part: &Part<'_>, cell: &Ident) -> Option<TokenStream> {
        let place = at(cell, &part.path);
        match &part.law {
            Law::Update(update) if update.extremum.is_none() => {
                let law = self.part_law(update, &place);
                Some(quote!(#place = #law.fresh(&#place);))
            }
            law => law
                .has_identity()
                .then(|| quote!(#place = ::core::option::Option::None;)),
        }
    }

    fn part_law(&self, update: &Update<'_>, place: &TokenStream) -> TokenStream {
        let operation = match update.operation {
            Operation::Sub => Operation::SignedAdd,
            other => other,
        };
        let update = Update {
            operation,
            ..update.clone()
        };
        self.law_of(&update, place)
    }

    /// Joins the part of two cells; new ones start with their first operand, or with the same value in all pieces.
    fn join(&self, part: &Part<'_>, starts_with_operand: bool, left: &Ident, right: &Ident) -> TokenStream {
        let runtime = self.runtime;
        let [left_part, right_part] = [left, right].map(|side| at(side, &part.path));
        let span = ends(&part.operator()).0;
        let [lattice, distinct, comparable] = [quote!(lattice), quote!(distinct_values), quote!(comparable)]
            .map(|name| respanned(quote!(#runtime::#name), span));
        // a token of the same origin as the check, so that an error is shown there
        let here = Ident::new("here", span);
        let let_here = quote!(let #here = &#left_part;);
        match &part.law {
            Law::Update(update) => match &update.extremum {
                None => {
                    let law = self.part_law(update, &left_part);
                    quote!(#law.combine(&mut #left_part, #right_part);)
                }
                Some(extremum) if update.target == Target::Held => {
                    let check = respanned(quote!(#runtime::held_lattice), span);
                    let join = join_found(&quote!((&mut #left_part)), &right_part, extremum);
                    quote!({ #let_here #check(#here); } #join)
                }
                Some(extremum) => {
                    let better = extremum.call(&clone(&quote!(&#left_part)), &right_part);
                    let checks = quote_spanned!(span=> { #let_here #lattice(#here); #distinct(#here); });
                    quote!(#checks #left_part = #better;)
                }
            },
            Law::Best(best) => self.better_held(best, &left_part, &right_part),
            Law::Last(last) if last.is_some => {
                quote!(if ::core::option::Option::is_some(&#right_part) { #left_part = #right_part; })
            }
            Law::Last(_) => quote!(#left_part = #right_part;),
            Law::Guarded(guard, names) if is_first(guard, names, part) => {
                let check = starts_with_operand.then(|| quote_spanned!(span=> { #let_here #comparable(#here); }));
                let better = better_of_two(guard, names, left, right);
                quote!(#check #better)
            }
            Law::Guarded(..) => TokenStream::new(),
        }
    }
}

impl Planner<'_> {
    /// Of what two `Option`s hold the better one; values that can't be compared would be better than none.
    fn better_held(&self, best: &Best<'_>, left: &TokenStream, right: &TokenStream) -> TokenStream {
        let runtime = self.runtime;
        if best.is_first {
            return quote!(if ::core::option::Option::is_none(&#left) { #left = #right; });
        }
        let span = ends(&best.comparison).0;
        let [left_view, right_view] = [left, right].map(|side| best.view_of(&parse_quote!(#side)));
        let pattern = &best.pattern;
        let [right_key, wins] = ["right_key", "wins"].map(|name| Ident::new(name, Span::mixed_site()));
        let replaces = best.replaces(&right_key);
        let comparable = respanned(quote!(#runtime::comparable), span);
        // all of one origin, so that an error is shown there
        let compared = located(quote_spanned!(Span::mixed_site()=> &#right_key), span);
        let checked = quote_spanned!(span=> #comparable(#compared););
        let key = &best.key;
        quote! {
            if let ::core::option::Option::Some(#pattern) = #right_view {
                let #right_key = #key;
                #checked
                let #wins = match #left_view {
                    ::core::option::Option::Some(#pattern) => #replaces,
                    ::core::option::Option::None => true,
                };
                if #wins {
                    #left = #right;
                }
            }
        }
    }
}

/// The part of a cell, `cell.low`; the whole of one that is behind a reference, as all but the right one are, `(*cell)`.
fn at(cell: &Ident, path: &[String]) -> TokenStream {
    let whole = match path.is_empty() && cell != "right" {
        true => quote!((*#cell)),
        false => quote!(#cell),
    };
    path.iter().fold(whole, |place, field| {
        let member: syn::Member = syn::parse_str(field).expect("a field's name");
        quote!(#place.#member)
    })
}

/// True for the part under which all members of the idiom are joined.
fn is_first(guard: &Guard<'_>, names: &PartNames, part: &Part<'_>) -> bool {
    let first = guard.members.first().and_then(|member| reached(names, member.target));
    first.as_ref() == Some(&part.path)
}

/// `if right.most > left.most { left.most = right.most; left.at = right.at; }`
fn better_of_two(guard: &Guard<'_>, names: &PartNames, left: &Ident, right: &Ident) -> TokenStream {
    let part = |side: &Ident, number: usize| -> Expr {
        let path = reached(names, guard.members[number].target).expect("a member is a part");
        syn::parse2(at(side, &path)).expect("a part is an expression")
    };
    let better = guard.order.better(&|n| part(right, n), &|n| part(left, n));
    let moves = guard.members.iter().filter_map(|member| {
        let path = reached(names, member.target)?;
        let [left, right] = [left, right].map(|side| at(side, &path));
        Some(quote!(#left = #right;))
    });
    quote!(if #better { #(#moves)* })
}
