use divvy::par_reduce;


fn blend(a: u32, b: u32) -> u32 {
    (a & b) + ((a ^ b) >> 1)
}

#[par_reduce]
fn tone(pixels: &[u32]) -> u32 {
    let mut tone = 128;
    for &p in pixels {
        tone = blend(tone, p & 0xFF);
    }
    tone
}

fn main() {}
