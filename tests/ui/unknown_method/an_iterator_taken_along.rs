use divvy::par_reduce;


#[par_reduce]
fn pairs(keys: &[u32], text: &str) -> u32 {
    let mut words = text.split(' ');
    let mut sum = 0;
    for &k in keys {
        let weight: u32 = words.next().map_or(1, |w| w.len() as u32);
        sum += k * weight;
    }
    sum
}

fn main() {}
