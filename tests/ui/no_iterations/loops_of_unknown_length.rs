use divvy::par_reduce;


#[par_reduce]
fn steps(mut n: u64, mut stack: Vec<u64>) -> u64 {
    let mut sum = 0;
    while n > 1 {
        n /= 2;
        sum += 1;
    }
    while let Some(top) = stack.pop() {
        sum += top;
    }
    loop {
        sum += 1;
        if sum > 9 {
            break;
        }
    }
    sum
}

fn main() {}
