use divvy::par_join;

macro_rules! stop_if {
    ($condition:expr) => {
        if $condition {
            return;
        }
    };
}

fn fill(xs: &mut [u64]) {
    xs.fill(1);
}

#[par_join]
fn both(a: &mut [u64], b: &mut [u64], is_enough: bool) {
    fill(a);
    stop_if!(is_enough);
    fill(b);
}

fn main() {}
