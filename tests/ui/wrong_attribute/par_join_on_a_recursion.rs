use divvy::par_join;

struct Tree {
    value: u64,
    children: Option<Box<[Tree; 2]>>,
}

#[par_join]
fn sum(tree: &Tree) -> u64 {
    let Some(children) = &tree.children else {
        return tree.value;
    };
    let left = sum(&children[0]);
    let right = sum(&children[1]);
    tree.value + left + right
}

fn main() {
    sum(&Tree { value: 1, children: None });
}
