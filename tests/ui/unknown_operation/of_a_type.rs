use divvy::{par_reduce, par_scan};

struct Hash;

impl Hash {
    fn add(hash: u64, x: u64) -> u64 {
        hash.rotate_left(5) ^ x
    }

    #[par_reduce]
    fn of(xs: &[u64]) -> u64 {
        let mut hash = 1;
        for x in xs {
            hash = Self::add(hash, *x);
        }
        hash
    }

    fn max(hash: u64, x: u64) -> u64 {
        hash.wrapping_mul(31) | x
    }
}

#[par_reduce]
fn highest(xs: &[u64]) -> u64 {
    let mut hash = 1;
    for x in xs {
        hash = Hash::max(hash, *x);
    }
    hash
}

trait Mix {
    fn add(self, x: u64) -> u64;
}

impl Mix for u64 {
    fn add(self, x: u64) -> u64 {
        self.rotate_left(5) ^ x
    }
}

#[par_scan]
fn all(xs: &[u64]) -> Vec<u64> {
    let mut hash = 1u64;
    let mut out = Vec::new();
    for x in xs {
        hash = hash.add(*x);
        out.push(hash);
    }
    out
}

#[par_reduce]
fn of_a_primitive_type(xs: &[u64]) -> u64 {
    let mut far = 0;
    for x in xs {
        far = u64::abs_diff(far, *x);
    }
    far
}

fn main() {}
