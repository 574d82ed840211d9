use divvy::par_reduce;

macro_rules! ensure {
    ($condition:expr, $error:expr) => {
        if !$condition {
            return Err($error);
        }
    };
}

macro_rules! unwrap_or {
    ($value:expr, $otherwise:expr) => {
        match $value {
            Some(value) => value,
            None => $otherwise,
        }
    };
}

#[par_reduce]
fn by_its_name(xs: &[u64]) -> Result<u64, String> {
    let mut sum = 0;
    for x in xs {
        ensure!(*x < 100, "too much".to_string());
        sum += x;
    }
    Ok(sum)
}

#[par_reduce]
fn by_its_argument(xs: &[Option<u64>]) -> u64 {
    let mut sum = 0;
    for x in xs {
        sum += unwrap_or!(*x, break);
    }
    sum
}

fn main() {}
