use divvy::par_join;

fn brighten(pixels: &mut [u8]) {
    for p in pixels {
        *p = p.saturating_add(1);
    }
}

#[par_join]
fn develop(pixels: &mut [u8], middle: usize) {
    brighten(&mut pixels[..=middle]);
    brighten(&mut pixels[middle..]);
}

fn main() {}
