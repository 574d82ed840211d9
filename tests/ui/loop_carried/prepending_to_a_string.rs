use divvy::par_reduce;


#[par_reduce]
fn backwards(words: &[String]) -> String {
    let mut all = String::new();
    for w in words {
        all = w.clone() + &all;
    }
    all
}

fn main() {}
