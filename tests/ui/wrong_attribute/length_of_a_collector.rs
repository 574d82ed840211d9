use divvy::par_reduce;


#[par_reduce]
fn kept(xs: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for &x in xs {
        if out.len() < most {
            out.push(x);
        }
    }
    out
}

fn main() {}
