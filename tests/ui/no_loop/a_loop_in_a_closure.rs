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
    rows.iter().map(|row| sum(row)).max().unwrap_or(0)
}

fn main() {}
