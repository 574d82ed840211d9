//! Places: what is read or written, as a variable and the way from it.

use std::fmt;

use proc_macro2::Ident;
use syn::{Expr, Member};

/// One step from a variable to the place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// `*x`
    Deref,
    /// `x.name` or `x.0`
    Field(String),
    /// `x[..]`, whatever the index
    Index,
}

/// A variable and the steps from it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The variable's name.
    pub(crate) root: String,
    /// The steps, outermost variable first.
    pub(crate) steps: Vec<Step>,
}

impl Place {
    /// The variable itself.
    pub(crate) fn of_variable(name: &str) -> Place {
        Place {
            root: name.to_string(),
            steps: Vec::new(),
        }
    }

    /// The place up to its first index: what an accumulator of elements is called.
    pub(crate) fn without_elements(&self) -> Place {
        let steps = self
            .steps
            .iter()
            .take_while(|step| **step != Step::Index)
            .cloned()
            .collect();
        Place {
            root: self.root.clone(),
            steps,
        }
    }

    /// How many indices the place has.
    pub(crate) fn depth(&self) -> usize {
        self.steps.iter().filter(|step| **step == Step::Index).count()
    }

    /// The steps that tell places apart; a dereference leads to the same memory.
    fn path(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| **step != Step::Deref)
    }

    /// True if the places may share memory: one is a part of the other. What has fields and is indexed gives the elements of
    /// whichever field it likes.
    pub(crate) fn overlaps(&self, other: &Place) -> bool {
        let may_meet = |(a, b): (&Step, &Step)| a == b || *a == Step::Index || *b == Step::Index;
        self.root == other.root && self.path().zip(other.path()).all(may_meet)
    }

    /// True if both name the same memory, indices aside.
    pub(crate) fn is_same(&self, other: &Place) -> bool {
        self.root == other.root && self.path().eq(other.path())
    }

    /// True if it is the variable itself.
    pub(crate) fn is_variable(&self) -> bool {
        self.steps.is_empty()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.root.clone();
        for step in &self.steps {
            match step {
                Step::Deref => text.insert(0, '*'),
                Step::Field(name) => text = format!("{text}.{name}"),
                Step::Index => text.push_str("[..]"),
            }
        }
        f.write_str(&text)
    }
}

/// The place that `expr` names, if it names one, with the variable's own token.
pub(crate) fn place_of(expr: &Expr) -> Option<(Place, Ident)> {
    let (mut place, ident, step) = match expr {
        Expr::Paren(e) => return place_of(&e.expr),
        Expr::Group(e) => return place_of(&e.expr),
        Expr::Path(e) => {
            let ident = e.path.get_ident().filter(|_| e.qself.is_none())?;
            return Some((
                Place {
                    root: ident.to_string(),
                    steps: Vec::new(),
                },
                ident.clone(),
            ));
        }
        Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => with(place_of(&e.expr)?, Step::Deref),
        Expr::Field(e) => {
            let name = match &e.member {
                Member::Named(name) => name.to_string(),
                Member::Unnamed(index) => index.index.to_string(),
            };
            with(place_of(&e.base)?, Step::Field(name))
        }
        Expr::Index(e) => with(place_of(&e.expr)?, Step::Index),
        _ => return None,
    };
    place.steps.push(step);
    Some((place, ident))
}

fn with((place, ident): (Place, Ident), step: Step) -> (Place, Ident, Step) {
    (place, ident, step)
}

/// The index expressions on the way to the place that `expr` names.
pub(crate) fn indices_of(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Paren(e) => indices_of(&e.expr),
        Expr::Group(e) => indices_of(&e.expr),
        Expr::Unary(e) => indices_of(&e.expr),
        Expr::Field(e) => indices_of(&e.base),
        Expr::Index(e) => {
            let mut indices = indices_of(&e.expr);
            indices.push(&e.index);
            indices
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        place_of(&syn::parse_str(text).unwrap()).unwrap().0
    }

    #[test]
    fn places_print_as_they_are_written() {
        for text in ["x", "*x", "self.a.0", "h[..]", "self.grid[..][..].z"] {
            assert_eq!(place(text).to_string(), text);
        }
        assert!(place_of(&syn::parse_str("f(x).y").unwrap()).is_none());
    }

    #[test]
    fn parts_overlap_and_siblings_do_not() {
        assert!(place("self").overlaps(&place("self.a.b")));
        assert!(place("*x").is_same(&place("x")));
        assert!(!place("self.a").overlaps(&place("self.b")));
        assert!(place("h[1]").overlaps(&place("h[2]")));
        assert!(place("h[1]").overlaps(&place("h.list")));
        assert!(!place("h").overlaps(&place("g")));
    }
}
