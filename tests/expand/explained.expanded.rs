//! What `explain` writes into the documentation.
/// The sum, or the first one that is too large.
///
/// # Runs in parallel
///
/// By `#[par_reduce]`, with the answer of the code as it is written:
///
/// - `for &x in xs`: `xs` is cut into pieces
///   - `sum`: added up (`ops::Add`)
///   - `return` leaves with what the sequential loop leaves with: the first one counts
///
/// - cutoff: below `1024` iterations the original code runs
/// - it runs on the current thread pool
fn total(xs: &[u64], limit: u64) -> Result<u64, u64> {
    let mut sum = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("total", ::core::file!(), 8u32);
        let law_sum = rt::monoid::<rt::ops::Add, _>(&sum);
        let exit;
        ((sum,), exit) = rt::reduce_until(
            rt::Region::new(&SITE).threshold(1024),
            rt::source(xs),
            (sum,),
            |(mut sum,), piece| {
                let mut exit: ::core::option::Option<rt::Exit<Result<u64, u64>>> = ::core::option::Option::None;
                let limit = limit;
                'leaf: for &x in piece {
                    if x > limit {
                        {
                            exit = ::core::option::Option::Some(
                                rt::Exit::Return(Err(x)),
                            );
                            break 'leaf;
                        };
                    }
                    sum += x;
                }
                ((sum,), exit)
            },
            |(sum,)| (law_sum.fresh(sum),),
            |(left_sum,), (right_sum,)| {
                law_sum.combine(left_sum, right_sum);
            },
        );
        if let ::core::option::Option::Some(rt::Exit::Return(value)) = exit {
            return value;
        }
    }
    Ok(sum)
}
/// Largest weight of a path.
///
/// # Runs in parallel
///
/// By `#[par_divide]`, with the answer of the code as it is written:
///
/// - `heaviest(left), heaviest(right)`: run side by side; what follows them is the combine
///
/// - cutoff: found at run time; small inputs never touch the thread pool
/// - it runs on the current thread pool
fn heaviest(weights: &[u64]) -> u64 {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        "heaviest",
        ::core::file!(),
        19u32,
    );
    #[inline(never)]
    fn heaviest(weights: &[u64]) -> u64 {
        if weights.len() < 2 {
            return weights.iter().sum();
        }
        let (left, right) = weights.split_at(weights.len() / 2);
        heaviest(left).max(heaviest(right))
    }
    #[inline(never)]
    fn watched<'watch>(
        watch: impl ::divvy::__private::Watches<'watch>,
        weights: &[u64],
    ) -> u64 {
        let watch = match ::divvy::__private::Watches::tick(watch) {
            ::core::result::Result::Ok(watch) => watch,
            ::core::result::Result::Err(forks) => return fork(forks, weights),
        };
        if weights.len() < 2 {
            return weights.iter().sum();
        }
        let (left, right) = weights.split_at(weights.len() / 2);
        watched(watch, left).max(watched(watch, right))
    }
    fn fork(forks: ::divvy::__private::Forks<'_>, weights: &[u64]) -> u64 {
        let forks = match forks.at(weights.len()) {
            ::divvy::__private::Cutoff::Fork(forks) => forks,
            ::divvy::__private::Cutoff::Leaf(leaf) => {
                return leaf.run(|| heaviest(weights));
            }
            ::divvy::__private::Cutoff::Watch(watch) => return watched(watch, weights),
            ::divvy::__private::Cutoff::Guard(watch) => return watched(watch, weights),
        };
        if weights.len() < 2 {
            return weights.iter().sum();
        }
        let (left, right) = weights.split_at(weights.len() / 2);
        let (first, second) = forks
            .join(|forks| fork(forks, left), |forks| fork(forks, right));
        ::core::convert::identity(first).max(second.claim())
    }
    ::divvy::__private::Forks::enter_sized(
        ::divvy::__private::Region::new(&SITE),
        weights.len(),
        |forks| fork(forks, weights),
    )
}
/// Both sums.
///
/// # Runs in parallel
///
/// By `#[par_join]`, with the answer of the code as it is written:
///
/// - `xs.iter().sum::<u64>(), ys.iter().sum::<u64>()`: run side by side, in the sequential order as far as can be seen
///
/// - cutoff: where the statements took next to no time the last time, they run in order
/// - it runs on the current thread pool
fn both(xs: &[u64], ys: &[u64]) -> (u64, u64) {
    let statements = ::divvy::__private::Forks::statements({
        static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
            "both",
            ::core::file!(),
            30u32,
        );
        ::divvy::__private::Region::new(&SITE)
    });
    let forks = statements.forks();
    let (first, second) = forks
        .join(|_| xs.iter().sum::<u64>(), |_| ys.iter().sum::<u64>());
    let left = first;
    let right = second.claim();
    (left, right)
}
/// Sums between quotes.
///
/// # Runs in parallel
///
/// By `#[par_scan]`, with the answer of the code as it is written:
///
/// - `for &letter in text`: `text` is cut into pieces
///   - `sums`: joined in order (`ops::Append`)
///   - `inside`: carried along, operations on bits; the pieces are summarised first, then run from what comes in
///   - `sum`: carried along, a running sum; the pieces are summarised first, then run from what comes in
///
/// - cutoff: found at run time; small inputs never touch the thread pool
/// - it runs on the current thread pool
fn quoted(text: &[u8]) -> Vec<u64> {
    let mut inside = false;
    let mut sum = 0;
    let mut sums = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("quoted", ::core::file!(), 41u32);
        let law_sums = rt::monoid::<rt::ops::Append, _>(&sums);
        let carried;
        (carried, (sums,)) = rt::masked(
                &inside,
                rt::Scan::new,
            )(rt::Region::new(&SITE), rt::source(text), (inside, sum))
            .steps(
                |(inside, _), piece| {
                    let mut inside = rt::bits(inside);
                    #[allow(unused, clippy::all)]
                    'summary: for &letter in piece {
                        if letter == b'"' {
                            inside.not();
                        }
                    }
                    (inside,)
                },
                |(inside_after,), (inside, _)| rt::Step::apply(&inside_after, inside),
            )
            .steps(
                |(inside, sum), piece| {
                    #[allow(unused_mut)]
                    let mut inside = ::core::clone::Clone::clone(inside);
                    let mut sum = rt::shift(sum);
                    #[allow(unused, clippy::all)]
                    'summary: for &letter in piece {
                        let sum_before = sum.begin();
                        if letter == b'"' {
                            inside = !inside;
                        }
                        if inside {
                            sum.add(u64::from(letter));
                        }
                        sum.end(sum_before);
                    }
                    (sum,)
                },
                |(sum_after,), (_, sum)| rt::Step::apply(&sum_after, sum),
            )
            .run(
                (sums,),
                |(mut inside, mut sum), (mut sums,), piece| {
                    for &letter in piece {
                        if letter == b'"' {
                            inside = !inside;
                        }
                        if inside {
                            sum += u64::from(letter);
                        }
                        sums.push(sum);
                    }
                    ((inside, sum), (sums,))
                },
                |(sums,)| (law_sums.fresh(sums),),
                |(left_sums,), (right_sums,)| {
                    law_sums.combine(left_sums, right_sums);
                },
            );
        #[allow(unused_assignments)]
        {
            (inside, sum) = carried;
        }
    }
    sums
}
#[test]
fn same_answer() {
    assert_eq!(both(& [1, 2], & [3, 4]), (3, 7));
    assert_eq!(quoted(b"a\"b\"c"), [0, 34, 132, 132, 132]);
    assert_eq!(total(& [1, 2, 9, 7], 5), Err(9));
    assert_eq!(total(& [1, 2, 9, 7], 10), Ok(19));
    assert_eq!(heaviest(& [1, 5, 2]), 5);
}
