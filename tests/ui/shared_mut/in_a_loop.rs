use divvy::par_divide;

struct Graph {
    edges: Vec<Vec<usize>>,
}

#[par_divide]
fn mark(graph: &Graph, at: usize, seen: &mut Vec<bool>) {
    seen[at] = true;
    for &next in &graph.edges[at] {
        if !seen[next] {
            mark(graph, next, seen);
        }
    }
}

fn main() {}
