use divvy::par_join;

fn area(xs: &[u32]) -> u32 {
    xs.iter().product()
}

fn girth(xs: &[u32]) -> u32 {
    xs.iter().sum()
}

#[par_join]
fn measure(xs: &[u32]) -> u32 {
    #[fork]
    let area = area(xs);
    let girth = girth(xs);
    area * girth
}

fn main() {
    measure(&[1, 2]);
}
