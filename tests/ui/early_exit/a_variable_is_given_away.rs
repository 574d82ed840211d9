use divvy::par_reduce;

#[par_reduce]
fn first_large(values: &[u32]) -> (usize, Vec<u32>) {
    let names = vec![1, 2];
    for (i, value) in values.iter().enumerate() {
        if *value > 900 {
            return (i, names);
        }
    }
    (values.len(), names)
}

fn main() {}
