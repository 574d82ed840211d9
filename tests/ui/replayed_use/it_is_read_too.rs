use divvy::par_for;

struct Image(Vec<u8>);

impl Image {
    fn dot(&mut self, at: usize, ink: u8) {
        self.0[at] = ink;
    }

    fn ink(&self, at: usize) -> u8 {
        self.0[at]
    }
}

#[par_for(replay(image))]
fn darken(image: &mut Image, marks: &[usize]) {
    for &at in marks {
        image.dot(at, image.ink(at) / 2);
    }
}

fn main() {}
