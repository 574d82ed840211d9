use divvy::par_reduce;

#[par_reduce]
fn starts(words: &[&str]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for word in words {
        starts.push(text.len());
        text.push_str(word);
    }
    (text, starts)
}

#[par_reduce]
fn joined(words: &[&str]) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(',');
        }
        line.push_str(word);
    }
    line
}

fn main() {}
