use divvy::par_reduce;

#[par_reduce]
fn last_line(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars() {
        if c == '\n' {
            line = String::new();
        } else {
            line.push(c);
        }
    }
    line
}

fn main() {}
