struct Gas {
    x: Vec<f64>,
    v: Vec<f64>,
    width: f64,
}
impl Gas {
    fn step(&mut self, dt: f64) {
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("step", ::core::file!(), 12u32);
            use rt::Lend as _;
            rt::reduce(
                rt::Region::new(&SITE),
                rt::with_parts(
                    rt::source(0..self.x.len()),
                    (
                        rt::Part::new((&mut self.x).elements(), 0, 1),
                        rt::Part::new((&mut self.v).elements(), 0, 1),
                    ),
                ),
                (),
                |(), piece| {
                    let (piece, (mut self_x, mut self_v)) = piece.apart();
                    let dt = dt;
                    for i in piece {
                        self_x[i] += self_v[i] * dt;
                        if self_x[i] > self.width {
                            self_v[i] = -self_v[i];
                        }
                    }
                },
                |()| (),
                |(), ()| {},
            );
        }
    }
}
fn stretch(src: &[u8], out: &mut [u8], mirrored: &mut [u8], w: usize, h: usize) {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("stretch", ::core::file!(), 23u32);
        let stride_out = rt::wide(w);
        let first_mirrored = -1 + rt::wide(h);
        rt::reduce(
            rt::Region::new(&SITE).unless(stride_out <= 0),
            rt::with_parts(
                rt::source(0..h),
                (
                    rt::Part::new(&mut out[..], 0, stride_out),
                    rt::Part::new(&mut mirrored[..], first_mirrored, -1),
                ),
            ),
            (),
            |(), piece| {
                let (piece, (mut out, mut mirrored)) = piece.apart();
                let h = h;
                let w = w;
                for y in piece {
                    for x in 0..w {
                        out[y * w + x] = src[y * w + x] / 2;
                    }
                    mirrored[h - 1 - y] = src[y * w];
                }
            },
            |()| (),
            |(), ()| {},
        );
    }
}
fn product(out: &mut [u32], a: &[u32], x: &[u32]) {
    let n = x.len();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("product", ::core::file!(), 34u32);
        rt::reduce(
            rt::Region::new(&SITE),
            rt::with_parts(rt::source(0..n), (rt::Part::new(&mut out[..], 0, 1),)),
            (),
            |(), piece| {
                let (piece, (mut out,)) = piece.apart();
                let n = rt::same(&n, x.len());
                for i in piece {
                    let mut sum = 0;
                    for j in 0..n {
                        sum += a[i * n + j] * x[j];
                    }
                    out[i] = sum;
                }
            },
            |()| (),
            |(), ()| {},
        );
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
