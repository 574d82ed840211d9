use divvy::par_reduce;


#[par_reduce]
fn widest(lines: &[&str]) -> (Vec<usize>, usize) {
    let mut seen = Vec::new();
    let mut widest = 0;
    for line in lines {
        seen.push(line.len());
        widest = widest.max(format!("{seen:?}").len());
    }
    (seen, widest)
}

fn main() {}
