use divvy::par_reduce;

struct Random(usize);

impl Random {
    fn step(&mut self) -> usize {
        self.0 = self.0 * 5 % 7;
        self.0 + 1
    }
}

#[par_reduce]
fn sampled(xs: &[u64], random: &mut Random) -> u64 {
    let (mut sum, mut i) = (0, 0);
    while i < xs.len() {
        sum += xs[i];
        i += random.step();
    }
    sum
}

fn main() {}
