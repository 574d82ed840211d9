use divvy::par_divide;

struct Graph {
    edges: Vec<Vec<usize>>,
    sizes: Vec<usize>,
}

impl Graph {
    #[par_divide]
    fn size(&mut self, node: usize) -> usize {
        let mut size = 1;
        for child in self.edges[node].clone() {
            size += self.size(child);
        }
        self.sizes[node] = size;
        size
    }
}

fn main() {
    let mut graph = Graph {
        edges: vec![vec![]],
        sizes: vec![0],
    };
    graph.size(0);
}
