//! The compiler behind divvy's attributes: an ordinary library over `proc_macro2` token streams.
//!
//! Data flows one way: the attribute's options and the function are parsed, its loops or recursive calls are lowered to
//! a small IR of places and accesses, the analyses classify each place, a plan says what is done with each kernel, and
//! the generator writes the tokens. Each stage collects all its errors before a gate stops the next one. Whatever
//! happens, the user's function comes back.
#![forbid(unsafe_code)]

mod analysis;
mod attribute;
mod codegen;
mod declare;
mod depth;
pub mod diagnostics;
mod editor;
mod explain;
mod fallback;
mod lower;
mod names;
pub mod options;
mod parse;
mod plan;
mod print;
mod unfinished;

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;

pub use attribute::Attribute;
use diagnostics::Diagnostics;
use options::Options;

/// Rewrites one annotated item. Total: whatever the tokens are, the item comes back, rewritten or beside its errors.
pub fn expand(attribute: Attribute, args: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    if let Some(at) = depth::too_deep(&args).or_else(|| depth::too_deep(&item)) {
        depth::report(&at, &mut diagnostics);
        return fallback::unparsed(item, &diagnostics);
    }
    let output = catch_unwind(AssertUnwindSafe(|| {
        let options = options::parse(attribute, args, &mut diagnostics);
        if unfinished::is_repaired(&item) {
            diagnostics = Diagnostics::new();
            return (None, options.twin);
        }
        let output = compile(attribute, &options, &item, &mut diagnostics);
        (output, options.twin)
    }));
    match output {
        Ok((output, twin)) => fallback::finish(item, twin, output, diagnostics),
        Err(_) => fallback::internal_error(attribute, item),
    }
}

/// [`expand`], and what editors need to complete and explain the names of the options.
pub fn expand_in_editor(attribute: Attribute, args: TokenStream, item: TokenStream) -> TokenStream {
    let is_function =
        !args.is_empty() && depth::too_deep(&item).is_none() && syn::parse2::<syn::ItemFn>(item.clone()).is_ok();
    let output = expand(attribute, args.clone(), item);
    match is_function {
        true => editor::with_hints(attribute, args, output),
        false => output,
    }
}

/// What `#[derive(Monoid)]` adds to a struct, or its errors; the struct itself stays where it is.
pub fn derive_monoid(item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::new();
    let output = declare::fields::compile(&item, &mut diagnostics);
    match output {
        Some(output) => output,
        None => diagnostics.to_tokens(),
    }
}

fn compile(
    attribute: Attribute,
    options: &Options,
    item: &TokenStream,
    diagnostics: &mut Diagnostics,
) -> Option<TokenStream> {
    if attribute == Attribute::Associative {
        return declare::operation::compile(item, options, diagnostics);
    }
    let mut written = Diagnostics::new();
    let function = parse::function(attribute, item, &mut written);
    if let Some(function) = &function
        && matches!(attribute, Attribute::For | Attribute::Reduce | Attribute::Scan)
    {
        lower::namesakes::report(function, &mut written);
    }
    let is_sound = written.gate();
    diagnostics.append(written);
    let function = function?;
    if attribute == Attribute::Test {
        return declare::matrix::compile(function, options, diagnostics);
    }
    is_sound?; // what was written
    let is_unfinished = unfinished::lacks_its_value(&function);
    let mut meant = Diagnostics::new();
    let output = match attribute {
        Attribute::For | Attribute::Reduce | Attribute::Scan => {
            codegen::reduce::function(function, attribute, options, &mut meant)
        }
        Attribute::Divide => codegen::divide::function(function, options, &mut meant),
        Attribute::Join => codegen::statements::function(function, options, &mut meant),
        Attribute::Associative | Attribute::Test => unreachable!("these are no kernels"),
    };
    // the options that could be read hold; what another one might have cured is asked when that one is mended
    meant.forget(|error| options.broken.iter().any(|broken| broken.may_cause(error)));
    meant.forget(|error| is_unfinished && unfinished::is_of_absence(error));
    diagnostics.append(meant);
    output
}
