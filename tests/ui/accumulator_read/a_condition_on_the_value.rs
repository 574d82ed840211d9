use divvy::par_reduce;

#[par_reduce]
fn batches(weights: &[u64]) -> usize {
    let mut load = 0;
    let mut trips = 1;
    for &weight in weights {
        if load + weight > 1000 {
            load = 0;
            trips += 1;
        }
        load += weight;
    }
    trips
}

fn main() {}
