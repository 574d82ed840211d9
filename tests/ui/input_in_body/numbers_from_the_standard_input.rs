use divvy::par_reduce;
use std::io::stdin;

macro_rules! read {
    ($type:ty) => {{
        let mut line = String::new();
        stdin().read_line(&mut line).unwrap();
        line.trim().parse::<$type>().unwrap()
    }};
}

#[par_reduce]
fn in_a_chain(n: usize) -> Vec<u64> {
    (0..n)
        .map(|_| {
            let mut line = String::new();
            stdin().read_line(&mut line).unwrap();
            line.trim().parse().unwrap()
        })
        .collect()
}

#[par_reduce]
fn by_a_macro(n: usize) -> u64 {
    let mut sum = 0;
    for _ in 0..n {
        sum += read!(u64);
    }
    sum
}

#[par_reduce]
fn through_a_variable(n: usize) -> usize {
    let input = stdin();
    let mut characters = 0;
    for _ in 0..n {
        let mut line = String::new();
        input.read_line(&mut line).unwrap();
        characters += line.len();
    }
    characters
}

#[par_reduce]
fn through_a_closure(n: usize) -> usize {
    let next = || {
        let mut line = String::new();
        stdin().read_line(&mut line).unwrap();
        line
    };
    let mut characters = 0;
    for _ in 0..n {
        characters += next().len();
    }
    characters
}

fn main() {}
