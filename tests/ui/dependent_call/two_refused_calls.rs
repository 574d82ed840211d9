use divvy::par_divide;

#[par_divide]
fn search(n: u64, memo: &mut [u64], depth: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let first = search(n - 1, memo, depth + 1);
    let second = search(first % n, &mut [], depth + 1);
    let third = search(n - 2, memo, second);
    first + second + third
}

#[par_divide]
fn printed(n: u64) -> u64 {
    if n < 2 {
        println!("{n}");
        return n;
    }
    let first = printed(n - 1);
    printed(first % n)
}

fn main() {}
