use divvy::par_scan;

#[par_scan]
pub fn draws(words: &[u64]) -> Vec<u64> {
    let mut s = 1u64;
    let mut draws = Vec::new();
    for word in words {
        s ^= s << 13;
        draws.push(s ^ word);
    }
    draws
}

fn main() {}
