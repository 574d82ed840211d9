use divvy::associative;

#[associative(identity = None)]
fn kept<'a>(a: Option<&'a [u8]>, b: Vec<(u8, &'static str)>) -> Option<&'a [u8]> {
    if b.is_empty() { None } else { a }
}

#[associative(identity = Vec::new())]
fn longest(a: Vec<[u64; 2]>, b: Vec<[u64; 2]>) -> Result<Vec<[u64; 2]>, std::fmt::Error> {
    Ok(if a.len() < b.len() { b } else { a })
}

fn main() {}
