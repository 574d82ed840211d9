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
    fn heaviest(weights: &[u64]) -> u64 {
        if weights.len() < 2 {
            return weights.iter().sum();
        }
        let (left, right) = weights.split_at(weights.len() / 2);
        heaviest(left).max(heaviest(right))
    }
    fn watched(watch: ::divvy::__private::Watch<'_>, weights: &[u64]) -> u64 {
        if let ::core::option::Option::Some(forks) = watch.tick() {
            return fork(forks, weights);
        }
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
#[test]
fn same_answer() {
    assert_eq!(total(& [1, 2, 9, 7], 5), Err(9));
    assert_eq!(total(& [1, 2, 9, 7], 10), Ok(19));
    assert_eq!(heaviest(& [1, 5, 2]), 5);
}
