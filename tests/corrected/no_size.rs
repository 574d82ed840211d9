use divvy::par_divide;

struct Node {
    value: u64,
    nodes: usize,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

#[par_divide(threshold = 100, size = node.nodes)]
fn sum(node: &Node) -> u64 {
    let left = node.left.as_ref().map_or(0, |n| sum(n));
    let right = node.right.as_ref().map_or(0, |n| sum(n));
    node.value + left + right
}

#[test]
fn the_size_is_named() {
    let leaf = |value| {
        Some(Box::new(Node {
            value,
            nodes: 1,
            left: None,
            right: None,
        }))
    };
    let root = Node {
        value: 1,
        nodes: 3,
        left: leaf(2),
        right: leaf(3),
    };
    assert_eq!(sum(&root), 6);
}
