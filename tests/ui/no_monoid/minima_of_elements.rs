use divvy::par_reduce;


#[par_reduce]
fn cheapest(mut prices: Vec<u32>, offers: &[(usize, u32)]) -> Vec<u32> {
    for &(item, price) in offers {
        prices[item] = prices[item].min(price);
    }
    prices
}

fn main() {}
