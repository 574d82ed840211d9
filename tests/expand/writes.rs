use divvy::par_for;

struct Gas {
    x: Vec<f64>,
    v: Vec<f64>,
    width: f64,
}

impl Gas {
    #[par_for]
    fn step(&mut self, dt: f64) {
        for i in 0..self.x.len() {
            self.x[i] += self.v[i] * dt;
            if self.x[i] > self.width {
                self.v[i] = -self.v[i];
            }
        }
    }
}

#[par_for]
fn stretch(src: &[u8], out: &mut [u8], mirrored: &mut [u8], w: usize, h: usize) {
    for y in 0..h {
        for x in 0..w {
            out[y * w + x] = src[y * w + x] / 2;
        }
        mirrored[h - 1 - y] = src[y * w];
    }
}

#[par_for]
fn product(out: &mut [u32], a: &[u32], x: &[u32]) {
    let n = x.len();
    for i in 0..n {
        let mut sum = 0;
        for j in 0..n {
            sum += a[i * n + j] * x[j];
        }
        out[i] = sum;
    }
}

#[test]
fn same_answer() {
    let mut image = [0; 2];
    product(&mut image, &[1, 2, 3, 4], &[5, 6]);
    assert_eq!(image, [17, 39]);
    let mut gas = Gas {
        x: vec![1.0, 2.0],
        v: vec![1.0, 4.0],
        width: 4.0,
    };
    gas.step(0.5);
    assert_eq!((gas.x, gas.v), (vec![1.5, 4.0], vec![1.0, 4.0]));
    let (mut out, mut mirrored) = ([0; 7], [0; 3]);
    stretch(&[2, 4, 6, 8, 10, 12], &mut out, &mut mirrored, 2, 3);
    assert_eq!((out, mirrored), ([1, 2, 3, 4, 5, 6, 0], [10, 6, 2]));
}
