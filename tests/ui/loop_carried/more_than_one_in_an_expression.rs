use divvy::par_scan;

#[par_scan]
pub fn numbered(xs: &[u64]) -> Vec<u64> {
    let mut highest = 0;
    let mut id = 0;
    let mut numbers = Vec::new();
    for x in xs {
        highest = highest.max({
            id = x + 1;
            x + id
        });
        numbers.push(highest + id);
    }
    numbers
}

fn main() {}
