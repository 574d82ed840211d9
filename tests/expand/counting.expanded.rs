use std::collections::HashMap;
fn sum_up_to(xs: &[u64], stop: u64) -> (u64, usize) {
    let mut sum = 0;
    let mut i = 0;
    {
        if i < xs.len() {
            let mut at = ::core::option::Option::None;
            {
                use ::divvy::__private as rt;
                static SITE: rt::Site = rt::Site::new(
                    "sum_up_to",
                    ::core::file!(),
                    9u32,
                );
                let law_sum = rt::monoid::<rt::ops::Add, _>(&sum);
                let at_found;
                let exit;
                ((at_found, sum), exit) = rt::reduce_until(
                    rt::Region::new(&SITE),
                    rt::Source::step_by(rt::source(i..xs.len()), 2),
                    (::core::option::Option::None, sum),
                    |(mut at, mut sum), piece| {
                        let mut exit: ::core::option::Option<
                            rt::Exit<::core::convert::Infallible>,
                        > = ::core::option::Option::None;
                        let stop = stop;
                        'leaf: for i in piece {
                            if xs[i] == stop {
                                at = ::core::option::Option::Some(
                                    ::core::option::Option::Some(i),
                                );
                                {
                                    exit = ::core::option::Option::Some(rt::Exit::Break);
                                    break 'leaf;
                                };
                            }
                            sum += xs[i];
                        }
                        ((at, sum), exit)
                    },
                    |(_, sum)| (::core::option::Option::None, law_sum.fresh(sum)),
                    |(left_at, left_sum), (right_at, right_sum)| {
                        rt::last(left_at, right_at);
                        law_sum.combine(left_sum, right_sum);
                    },
                );
                if let ::core::option::Option::Some(at_found) = at_found {
                    at = at_found;
                }
                let _ = exit;
            }
            #[allow(unused_assignments)]
            {
                i = match at {
                    ::core::option::Option::Some(at) => at,
                    ::core::option::Option::None => {
                        let mut items = (i..xs.len()).step_by(2);
                        items.nth(items.size_hint().0 - 1).map_or(i, |item| item + 2)
                    }
                };
            }
        }
    }
    (sum, i)
}
fn lengths<'w>(words: &[&'w str]) -> HashMap<usize, Vec<&'w str>> {
    let mut by_length = HashMap::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("lengths", ::core::file!(), 20u32);
        let law_by_length = rt::keyed::<rt::ops::Append, _>(&by_length);
        (by_length,) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::skip(rt::source(words.iter()), 1),
            (by_length,),
            |(mut by_length,), piece| {
                for word in piece {
                    by_length.entry(word.len()).or_insert_with(Vec::new).push(*word);
                }
                (by_length,)
            },
            |(by_length,)| (law_by_length.fresh(by_length),),
            |(left_by_length,), (right_by_length,)| {
                law_by_length.combine(left_by_length, right_by_length);
            },
        );
    }
    by_length
}
fn butterflies(xs: &mut [i64], half: usize) {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("butterflies", ::core::file!(), 29u32);
        let first_2_xs = rt::wide(half);
        rt::reduce(
            rt::Region::new(&SITE),
            rt::with_parts(
                rt::source(0..half),
                (rt::stretches(&mut xs[..], [(0, 1, 1), (first_2_xs, 1, 1)]),),
            ),
            (),
            |(), piece| {
                let (piece, (mut xs,)) = piece.apart();
                let half = half;
                for i in piece {
                    let (a, b) = (xs[i], xs[i + half]);
                    xs[i] = a + b;
                    xs[i + half] = a - b;
                }
            },
            |()| (),
            |(), ()| {},
        );
    }
}
#[test]
fn same_answer() {
    assert_eq!(sum_up_to(& [1, 9, 2, 9, 9, 9], 9), (3, 4));
    assert_eq!(lengths(& ["x", "a", "bb", "c"]) [& 1], ["a", "c"]);
    let mut xs = [1, 2, 3, 4];
    butterflies(&mut xs, 2);
    assert_eq!(xs, [4, 6, - 2, - 2]);
}
