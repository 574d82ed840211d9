use divvy::par_scan;

#[par_scan(float = ordered)]
fn smooth(a: &mut [f64]) {
    for i in 1..a.len() {
        a[i] = 0.5 * a[i - 1] + a[i];
    }
}

fn main() {}
