use divvy::par_reduce;

#[par_reduce]
pub fn most(xs: &[u64]) -> u64 {
    let (mut skip, mut take) = (0, 0);
    for x in xs {
        let before = skip;
        skip = skip.max(take);
        take = before + x;
    }
    skip.max(take)
}

fn main() {}
