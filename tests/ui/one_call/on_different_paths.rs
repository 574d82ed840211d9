use divvy::par_divide;


#[par_divide(threshold = 64)]
fn search(sorted: &[u32], key: u32) -> bool {
    let mid = sorted.len() / 2;
    match sorted.get(mid) {
        None => false,
        Some(x) if *x == key => true,
        Some(x) if *x > key => search(&sorted[..mid], key),
        Some(_) => search(&sorted[mid + 1..], key),
    }
}

fn main() {}
