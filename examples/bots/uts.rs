//! Counting the nodes of a tree whose shape only shows on the way: each node's hash says how many children it has.
//!
//! Source: Olivier et al., "UTS: an unbalanced tree search benchmark", LCPC 2006; with a smaller hash.

use divvy::par_divide;

/// A node that is known by its hash.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    hash: u64,
    depth: u32,
}

impl Node {
    /// The root of a tree.
    pub(crate) fn root(seed: u64) -> Node {
        Node {
            hash: mix(seed),
            depth: 0,
        }
    }

    /// The root has 2000 children; of the others a quarter has, with four children each for just under one a node.
    fn children(self) -> u32 {
        match self.depth {
            0 => 2000,
            _ if self.hash % 1000 < 248 => 4,
            _ => 0,
        }
    }

    fn child(self, number: u32) -> Node {
        Node {
            hash: mix(self.hash ^ u64::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            depth: self.depth + 1,
        }
    }
}

/// Some rounds of a hash, as the work at a node.
fn mix(x: u64) -> u64 {
    (0..8).fold(x, |x, round| {
        let x = (x ^ (x >> 30) ^ round).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    })
}

/// The nodes of the tree below `node`, itself included.
#[par_divide(twin = count_seq)]
pub(crate) fn count(node: &Node) -> u64 {
    1 + (0..node.children())
        .map(|number| count(&node.child(number)))
        .sum::<u64>()
}
