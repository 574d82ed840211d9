use divvy::par_join;

struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn find(&mut self, x: usize) -> usize {
        if self.parents[x] != x {
            self.parents[x] = self.find(self.parents[x]);
        }
        self.parents[x]
    }

    #[par_join]
    fn unite(&mut self, a: usize, b: usize) -> bool {
        let a = self.find(a);
        let b = self.find(b);
        if a != b {
            self.parents[a] = b;
        }
        a != b
    }
}

fn main() {}
