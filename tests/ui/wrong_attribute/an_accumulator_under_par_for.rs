use divvy::par_for;


#[par_for]
fn energy(masses: &[u64], out: &mut [u64]) -> u64 {
    let mut total = 0;
    for i in 0..masses.len() {
        out[i] = masses[i] / 2;
        total += masses[i];
    }
    total
}

fn main() {}
