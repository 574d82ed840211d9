use divvy::par_reduce;

struct Name(String);

#[par_reduce]
fn of_an_own_type(xs: &[u64], name: Name) -> Option<(Name, usize)> {
    for i in 0..xs.len() {
        if xs[i] == 7 {
            return Some((name, i));
        }
    }
    None
}

#[par_reduce]
fn of_any_type<T: Send + Sync>(xs: &[u64], name: T) -> Result<u64, (T, u64)> {
    let mut sum = 0;
    for x in xs {
        if *x == 7 {
            return Err((name, *x));
        }
        sum += x;
    }
    Ok(sum)
}

fn main() {}
