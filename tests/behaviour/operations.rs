//! `acc = merge(acc, x)` by a function that is declared as an operation, wherever its name comes from.

#![allow(unnameable_test_items)] // one operation is declared inside a function: nobody runs the test of its laws

use divvy::{par_divide, par_reduce, par_scan};

use self::algebra::{gcd, joined as glued};
use crate::{CUTOFF, LENGTHS, numbers, same};

mod algebra {
    use divvy::associative;

    #[associative(identity = 0, commutative)]
    pub(super) fn gcd(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }

    #[associative(identity = String::new())]
    pub(crate) fn joined(a: String, b: String) -> String {
        a + &b
    }

    pub(super) mod inner {
        pub(crate) use super::joined as operation;
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_imported)]
fn imported(xs: &[u64]) -> u64 {
    let mut common = 0;
    for &x in xs {
        if x % 5 != 0 {
            common = gcd(common, x);
        }
    }
    common
}

#[par_reduce(threshold = CUTOFF, twin = plain_renamed)]
fn renamed(xs: &[u64]) -> (String, u64) {
    use self::algebra::gcd as greatest;
    let mut text = String::from("start");
    let mut common = 30;
    for &x in xs {
        text = glued(text, x.to_string());
        common = greatest(x, common);
    }
    (text, common)
}

#[par_reduce(threshold = CUTOFF, twin = plain_by_its_path)]
fn by_its_path(xs: &[u64]) -> String {
    let mut text = String::new();
    for &x in xs {
        match x % 3 {
            0 => text = self::algebra::inner::operation(text, x.to_string()),
            1 => {}
            _ => text = self::algebra::inner::operation(text, "-".to_string()),
        }
    }
    text
}

/// The text before the first 0, or all of it.
#[par_reduce(threshold = CUTOFF, twin = plain_up_to_an_exit)]
fn up_to_an_exit(xs: &[u64]) -> Result<String, String> {
    let mut text = String::new();
    for &x in xs {
        if x == 0 {
            return Err(x.to_string());
        }
        text = glued(text, x.to_string());
    }
    Ok(text)
}

#[par_reduce(threshold = CUTOFF, twin = plain_folded)]
fn folded(xs: &[u64]) -> u64 {
    xs.iter().copied().fold(0, gcd)
}

#[par_reduce(threshold = CUTOFF, twin = plain_folded_by_a_closure)]
fn folded_by_a_closure(xs: &[u64]) -> String {
    xs.iter().fold(String::new(), |text, x| glued(text, x.to_string()))
}

#[par_reduce(threshold = CUTOFF, twin = plain_declared_inside)]
fn declared_inside(xs: &[u64]) -> u64 {
    #[divvy::associative(identity = 0, commutative)]
    fn either(a: u64, b: u64) -> u64 {
        a | b
    }
    let mut bits = 0;
    for &x in xs {
        bits = either(bits, x);
    }
    bits
}

/// Two loops, and two operations of one variable.
#[par_reduce(threshold = CUTOFF, twin = plain_one_after_another)]
fn one_after_another(xs: &[u64]) -> u64 {
    let mut value = 0;
    for &x in xs {
        value = gcd(value, x);
    }
    for &x in xs {
        value = value.wrapping_add(x);
    }
    value
}

#[par_scan(threshold = CUTOFF, twin = plain_running)]
fn running(xs: &[u64]) -> Vec<u64> {
    let mut common = 0;
    let mut all = Vec::new();
    for &x in xs {
        common = gcd(common, x);
        all.push(common);
    }
    all
}

struct Node {
    value: u64,
    children: Vec<Node>,
}

fn node(depth: u64, seed: u64) -> Node {
    let children = (0..if depth == 0 { 0 } else { seed % 4 + 1 }).map(|k| node(depth - 1, seed * 5 + k));
    Node {
        value: seed % 11,
        children: children.collect(),
    }
}

#[par_divide(twin = plain_path)]
fn path(node: &Node) -> String {
    let mut text = node.value.to_string();
    for child in &node.children {
        text = glued(text, path(child));
    }
    text
}

/// Names that come by a glob, and paths from the root and from the module above.
mod below {
    use divvy::par_reduce;

    use super::algebra::*;

    #[par_reduce(threshold = 8, twin = plain_by_a_glob)]
    pub(super) fn by_a_glob(xs: &[u64]) -> u64 {
        let mut common = 0;
        for &x in xs {
            common = gcd(common, x);
        }
        common
    }

    #[par_reduce(threshold = 8, twin = plain_from_the_root)]
    pub(super) fn from_the_root(xs: &[u64]) -> String {
        let mut text = String::from("root");
        for x in xs {
            text = crate::operations::algebra::joined(text, x.to_string());
        }
        text
    }

    #[par_reduce(threshold = 8, twin = plain_from_above)]
    pub(super) fn from_above(xs: &[u64]) -> (u64, String) {
        let mut common = 12;
        let mut text = String::new();
        for &x in xs {
            if x % 4 == 0 {
                common = super::gcd(x, common);
            }
            text = super::algebra::inner::operation(text, (x % 10).to_string());
        }
        (common, text)
    }
}

#[test]
fn operations_by_globs_and_paths() {
    use below::{by_a_glob, from_above, from_the_root, plain_by_a_glob, plain_from_above, plain_from_the_root};
    for &n in LENGTHS {
        let xs: Vec<u64> = numbers(4, n, 900).iter().map(|x| x * 6).collect();
        same(&format!("a glob, {n}"), || plain_by_a_glob(&xs), || by_a_glob(&xs));
        same(
            &format!("the root, {n}"),
            || plain_from_the_root(&xs),
            || from_the_root(&xs),
        );
        same(&format!("above, {n}"), || plain_from_above(&xs), || from_above(&xs));
    }
}

#[test]
fn operations_of_functions() {
    for &n in LENGTHS {
        let xs: Vec<u64> = numbers(3, n, 900).iter().map(|x| x * 6).collect();
        same(&format!("imported, {n}"), || plain_imported(&xs), || imported(&xs));
        same(&format!("renamed, {n}"), || plain_renamed(&xs), || renamed(&xs));
        same(
            &format!("by its path, {n}"),
            || plain_by_its_path(&xs),
            || by_its_path(&xs),
        );
        same(
            &format!("an exit, {n}"),
            || plain_up_to_an_exit(&xs),
            || up_to_an_exit(&xs),
        );
        same(&format!("folded, {n}"), || plain_folded(&xs), || folded(&xs));
        same(
            &format!("folded by a closure, {n}"),
            || plain_folded_by_a_closure(&xs),
            || folded_by_a_closure(&xs),
        );
        same(
            &format!("one after another, {n}"),
            || plain_one_after_another(&xs),
            || one_after_another(&xs),
        );
        same(
            &format!("declared inside, {n}"),
            || plain_declared_inside(&xs),
            || declared_inside(&xs),
        );
        same(&format!("running, {n}"), || plain_running(&xs), || running(&xs));
    }
    for depth in 0..5 {
        let tree = node(depth, 7);
        same(&format!("path, {depth}"), || plain_path(&tree), || path(&tree));
    }
}
