use divvy::par_reduce;

pub fn starts_after(a: &(i64, i64), b: &(i64, i64)) -> bool {
    a.0 >= b.1
}

// the name doesn't say that it is an order, and it isn't one
#[par_reduce]
pub fn last_of_a_chain(spans: &[(i64, i64)]) -> usize {
    let mut last = 0;
    for i in 1..spans.len() {
        if starts_after(&spans[i], &spans[last]) {
            last = i;
        }
    }
    last
}

fn main() {}
