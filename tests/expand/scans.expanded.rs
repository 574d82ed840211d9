#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    Out,
    In,
}
fn offsets(lengths: &[u32], starts: &mut Vec<usize>) -> usize {
    let mut total = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("offsets", ::core::file!(), 12u32);
        let law_starts = rt::monoid::<rt::ops::Append, _>(&*starts);
        let carried;
        (carried, (*starts,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(lengths),
                (total,),
            )
            .steps(
                |(total,), piece| {
                    let mut total = rt::shift(total);
                    #[allow(unused, clippy::all)]
                    'summary: for &length in piece {
                        total.add(length as usize);
                    }
                    (total,)
                },
                |(total_after,), (total,)| rt::Step::apply(&total_after, total),
            )
            .run(
                (law_starts.take(&mut *starts),),
                |(mut total,), (mut starts,), piece| {
                    for &length in piece {
                        starts.push(total);
                        total += length as usize;
                    }
                    ((total,), (starts,))
                },
                |(starts,)| (law_starts.fresh(starts),),
                |(left_starts,), (right_starts,)| {
                    law_starts.combine(left_starts, right_starts);
                },
            );
        #[allow(unused_assignments)]
        {
            (total,) = carried;
        }
    }
    total
}
fn commas(text: &[u8], separates: &mut [bool]) {
    let mut state = Quotes::Out;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("commas", ::core::file!(), 22u32);
        let carried;
        (carried, ()) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::with_parts(
                    rt::source(0..text.len()),
                    (rt::Part::new(&mut separates[..], 0, 1),),
                ),
                (state,),
            )
            .automaton(
                [(Quotes::In,), (Quotes::Out,)],
                |(state,)| (::core::clone::Clone::clone(state),),
                |(_,), (mut state,), piece| {
                    #[allow(unused)]
                    let (piece, (separates,)) = piece.apart();
                    #[allow(unused, clippy::all)]
                    'summary: for i in piece {
                        state = match (state, text[i]) {
                            (Quotes::Out, b'"') => Quotes::In,
                            (Quotes::In, b'"') => Quotes::Out,
                            _ => state,
                        };
                    }
                    (state,)
                },
                |(state_after,), (state,)| {
                    *state = state_after;
                },
            )
            .run(
                (),
                |(mut state,), (), piece| {
                    let (piece, (mut separates,)) = piece.apart();
                    for i in piece {
                        state = match (state, text[i]) {
                            (Quotes::Out, b'"') => Quotes::In,
                            (Quotes::In, b'"') => Quotes::Out,
                            _ => state,
                        };
                        separates[i] = state == Quotes::Out && text[i] == b',';
                    }
                    ((state,), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (state,) = carried;
        }
    }
}
fn smooth(samples: &mut [f64], alpha: f64) {
    let mut level = 0.0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("smooth", ::core::file!(), 35u32);
        let carried;
        (carried, ()) = rt::Scan::new(
                rt::Region::new(&SITE).tree(),
                rt::source(samples.iter_mut()),
                (level,),
            )
            .steps(
                |(level,), piece| {
                    let mut level = rt::affine_rounded(level);
                    #[allow(unused, clippy::all)]
                    'summary: for sample in piece {
                        level.mul((1.0 - alpha));
                        level.add(alpha * *sample);
                    }
                    (level,)
                },
                |(level_after,), (level,)| rt::Step::apply(&level_after, level),
            )
            .forgetting(|(mut level,), piece| {
                #[allow(unused, clippy::all)]
                'summary: for sample in piece {
                    level = (1.0 - alpha) * level + alpha * *sample;
                }
                (level,)
            })
            .run(
                (),
                |(mut level,), (), piece| {
                    let alpha = alpha;
                    for sample in piece {
                        level = (1.0 - alpha) * level + alpha * *sample;
                        *sample = level;
                    }
                    ((level,), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (level,) = carried;
        }
    }
}
fn cumulate(days: &mut [u64], fee: u64) {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("cumulate", ::core::file!(), 43u32);
        let days_before = rt::before(&days[..], 1, 1);
        let carried;
        (carried, ()) = rt::summed(
                &rt::inside(&days_before),
                rt::Scan::new,
            )(
                rt::Region::new(&SITE),
                rt::with_parts(
                    rt::source(1..days.len()),
                    (rt::Part::new(&mut days[..], 1, 1),),
                ),
                (days_before,),
            )
            .steps(
                |(days_before,), piece| {
                    #[allow(unused)]
                    let (piece, (days,)) = piece.apart();
                    let mut days_before = rt::shift(&rt::inside(days_before));
                    #[allow(unused, clippy::all)]
                    'summary: for i in piece {
                        let mut days_element = days[i];
                        days_before.add(fee);
                        days_before.add((days_element));
                    }
                    (days_before,)
                },
                |(days_before_after,), (days_before,)| rt::some(
                    days_before_after,
                    days_before,
                ),
            )
            .run(
                (),
                |(days_before,), (), piece| {
                    let (piece, (days,)) = piece.apart();
                    let fee = fee;
                    let count = rt::Source::len(&piece);
                    let mut days = days.after(days_before);
                    for i in piece {
                        days[i] += days[i - 1] + fee;
                    }
                    ((days.carried(count),), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (_,) = carried;
        }
    }
}
#[allow(clippy::assign_op_pattern)]
fn prefix(xs: &[u64]) -> Vec<u64> {
    let mut sums = vec![0];
    {
        let before = sums.last().copied();
        let mut sums_last = before.unwrap_or_default();
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("prefix", ::core::file!(), 51u32);
            let law_sums = rt::monoid::<rt::ops::Append, _>(&sums);
            let carried;
            (carried, (sums,)) = rt::Scan::new(
                    rt::Region::new(&SITE),
                    rt::source(xs),
                    (sums_last,),
                )
                .steps(
                    |(sums_last,), piece| {
                        let mut sums_last = rt::shift(sums_last);
                        #[allow(unused, clippy::all)]
                        'summary: for x in piece {
                            sums_last.add(x);
                        }
                        (sums_last,)
                    },
                    |(sums_last_after,), (sums_last,)| rt::Step::apply(
                        &sums_last_after,
                        sums_last,
                    ),
                )
                .run(
                    (sums,),
                    |(mut sums_last,), (mut sums,), piece| {
                        for x in piece {
                            before.unwrap();
                            sums_last = sums_last + x;
                            sums.push(sums_last);
                        }
                        ((sums_last,), (sums,))
                    },
                    |(sums,)| (law_sums.fresh(sums),),
                    |(left_sums,), (right_sums,)| {
                        law_sums.combine(left_sums, right_sums);
                    },
                );
            #[allow(unused_assignments)]
            {
                (sums_last,) = carried;
            }
        }
    }
    sums
}
#[test]
fn same_answer() {
    let mut days = [1, 2, 3];
    cumulate(&mut days, 1);
    assert_eq!(days, [1, 4, 8]);
    let mut starts = Vec::new();
    assert_eq!(offsets(& [3, 0, 4], & mut starts), 7);
    assert_eq!(starts, [0, 3, 3]);
    let mut separates = [false; 7];
    commas(b"a,\",\",,", &mut separates);
    assert_eq!(separates, [false, true, false, false, false, true, true]);
    let mut samples = [1.0, 1.0];
    smooth(&mut samples, 0.5);
    assert_eq!(samples, [0.5, 0.75]);
    assert_eq!(prefix(& [1, 2, 3]), [0, 1, 3, 6]);
}
