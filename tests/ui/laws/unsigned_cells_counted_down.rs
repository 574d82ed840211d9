use divvy::par_reduce;


#[par_reduce]
fn stock(mut left: Vec<u32>, orders: &[(usize, u32)]) -> Vec<u32> {
    for &(item, n) in orders {
        left[item] -= n;
    }
    left
}

fn main() {}
