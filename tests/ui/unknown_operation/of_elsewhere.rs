use divvy::par_reduce;

mod hash {
    pub fn min(hash: u64, x: u64) -> u64 {
        hash.rotate_left(5) ^ x
    }
}

trait Mix {
    fn max(hash: u64, x: u64) -> u64;
}

#[par_reduce]
fn imported(xs: &[u64]) -> u64 {
    use hash::min;
    let mut hash = 1;
    for x in xs {
        hash = min(hash, *x);
    }
    hash
}

#[par_reduce]
fn folded(xs: &[u64]) -> u64 {
    use hash::min as max;
    xs.iter().copied().fold(1, max)
}

#[par_reduce]
fn of_a_trait<T: Mix>(xs: &[u64]) -> u64 {
    let mut hash = 1;
    for x in xs {
        hash = T::max(hash, *x);
    }
    hash
}

fn main() {}
