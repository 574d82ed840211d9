use divvy::par_reduce;

#[par_reduce]
fn pairs(sorted: &[i64], total: i64) -> usize {
    let (mut low, mut high) = (0, sorted.len());
    let mut found = 0;
    while low < high {
        let sum = sorted[low] + sorted[high - 1];
        if sum < total {
            low += 1;
        } else {
            found += usize::from(sum == total);
            high -= 1;
        }
    }
    found
}

fn main() {}
