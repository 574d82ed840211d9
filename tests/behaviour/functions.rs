//! Where a recursion stands: in a function, a method, a trait or a generic `impl`, and in loops that are parallel, too.

use std::ops::Add;

use divvy::par_divide;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct Tree {
    value: u64,
    size: usize,
    children: Option<Box<[Tree; 2]>>,
}

impl Tree {
    /// A tree of about as many nodes as there are values.
    fn of(values: &[u64]) -> Tree {
        let [value, rest @ ..] = values else {
            return Tree::leaf(1);
        };
        if rest.is_empty() {
            return Tree::leaf(*value);
        }
        let (left, right) = rest.split_at(rest.len() / 3);
        let children = [Tree::of(left), Tree::of(right)];
        Tree {
            value: *value,
            size: 1 + children[0].size + children[1].size,
            children: Some(Box::new(children)),
        }
    }

    fn leaf(value: u64) -> Tree {
        Tree {
            value,
            size: 1,
            children: None,
        }
    }
}

fn trees() -> impl Iterator<Item = Tree> {
    LENGTHS.iter().map(|&n| Tree::of(&numbers(n as u64 + 41, n, 1_000)))
}

/// The function inside, or what it was.
fn spread(values: &[u64], is_plain: bool) -> u64 {
    let scale = 3;
    #[par_divide(threshold = CUTOFF, twin = plain_inner)]
    fn inner(values: &[u64], scale: u64) -> u64 {
        match values {
            [] => 0,
            [value] => value * scale,
            _ => {
                let (front, back) = values.split_at(values.len() / 2);
                let first = inner(front, scale);
                let second = inner(back, scale + 1);
                second.wrapping_sub(first) ^ scale
            }
        }
    }
    match is_plain {
        true => plain_inner(values, scale),
        false => inner(values, scale),
    }
}

impl Tree {
    fn heaviest(&self, is_plain: bool) -> u64 {
        #[par_divide(twin = plain_path)]
        fn path(tree: &Tree) -> u64 {
            match &tree.children {
                None => tree.value,
                Some(pair) => tree.value + path(&pair[0]).max(path(&pair[1])),
            }
        }
        match is_plain {
            true => plain_path(self),
            false => path(self),
        }
    }

    /// The sum of all values, from the left.
    ///
    /// Attributes stay, above and below.
    #[par_divide(twin = plain_total)]
    #[must_use]
    #[doc(alias = "sum")]
    fn total(&self) -> u64 {
        #[cfg(not(any()))]
        let own = self.value;
        #[cfg(any())]
        let own = compile_error!("not this one");
        let Some(pair) = &self.children else { return own };
        #[allow(unused_variables)]
        let unused = 5;
        let left = pair[0].total();
        let right = pair[1].total();
        own.wrapping_add(left.wrapping_mul(3)).wrapping_add(right)
    }
}

#[test]
fn recursions_inside_functions() {
    for &n in LENGTHS {
        let values = numbers(42, n, 1_000);
        same(&format!("n = {n}"), || spread(&values, true), || spread(&values, false));
    }
    for tree in trees() {
        same("a path", || tree.heaviest(true), || tree.heaviest(false));
        same("with attributes", || tree.plain_total(), || tree.total());
    }
}

enum Term {
    Number(i64),
    Negated(Box<Term>),
    Sum(Box<Term>, Box<Term>),
    Quotient(Box<Term>, Box<Term>),
    All(Vec<Term>),
}

trait Eval {
    fn eval(&self) -> Result<i64, String>;
    fn plain_eval(&self) -> Result<i64, String>;
    fn depth(&self) -> usize;
    fn plain_depth(&self) -> usize;
}

impl Eval for Term {
    #[par_divide(twin = plain_eval)]
    fn eval(&self) -> Result<i64, String> {
        Ok(match self {
            Term::Number(number) => *number,
            Term::Negated(term) => term.eval()?.wrapping_neg(),
            Term::Sum(left, right) => left.eval()?.wrapping_add(right.eval()?),
            Term::Quotient(left, right) => {
                let (left, right) = (left.eval()?, right.eval()?);
                left.checked_div(right).ok_or_else(|| format!("{left} by nothing"))?
            }
            Term::All(terms) => {
                let mut sum = 0i64;
                for term in terms {
                    sum = sum.wrapping_add(term.eval()?);
                }
                sum
            }
        })
    }

    #[par_divide(twin = plain_depth)]
    fn depth(&self) -> usize {
        match self {
            Term::Number(_) => 0,
            Term::Negated(term) => 1 + term.depth(),
            Term::Sum(left, right) | Term::Quotient(left, right) => 1 + left.depth().max(right.depth()),
            Term::All(terms) => 1 + terms.iter().map(|term| term.depth()).max().unwrap_or(0),
        }
    }
}

fn term(numbers: &mut impl Iterator<Item = u64>, depth: u32) -> Term {
    let number = numbers.next().unwrap_or(1);
    if depth == 0 {
        return Term::Number(number as i64 - 3);
    }
    let mut boxed = || Box::new(term(&mut *numbers, depth - 1));
    match number % 8 {
        0 => Term::Negated(boxed()),
        1..4 => Term::Sum(boxed(), boxed()),
        4 => Term::Quotient(boxed(), boxed()),
        5 => Term::All(Vec::new()),
        _ => Term::All((0..number % 5).map(|_| *boxed()).collect()),
    }
}

#[test]
fn methods_of_traits() {
    for seed in 1..6 {
        for depth in [0, 1, 2, 5, 8] {
            let term = term(&mut numbers(seed, 20_000, 400).into_iter(), depth);
            let what = format!("seed {seed}, depth {depth}");
            same(&what, || term.plain_eval(), || term.eval());
            same(&what, || term.plain_depth(), || term.depth());
        }
    }
}

/// A heap in which nobody is greater than the one above.
struct Heap<T> {
    value: T,
    below: Vec<Heap<T>>,
}

impl<T> Heap<T> {
    fn of(values: &[u64], made: &impl Fn(u64) -> T) -> Heap<T> {
        let (value, rest) = values.split_first().map_or((0, values), |(value, rest)| (*value, rest));
        let parts = rest.chunks(rest.len().div_ceil(3).max(1));
        Heap {
            value: made(value),
            below: parts.map(|part| Heap::of(part, made)).collect(),
        }
    }
}

impl<T: Clone + Ord + Send + Sync> Heap<T> {
    #[par_divide(twin = plain_most)]
    fn most(&self) -> T {
        let mut most = self.value.clone();
        for heap in &self.below {
            most = most.max(heap.most());
        }
        most
    }

    #[par_divide(twin = plain_ends)]
    fn ends(&self) -> (&T, T) {
        match &self.below[..] {
            [] => (&self.value, self.value.clone()),
            [only] => only.ends(),
            [first, .., last] => {
                let (least, _) = first.ends();
                let (_, most) = last.ends();
                (least, most.max(self.value.clone()))
            }
        }
    }

    #[par_divide(twin = plain_values)]
    fn values(&self, least: &T, out: &mut Vec<T>) {
        if self.value >= *least {
            out.push(self.value.clone());
        }
        for heap in &self.below {
            heap.values(least, out);
        }
    }

    #[par_divide(twin = plain_folded)]
    fn folded<R: Send, F>(&self, fold: &F) -> R
    where
        F: Fn(&T, Vec<R>) -> R + Sync,
    {
        let below = self.below.iter().map(|heap| heap.folded(fold)).collect();
        fold(&self.value, below)
    }
}

impl<T> Heap<T>
where
    T: Add<Output = T> + Copy + Send + Sync,
{
    #[par_divide(twin = plain_added)]
    fn added(&self) -> T {
        match self.below.as_slice() {
            [] => self.value,
            [only] => self.value + only.added(),
            [first, second, rest @ ..] => {
                let both = first.added() + second.added();
                rest.iter()
                    .map(|heap| heap.added())
                    .fold(both + self.value, |a, b| a + b)
            }
        }
    }
}

#[test]
fn methods_of_generic_types() {
    for &n in LENGTHS {
        let values = numbers(43, n, 1_000);
        let what = format!("n = {n}");
        let texts = Heap::of(&values, &|value| format!("{value}"));
        same(&what, || texts.plain_most(), || texts.most());
        same(
            &what,
            || (texts.plain_ends().0.clone(), texts.plain_ends().1),
            || (texts.ends().0.clone(), texts.ends().1),
        );
        let least = "5".to_string();
        let listed = |list: fn(&Heap<String>, &String, &mut Vec<String>)| {
            let mut out = vec!["0".to_string()];
            list(&texts, &least, &mut out);
            out
        };
        same(&what, || listed(Heap::plain_values), || listed(Heap::values));
        let shown = |value: &String, below: Vec<String>| format!("({value}{})", below.concat());
        same(&what, || texts.plain_folded(&shown), || texts.folded(&shown));
        let floats = Heap::of(&values, &|value| value as f64 / 7.0);
        same(&what, || floats.plain_added().to_bits(), || floats.added().to_bits());
    }
}

#[par_divide(threshold = CUTOFF, twin = plain_columns)]
fn columns<const N: usize>(rows: &[[u64; N]]) -> [u64; N] {
    match rows {
        [] => [0; N],
        [row] => *row,
        _ => {
            let (above, below) = rows.split_at(rows.len() / 2);
            let (top, bottom) = (columns(above), columns(below));
            std::array::from_fn(|i| top[i].wrapping_mul(3) ^ bottom[i])
        }
    }
}

struct Grid<const W: usize>([[u64; W]; 4]);

impl<const W: usize> Grid<W> {
    /// As many cells as fit, each of them in a grid of its own.
    #[par_divide(twin = plain_sum_of)]
    fn sum_of<const D: usize>(&self, depth: u32) -> [u64; D] {
        if depth == 0 {
            let mut cells = self.0.iter().flatten();
            return std::array::from_fn(|_| cells.next().copied().unwrap_or(W as u64));
        }
        let first: [u64; D] = self.sum_of(depth - 1);
        let second: [u64; D] = self.sum_of(depth / 2);
        std::array::from_fn(|i| first[i].wrapping_mul(5).wrapping_add(second[D - 1 - i]))
    }
}

#[test]
fn constants_as_parameters() {
    for &n in LENGTHS {
        let values = numbers(44, 3 * n, 1_000);
        let rows: Vec<[u64; 3]> = values.chunks(3).map(|row| [row[0], row[1], row[2]]).collect();
        let none: Vec<[u64; 0]> = vec![[]; n];
        let what = format!("n = {n}");
        same(&what, || plain_columns(&rows), || columns(&rows));
        same(&what, || plain_columns(&none), || columns(&none));
    }
    let grid = Grid::<5>(std::array::from_fn(|i| std::array::from_fn(|j| (i * 7 + j) as u64)));
    for depth in [0, 1, 2, 7] {
        same("few", || grid.plain_sum_of::<3>(depth), || grid.sum_of::<3>(depth));
        same("many", || grid.plain_sum_of::<23>(depth), || grid.sum_of::<23>(depth));
    }
}
