//! Functions that call each other by turns, and recursions in loops that are parallel, against what is written by hand.
//!
//! The twin of one that calls another one calls that as it is, so there is a sequential version of all of them, too.

use divvy::{par_divide, par_for, par_reduce};

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
        match values {
            [] => Tree::leaf(1),
            [value] => Tree::leaf(*value),
            [value, rest @ ..] => {
                let (left, right) = rest.split_at(rest.len() / 3);
                let children = [Tree::of(left), Tree::of(right)];
                Tree {
                    value: *value,
                    size: 1 + children[0].size + children[1].size,
                    children: Some(Box::new(children)),
                }
            }
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
    LENGTHS.iter().map(|&n| Tree::of(&numbers(n as u64 + 51, n, 1_000)))
}

/// What `odd` and `even` of each kind come to.
fn turns(tree: &Tree, is_even: bool) -> u64 {
    match &tree.children {
        None => tree.value + u64::from(is_even),
        Some(pair) if is_even => turns(&pair[0], false).wrapping_mul(3) ^ turns(&pair[1], false),
        Some(pair) => turns(&pair[0], true).wrapping_add(turns(&pair[1], true)) + tree.value,
    }
}

#[par_divide(twin = plain_even)]
fn even(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value + 1,
        Some(pair) => odd(&pair[0]).wrapping_mul(3) ^ odd(&pair[1]),
    }
}

#[par_divide(twin = plain_odd)]
fn odd(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value,
        Some(pair) => even(&pair[0]).wrapping_add(even(&pair[1])) + tree.value,
    }
}

#[par_divide(threshold = CUTOFF, size = tree.size, twin = plain_even_above)]
fn even_above(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value + 1,
        Some(pair) => odd_anyway(&pair[0]).wrapping_mul(3) ^ odd_anyway(&pair[1]),
    }
}

#[par_divide(twin = plain_odd_anyway)]
fn odd_anyway(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value,
        Some(pair) => even_above(&pair[0]).wrapping_add(even_above(&pair[1])) + tree.value,
    }
}

/// One of the two is as it was.
#[par_divide(twin = plain_even_alone)]
fn even_alone(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value + 1,
        Some(pair) => {
            let left = odd_as_written(&pair[0]);
            let right = odd_as_written(&pair[1]);
            left.wrapping_mul(3) ^ right
        }
    }
}

fn odd_as_written(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value,
        Some(pair) => even_alone(&pair[0]).wrapping_add(even_alone(&pair[1])) + tree.value,
    }
}

#[test]
fn two_functions_by_turns() {
    for tree in trees() {
        let what = format!("size {}", tree.size);
        same(&what, || turns(&tree, true), || even(&tree));
        same(&what, || turns(&tree, false), || odd(&tree));
        same(&what, || turns(&tree, true), || plain_even(&tree));
        same(&what, || turns(&tree, false), || plain_odd(&tree));
        same(&what, || turns(&tree, true), || even_above(&tree));
        same(&what, || turns(&tree, false), || odd_anyway(&tree));
        same(&what, || turns(&tree, true), || plain_even_above(&tree));
        same(&what, || turns(&tree, false), || plain_odd_anyway(&tree));
        same(&what, || turns(&tree, true), || even_alone(&tree));
        same(&what, || turns(&tree, true), || plain_even_alone(&tree));
    }
}

/// A number that is given on, one more to each left child of a white node.
fn colours(tree: &Tree, by: u64, is_black: bool) -> Result<u64, u64> {
    let Some(pair) = &tree.children else {
        return if tree.value % 89 == 0 {
            Err(by)
        } else {
            Ok(tree.value ^ by)
        };
    };
    match is_black {
        true => Ok(colours(&pair[0], by, false)?.wrapping_add(colours(&pair[1], by * 2 % 101, false)?)),
        false => Ok(colours(&pair[0], by + 1, true)? ^ colours(&pair[1], by, true)?.wrapping_mul(7)),
    }
}

impl Tree {
    #[par_divide(twin = plain_black)]
    fn black(tree: &Tree, by: u64) -> Result<u64, u64> {
        let Some(pair) = &tree.children else {
            return if tree.value % 89 == 0 {
                Err(by)
            } else {
                Ok(tree.value ^ by)
            };
        };
        let left = Self::white(&pair[0], by)?;
        let right = Self::white(&pair[1], by * 2 % 101)?;
        Ok(left.wrapping_add(right))
    }

    #[par_divide(twin = plain_white)]
    fn white(tree: &Tree, by: u64) -> Result<u64, u64> {
        let Some(pair) = &tree.children else {
            return if tree.value % 89 == 0 {
                Err(by)
            } else {
                Ok(tree.value ^ by)
            };
        };
        Ok(Self::black(&pair[0], by + 1)? ^ Self::black(&pair[1], by)?.wrapping_mul(7))
    }
}

#[test]
fn two_functions_of_a_type_by_turns() {
    for tree in trees() {
        for by in [0, 3, 100] {
            let what = format!("size {}, by {by}", tree.size);
            same(&what, || colours(&tree, by, true), || Tree::black(&tree, by));
            same(&what, || colours(&tree, by, false), || Tree::white(&tree, by));
            same(&what, || colours(&tree, by, true), || Tree::plain_black(&tree, by));
            same(&what, || colours(&tree, by, false), || Tree::plain_white(&tree, by));
        }
    }
}

#[par_divide(twin = plain_weight)]
fn weight(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value,
        Some(pair) => tree.value ^ weight(&pair[0]).wrapping_mul(3) ^ weight(&pair[1]),
    }
}

impl Tree {
    #[par_divide(twin = plain_total)]
    fn total(&self) -> u64 {
        match &self.children {
            None => self.value,
            Some(pair) => self.value + pair[0].total() + pair[1].total(),
        }
    }

    #[par_divide(twin = plain_raise)]
    fn raise(&mut self, by: u64) {
        self.value += by;
        if let Some([left, right]) = self.children.as_deref_mut() {
            left.raise(by + 1);
            right.raise(by * 2);
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_forest)]
fn forest(trees: &[Tree]) -> (u64, u64, usize) {
    let (mut sum, mut most, mut at) = (0, 0, 0);
    for (i, tree) in trees.iter().enumerate() {
        sum += tree.total();
        let found = weight(tree);
        if found > most {
            most = found;
            at = i;
        }
    }
    (sum, most, at)
}

#[par_reduce(twin = plain_first_above)]
fn first_above(trees: &[Tree], most: u64) -> Option<usize> {
    for (i, tree) in trees.iter().enumerate() {
        if tree.total() > most {
            return Some(i);
        }
    }
    None
}

#[par_reduce(threshold = 2, twin = plain_listed)]
fn listed(trees: &[Tree]) -> Vec<u64> {
    trees.iter().map(|tree| weight(tree)).collect()
}

#[par_for(threshold = CUTOFF, twin = plain_weighed)]
fn weighed(trees: &[Tree], out: &mut [u64]) {
    for i in 0..trees.len() {
        out[i] = weight(&trees[i]) ^ trees[i].total();
    }
}

#[par_for(threshold = 2, twin = plain_raised)]
fn raised(trees: &mut [Tree], by: u64) {
    for tree in trees.iter_mut() {
        tree.raise(by);
    }
}

/// All that a loop does with trees, without anything that is parallel.
fn by_hand(trees: &[Tree]) -> (u64, u64, usize) {
    let (mut sum, mut most, mut at) = (0, 0, 0);
    for (i, tree) in trees.iter().enumerate() {
        sum += tree.plain_total();
        if plain_weight(tree) > most {
            (most, at) = (plain_weight(tree), i);
        }
    }
    (sum, most, at)
}

#[test]
fn recursions_in_parallel_loops() {
    for &n in LENGTHS.iter().filter(|n| **n < 100) {
        let trees: Vec<Tree> = (0..n)
            .map(|i| Tree::of(&numbers(i as u64 + 61, i * 5 % 64, 1_000)))
            .collect();
        let what = format!("n = {n}");
        same(&what, || by_hand(&trees), || forest(&trees));
        same(&what, || by_hand(&trees), || plain_forest(&trees));
        same(
            &what,
            || trees.iter().map(plain_weight).collect::<Vec<_>>(),
            || listed(&trees),
        );
        for most in [0, 500, 20_000, 1_000_000] {
            same(
                &what,
                || trees.iter().position(|tree| tree.plain_total() > most),
                || first_above(&trees, most),
            );
        }
        same(
            &what,
            || {
                let weigh = |tree: &Tree| plain_weight(tree) ^ tree.plain_total();
                trees.iter().map(weigh).collect::<Vec<_>>()
            },
            || {
                let mut out = vec![7; n];
                weighed(&trees, &mut out);
                out
            },
        );
        same(
            &what,
            || {
                let mut trees = trees.clone();
                trees.iter_mut().for_each(|tree| tree.plain_raise(2));
                trees
            },
            || {
                let mut trees = trees.clone();
                raised(&mut trees, 2);
                trees
            },
        );
    }
}
