use divvy::par_reduce;


#[par_reduce]
fn volume(steps: &[i8]) -> i8 {
    let mut level = 0i8;
    for &s in steps {
        level = level.saturating_add(s);
    }
    level
}

fn main() {}
