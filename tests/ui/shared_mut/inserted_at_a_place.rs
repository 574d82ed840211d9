use divvy::par_divide;

struct Node {
    name: char,
    children: Vec<Node>,
}

#[par_divide]
fn names(node: &Node, out: &mut String) {
    for child in &node.children {
        names(child, out);
    }
    out.insert(0, node.name);
}

#[par_divide]
fn nodes<'n>(node: &'n Node, out: &mut Vec<&'n Node>) {
    out.insert(out.len() / 2, node);
    for child in &node.children {
        nodes(child, out);
    }
}

fn main() {}
