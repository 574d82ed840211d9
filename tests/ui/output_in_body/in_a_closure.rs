use divvy::par_reduce;

#[par_reduce]
fn traced(xs: &[u32]) -> u32 {
    xs.iter().inspect(|x| println!("{x}")).sum()
}

fn main() {}
