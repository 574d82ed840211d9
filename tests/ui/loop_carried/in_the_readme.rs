use divvy::par_scan;

#[par_scan]
pub fn levels(xs: &[f64]) -> Vec<f64> {
    let mut out = Vec::new();
    let mut level = 0.0;
    for x in xs {
        level = (level * level + x).sqrt();
        out.push(level);
    }
    out
}

fn main() {}
