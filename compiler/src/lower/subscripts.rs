//! Which elements does an index expression name, as a function of the iteration?
//!
//! A subscript is a polynomial over the induction variable, inner loops' variables and things that don't change in the
//! loop (Allen and Kennedy's affine subscripts, with symbolic coefficients for row-major images). What is no polynomial
//! is unknown.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{BinOp, Expr, Lit, UnOp};

use super::places::{Place, place_of};
use super::shadows::is_of_std;
use crate::names::unlocated;

/// A product of atoms, sorted.
type Monomial = Vec<Atom>;

/// What a polynomial is over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    /// The loop's induction variable.
    Induction,
    /// The variable of a loop inside.
    Inner(String),
    /// Something that the loop doesn't change.
    Fixed(Fixed),
}

/// An expression; two of the same text are the same.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    text: String,
    tokens: proc_macro2::TokenStream,
}

impl Fixed {
    fn new(expr: &Expr) -> Self {
        let tokens = expr.to_token_stream();
        Self {
            text: tokens.to_string(),
            tokens: unlocated(tokens),
        }
    }
}

impl PartialEq for Fixed {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Fixed {}

impl PartialOrd for Fixed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fixed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

/// A polynomial with whole coefficients.
#[derive(Clone, Debug, Default)]
pub(crate) struct Polynomial {
    terms: BTreeMap<Monomial, i64>,
    /// The places that it takes to be unchanging.
    pub(crate) assumes: Vec<Place>,
}

impl PartialEq for Polynomial {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms
    }
}

impl Polynomial {
    /// A number.
    pub(crate) fn constant(value: i64) -> Self {
        Polynomial {
            terms: BTreeMap::from([(Vec::new(), value)]),
            assumes: Vec::new(),
        }
        .cleaned()
    }

    /// A single atom.
    pub(crate) fn atom(atom: Atom) -> Self {
        Polynomial {
            terms: BTreeMap::from([(vec![atom], 1)]),
            assumes: Vec::new(),
        }
    }

    fn cleaned(mut self) -> Self {
        self.terms.retain(|_, coefficient| *coefficient != 0);
        self
    }

    fn plus(mut self, other: &Polynomial, factor: i64) -> Option<Self> {
        for (monomial, coefficient) in &other.terms {
            let sum = self.terms.entry(monomial.clone()).or_insert(0);
            *sum = sum.checked_add(coefficient.checked_mul(factor)?)?;
        }
        self.assumes.extend(other.assumes.iter().cloned());
        Some(self.cleaned())
    }

    /// The product of two polynomials.
    pub(crate) fn times(&self, other: &Polynomial) -> Option<Self> {
        let mut product = Polynomial {
            terms: BTreeMap::new(),
            assumes: self.assumes.clone(),
        };
        product.assumes.extend(other.assumes.iter().cloned());
        for (a, x) in &self.terms {
            for (b, y) in &other.terms {
                let mut monomial: Monomial = a.iter().chain(b).cloned().collect();
                monomial.sort();
                let sum = product.terms.entry(monomial).or_insert(0);
                *sum = sum.checked_add(x.checked_mul(*y)?)?;
            }
        }
        Some(product.cleaned())
    }

    /// The difference of two polynomials.
    pub(crate) fn minus(&self, other: &Polynomial) -> Option<Self> {
        self.clone().plus(other, -1)
    }

    /// The value, if it is a number.
    pub(crate) fn number(&self) -> Option<i64> {
        match self.terms.len() {
            0 => Some(0),
            1 => self.terms.get(&Vec::new()).copied(),
            _ => None,
        }
    }

    /// The factor of the induction variable; `None` if there are higher powers.
    pub(crate) fn stride(&self) -> Option<Polynomial> {
        let mut stride = Polynomial {
            terms: BTreeMap::new(),
            assumes: self.assumes.clone(),
        };
        for (monomial, coefficient) in &self.terms {
            let power = monomial.iter().filter(|atom| **atom == Atom::Induction).count();
            if power > 1 {
                return None;
            }
            if power == 1 {
                let rest = monomial
                    .iter()
                    .filter(|atom| **atom != Atom::Induction)
                    .cloned()
                    .collect();
                stride.terms.insert(rest, *coefficient);
            }
        }
        Some(stride)
    }

    /// The polynomial with a number for the induction variable.
    pub(crate) fn at(&self, induction: i64) -> Option<Polynomial> {
        self.with(&|atom| *atom == Atom::Induction, induction)
    }

    /// The polynomial with a number for the atoms that pass.
    fn with(&self, is_it: &dyn Fn(&Atom) -> bool, number: i64) -> Option<Polynomial> {
        let mut value = Polynomial {
            terms: BTreeMap::new(),
            assumes: self.assumes.clone(),
        };
        for (monomial, coefficient) in &self.terms {
            let power = monomial.iter().filter(|atom| is_it(atom)).count();
            let rest = monomial.iter().filter(|atom| !is_it(atom)).cloned().collect();
            let factor = number.checked_pow(u32::try_from(power).ok()?)?;
            let sum = value.terms.entry(rest).or_insert(0);
            *sum = sum.checked_add(coefficient.checked_mul(factor)?)?;
        }
        Some(value.cleaned())
    }

    /// The only inner variable, if it occurs once and by itself, its positive factor, and the polynomial without it.
    pub(crate) fn inner(&self) -> Option<(String, i64, Polynomial)> {
        let mut inner = self
            .terms
            .iter()
            .filter(|(monomial, _)| monomial.iter().any(|a| matches!(a, Atom::Inner(_))));
        let (monomial, factor) = inner.next()?;
        let [Atom::Inner(name)] = &monomial[..] else {
            return None;
        };
        if *factor < 1 || inner.next().is_some() {
            return None;
        }
        let mut rest = self.clone();
        rest.terms.remove(monomial);
        Some((name.clone(), *factor, rest))
    }

    /// The inner variables that occur.
    pub(crate) fn inners(&self) -> BTreeSet<String> {
        let atoms = self.terms.keys().flatten();
        atoms
            .filter_map(|atom| match atom {
                Atom::Inner(name) => Some(name.clone()),
                _ => None,
            })
            .collect()
    }

    /// The polynomial with a number for the inner variable.
    pub(crate) fn with_inner(&self, name: &str, number: i64) -> Option<Polynomial> {
        let is_it = |atom: &Atom| matches!(atom, Atom::Inner(inner) if inner == name);
        self.with(&is_it, number)
    }

    /// What is left for an induction variable of 0.
    pub(crate) fn rest(&self) -> Option<Polynomial> {
        self.at(0)
    }

    /// True if each term but a number is, but for its factor, one of the others'.
    pub(crate) fn is_about(&self, others: &[&Polynomial]) -> bool {
        let mut terms = self.terms.keys().filter(|monomial| !monomial.is_empty());
        terms.all(|monomial| others.iter().any(|other| other.terms.contains_key(monomial)))
    }

    /// True if an inner variable occurs.
    pub(crate) fn has_inner(&self) -> bool {
        self.terms.keys().flatten().any(|atom| matches!(atom, Atom::Inner(_)))
    }

    /// The polynomial's value as an `i128`, with `first` for the induction variable.
    pub(crate) fn to_tokens(
        &self,
        first: &proc_macro2::TokenStream,
        runtime: &proc_macro2::TokenStream,
    ) -> proc_macro2::TokenStream {
        let mut sum = proc_macro2::TokenStream::new();
        for (monomial, coefficient) in &self.terms {
            let sign = match (*coefficient < 0, sum.is_empty()) {
                (true, _) => quote::quote!(-),
                (false, true) => proc_macro2::TokenStream::new(),
                (false, false) => quote::quote!(+),
            };
            let number = (coefficient.abs() != 1 || monomial.is_empty()).then(|| {
                let number = proc_macro2::Literal::i64_unsuffixed(coefficient.abs());
                quote::quote!(#number)
            });
            let factors = number.into_iter().chain(monomial.iter().map(|atom| match atom {
                Atom::Induction => first.clone(),
                Atom::Inner(_) => quote::quote!(0),
                Atom::Fixed(expr) => wide(&expr.tokens, runtime),
            }));
            let product = factors
                .reduce(|a, b| quote::quote!(#a * #b))
                .unwrap_or_else(|| quote::quote!(1));
            sum.extend(quote::quote!(#sign #product));
        }
        if sum.is_empty() { quote::quote!(0) } else { sum }
    }
}

/// An integer expression as an `i128`.
pub(crate) fn wide(tokens: &proc_macro2::TokenStream, runtime: &proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    match syn::parse2::<syn::LitInt>(tokens.clone()) {
        Ok(number) => {
            let digits: proc_macro2::Literal = number.base10_digits().parse().expect("digits are a number");
            quote::quote!(#digits)
        }
        Err(_) => quote::quote!(#runtime::wide(#tokens)),
    }
}

/// What a name is where the subscript stands.
pub(crate) enum Name {
    /// The kernel's induction variable.
    Induction,
    /// A variable of the body with this value.
    Known(Polynomial),
    /// A variable of the body that is no more than this.
    AtMost(Polynomial),
    /// The variable of a loop inside.
    Inner,
    /// A variable of the body of which nothing is known.
    Local,
    /// Declared outside the kernel.
    Outer,
}

/// Outside the kernel, where every name is of something that doesn't change in it.
pub(crate) struct AllOuter;

impl Names for AllOuter {
    fn resolve(&self, _: &str) -> Name {
        Name::Outer
    }
}

/// Tells what names are.
pub(crate) trait Names {
    /// What `name` is here.
    fn resolve(&self, name: &str) -> Name;
}

/// The polynomial that an expression is.
pub(crate) fn polynomial(expr: &Expr, names: &dyn Names) -> Option<Polynomial> {
    match expr {
        Expr::Paren(e) => polynomial(&e.expr, names),
        Expr::Group(e) => polynomial(&e.expr, names),
        // a cast to a narrow type may cut digits off
        Expr::Cast(e) if is_wide(&e.ty) => polynomial(&e.expr, names),
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) => Some(Polynomial::constant(int.base10_parse().ok()?)),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => {
            fixed(expr, names).or_else(|| polynomial(&unary.expr, names))
        }
        Expr::Binary(binary) => {
            let (left, right) = (polynomial(&binary.left, names)?, polynomial(&binary.right, names)?);
            match binary.op {
                BinOp::Add(_) => left.plus(&right, 1),
                BinOp::Sub(_) => left.plus(&right, -1),
                BinOp::Mul(_) => left.times(&right),
                _ => None,
            }
        }
        Expr::Path(path) => match path.path.get_ident() {
            Some(name) => match names.resolve(&name.to_string()) {
                Name::Induction => Some(Polynomial::atom(Atom::Induction)),
                Name::Known(value) => Some(value),
                Name::Inner => Some(Polynomial::atom(Atom::Inner(name.to_string()))),
                Name::Local | Name::AtMost(_) => None,
                Name::Outer => fixed(expr, names),
            },
            None => Some(Polynomial::atom(Atom::Fixed(Fixed::new(expr)))),
        },
        Expr::Field(_) | Expr::MethodCall(_) => fixed(expr, names),
        _ => None,
    }
}

/// An integer type that holds every index that occurs.
pub(crate) fn is_wide(ty: &syn::Type) -> bool {
    let wide = ["usize", "isize", "u64", "i64", "u128", "i128", "u32", "i32"];
    matches!(ty, syn::Type::Path(path) if wide.iter().any(|name| path.path.is_ident(name)))
}

/// A polynomial that the expression never exceeds: its own, or that of one side of a minimum.
pub(crate) fn at_most(expr: &Expr, names: &dyn Names) -> Option<Polynomial> {
    let minimum = |a: &Expr, b: &Expr| at_most(a, names).or_else(|| at_most(b, names));
    polynomial(expr, names).or_else(|| match expr {
        Expr::Paren(e) => at_most(&e.expr, names),
        Expr::MethodCall(call) if call.method == "min" && call.args.len() == 1 => {
            minimum(&call.receiver, &call.args[0])
        }
        Expr::Call(call) if call.args.len() == 2 => {
            let Expr::Path(path) = &*call.func else { return None };
            let is_minimum = path.path.segments.last()?.ident == "min" && is_of_std(path);
            is_minimum.then(|| minimum(&call.args[0], &call.args[1]))?
        }
        Expr::Path(path) => match names.resolve(&path.path.get_ident()?.to_string()) {
            Name::AtMost(bound) => Some(bound),
            _ => None,
        },
        _ => None,
    })
}

/// `n`, `self.width`, `xs.len()`: the same in every iteration if the loop doesn't change it.
fn fixed(expr: &Expr, names: &dyn Names) -> Option<Polynomial> {
    let looked_at = match expr {
        Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => &call.receiver,
        Expr::MethodCall(_) => return None,
        other => other,
    };
    let (place, root) = place_of(looked_at)?;
    if !matches!(names.resolve(&root.to_string()), Name::Outer) || place.depth() > 0 {
        return None;
    }
    let mut atom = Polynomial::atom(Atom::Fixed(Fixed::new(expr)));
    atom.assumes.push(place);
    Some(atom)
}

/// What an access to an element touches.
#[derive(Clone, Debug)]
pub(crate) enum Subscript {
    /// One element, or `[lower, upper)`.
    Elements { lower: Polynomial, upper: Polynomial },
    /// Something that can't be told.
    Unknown,
}

/// The subscript of the outermost array that an element's expression names: `i` in `self.rows[i][j].x`.
pub(crate) fn subscript(element: &Expr, names: &dyn Names) -> Subscript {
    let Some(index) = super::places::indices_of(element).first().copied() else {
        return Subscript::Unknown;
    };
    let bounds = match index {
        Expr::Range(range) => match (&range.start, &range.end, &range.limits) {
            (Some(start), Some(end), syn::RangeLimits::HalfOpen(_)) => {
                polynomial(start, names).zip(polynomial(end, names))
            }
            _ => None,
        },
        index => polynomial(index, names).and_then(|lower| {
            let upper = lower.clone().plus(&Polynomial::constant(1), 1)?;
            Some((lower, upper))
        }),
    };
    bounds.map_or(Subscript::Unknown, |(lower, upper)| Subscript::Elements {
        lower,
        upper,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Test;

    impl Names for Test {
        fn resolve(&self, name: &str) -> Name {
            match name {
                "i" => Name::Induction,
                "x" => Name::Inner,
                "t" => Name::Local,
                _ => Name::Outer,
            }
        }
    }

    fn parts(text: &str) -> Option<(String, String)> {
        let poly = polynomial(&syn::parse_str(text).unwrap(), &Test)?;
        let show = |p: Polynomial| format!("{:?}", p.terms.iter().map(|(m, c)| (m.len(), *c)).collect::<Vec<_>>());
        let stride = poly.stride()?;
        let rest = poly.minus(&stride.times(&Polynomial::atom(Atom::Induction))?)?;
        Some((show(stride), show(rest)))
    }

    #[test]
    fn subscripts_are_polynomials() {
        let want = |s: &str, r: &str| Some((s.to_string(), r.to_string()));
        assert_eq!(parts("i"), want("[(0, 1)]", "[]"));
        assert_eq!(parts("2 * (i + 1) - 2"), want("[(0, 2)]", "[]"));
        assert_eq!(parts("n - 1 - i"), want("[(0, -1)]", "[(0, -1), (1, 1)]"));
        assert_eq!(parts("i * w + x"), want("[(1, 1)]", "[(1, 1)]"));
        assert_eq!(parts("(i as usize + 1) * self.w"), want("[(1, 1)]", "[(1, 1)]"));
        assert_eq!(parts("i * i"), None);
        assert_eq!(parts("i / 2"), None);
        assert_eq!(parts("t"), None);
        assert_eq!(parts("i as u8 as usize"), None);
        assert_eq!(parts("slot[i]"), None);
    }
}
