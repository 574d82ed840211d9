use divvy::par_scan;

#[par_scan]
fn balance(changes: &[i64]) -> i64 {
    let mut balance = 0;
    for change in changes {
        balance = (balance + change).max(0);
    }
    balance
}

fn main() {}
