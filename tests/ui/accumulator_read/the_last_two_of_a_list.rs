use divvy::par_scan;

// one element before is carried along, two aren't
#[par_scan]
pub fn fibonacci(n: usize) -> Vec<u64> {
    let mut out = vec![1, 1];
    for i in 2..n {
        out.push((out[i - 1] + out[i - 2]) % 1_000_007);
    }
    out
}

fn main() {}
