use divvy::par_reduce;

#[par_reduce]
fn ids(nodes: &[usize], mut queue: Vec<usize>) -> Vec<Option<usize>> {
    let mut ids = vec![None; 100];
    for (i, &node) in nodes.iter().enumerate() {
        ids[node] = Some(i);
    }
    while let Some(node) = queue.pop() {
        ids[node] = None;
    }
    ids
}

fn main() {}
