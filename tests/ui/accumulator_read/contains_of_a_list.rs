use divvy::par_reduce;

#[par_reduce]
fn distinct(xs: &[u32]) -> Vec<u32> {
    let mut out = Vec::new();
    for &x in xs {
        if !out.contains(&x) {
            out.push(x);
        }
    }
    out
}

fn main() {}
