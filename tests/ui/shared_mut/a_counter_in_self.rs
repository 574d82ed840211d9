use divvy::par_join;

struct Ids {
    last: u32,
}

impl Ids {
    fn count(&mut self) -> u32 {
        self.last += 1;
        self.last
    }

    #[par_join]
    fn pair(&mut self) -> (u32, u32) {
        let first = self.count();
        let second = self.count();
        (first, second)
    }
}

fn main() {
    Ids { last: 0 }.pair();
}
