use divvy::par_join;

#[par_join]
fn is_clean(xs: &[u32], ys: &[u32]) -> bool {
    for x in xs {
        if *x > 9 {
            return false;
        }
    }
    for y in ys {
        if *y > 99 {
            return false;
        }
    }
    true
}

fn main() {
    is_clean(&[1], &[2]);
}
