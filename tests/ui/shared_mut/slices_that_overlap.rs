use divvy::par_divide;


#[par_divide(threshold = 64)]
fn stooge(v: &mut [u32]) {
    let n = v.len();
    if n < 2 {
        return;
    }
    let m = n / 2;
    stooge(&mut v[..=m]);
    stooge(&mut v[m..]);
}

fn main() {}
