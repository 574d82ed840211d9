use divvy::par_for;


#[par_for]
fn classify(values: &[i32], status: &mut [i32]) {
    for i in 1..values.len() {
        if values[i] > 100 {
            status[0] = values[i];
        }
    }
}

fn main() {}
