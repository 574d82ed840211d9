fn norm(xs: &[f64]) -> f64 {
    ::divvy::__private::chain(
            ::divvy::__private::Region::new({
                    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                        "norm",
                        ::core::file!(),
                        5u32,
                    );
                    &SITE
                })
                .tree(),
            ::divvy::__private::source(xs.iter()),
            |piece| { ::divvy::__private::items(piece).map(|x| x * x) },
        )
        .rounded()
        .sum::<f64>()
        .sqrt()
}
fn numbered(words: &[&str], name: &str) -> Vec<String> {
    ::divvy::__private::chain(
            ::divvy::__private::Region::new({
                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                    "numbered",
                    ::core::file!(),
                    16u32,
                );
                &SITE
            }),
            ::divvy::__private::Source::rev(
                ::divvy::__private::Source::enumerate(
                    ::divvy::__private::source(words.iter()),
                ),
            ),
            |piece| {
                ::divvy::__private::reversed(
                    piece,
                    |piece| {
                        ::divvy::__private::items(piece)
                            .map(|(i, word)| format!("{name}{i}: {word}"))
                            .filter(|line| line.len() > 4)
                    },
                )
            },
        )
        .collect()
}
fn every_other_capital(text: &str) -> Option<usize> {
    ::divvy::__private::chain(
            ::divvy::__private::Region::new({
                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                    "every_other_capital",
                    ::core::file!(),
                    25u32,
                );
                &SITE
            }),
            ::divvy::__private::Source::zip(
                ::divvy::__private::Source::step_by(
                    ::divvy::__private::chain(
                            ::divvy::__private::Region::new({
                                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                                    "every_other_capital",
                                    ::core::file!(),
                                    23u32,
                                );
                                &SITE
                            }),
                            ::divvy::__private::source(text.chars()),
                            |piece| {
                                ::divvy::__private::items(piece)
                                    .filter(|c| c.is_uppercase())
                            },
                        )
                        .gather(),
                    2,
                ),
                ::divvy::__private::source(text.bytes()),
            ),
            |piece| {
                ::divvy::__private::zipped(
                    piece,
                    ::divvy::__private::items,
                    |piece| { ::divvy::__private::items(piece).map(|b| b + 1) },
                )
            },
        )
        .position(|(c, b)| c == b as char)
}
fn range(xs: &[i32]) -> (i32, i32) {
    {
        let (mut low, mut high) = (i32::MAX, i32::MIN);
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("range", ::core::file!(), 31u32);
            rt::lattice(&low);
            rt::lattice(&high);
            (low, high) = rt::reduce(
                rt::Region::new(&SITE),
                rt::source(xs.iter()),
                (low, high),
                |(mut low, mut high), piece| {
                    for x in piece {
                        low = low.min(*x);
                        high = high.max(*x);
                    }
                    (low, high)
                },
                |(low, high)| (
                    ::core::clone::Clone::clone(low),
                    ::core::clone::Clone::clone(high),
                ),
                |(left_low, left_high), (right_low, right_high)| {
                    *left_low = (*left_low).min(right_low);
                    *left_high = (*left_high).max(right_high);
                },
            );
        }
        (low, high)
    }
}
fn split(xs: &[u64]) -> (u64, Vec<usize>) {
    let mut sum = 0;
    let mut large = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("split", ::core::file!(), 38u32);
        let law_sum = rt::monoid::<rt::ops::Add, _>(&sum);
        let law_large = rt::monoid::<rt::ops::Append, _>(&large);
        (sum, large) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(xs.iter())),
            (sum, large),
            |(mut sum, mut large), piece| {
                for (i, x) in rt::items(piece).filter(|(_, x)| **x != 5) {
                    sum += x;
                    if *x > 9 {
                        large.push(i);
                    }
                }
                (sum, large)
            },
            |(sum, large)| (law_sum.fresh(sum), law_large.fresh(large)),
            |(left_sum, left_large), (right_sum, right_large)| {
                law_sum.combine(left_sum, right_sum);
                law_large.combine(left_large, right_large);
            },
        );
    };
    (sum, large)
}
#[test]
fn same_answer() {
    assert_eq!(norm(& [3.0, 4.0]), 5.0);
    assert_eq!(numbered(& ["a", "", "b"], "n"), ["n2: b", "n0: a"]);
    assert_eq!(every_other_capital("A@XA"), Some(1));
    assert_eq!(range(& [3, 1, 2]), (1, 3));
    assert_eq!(split(& [1, 5, 10]), (11, vec![2]));
}
