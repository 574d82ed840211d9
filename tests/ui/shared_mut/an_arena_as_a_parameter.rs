use divvy::par_divide;

struct Node {
    value: u32,
    left: Option<usize>,
    right: Option<usize>,
}

#[par_divide]
fn build(values: &[u32], arena: &mut Vec<Node>) -> Option<usize> {
    let middle = values.len() / 2;
    let value = *values.get(middle)?;
    let left = build(&values[..middle], arena);
    let right = build(&values[middle + 1..], arena);
    arena.push(Node { value, left, right });
    Some(arena.len() - 1)
}

fn main() {
    build(&[1], &mut Vec::new());
}
