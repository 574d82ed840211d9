fn highest(points: &[(u32, f64)]) -> (Option<(usize, f64)>, Option<u32>) {
    let mut best: Option<(usize, f64)> = None;
    let mut sum = None;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("highest", ::core::file!(), 7u32);
        rt::held_lattice(&sum);
        (_, best, sum) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(points.iter())),
            (false, best, sum),
            |(mut best_unordered, mut best, mut sum), piece| {
                for (i, &(n, x)) in piece {
                    {
                        match best {
                            Some((_, b)) if b >= x => {}
                            _ => best = Some((i, x)),
                        };
                        if let ::core::option::Option::Some((_, b)) = best.as_ref() {
                            best_unordered |= rt::is_nan(&b);
                        }
                    }
                    sum = Some(sum.map_or(n, |s: u32| s.max(n)));
                }
                (best_unordered, best, sum)
            },
            |(_, _, _)| (
                false,
                ::core::option::Option::None,
                ::core::option::Option::None,
            ),
            |
                (left_best_unordered, left_best, left_sum),
                (right_best_unordered, right_best, right_sum)|
            {
                *left_best_unordered |= right_best_unordered;
                if let ::core::option::Option::Some((_, b)) = right_best.as_ref() {
                    let right_key = b;
                    let is_kept = match (*left_best).as_ref() {
                        ::core::option::Option::Some((_, b)) => b >= right_key,
                        ::core::option::Option::None => false,
                    };
                    if right_best_unordered || !is_kept {
                        *left_best = right_best;
                    }
                }
                if let ::core::option::Option::Some(later) = right_sum {
                    *left_sum = ::core::option::Option::Some(
                        match left_sum.take() {
                            ::core::option::Option::Some(earlier) => earlier.max(later),
                            ::core::option::Option::None => later,
                        },
                    );
                }
            },
        );
    }
    (best, sum)
}
fn range(xs: &[i32]) -> (i32, i32) {
    let mut range = (i32::MAX, i32::MIN);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("range", ::core::file!(), 20u32);
        rt::lattice(&range.0);
        rt::lattice(&range.1);
        let range_1_found;
        (range.0, range_1_found) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(xs),
            (
                ::core::clone::Clone::clone(&range.0),
                ::core::option::Option::Some(::core::clone::Clone::clone(&range.1)),
            ),
            |(mut range_0, mut range_1), piece| {
                for &x in piece {
                    range_0 = range_0.min(x);
                    {
                        let next = x;
                        range_1 = ::core::option::Option::Some(
                            match range_1.take() {
                                ::core::option::Option::Some(best) => best.max(next),
                                ::core::option::Option::None => next,
                            },
                        );
                    };
                }
                (range_0, range_1)
            },
            |(range_0, _)| (
                ::core::clone::Clone::clone(range_0),
                ::core::option::Option::None,
            ),
            |(left_range_0, left_range_1), (right_range_0, right_range_1)| {
                *left_range_0 = ::core::clone::Clone::clone(&*left_range_0)
                    .min(right_range_0);
                if let ::core::option::Option::Some(later) = right_range_1 {
                    *left_range_1 = ::core::option::Option::Some(
                        match left_range_1.take() {
                            ::core::option::Option::Some(earlier) => earlier.max(later),
                            ::core::option::Option::None => later,
                        },
                    );
                }
            },
        );
        range.1 = rt::found(range_1_found);
    }
    range
}
#[test]
fn same_answer() {
    let points = [(3, 1.5), (9, f64::NAN), (2, 7.0), (4, 7.0)];
    assert_eq!(highest(& points), (Some((2, 7.0)), Some(9)));
    assert_eq!(highest(& []), (None, None));
    assert_eq!(range(& [3, - 4, 7]), (- 4, 7));
}
