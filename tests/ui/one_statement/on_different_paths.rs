use divvy::par_join;

fn area(xs: &[u32]) -> u32 {
    xs.iter().product()
}

fn girth(xs: &[u32]) -> u32 {
    xs.iter().sum()
}

#[par_join]
fn measure(xs: &[u32], flat: bool) -> u32 {
    match flat {
        true => area(xs),
        false => girth(xs),
    }
}

fn main() {
    measure(&[1, 2], true);
}
