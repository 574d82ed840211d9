fn last_best<T: PartialOrd + Copy + Send + Sync>(
    xs: &[T],
    low: T,
) -> (Option<usize>, T) {
    let mut best = low;
    let mut at = None;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("last_best", ::core::file!(), 7u32);
        (best, _, at) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(0..xs.len()),
            (best, false, at),
            |(mut best, mut best_set, mut at), piece| {
                for i in piece {
                    if xs[i] >= best {
                        best = xs[i];
                        at = Some(i);
                        best_set = true;
                    }
                }
                (best, best_set, at)
            },
            |(best, _, at)| (
                ::core::clone::Clone::clone(best),
                false,
                ::core::clone::Clone::clone(at),
            ),
            |
                (left_best, left_best_set, left_at),
                (right_best, right_best_set, right_at)|
            {
                if right_best_set && right_best >= (*left_best) {
                    *left_best = right_best;
                    *left_at = right_at;
                }
                *left_best_set |= right_best_set;
            },
        );
        let _ = &best;
        let _ = &at;
    }
    (at, best)
}
fn longest<'a>(words: &[&'a str]) -> (&'a str, Option<String>) {
    let mut longest = "";
    let mut greatest = None;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("longest", ::core::file!(), 20u32);
        rt::lattice(&greatest);
        let greatest_found;
        (longest, greatest_found) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(words),
            (longest, ::core::option::Option::Some(greatest)),
            |(mut longest, mut greatest), piece| {
                for word in piece {
                    if word.len() > longest.len() {
                        longest = word;
                    }
                    {
                        let next = Some(word.to_string());
                        greatest = ::core::option::Option::Some(
                            match greatest.take() {
                                ::core::option::Option::Some(best) => best.max(next),
                                ::core::option::Option::None => next,
                            },
                        );
                    };
                }
                (longest, greatest)
            },
            |(longest, _)| (
                ::core::clone::Clone::clone(longest),
                ::core::option::Option::None,
            ),
            |(left_longest, left_greatest), (right_longest, right_greatest)| {
                if right_longest.len() > (*left_longest).len() {
                    *left_longest = right_longest;
                }
                if let ::core::option::Option::Some(later) = right_greatest {
                    *left_greatest = ::core::option::Option::Some(
                        match left_greatest.take() {
                            ::core::option::Option::Some(earlier) => earlier.max(later),
                            ::core::option::Option::None => later,
                        },
                    );
                }
            },
        );
        greatest = rt::found(greatest_found);
    }
    (longest, greatest)
}
#[test]
fn same_answer() {
    assert_eq!(last_best(& [1, 3, 2, 3, 0], 2), (Some(3), 3));
    assert_eq!(last_best(& [0.5], 1.0), (None, 1.0));
    assert_eq!(longest(& ["a", "bc", "de"]), ("bc", Some("de".to_string())));
}
