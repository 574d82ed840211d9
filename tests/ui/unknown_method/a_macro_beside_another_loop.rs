use divvy::par_reduce;

macro_rules! bump {
    ($v:ident, $x:expr) => {
        $v = $v.wrapping_mul(3) ^ $x
    };
}

#[par_reduce]
fn hash(xs: &[u32]) -> (u32, u32) {
    let mut hash = 1u32;
    let mut all = 0;
    for x in xs {
        bump!(hash, x);
        all |= x;
    }
    for x in xs {
        hash ^= x;
    }
    (hash, all)
}

fn main() {}
