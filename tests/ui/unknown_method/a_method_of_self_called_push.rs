use divvy::par_reduce;

struct Segments {
    sums: Vec<u64>,
}

impl Segments {
    fn push(&mut self, at: usize) {
        self.sums[2 * at] = self.sums[at];
    }

    #[par_reduce]
    fn push_to(&mut self, at: usize) {
        for i in (1..at.ilog2()).rev() {
            self.push(at >> i);
        }
    }

    #[par_reduce]
    fn visit(&mut self, at: usize, edges: &[Vec<usize>]) -> usize {
        let mut size = 1;
        for &next in edges[at].iter() {
            let below = self.visit(next, edges);
            size += below;
        }
        self.sums[at] = size as u64;
        size
    }
}

fn main() {}
