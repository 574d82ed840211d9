use divvy::par_for;

#[par_for]
fn forces(at: &[i64], force: &mut [i64]) {
    for i in 0..at.len() {
        for j in 0..i {
            let between = at[i] - at[j];
            force[i] += between;
            force[j] -= between;
        }
    }
}

fn main() {}
