use divvy::par_reduce;

#[par_reduce]
fn offsets(lengths: &[usize]) -> Vec<usize> {
    let mut total = 0;
    let mut starts = Vec::new();
    for length in lengths {
        starts.push(total);
        total += length;
    }
    starts
}

fn main() {}
