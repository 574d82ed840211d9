use divvy::par_for;


#[par_for]
fn copy_text(from: &[u8], to: &mut [u8]) {
    for i in 0..from.len() {
        if from[i] == 0 {
            break;
        }
        to[i] = from[i];
    }
}

fn main() {}
