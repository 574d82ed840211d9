use divvy::par_reduce;

trait Mix {
    fn max(hash: u64, x: u64) -> u64;
}

struct Scene {
    tone: u64,
}

fn blend(a: u64, b: u64) -> u64 {
    (a & b) + ((a ^ b) >> 1)
}

#[par_reduce]
fn of_a_trait<T: Mix>(xs: &[u64]) -> u64 {
    let mut hash = 1;
    for x in xs {
        hash = T::max(hash, *x);
    }
    hash
}

#[par_reduce]
fn into_a_field(scene: &mut Scene, xs: &[u64]) {
    for x in xs {
        scene.tone = blend(scene.tone, *x);
    }
}

#[par_reduce]
fn behind_a_reference(tone: &mut u64, xs: &[u64]) {
    for x in xs {
        *tone = blend(*tone, *x);
    }
}

#[par_reduce]
fn by_a_parameter(mix: impl Fn(u64, u64) -> u64 + Sync, xs: &[u64]) -> u64 {
    xs.iter().copied().fold(1, mix)
}

#[par_reduce]
fn twice(xs: &[u64]) -> u64 {
    let mut tone = 1;
    for x in xs {
        tone = blend(tone, *x);
        tone = hash(tone, *x);
    }
    tone
}

fn hash(a: u64, b: u64) -> u64 {
    a.wrapping_mul(31) ^ b
}

fn main() {}
