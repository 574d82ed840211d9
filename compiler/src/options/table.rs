//! The table of options: data from which parsing, error texts and docs come.

use crate::attribute::Attribute;
use crate::attribute::Attribute::{Associative, Divide, For, Join, Reduce, Scan, Test};

/// What stands behind an option's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `name = EXPR`
    Expr,
    /// `name = PATH`
    Path,
    /// `name`, which is there or not
    Flag,
    /// `name = NAME`, a name for a new item
    Name,
    /// `name = WORD`, one of these
    Choice(&'static [&'static str]),
    /// `name(WORD, ..)`, some of these
    Words(&'static [&'static str]),
    /// `name(VARIABLE: PATH, ..)`
    Operations,
    /// `name(VARIABLE, ..)`
    Variables,
    /// `name(PLACE, ..)`, variables or fields
    Places,
}

/// One option.
#[derive(Debug)]
pub struct Spec {
    /// Its name.
    pub name: &'static str,
    /// The attributes that take it.
    pub on: &'static [Attribute],
    /// What stands behind the name.
    pub shape: Shape,
    /// What it means, in one sentence.
    pub doc: &'static str,
}

/// All options.
pub const TABLE: &[Spec] = &[
    Spec {
        name: "threshold",
        on: &[Divide, For, Reduce, Scan],
        shape: Shape::Expr,
        doc: "below this size the original code runs",
    },
    Spec {
        name: "size",
        on: &[Divide],
        shape: Shape::Expr,
        doc: "what the threshold is compared with",
    },
    Spec {
        name: "grain",
        on: &[For, Reduce, Scan],
        shape: Shape::Expr,
        doc: "fewest iterations in a leaf",
    },
    Spec {
        name: "pool",
        on: &[Divide, For, Join, Reduce, Scan],
        shape: Shape::Expr,
        doc: "the `&rayon::ThreadPool` to run on; without it the current one",
    },
    Spec {
        name: "float",
        on: &[Reduce, Scan],
        shape: Shape::Choice(&["ordered", "tree", "exact", "any"]),
        doc: "how float `+` and `*` are rounded: as in the sequential program, in a fixed tree, once at the end, or as it comes",
    },
    Spec {
        name: "reduce",
        on: &[Reduce, Scan],
        shape: Shape::Operations,
        doc: "names the operation by which two parts of an accumulator are combined",
    },
    Spec {
        name: "private",
        on: &[Divide, For, Reduce, Scan],
        shape: Shape::Variables,
        doc: "each leaf or child works on its own clone of these variables",
    },
    Spec {
        name: "replay",
        on: &[For, Reduce, Scan],
        shape: Shape::Places,
        doc: "calls of methods on these, and writes to their elements, are made one after another, in the sequential order; what they are given is computed in parallel",
    },
    Spec {
        name: "unique",
        on: &[For, Reduce, Scan],
        shape: Shape::Places,
        doc: "the indices in these are distinct, so that `out[indices[i]]` is another element in every iteration; checked before the loop",
    },
    Spec {
        name: "relax",
        on: &[Divide, For, Join, Reduce, Scan],
        shape: Shape::Words(&["any_order", "late_writes", "locks", "atomics", "io"]),
        doc: "gives up a named promise: which match comes first, what lies behind an exit, the order of what the body locks, updates or prints",
    },
    Spec {
        name: "twin",
        on: &[Divide, For, Join, Reduce, Scan],
        shape: Shape::Name,
        doc: "also keeps the original function under NAME",
    },
    Spec {
        name: "explain",
        on: &[Divide, For, Join, Reduce, Scan],
        shape: Shape::Flag,
        doc: "the documentation of the function says how it was parallelised",
    },
    Spec {
        name: "identity",
        on: &[Associative],
        shape: Shape::Expr,
        doc: "the value that changes nothing when combined with another, on either side",
    },
    Spec {
        name: "commutative",
        on: &[Associative],
        shape: Shape::Flag,
        doc: "the two arguments may be swapped",
    },
    Spec {
        name: "threads",
        on: &[Test],
        shape: Shape::Expr,
        doc: "an array of the sizes of pools that the test runs in; `[1, 2, 8]` if left out",
    },
    Spec {
        name: "seeds",
        on: &[Test],
        shape: Shape::Expr,
        doc: "how many adversaries the test runs under; 32 if left out",
    },
    Spec {
        name: "crate",
        on: &[Associative, Divide, For, Join, Reduce, Scan, Test],
        shape: Shape::Path,
        doc: "where the divvy crate is found, for re-exports",
    },
];

impl Spec {
    /// The option of this name.
    pub fn find(name: &str) -> Option<&'static Spec> {
        TABLE.iter().find(|spec| spec.name == name)
    }

    /// The words that it takes, if they are fixed.
    pub fn words(&self) -> &'static [&'static str] {
        match self.shape {
            Shape::Choice(words) | Shape::Words(words) => words,
            _ => &[],
        }
    }

    /// How it is written, for error texts.
    pub fn usage(&self) -> String {
        let name = self.name;
        match self.shape {
            Shape::Expr => format!("{name} = EXPR"),
            Shape::Path => format!("{name} = PATH"),
            Shape::Flag => name.to_string(),
            Shape::Name => format!("{name} = NAME"),
            Shape::Choice(words) => format!("{name} = {}", words.join(" | ")),
            Shape::Words(words) => format!("{name}({})", words.join(", ")),
            Shape::Operations => format!("{name}(VARIABLE: OPERATION, ..)"),
            Shape::Variables => format!("{name}(VARIABLE, ..)"),
            Shape::Places => format!("{name}(VARIABLE_OR_FIELD, ..)"),
        }
    }
}
