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
fn paint(image: &mut Image, marks: &[(usize, usize)]) -> usize {
    let mut ink = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("paint", ::core::file!(), 22u32);
        let law_ink = rt::monoid::<rt::ops::Add, _>(&ink);
        (ink, _) = rt::reduce(
            rt::Region::new(&SITE).bounded(),
            rt::source(marks),
            (ink, rt::Calls::on(&mut *image)),
            |(mut ink, mut image_calls), piece| {
                for &(x, y) in piece {
                    if x == y {
                        image_calls
                            .make(
                                rt::Either::Left((y,)),
                                |target, given| {
                                    if let rt::Either::Left((given_1,)) = given {
                                        target.clear(given_1);
                                    }
                                },
                            );
                    }
                    image_calls
                        .make(
                            rt::Either::Right((x, y, (x ^ y) as u8)),
                            |target, given| {
                                if let rt::Either::Right((given_1, given_2, given_3)) = given {
                                    target.dot(given_1, given_2, given_3);
                                }
                            },
                        );
                    ink += x ^ y;
                }
                (ink, image_calls)
            },
            |(ink, _)| (law_ink.fresh(ink), rt::Calls::later()),
            |(left_ink, left_image_calls), (right_ink, right_image_calls)| {
                law_ink.combine(left_ink, right_ink);
                left_image_calls.then(right_image_calls);
            },
        );
    }
    ink
}
fn place(items: &[u64], slot: &[u32], out: &mut [u64]) {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("place", ::core::file!(), 34u32);
        (_,) = rt::reduce(
            rt::Region::new(&SITE).bounded(),
            rt::distinct(
                rt::Region::new(&SITE).bounded(),
                rt::source(0..items.len()),
                &slot,
                "slot",
                rt::Used::From {
                    first: 0,
                    stride: 1,
                },
            ),
            (rt::Calls::on(&mut *out),),
            |(mut out_calls,), piece| {
                for i in piece {
                    out_calls
                        .make(
                            (items[i] + 1, slot[i] as usize),
                            |target, (given_1, given_2)| {
                                target[given_2] = given_1;
                            },
                        );
                }
                (out_calls,)
            },
            |(_,)| (rt::Calls::later(),),
            |(left_out_calls,), (right_out_calls,)| {
                left_out_calls.then(right_out_calls);
            },
        );
    }
}
#[test]
fn same_answer() {
    let mut image = Image {
        pixels: vec![9; 6],
        width: 3,
    };
    assert_eq!(paint(& mut image, & [(0, 0), (2, 0), (1, 1)]), 2);
    assert_eq!(image.pixels, [0, 0, 2, 0, 0, 0]);
    let mut out = [0; 4];
    place(&[1, 2, 3], &[3, 0, 1], &mut out);
    assert_eq!(out, [3, 4, 0, 2]);
}
