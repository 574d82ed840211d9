use divvy::par_for;

#[par_for]
fn eliminated(m: &mut [Vec<f64>], n: usize) {
    for i in 0..n {
        #[par]
        for j in i + 1..n {
            let factor = m[j][i] / m[i][i];
            for k in i..n {
                m[j][k] -= m[i][k] * factor;
            }
        }
    }
}

struct Mover {
    at: f64,
    speed: f64,
}

#[par_for]
fn attracted(movers: &mut [Mover]) {
    for i in 0..movers.len() {
        for j in 0..3 {
            let distance = movers[j].at - movers[i].at;
            movers[i].speed += distance;
        }
    }
}

struct Image {
    width: usize,
    pixels: Vec<u8>,
}

impl std::ops::Index<(usize, usize)> for Image {
    type Output = u8;
    fn index(&self, (x, y): (usize, usize)) -> &u8 {
        &self.pixels[y * self.width + x]
    }
}

impl std::ops::IndexMut<(usize, usize)> for Image {
    fn index_mut(&mut self, (x, y): (usize, usize)) -> &mut u8 {
        &mut self.pixels[y * self.width + x]
    }
}

#[par_for]
fn filled(image: &mut Image, width: usize, height: usize) {
    for y in 0..height {
        for x in 0..width {
            image[(x, y)] = 1;
        }
    }
}

fn main() {}
