use divvy::par_scan;

#[par_scan(float = tree)]
fn halves(xs: &[u64]) -> Vec<u64> {
    let mut x = 0;
    let mut out = Vec::new();
    for &y in xs {
        x = (x + y) / 2;
        out.push(x);
    }
    out
}

fn main() {}
