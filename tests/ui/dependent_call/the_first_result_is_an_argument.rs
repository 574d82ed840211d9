use divvy::par_divide;


#[par_divide]
fn ackermann(m: u64, n: u64) -> u64 {
    if m == 0 {
        return n + 1;
    }
    if n == 0 {
        return ackermann(m - 1, 1);
    }
    let inner = ackermann(m, n - 1);
    ackermann(m - 1, inner)
}

fn main() {}
