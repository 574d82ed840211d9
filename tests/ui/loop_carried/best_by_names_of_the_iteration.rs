use divvy::par_reduce;

// two partial results can't be compared by what only one iteration has
#[par_reduce]
pub fn steepest(heights: &[i64], i: i64) -> (usize, i64) {
    let mut best = 0;
    for i in 1..heights.len() {
        let slope: Vec<i64> = heights.iter().map(|h| h * (i % 3) as i64).collect();
        if slope[i] < slope[best] {
            best = i;
        }
    }
    (best, i)
}

fn main() {}
