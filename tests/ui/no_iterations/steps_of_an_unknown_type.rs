use divvy::par_reduce;

struct Bins<T> {
    first: T,
    last: T,
    width: T,
}

impl<T: PartialOrd + Clone + std::ops::Add<Output = T>> Bins<T> {
    #[par_reduce]
    fn count(&self) -> usize {
        let mut edge = self.first.clone();
        let mut count = 0;
        while edge <= self.last {
            edge = edge + self.width.clone();
            count += 1;
        }
        count
    }
}

fn main() {}
