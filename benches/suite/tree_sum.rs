//! The sum over a search tree in memory: no size to look at, and branches of different depth.

use divvy::par_divide;

use super::{Kernel, random};

struct Node {
    value: u64,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

#[par_divide]
fn divvy_version(node: &Node) -> u64 {
    let left = node.left.as_ref().map_or(0, |child| divvy_version(child));
    let right = node.right.as_ref().map_or(0, |child| divvy_version(child));
    node.value + left + right
}

fn sequential(node: &Node) -> u64 {
    let left = node.left.as_ref().map_or(0, |child| sequential(child));
    let right = node.right.as_ref().map_or(0, |child| sequential(child));
    node.value + left + right
}

/// Forks `levels` levels deep.
fn by_hand(node: &Node, levels: usize) -> u64 {
    if levels == 0 {
        return sequential(node);
    }
    let below = |child: &Option<Box<Node>>| child.as_ref().map_or(0, |child| by_hand(child, levels - 1));
    let (left, right) = rayon::join(|| below(&node.left), || below(&node.right));
    node.value + left + right
}

/// A search tree of random keys, as they come.
fn grow(n: usize) -> Box<Node> {
    let mut root: Option<Box<Node>> = None;
    for value in random(n) {
        let value = value >> 24;
        let mut place = &mut root;
        while let Some(node) = place {
            place = if value < node.value {
                &mut node.left
            } else {
                &mut node.right
            };
        }
        *place = Some(Box::new(Node {
            value,
            left: None,
            right: None,
        }));
    }
    root.expect("a tree has nodes")
}

pub(crate) fn kernel(n: usize) -> Kernel {
    let tree: &'static Node = Box::leak(grow(n));
    Kernel::new(
        "tree sum",
        format!("{n} nodes"),
        (8, &[4, 8, 10, 12, 14, 16]),
        move || tree,
        sequential,
        by_hand,
        divvy_version,
    )
}
