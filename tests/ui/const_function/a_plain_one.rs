use divvy::par_reduce;


#[par_reduce]
const fn total(n: u32) -> u32 {
    n
}

fn main() {}
