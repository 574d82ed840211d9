use divvy::par_for;

struct Image {
    pixels: Vec<u8>,
    width: usize,
}

impl Image {
    fn put(&mut self, at: usize, value: u8) {
        self.pixels[at] = value;
    }

    fn width(&self) -> usize {
        self.width
    }
}

#[par_for(replay(image))]
fn drawn(image: &mut Image, height: usize) {
    for y in 0..height {
        image.put(y * image.width(), 1);
    }
}

fn main() {}
