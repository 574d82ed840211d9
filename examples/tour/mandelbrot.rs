//! A picture of the Mandelbrot set: pixels pushed in order, each of another cost.

use std::path::PathBuf;

use divvy::par_reduce;

const MOST_STEPS: u32 = 600;

/// The picture's pixels, row by row, three bytes each.
#[par_reduce(twin = picture_seq)]
pub(crate) fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let re = 3.0 * f64::from(x) / f64::from(width) - 2.1;
            let im = 2.0 * f64::from(y) / f64::from(height) - 1.0;
            pixels.extend(colour(steps_to_escape(re, im)));
        }
    }
    pixels
}

/// After how many steps `z = z * z + c` leaves the circle of radius 2; `MOST_STEPS` if it hasn't by then.
#[inline(never)] // one copy for both versions: the compiler schedules two copies differently, which moves times by 15 %
fn steps_to_escape(re: f64, im: f64) -> u32 {
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..MOST_STEPS {
        if x * x + y * y > 4.0 {
            return step;
        }
        (x, y) = (x * x - y * y + re, 2.0 * x * y + im);
    }
    MOST_STEPS
}

fn colour(steps: u32) -> [u8; 3] {
    if steps == MOST_STEPS {
        return [0, 0, 0];
    }
    let bright = (255.0 * (f64::from(steps) / 60.0).sqrt().min(1.0)) as u8;
    [bright / 3, bright / 2 + bright / 4, 90 + bright / 2]
}

/// Writes the picture as PNG beside the running program: the path.
pub(crate) fn save(pixels: &[u8], width: u32, height: u32) -> Result<PathBuf, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let path = program.with_file_name("mandelbrot.png");
    image::save_buffer(&path, pixels, width, height, image::ColorType::Rgb8)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}
