macro_rules! square {
    ($x:expr) => {
        $x * $x
    };
}
fn squares(xs: &[u64], out: &mut [u64]) {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("squares", ::core::file!(), 11u32);
        _ = rt::reduce(
            rt::Region::new(&SITE),
            rt::with_parts(
                rt::source(0..xs.len()),
                (rt::Part::new(&mut out[..], 0, 1),),
            ),
            rt::NoMacroLeavesHere,
            |_, piece| {
                let (piece, (mut out,)) = piece.apart();
                match ::core::iter::IntoIterator::into_iter(piece) {
                    mut items => {
                        let _: rt::NoMacroLeavesHere = loop {
                            match ::core::iter::Iterator::next(&mut items) {
                                ::core::option::Option::Some(i) => {
                                    out[i] = square!(xs[i]);
                                }
                                ::core::option::Option::None => break rt::NoMacroLeavesHere,
                            }
                        };
                    }
                }
                rt::NoMacroLeavesHere
            },
            |_| rt::NoMacroLeavesHere,
            |_, _| {},
        );
    }
}
fn until_a_large_one(xs: &[u64], limit: u64) -> Vec<u64> {
    let mut all = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new(
            "until_a_large_one",
            ::core::file!(),
            19u32,
        );
        let law_all = rt::monoid::<rt::ops::Append, _>(&all);
        let exit;
        ((all,), exit) = rt::reduce_until(
            rt::Region::new(&SITE),
            rt::source(xs),
            (all,),
            |(mut all,), piece| {
                let mut exit: ::core::option::Option<
                    rt::Exit<::core::convert::Infallible>,
                > = ::core::option::Option::None;
                let limit = limit;
                'leaf: {
                    match ::core::iter::IntoIterator::into_iter(piece) {
                        mut items => {
                            let _: rt::NoMacroLeavesHere = loop {
                                match ::core::iter::Iterator::next(&mut items) {
                                    ::core::option::Option::Some(x) => {
                                        if square!(x) > limit {
                                            {
                                                exit = ::core::option::Option::Some(rt::Exit::Break);
                                                break 'leaf;
                                            };
                                        }
                                        all.push(*x);
                                    }
                                    ::core::option::Option::None => break rt::NoMacroLeavesHere,
                                }
                            };
                        }
                    }
                }
                ((all,), exit)
            },
            |(all,)| (law_all.fresh(all),),
            |(left_all,), (right_all,)| {
                law_all.combine(left_all, right_all);
            },
        );
        let _ = exit;
    }
    all
}
#[test]
fn same_answer() {
    let mut out = [0; 3];
    squares(&[1, 2, 3], &mut out);
    assert_eq!(out, [1, 4, 9]);
    assert_eq!(until_a_large_one(& [1, 2, 9, 3], 10), [1, 2]);
}
