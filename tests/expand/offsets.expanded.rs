//! Offsets that go along with the iterations, and lengths of what is appended to.
fn interleaved(pairs: &[(u8, u8)], out: &mut [u8]) {
    #[allow(unused_mut)]
    let mut at = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("interleaved", ::core::file!(), 8u32);
        let first_out = rt::wide(at);
        rt::reduce(
            rt::Region::new(&SITE),
            rt::with_parts(
                rt::Source::enumerate(rt::source(pairs)),
                (rt::Part::new(&mut out[..], first_out, 2),),
            ),
            (),
            |(), piece| {
                let (piece, (mut out,)) = piece.apart();
                for (number, (a, b)) in piece {
                    let at = at + number * (1 + 1);
                    out[at] = *a;
                    let at = at + 1;
                    out[at] = *b;
                }
            },
            |()| (),
            |(), ()| {},
        );
    }
}
fn starts(words: &[&str]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    {
        let mut text_len: usize = text.len();
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("starts", ::core::file!(), 20u32);
            let law_starts = rt::monoid::<rt::ops::Append, _>(&starts);
            let law_text = rt::monoid::<rt::ops::Append, _>(&text);
            let carried;
            (carried, (starts, text)) = rt::Scan::new(
                    rt::Region::new(&SITE),
                    rt::source(words),
                    (text_len,),
                )
                .steps(
                    |(text_len,), piece| {
                        let mut text_len = rt::shift(text_len);
                        #[allow(unused, clippy::all)]
                        'summary: for word in piece {
                            let text_len_before = text_len.begin();
                            match word {
                                added => {
                                    text_len.add(added.len());
                                }
                            }
                            text_len.end(text_len_before);
                        }
                        (text_len,)
                    },
                    |(text_len_after,), (text_len,)| rt::Step::apply(
                        &text_len_after,
                        text_len,
                    ),
                )
                .run(
                    (starts, text),
                    |(mut text_len,), (mut starts, mut text), piece| {
                        for word in piece {
                            starts.push(text_len);
                            match word {
                                added => {
                                    text_len += added.len();
                                    text.push_str(added);
                                }
                            }
                        }
                        ((text_len,), (starts, text))
                    },
                    |(starts, text)| (law_starts.fresh(starts), law_text.fresh(text)),
                    |(left_starts, left_text), (right_starts, right_text)| {
                        law_starts.combine(left_starts, right_starts);
                        law_text.combine(left_text, right_text);
                    },
                );
            #[allow(unused_assignments)]
            {
                (text_len,) = carried;
            }
        }
    }
    (text, starts)
}
#[test]
fn same_answer() {
    let mut out = [0; 4];
    interleaved(&[(1, 2), (3, 4)], &mut out);
    assert_eq!(out, [1, 2, 3, 4]);
    assert_eq!(starts(& ["ab", "", "c"]), ("abc".to_string(), vec![0, 2, 2]));
}
