use divvy::par_reduce;


#[par_reduce]
fn total(xs: &[u64]) -> u64 {
    let mut total = 0;
    for (i, x) in xs.iter().enumerate() {
        if i % 1_000 == 999 {
            println!("{} rows done", i + 1);
        }
        total += x;
    }
    total
}

fn main() {}
