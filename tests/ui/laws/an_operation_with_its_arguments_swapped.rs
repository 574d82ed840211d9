use divvy::{associative, par_reduce};

#[associative(identity = String::new())]
fn joined(a: String, b: String) -> String {
    a + &b
}

#[par_reduce(reduce(text: joined))]
fn backwards(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        text = joined(word.clone(), text);
    }
    text
}

fn main() {}
