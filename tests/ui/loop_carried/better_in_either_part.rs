use divvy::par_reduce;

// not one part after the other: which of two is better may go round in a circle
#[par_reduce]
pub fn corner(points: &[(i64, i64)]) -> (i64, i64) {
    let mut corner = points[0];
    for p in points {
        if p.1 < corner.1 || p.0 < corner.0 {
            corner = *p;
        }
    }
    corner
}

fn main() {}
