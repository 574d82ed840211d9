use divvy::par_reduce;

// what is better now may be worse later
#[par_reduce]
pub fn clock(times: &[i64]) -> (i64, Option<i64>) {
    let mut now = 0;
    let mut soonest = 0;
    let mut first: Option<i64> = None;
    for &t in times {
        now += t;
        if (t - now).rem_euclid(24) < (soonest - now).rem_euclid(24) {
            soonest = t;
        }
        if first.is_none_or(|first| (t - now).rem_euclid(12) < (first - now).rem_euclid(12)) {
            first = Some(t);
        }
    }
    (soonest, first)
}

fn main() {}
