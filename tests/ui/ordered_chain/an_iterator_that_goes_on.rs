use divvy::par_reduce;

#[par_reduce]
fn behind_the_sign(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let has_sign = characters.any(|c| c == '-');
    if has_sign { characters.next() } else { None }
}

fn main() {}
