//! The table of options: data from which parsing, error texts and docs come.

use crate::attribute::Attribute;
use crate::attribute::Attribute::{Associative, Divide, For, Reduce};

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
        on: &[Divide, For, Reduce],
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
        on: &[For, Reduce],
        shape: Shape::Expr,
        doc: "fewest iterations in a leaf",
    },
    Spec {
        name: "pool",
        on: &[Divide, For, Reduce],
        shape: Shape::Expr,
        doc: "the `&rayon::ThreadPool` to run on; without it the current one",
    },
    Spec {
        name: "float",
        on: &[Reduce],
        shape: Shape::Choice(&["tree", "any"]),
        doc: "how float `+` and `*` may be regrouped: the same bits at every thread count, or the fastest",
    },
    Spec {
        name: "reduce",
        on: &[Reduce],
        shape: Shape::Operations,
        doc: "names the operation by which two parts of an accumulator are combined",
    },
    Spec {
        name: "private",
        on: &[Divide, For, Reduce],
        shape: Shape::Variables,
        doc: "each leaf or child works on its own clone of these variables",
    },
    Spec {
        name: "relax",
        on: &[Divide, For, Reduce],
        shape: Shape::Words(&["any_order", "late_writes", "locks", "atomics", "io"]),
        doc: "gives up a named promise: which match comes first, what lies behind an exit, the order of what the body locks, updates or prints",
    },
    Spec {
        name: "twin",
        on: &[Divide, For, Reduce],
        shape: Shape::Name,
        doc: "also keeps the original function under NAME",
    },
    Spec {
        name: "explain",
        on: &[Divide, For, Reduce],
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
        name: "crate",
        on: &[Associative, Divide, For, Reduce],
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
        }
    }
}
