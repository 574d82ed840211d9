use divvy::par_scan;

#[par_scan]
fn sums(xs: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut out = Vec::new();
    for x in xs {
        sum += x;
        out.push(sum);
    }
    out
}

#[par_scan(float = exact)]
fn smoothed(xs: &[f64]) -> Vec<f64> {
    let mut mean = 0.0;
    let mut out = Vec::new();
    for x in xs {
        mean = 0.9 * mean + 0.1 * x;
        out.push(mean);
    }
    out
}

fn main() {}
