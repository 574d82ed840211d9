use divvy::par_divide;


struct Segments {
    sums: Vec<u64>,
}

impl Segments {
    #[par_divide(threshold = 64, size = xs.len())]
    fn build(&mut self, node: usize, xs: &[u64]) {
        if xs.len() == 1 {
            self.sums[node] = xs[0];
            return;
        }
        let (left, right) = xs.split_at(xs.len() / 2);
        self.build(2 * node, left);
        self.build(2 * node + 1, right);
        self.sums[node] = self.sums[2 * node] + self.sums[2 * node + 1];
    }
}

fn main() {
    Segments { sums: vec![0; 2] }.build(1, &[1]);
}
