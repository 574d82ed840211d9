use divvy::par_divide;

struct Node {
    value: u64,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

macro_rules! sum {
    ($($part:expr),*) => {
        0 $(+ $part)*
    };
}

#[par_divide]
fn total(node: Option<&Node>) -> u64 {
    match node {
        Some(node) => sum!(node.value, total(node.left.as_deref()), total(node.right.as_deref())),
        None => 0,
    }
}

fn main() {}
