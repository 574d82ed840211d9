use divvy::par_for;


#[par_for]
fn pairs(values: &[u8], pairs: &mut [u8]) {
    for i in 0..values.len() {
        let value = values[i];
        let i = i / 2;
        pairs[i] = value;
    }
}

fn main() {}
