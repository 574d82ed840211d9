use divvy::par_divide;

struct Tree {
    value: u64,
    children: Vec<Tree>,
}

impl Tree {
    #[par_divide]
    fn count(&self, counts: &impl Fn(u64) -> bool) -> usize {
        let own = usize::from(counts(self.value));
        own + self.children.iter().map(|child| child.count(counts)).sum::<usize>()
    }
}

fn main() {}
