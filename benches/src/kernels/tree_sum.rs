//! Sums over trees in memory: no size to look at. Balanced ones, and ones whose left side is always one level deeper.

use divvy::par_divide;

use super::{Kernel, Kind};
use crate::case::{Case, reading};
use crate::twins;

pub(super) const KERNELS: &[Kernel] = &[
    Kernel {
        name: "tree sum",
        kind: Kind::Recursion,
        small: 15,
        sizes: &[15, 1_023, 32_767, 1_048_575],
        case: |n| {
            case(
                balanced(n.ilog2() + 1),
                [|tree| plain::sum(tree), |tree| parallel::sum(tree)],
            )
        },
    },
    Kernel {
        name: "tree sum, method",
        kind: Kind::Recursion,
        small: 15,
        sizes: &[15, 1_023, 32_767, 1_048_575],
        case: |n| case(balanced(n.ilog2() + 1), [Node::sum_as_written, Node::sum]),
    },
    Kernel {
        name: "tree sum, Fibonacci",
        kind: Kind::Recursion,
        small: 5,
        sizes: &[5, 14, 21, 28],
        case: |levels| {
            case(
                Some(slanted(levels)),
                [|tree| plain::sum(tree), |tree| parallel::sum(tree)],
            )
        },
    },
];

struct Node {
    value: u64,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

twins! {
    recursion #[par_divide]
    fn sum(node: &Node) -> u64 {
        let left = node.left.as_ref().map_or(0, |child| sum(child));
        let right = node.right.as_ref().map_or(0, |child| sum(child));
        node.value + left + right
    }
}

impl Node {
    fn sum_as_written(&self) -> u64 {
        let left = self.left.as_ref().map_or(0, |child| child.sum_as_written());
        let right = self.right.as_ref().map_or(0, |child| child.sum_as_written());
        self.value + left + right
    }

    #[par_divide]
    fn sum(&self) -> u64 {
        let left = self.left.as_ref().map_or(0, |child| child.sum());
        let right = self.right.as_ref().map_or(0, |child| child.sum());
        self.value + left + right
    }
}

/// Forks `levels` levels deep.
fn by_hand(node: &Node, levels: usize) -> u64 {
    if levels == 0 {
        return plain::sum(node);
    }
    let below = |child: &Option<Box<Node>>| child.as_ref().map_or(0, |child| by_hand(child, levels - 1));
    let (left, right) = rayon::join(|| below(&node.left), || below(&node.right));
    node.value + left + right
}

/// Of the two sides, `join` runs the second one first: in another order than the others' the same nodes take another time.
fn chili(node: &Node, scope: &mut chili::Scope<'_>) -> u64 {
    let (right, left) = scope.join(
        |scope| node.right.as_ref().map_or(0, |child| chili(child, scope)),
        |scope| node.left.as_ref().map_or(0, |child| chili(child, scope)),
    );
    node.value + left + right
}

fn balanced(levels: u32) -> Option<Box<Node>> {
    (levels > 0).then(|| {
        Box::new(Node {
            value: u64::from(levels),
            left: balanced(levels - 1),
            right: balanced(levels - 1),
        })
    })
}

/// A tree as the calls of the slow Fibonacci numbers make it.
fn slanted(levels: usize) -> Box<Node> {
    Box::new(Node {
        value: levels as u64,
        left: (levels > 1).then(|| slanted(levels - 1)),
        right: (levels > 2).then(|| slanted(levels - 2)),
    })
}

fn case(tree: Option<Box<Node>>, [plain, parallel]: [fn(&Node) -> u64; 2]) -> Case {
    let tree = tree.expect("a tree has nodes");
    let nodes = count(&tree);
    // small trees aren't worth a fork
    let cutoff = if nodes < 5_000 { 0 } else { 8 };
    reading(format!("{nodes} nodes"), tree)
        .plain(move |tree| plain(tree))
        .divvy(move |tree| parallel(tree))
        .by_hand(cutoff, &[4, 8, 10, 12, 14, 16], |tree, levels| by_hand(tree, levels))
        .chili(|tree, scope| chili(tree, scope))
        .done()
}

fn count(node: &Node) -> usize {
    let below = |child: &Option<Box<Node>>| child.as_ref().map_or(0, |child| count(child));
    1 + below(&node.left) + below(&node.right)
}
