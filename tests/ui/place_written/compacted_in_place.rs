use divvy::par_scan;

#[par_scan]
pub fn compact(a: &mut [u64]) -> usize {
    let mut k = 0;
    for i in 0..a.len() {
        if a[i] % 2 == 1 {
            a[k] = a[i];
            k += 1;
        }
    }
    k
}

fn main() {}
