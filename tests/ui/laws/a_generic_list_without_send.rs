use divvy::par_reduce;

#[par_reduce]
fn kept<T: Clone + Ord + Sync>(xs: &[T], least: &T) -> Vec<T> {
    let mut kept = Vec::new();
    for x in xs {
        if x >= least {
            kept.push(x.clone());
        }
    }
    kept
}

fn main() {}
