use divvy::par_reduce;


#[par_reduce]
fn listing(lines: &[&str]) -> Vec<String> {
    let mut number = 0;
    let mut out = Vec::new();
    for line in lines {
        number += 1;
        out.push(format!("{number:>3} {line}"));
    }
    out
}

fn main() {}
