use divvy::par_divide;

#[par_divide]
fn count(n: u64, step: &mut u64) -> u64 {
    if n < 2 {
        return n;
    }
    let one = count(n - 1, &mut 1);
    *step += one;
    let two = count(n - 2, step);
    one + two
}

fn main() {}
