use divvy::par_join;
use std::io::{read_to_string, stdin};

#[par_join]
fn both() -> (String, String) {
    let first = read_to_string(stdin()).unwrap();
    let second = read_to_string(stdin()).unwrap();
    (first, second)
}

fn main() {}
