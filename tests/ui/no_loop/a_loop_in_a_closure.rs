use divvy::par_reduce;


#[par_reduce]
fn total(rows: &[Vec<u32>]) -> u32 {
    let sum = |row: &[u32]| {
        let mut sum = 0;
        for x in row {
            sum += x;
        }
        sum
    };
    sum(rows.first().map_or(&[], Vec::as_slice))
}

fn main() {}
