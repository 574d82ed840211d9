use divvy::par_scan;

#[par_scan(float = tree)]
pub fn averages(xs: &[f64]) -> Vec<Option<f64>> {
    let mut average: Option<f64> = None;
    let mut averages = Vec::new();
    for &x in xs {
        average = Some(match average {
            Some(a) => 0.5 * a + 0.5 * x,
            None => x,
        });
        averages.push(average);
    }
    averages
}

fn main() {}
