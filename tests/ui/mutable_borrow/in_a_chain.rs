use divvy::par_reduce;

struct Rng(u64);

impl Rng {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(n | 1);
        self.0 % n
    }
}

fn jitter(x: u64, rng: &mut Rng) -> u64 {
    x + rng.below(3)
}

#[par_reduce]
fn shaken(xs: &[u64], rng: &mut Rng) -> Vec<u64> {
    xs.iter().map(|x| jitter(*x, rng)).collect()
}

#[par_reduce]
fn mapped<F: FnMut(u64) -> u64>(xs: &[u64], f: F) -> u64 {
    xs.iter().copied().map(f).sum()
}

fn main() {}
