//! Recursions beside copies without an attribute: `tests/machine_code.rs` compares what rustc makes of them.

use divvy::par_divide;

/// A binary tree.
pub struct Tree {
    value: u64,
    children: Option<Box<(Tree, Tree)>>,
}

impl Tree {
    fn of(levels: u32) -> Tree {
        Tree {
            value: u64::from(levels),
            children: (levels > 0).then(|| Box::new((Tree::of(levels - 1), Tree::of(levels - 1)))),
        }
    }

    #[par_divide]
    #[inline(never)]
    fn total(&self) -> u64 {
        match &self.children {
            None => self.value + 1,
            Some(children) => self.value ^ children.0.total() ^ children.1.total(),
        }
    }

    #[inline(never)]
    fn total_plain(&self) -> u64 {
        match &self.children {
            None => self.value + 1,
            Some(children) => self.value ^ children.0.total_plain() ^ children.1.total_plain(),
        }
    }
}

#[par_divide]
fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib(n - 1) + fib(n - 2)
}

#[inline(never)]
fn fib_plain(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib_plain(n - 1) + fib_plain(n - 2)
}

#[par_divide]
fn sum(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value,
        Some(children) => tree.value + sum(&children.0) + sum(&children.1),
    }
}

#[inline(never)]
fn sum_plain(tree: &Tree) -> u64 {
    match &tree.children {
        None => tree.value,
        Some(children) => tree.value + sum_plain(&children.0) + sum_plain(&children.1),
    }
}

fn main() {
    let argument = std::env::args().nth(1);
    let n = argument.and_then(|text| text.parse().ok()).unwrap_or(20);
    let tree = Tree::of(n / 2);
    println!("{} {}", fib(n), fib_plain(n));
    println!("{} {}", sum(&tree), sum_plain(&tree));
    println!("{} {}", tree.total(), tree.total_plain());
}
