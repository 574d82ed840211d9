//! `#[par_join]`: the function with its independent statements joined, each join a region of its own.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Expr, ItemFn};

use crate::analysis::independence::Names;
use crate::analysis::locks::{self, Region};
use crate::attribute::Attribute;
use crate::codegen::joins::{Joins, Loops, Statements};
use crate::codegen::{region, twin};
use crate::diagnostics::Diagnostics;
use crate::explain;
use crate::fallback::StripMarkers;
use crate::lower::accesses::Effect;
use crate::lower::lists;
use crate::lower::recursion::Recursion;
use crate::lower::units::{self, Unmark};
use crate::names::{self, FreeNames};
use crate::options::Options;
use crate::plan::statements as refusals;

/// Rewrites the function, or reports why not.
pub(crate) fn function(mut function: ItemFn, options: &Options, diagnostics: &mut Diagnostics) -> Option<TokenStream> {
    let runtime = names::runtime(options);
    let original = function.clone();
    refusals::recursive(&function, diagnostics);
    diagnostics.gate()?; // what it means

    let mut free = FreeNames::new(&function);
    lists::expand(&mut function, |element: &Expr| units::works(element));
    let mark = free.free("unit");
    let is_picked = units::mark(&mut function, &mark);
    let marks = Recursion::of_marks(&mark);
    let is_region = |expr: &Expr| marks.call(expr).is_some();
    locks::check(&function, Region::Statements, &is_region, options, diagnostics);
    diagnostics.gate()?; // what may be done
    let (variables, safe) = Names::of_statements(&function, ordered(options));
    let name = original.sig.ident.to_string();
    let region = |site: &Ident, statements: &Ident, at: Span| {
        let region = region::region(site, options, &runtime);
        let site = region::site(site, &name, at, &runtime);
        quote_spanned!(at=> let #statements = #runtime::Forks::statements({ #site #region });)
    };
    let statements = Statements {
        safe: &safe,
        is_picked,
        may_write_late: options.relax_late_writes,
        region: &region,
    };
    let loops = Loops::of(&function, &marks, &variables, options, runtime.clone());
    let mut joins = Joins::of_statements(&function, &marks, &variables, statements, loops, &mut free);
    let mut body = (*function.block).clone();
    joins.block(&mut body);
    if joins.joined == 0 {
        let failures = std::mem::take(&mut joins.failures);
        refusals::report(&function, &marks, is_picked, &failures, diagnostics);
        return None;
    }
    Unmark(&marks).visit_block_mut(&mut body);
    StripMarkers.visit_block_mut(&mut body);
    let mut documented = original.clone();
    if options.explain {
        explain::document(&mut documented, Attribute::Join, options, &joins.explained);
    }
    let (attributes, visibility, signature) = (&documented.attrs, &original.vis, &original.sig);
    let twin = twin::twin(original.clone(), None, options);
    Some(quote!(#(#attributes)* #visibility #signature #body #twin))
}

/// The effects whose order counts.
fn ordered(options: &Options) -> BTreeSet<Effect> {
    [
        (Effect::Output, options.relax_io),
        (Effect::Files, options.relax_io),
        (Effect::Input, options.relax_io),
        (Effect::Lock, options.relax_locks),
        (Effect::Atomic, options.relax_atomics),
        (Effect::ThreadLocal, options.relax_atomics),
        (Effect::Static, false),
    ]
    .into_iter()
    .filter(|(_, is_relaxed)| !is_relaxed)
    .map(|(effect, _)| effect)
    .collect()
}
