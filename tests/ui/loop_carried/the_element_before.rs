use divvy::par_for;


#[par_for]
fn balances(balance: &mut [i64], change: &[i64]) {
    for i in 1..balance.len() {
        balance[i] = balance[i - 1] + change[i];
    }
}

fn main() {}
