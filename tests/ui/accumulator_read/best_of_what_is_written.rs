use divvy::par_reduce;

// the best so far may be an element that another iteration writes
#[par_reduce]
pub fn double(v: &mut [i64]) -> usize {
    let mut top = 0;
    for i in 0..v.len() {
        v[i] *= 2;
        if v[i] > v[top] {
            top = i;
        }
    }
    top
}

fn main() {}
