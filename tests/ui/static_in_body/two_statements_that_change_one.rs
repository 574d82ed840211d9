use divvy::par_join;

static mut LAST: u64 = 0;

fn largest(xs: &[u64]) -> u64 {
    xs.iter().copied().max().unwrap_or(0)
}

#[par_join]
fn both(a: &[u64], b: &[u64]) -> u64 {
    unsafe { LAST = largest(a) };
    unsafe { LAST = largest(b) };
    unsafe { LAST }
}

fn main() {}
