use divvy::par_for;

#[par_for]
fn edges(n: usize, rows: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; n]; n];
    for i in 0..n {
        table[0][i] = i as u32;
    }
    for i in 0..n {
        for j in 0..n {
            table[j][i] = rows[i][j];
        }
    }
    table
}

fn main() {}
