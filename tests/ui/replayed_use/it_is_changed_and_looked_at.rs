use divvy::par_for;

#[derive(Clone, Copy)]
struct Pen {
    ink: u8,
}

impl Pen {
    fn dot(&mut self, ink: u8) {
        self.ink = ink;
    }
}

#[par_for(replay(pen))]
fn draw(mut pen: Pen, inks: &[u8]) {
    for ink in inks {
        pen.dot(*ink);
        pen = Pen { ink: 0 };
    }
}

#[par_for(replay(image))]
fn copy(image: &mut Vec<u8>, out: &mut [u8]) {
    for i in 0..out.len() {
        image.push(i as u8);
        out[i] = image[i];
    }
}

fn main() {}
