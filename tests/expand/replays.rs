use divvy::{par_for, par_reduce};

struct Image {
    pixels: Vec<u8>,
    width: usize,
}

impl Image {
    fn dot(&mut self, x: usize, y: usize, ink: u8) {
        self.pixels[y * self.width + x] = ink;
    }

    fn clear(&mut self, y: usize) {
        let row = y * self.width;
        self.pixels[row..row + self.width].fill(0);
    }
}

#[par_reduce(replay(image))]
fn paint(image: &mut Image, marks: &[(usize, usize)]) -> usize {
    let mut ink = 0;
    for &(x, y) in marks {
        if x == y {
            image.clear(y);
        }
        image.dot(x, y, (x ^ y) as u8);
        ink += x ^ y;
    }
    ink
}

#[par_for(unique(slot))]
fn place(items: &[u64], slot: &[u32], out: &mut [u64]) {
    for i in 0..items.len() {
        out[slot[i] as usize] = items[i] + 1;
    }
}

#[test]
fn same_answer() {
    let mut image = Image {
        pixels: vec![9; 6],
        width: 3,
    };
    assert_eq!(paint(&mut image, &[(0, 0), (2, 0), (1, 1)]), 2);
    assert_eq!(image.pixels, [0, 0, 2, 0, 0, 0]);
    let mut out = [0; 4];
    place(&[1, 2, 3], &[3, 0, 1], &mut out);
    assert_eq!(out, [3, 4, 0, 2]);
}
