use divvy::par_for;


#[par_for]
fn shift(queue: &mut [u32]) {
    for i in 0..queue.len() - 1 {
        queue[i] = queue[i + 1] / 2;
    }
}

fn main() {}
