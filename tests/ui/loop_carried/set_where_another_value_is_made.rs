use divvy::par_scan;

#[par_scan]
pub fn known(xs: &[Option<u64>]) -> Vec<u64> {
    let mut last = 0;
    let mut seen = Vec::new();
    for x in xs {
        seen.push(last);
        let next = match x {
            Some(x) => {
                last = *x;
                x + 1
            }
            None => 4,
        };
        seen.push(next);
    }
    seen
}

fn main() {}
