use divvy::par_reduce;


fn note(log: &mut Vec<u32>, x: u32) -> u32 {
    log.push(x);
    x
}

#[par_reduce]
fn total(xs: &[u32], log: &mut Vec<u32>) -> u32 {
    let mut more = Vec::new();
    let mut sum = 0;
    for &x in xs {
        sum += note(log, x) + note(&mut more, x);
    }
    sum
}

fn main() {}
