use divvy::par_divide;


struct Node {
    value: u64,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

#[par_divide(threshold = 100)]
fn sum(node: &Node) -> u64 {
    let left = node.left.as_ref().map_or(0, |n| sum(n));
    let right = node.right.as_ref().map_or(0, |n| sum(n));
    node.value + left + right
}

fn main() {
    sum(&Node { value: 1, left: None, right: None });
}
