use divvy::{par_reduce, par_scan};

mod hash {
    pub fn min(hash: u64, x: u64) -> u64 {
        hash.rotate_left(5) ^ x
    }
}

fn blend(a: u32, b: u32) -> u32 {
    (a & b) + ((a ^ b) >> 1)
}

fn update(hash: u32, byte: u8) -> u32 {
    hash.wrapping_mul(31) ^ u32::from(byte)
}

#[par_reduce]
fn tone(pixels: &[u32]) -> u32 {
    let mut tone = 128;
    for &p in pixels {
        tone = blend(tone, p & 0xFF);
    }
    tone
}

#[par_reduce]
fn hash(bytes: &[u8]) -> u32 {
    let mut hash = 0;
    for byte in bytes {
        hash = update(hash, *byte);
    }
    hash
}

#[par_reduce]
fn folded(xs: &[u64]) -> u64 {
    use hash::min as max;
    xs.iter().copied().fold(1, max)
}

#[par_reduce]
fn backwards(pixels: &[u32]) -> u32 {
    let mut tone = 128;
    for &p in pixels {
        tone = self::blend(p, tone);
    }
    tone
}

#[par_scan]
fn tones(pixels: &[u32]) -> Vec<u32> {
    let mut tones = Vec::new();
    let mut tone = 128;
    for &p in pixels {
        tone = blend(tone, p);
        tones.push(tone);
    }
    tones
}

fn main() {}
