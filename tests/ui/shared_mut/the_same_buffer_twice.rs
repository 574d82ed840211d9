use divvy::par_join;

fn brighten(pixels: &mut [u8], by: u8) {
    for p in pixels {
        *p = p.saturating_add(by);
    }
}

fn smear(pixels: &mut [u8]) {
    for i in 1..pixels.len() {
        pixels[i] = pixels[i].max(pixels[i - 1]);
    }
}

#[par_join]
fn develop(pixels: &mut [u8], exposure: u8) {
    brighten(pixels, exposure);
    smear(pixels);
}

fn main() {
    develop(&mut [1, 2], 3);
}
