use divvy::par_divide;

struct Node {
    children: Vec<Node>,
}

#[par_divide]
fn visit(node: &Node, mut budget: u32) -> u32 {
    for child in &node.children {
        budget = visit(child, budget / 2);
    }
    budget
}

fn main() {}
