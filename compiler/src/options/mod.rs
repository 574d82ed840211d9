//! The options in the attribute's parentheses.

mod broken;
mod table;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Path, Token, parenthesized};

use crate::attribute::Attribute;
use crate::diagnostics::{self, Diagnostics};
use crate::lower::places::{Step, place_of};
pub(crate) use broken::Broken;
pub use table::{Shape, Spec, TABLE};

/// How float operations are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float {
    /// In the sequential order.
    Ordered,
    /// In a fixed tree: the same bits at every thread count.
    Tree,
    /// Once, at the end.
    Exact,
    /// Any grouping.
    Any,
}

/// What the user asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Below this size the original code runs.
    pub threshold: Option<Expr>,
    /// What the threshold is compared with.
    pub size: Option<Expr>,
    /// Fewest iterations in a leaf.
    pub grain: Option<Expr>,
    /// The thread pool.
    pub pool: Option<Expr>,
    /// How floats may be regrouped.
    pub float: Option<Float>,
    /// Operations named for accumulators.
    pub reduce: Vec<(Ident, Path)>,
    /// Variables in `reduce` that the loop itself combines by a function, of which the types are asked.
    pub(crate) asked: Vec<Ident>,
    /// Variables of which each leaf has its own clone.
    pub private: Vec<Ident>,
    /// Places of which the method calls are made in order, with arguments computed in parallel.
    pub replay: Vec<Expr>,
    /// Arrays of distinct indices.
    pub unique: Vec<Expr>,
    /// Locks in the body are allowed.
    pub relax_locks: bool,
    /// Atomic updates in the body are allowed.
    pub relax_atomics: bool,
    /// What lies behind an early exit may have been written.
    pub relax_late_writes: bool,
    /// Any match or error will do, not only the first one.
    pub relax_any_order: bool,
    /// Output in the body is allowed.
    pub relax_io: bool,
    /// The name under which the original is kept.
    pub twin: Option<Ident>,
    /// The sizes of pools that a test runs in.
    pub threads: Option<Expr>,
    /// How many adversaries a test runs under.
    pub seeds: Option<Expr>,
    /// The identity of an operation.
    pub identity: Option<Expr>,
    /// The operation is commutative.
    pub commutative: bool,
    /// The documentation says how the function was parallelised.
    pub explain: bool,
    /// Where the divvy crate is found.
    pub krate: Option<Path>,
    /// The options that couldn't be read.
    pub(crate) broken: Vec<Broken>,
}

/// Reads the options; all errors in them are reported at once.
pub fn parse(attribute: Attribute, args: TokenStream, diagnostics: &mut Diagnostics) -> Options {
    let mut options = Options::default();
    let mut seen: Vec<Ident> = Vec::new();
    for part in split_at_commas(args) {
        let Some(proc_macro2::TokenTree::Ident(name)) = part.clone().into_iter().next() else {
            diagnostics
                .report(
                    diagnostics::BAD_VALUE,
                    &part,
                    format!("an option of {attribute} starts with its name"),
                )
                .help(format!("the options are {}", list_for(attribute)));
            options.broken.push(Broken::new(None, &part));
            continue;
        };
        let Some(spec) = Spec::find(&name.unraw().to_string()) else {
            let meant = unknown(attribute, &name, diagnostics);
            options.broken.push(Broken::new(meant, &part));
            continue;
        };
        if !spec.on.contains(&attribute) {
            let others: Vec<_> = spec.on.iter().map(ToString::to_string).collect();
            diagnostics
                .report(
                    diagnostics::WRONG_ATTRIBUTE_OPTION,
                    &name,
                    format!("`{name}` is no option of {attribute}"),
                )
                .note(format!("it is one of {}", others.join(", ")))
                .help(format!("the options are {}", list_for(attribute)));
            options.broken.push(Broken::new(Some(spec.name), &part));
            continue;
        }
        if seen.contains(&name) {
            diagnostics
                .report(diagnostics::DUPLICATE_OPTION, &name, format!("`{name}` is given twice"))
                .help("keep one of the two");
            options.broken.push(Broken::new(Some(spec.name), &part));
            continue;
        }
        seen.push(name.clone());
        let mut option = |input: ParseStream<'_>| value(spec, input, &mut options);
        if let Err(error) = Parser::parse2(&mut option, part.clone()) {
            diagnostics
                .report(
                    diagnostics::BAD_VALUE,
                    &part,
                    format!("`{name}` is not written like this: {error}"),
                )
                .note(format!("{name}: {}", spec.doc))
                .help(format!("write `{}`", spec.usage()));
            options.broken.push(Broken::new(Some(spec.name), &part));
        }
    }
    options
}

/// Reads one option, name included, into its field.
fn value(spec: &Spec, input: ParseStream<'_>, options: &mut Options) -> syn::Result<()> {
    Ident::parse_any(input)?;
    match spec.shape {
        Shape::Expr => {
            input.parse::<Token![=]>()?;
            let expr = Some(input.parse::<Expr>()?);
            match spec.name {
                "threshold" => options.threshold = expr,
                "size" => options.size = expr,
                "grain" => options.grain = expr,
                "identity" => options.identity = expr,
                "threads" => options.threads = expr,
                "seeds" => options.seeds = expr,
                _ => options.pool = expr,
            }
        }
        Shape::Flag => match spec.name {
            "explain" => options.explain = true,
            _ => options.commutative = true,
        },
        Shape::Path => {
            input.parse::<Token![=]>()?;
            options.krate = Some(input.call(Path::parse_mod_style)?);
        }
        Shape::Name => {
            input.parse::<Token![=]>()?;
            options.twin = Some(input.parse()?);
        }
        Shape::Choice(words) => {
            input.parse::<Token![=]>()?;
            let word = Ident::parse_any(input)?;
            options.float = Some(match word.to_string().as_str() {
                "ordered" => Float::Ordered,
                "tree" => Float::Tree,
                "exact" => Float::Exact,
                "any" => Float::Any,
                _ => return Err(syn::Error::new(word.span(), choices(words, &word))),
            });
        }
        Shape::Words(words) => {
            let inner;
            parenthesized!(inner in input);
            for word in Punctuated::<Ident, Token![,]>::parse_terminated(&inner)? {
                match word.to_string().as_str() {
                    "locks" => options.relax_locks = true,
                    "atomics" => options.relax_atomics = true,
                    "io" => options.relax_io = true,
                    "late_writes" => options.relax_late_writes = true,
                    // a permission that is not made use of: the first one is one of them
                    "any_order" => options.relax_any_order = true,
                    _ => return Err(syn::Error::new(word.span(), choices(words, &word))),
                }
            }
        }
        Shape::Variables => {
            let inner;
            parenthesized!(inner in input);
            options
                .private
                .extend(Punctuated::<Ident, Token![,]>::parse_terminated(&inner)?);
        }
        Shape::Places => {
            let inner;
            parenthesized!(inner in input);
            let places = Punctuated::<Expr, Token![,]>::parse_terminated(&inner)?;
            if let Some(other) = places.iter().find(|place| !is_plain_place(place)) {
                return Err(syn::Error::new_spanned(other, "expected a variable or a field"));
            }
            match spec.name {
                "unique" => options.unique.extend(places),
                _ => options.replay.extend(places),
            }
        }
        Shape::Operations => {
            let inner;
            parenthesized!(inner in input);
            let pair = |input: ParseStream<'_>| {
                let variable = input.parse::<Ident>()?;
                input.parse::<Token![:]>()?;
                Ok((variable, input.parse::<Path>()?))
            };
            options
                .reduce
                .extend(Punctuated::<_, Token![,]>::parse_terminated_with(&inner, pair)?);
        }
    }
    if !input.is_empty() {
        return Err(input.error("expected `,` or the end"));
    }
    Ok(())
}

/// A variable, or a field on the way from one.
fn is_plain_place(expr: &Expr) -> bool {
    place_of(expr).is_some_and(|(place, _)| place.steps.iter().all(|step| matches!(step, Step::Field(_))))
}

fn choices(words: &[&str], got: &Ident) -> String {
    format!("`{got}` is none of its {} words", words.len())
}

/// Reports an unknown option; gives the name of the one that it is nearest to.
fn unknown(attribute: Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let error = diagnostics.report(
        diagnostics::UNKNOWN_OPTION,
        name,
        format!("{attribute} has no option `{name}`"),
    );
    let text = name.to_string();
    let near = TABLE
        .iter()
        .filter(|spec| spec.on.contains(&attribute))
        .map(|spec| (strsim::damerau_levenshtein(spec.name, &text), spec))
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((distance, spec)) if distance <= 1 + spec.name.len() / 4 => {
            error.help(format!("did you mean `{}`? ({})", spec.usage(), spec.doc));
            Some(spec.name)
        }
        _ => {
            error.help(format!("the options are {}", list_for(attribute)));
            None
        }
    }
}

fn list_for(attribute: Attribute) -> String {
    let usages: Vec<_> = TABLE
        .iter()
        .filter(|spec| spec.on.contains(&attribute))
        .map(|spec| format!("`{}`", spec.usage()))
        .collect();
    usages.join(", ")
}

/// The parts between the commas at the top; a part that is not finished yet is a part too.
///
/// Angle brackets don't nest in token trees, so a comma in `size = size_of::<(A, B)>()` is hidden by its parentheses,
/// and one in `f::<A, B>()` needs some.
pub(crate) fn split_at_commas(args: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in args {
        match &token {
            proc_macro2::TokenTree::Punct(p) if p.as_char() == ',' => parts.push(TokenStream::new()),
            _ => parts.last_mut().expect("there is always one").extend([token]),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn names(attribute: Attribute, args: TokenStream) -> Vec<&'static str> {
        let mut diagnostics = Diagnostics::new();
        parse(attribute, args, &mut diagnostics);
        diagnostics.names()
    }

    #[test]
    fn all_errors_in_the_options_are_reported_at_once() {
        let args = quote!(treshold = 3, float = fast, size = 4, grain 3, grain = 2, grain = 1, , 7);
        let found = names(Attribute::Reduce, args);
        let want = [
            "unknown_option",
            "bad_value",
            "wrong_attribute_option",
            "bad_value",
            "duplicate_option",
            "duplicate_option",
            "bad_value",
        ];
        assert_eq!(found, want);
    }

    #[test]
    fn options_of_every_shape_are_read() {
        let mut diagnostics = Diagnostics::new();
        let args =
            quote!(threshold = 1 << 4, float = tree, reduce(a: ops::Max, b: lcm), relax(io, locks), crate = ::x::y);
        let options = parse(Attribute::Reduce, args, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert_eq!(options.float, Some(Float::Tree));
        assert_eq!(options.reduce.len(), 2);
        assert!(options.relax_io && options.relax_locks && !options.relax_atomics);
        assert!(options.threshold.is_some() && options.krate.is_some());
    }
}
