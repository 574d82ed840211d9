use divvy::par_reduce;

macro_rules! mix {
    ($a:expr, $b:expr) => {
        $a = $a.wrapping_add($b);
        $b ^= $a;
    };
}

#[par_reduce]
fn mixed(xs: &[u32]) -> u32 {
    let mut a = 1u32;
    let mut b = 0u32;
    let mut sum = 0;
    for x in xs {
        mix!(a, b);
        sum ^= a ^ x;
    }
    sum
}

fn main() {}
