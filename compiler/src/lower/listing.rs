//! Which sources of children have to be listed before they can be cut, and which may?
//!
//! Children are few, so that a list of them costs little beside the calls. A source that only an exit ends can't be listed.

use syn::{Expr, ExprMethodCall};

use super::variables::{self, Variable};

/// What a loop over children runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listing {
    /// It can be cut as it is.
    Cuttable,
    /// An iterator over finitely many items.
    Finite,
    /// What a function gives, whatever that is.
    Unknown,
    /// Only an exit ends it.
    Endless,
}

/// Adaptors of the runtime's sources.
const CUTTABLE: &[&str] = &[
    "enumerate",
    "rev",
    "copied",
    "cloned",
    "skip",
    "take",
    "step_by",
    "zip",
    "chain",
];

/// Adaptors that only iterators have.
const LISTED: &[&str] = &[
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "fuse",
    "inspect",
    "map",
    "map_while",
    "peekable",
    "scan",
    "skip_while",
    "take_while",
];

/// Methods that make sources of places.
const ROOTS: &[&str] = &[
    "bytes",
    "char_indices",
    "chars",
    "chunks",
    "chunks_exact",
    "chunks_exact_mut",
    "chunks_mut",
    "drain",
    "into_iter",
    "iter",
    "iter_mut",
    "keys",
    "lines",
    "rchunks",
    "rchunks_mut",
    "split_whitespace",
    "values",
    "values_mut",
    "windows",
];

/// Functions whose iterators don't end.
const ENDLESS: &[&str] = &["cycle", "from_fn", "repeat", "repeat_with", "successors"];

impl Listing {
    /// How the header's expression can be listed.
    pub(crate) fn of(expr: &Expr) -> Listing {
        match expr {
            Expr::Group(e) => Listing::of(&e.expr),
            Expr::Paren(e) => Listing::of(&e.expr),
            Expr::Reference(e) => Listing::of(&e.expr),
            Expr::Try(e) => match &*e.expr {
                Expr::Call(_) | Expr::MethodCall(_) => Listing::of(&e.expr),
                _ => Listing::Cuttable,
            },
            Expr::Range(range) if range.end.is_none() => Listing::Endless,
            Expr::MethodCall(call) => Listing::of_method(call),
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) if path.path.segments.last().is_some_and(|last| is_endless(&last.ident)) => {
                    Listing::Endless
                }
                Expr::Path(path) if path.path.segments.last().is_some_and(|last| is_folder(&last.ident)) => {
                    Listing::Finite
                }
                _ => Listing::Unknown,
            },
            _ => Listing::Cuttable,
        }
    }

    fn of_method(call: &ExprMethodCall) -> Listing {
        let is_in = |names: &[&str]| names.iter().any(|name| call.method == name);
        if is_endless(&call.method) {
            return Listing::Endless;
        }
        if is_folder(&call.method) {
            return Listing::Finite;
        }
        if call.method == "take" {
            return Listing::of(&call.receiver).min(Listing::Finite);
        }
        if call.method == "zip" {
            let others = call.args.iter().map(Listing::of);
            let shortest = others.chain([Listing::of(&call.receiver)]).min();
            return shortest.unwrap_or(Listing::Unknown);
        }
        if is_in(CUTTABLE) {
            let others = call.args.iter().filter(|_| call.method == "chain").map(Listing::of);
            return others
                .chain([Listing::of(&call.receiver)])
                .max()
                .unwrap_or(Listing::Unknown);
        }
        if is_in(LISTED) {
            return Listing::of(&call.receiver).max(Listing::Finite);
        }
        if is_in(ROOTS) {
            return Listing::of(&call.receiver);
        }
        Listing::Unknown
    }

    /// The same, where the variables' values are known.
    pub(crate) fn of_header(expr: &Expr, variables: &[Variable]) -> Listing {
        match expr {
            Expr::Path(_) => {
                let init = variables::named(expr, variables)
                    .filter(|(variable, _)| variable.ty.is_none())
                    .and_then(|(variable, _)| variable.init.as_ref());
                init.map_or(Listing::Cuttable, Listing::of)
            }
            expr => Listing::of(expr),
        }
    }

    /// True if its items can be listed; if exits end it, whatever it is then.
    pub(crate) fn is_finite(self, is_left: bool) -> bool {
        match self {
            Listing::Cuttable | Listing::Finite => true,
            Listing::Unknown => !is_left,
            Listing::Endless => false,
        }
    }
}

/// True for the function whose iterator lists a folder.
fn is_folder(name: &syn::Ident) -> bool {
    name == "read_dir"
}

fn is_endless(name: &syn::Ident) -> bool {
    ENDLESS.iter().any(|endless| name == endless)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_listed_where_they_can_not_be_cut() {
        for (text, want) in [
            ("&self.children", Listing::Cuttable),
            ("self.children.iter().enumerate().rev()", Listing::Cuttable),
            ("self.children.iter().flatten()", Listing::Finite),
            ("[a, b].into_iter().flatten().enumerate()", Listing::Finite),
            ("board.moves()", Listing::Unknown),
            ("board.moves().into_iter().filter(legal)", Listing::Unknown),
            ("fs::read_dir(path)?", Listing::Finite),
            ("path.read_dir()?.flatten()", Listing::Finite),
            ("parts(path)?", Listing::Unknown),
            ("(1..).map(f)", Listing::Endless),
            ("xs.iter().zip(1..)", Listing::Cuttable),
            ("repeat(1).take(3)", Listing::Finite),
            ("xs.iter().cycle().skip(2)", Listing::Endless),
        ] {
            assert_eq!(Listing::of(&syn::parse_str(text).unwrap()), want, "{text}");
        }
    }
}
