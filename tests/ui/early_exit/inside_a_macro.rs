use divvy::par_reduce;


#[par_reduce]
fn words(lines: &[&str]) -> Option<Vec<Vec<char>>> {
    let mut out = Vec::new();
    for line in lines {
        out.push(vec![line.chars().next()?]);
    }
    Some(out)
}

fn main() {}
