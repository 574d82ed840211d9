struct Word {
    length: usize,
    start: usize,
    end: usize,
}
/// `scan` in a chain.
fn balances(changes: &[i64]) -> Vec<i64> {
    ::divvy::__private::chain(
            ::divvy::__private::Region::new({
                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                    "balances",
                    ::core::file!(),
                    18u32,
                );
                &SITE
            }),
            ::divvy::__private::source(
                {
                    let mut balance = 0;
                    let mut scanned = ::std::vec::Vec::new();
                    {
                        use ::divvy::__private as rt;
                        static SITE: rt::Site = rt::Site::new(
                            "balances",
                            ::core::file!(),
                            14u32,
                        );
                        let law_scanned = rt::monoid::<rt::ops::Append, _>(&scanned);
                        let carried;
                        (carried, (scanned,)) = rt::Scan::new(
                                rt::Region::new(&SITE),
                                rt::source(changes.iter()),
                                (balance,),
                            )
                            .steps(
                                |(balance,), piece| {
                                    let mut balance = rt::shift(balance);
                                    #[allow(unused, clippy::all)]
                                    'summary: for change in piece {
                                        balance.add(change);
                                    }
                                    (balance,)
                                },
                                |(balance_after,), (balance,)| rt::Step::apply(
                                    &balance_after,
                                    balance,
                                ),
                            )
                            .run(
                                (scanned,),
                                |(mut balance,), (mut scanned,), piece| {
                                    for change in piece {
                                        balance += change;
                                        let item = balance;
                                        scanned.push(item);
                                    }
                                    ((balance,), (scanned,))
                                },
                                |(scanned,)| (law_scanned.fresh(scanned),),
                                |(left_scanned,), (right_scanned,)| {
                                    law_scanned.combine(left_scanned, right_scanned);
                                },
                            );
                        #[allow(unused_assignments)]
                        {
                            (balance,) = carried;
                        }
                    }
                    scanned
                }
                    .into_iter(),
            ),
            ::divvy::__private::items,
        )
        .collect()
}
/// What is kept moves to the front of another list.
fn kept(xs: &[u32], out: &mut [u32]) -> usize {
    let mut k = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("kept", ::core::file!(), 25u32);
        let carried;
        (carried, (_,)) = rt::Scan::new(
                rt::Region::new(&SITE).bounded(),
                rt::source(xs),
                (k,),
            )
            .steps(
                |(k,), piece| {
                    let mut k = rt::shift(k);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        let k_before = k.begin();
                        if x % 2 == 1 {
                            k.add(1);
                        }
                        k.end(k_before);
                    }
                    (k,)
                },
                |(k_after,), (k,)| rt::Step::apply(&k_after, k),
            )
            .run(
                (rt::Calls::on(&mut *out),),
                |(mut k,), (mut out_calls,), piece| {
                    for &x in piece {
                        if x % 2 == 1 {
                            out_calls
                                .make(
                                    (x, k),
                                    |target, (given_1, given_2)| {
                                        target[given_2] = given_1;
                                    },
                                );
                            k += 1;
                        }
                    }
                    ((k,), (out_calls,))
                },
                |(_,)| (rt::Calls::later(),),
                |(left_out_calls,), (right_out_calls,)| {
                    left_out_calls.then(right_out_calls);
                },
            );
        #[allow(unused_assignments)]
        {
            (k,) = carried;
        }
    }
    k
}
/// Fields of the items.
fn place(words: &mut [Word]) -> usize {
    let mut at = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("place", ::core::file!(), 38u32);
        let carried;
        (carried, ()) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(words.iter_mut()),
                (at,),
            )
            .steps(
                |(at,), piece| {
                    let mut at = rt::shift(at);
                    #[allow(unused, clippy::all)]
                    'summary: for word in piece {
                        at.add(word.length);
                    }
                    (at,)
                },
                |(at_after,), (at,)| rt::Step::apply(&at_after, at),
            )
            .run(
                (),
                |(mut at,), (), piece| {
                    for word in piece {
                        word.start = at;
                        at += word.length;
                        word.end = at;
                    }
                    ((at,), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (at,) = carried;
        }
    }
    at
}
/// Sums that begin anew with each key.
fn by_key(rows: &[(u32, u64)]) -> Vec<u64> {
    let mut last = None;
    let mut sum = 0;
    let mut sums = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("by_key", ::core::file!(), 52u32);
        let law_sums = rt::monoid::<rt::ops::Append, _>(&sums);
        let carried;
        (carried, (sums,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(rows),
                (sum, last),
            )
            .steps(
                |(_, last), piece| {
                    let mut last = rt::Last::of(last);
                    #[allow(unused, clippy::all)]
                    'summary: for &(key, x) in piece.last() {
                        last.set(Some(key));
                    }
                    (last,)
                },
                |(last_after,), (_, last)| rt::Step::apply(&last_after, last),
            )
            .steps(
                |(sum, last), piece| {
                    #[allow(unused_mut)]
                    let mut last = ::core::clone::Clone::clone(last);
                    let mut sum = rt::shift(sum);
                    #[allow(unused, clippy::all)]
                    'summary: for &(key, x) in piece {
                        let sum_before = sum.begin();
                        if last != Some(key) {
                            sum.set(0);
                        }
                        sum.add(x);
                        last = Some(key);
                        sum.end(sum_before);
                    }
                    (sum,)
                },
                |(sum_after,), (sum, _)| rt::Step::apply(&sum_after, sum),
            )
            .run(
                (sums,),
                |(mut sum, mut last), (mut sums,), piece| {
                    for &(key, x) in piece {
                        if last != Some(key) {
                            sum = 0;
                        }
                        sum += x;
                        last = Some(key);
                        sums.push(sum);
                    }
                    ((sum, last), (sums,))
                },
                |(sums,)| (law_sums.fresh(sums),),
                |(left_sums,), (right_sums,)| {
                    law_sums.combine(left_sums, right_sums);
                },
            );
        #[allow(unused_assignments)]
        {
            (sum, last) = carried;
        }
    }
    sums
}
/// The first sum that is no number ends the loop.
fn checked(xs: &[u8]) -> Option<Vec<u8>> {
    let mut sum = 0u8;
    let mut sums = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("checked", ::core::file!(), 68u32);
        let law_sums = rt::monoid::<rt::ops::Append, _>(&sums);
        let carried;
        let exit;
        ((carried, (sums,)), exit) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(xs),
                (sum,),
            )
            .steps(
                |(sum,), piece| {
                    let mut sum = rt::shift(sum);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        sum.add(x);
                    }
                    (sum,)
                },
                |(sum_after,), (sum,)| rt::Step::apply(&sum_after, sum),
            )
            .run_until(
                (sums,),
                |(mut sum,), (mut sums,), piece| {
                    let mut exit: ::core::option::Option<rt::Exit<Option<Vec<u8>>>> = ::core::option::Option::None;
                    'leaf: for &x in piece {
                        sum = match rt::branch(sum.checked_add(x)) {
                            ::core::ops::ControlFlow::Continue(value) => value,
                            ::core::ops::ControlFlow::Break(failure) => {
                                exit = rt::failed(failure);
                                break 'leaf;
                            }
                        };
                        sums.push(sum);
                    }
                    (((sum,), (sums,)), exit)
                },
                |(sums,)| (law_sums.fresh(sums),),
                |(left_sums,), (right_sums,)| {
                    law_sums.combine(left_sums, right_sums);
                },
            );
        #[allow(unused_assignments)]
        {
            (sum,) = carried;
        }
        if let ::core::option::Option::Some(rt::Exit::Return(value)) = exit {
            return value;
        }
    }
    Some(sums)
}
/// The range of both.
fn wider(a: (u32, u32), b: (u32, u32)) -> (u32, u32) {
    (a.0.min(b.0), a.1.max(b.1))
}
///The operation of the function `wider`.
#[allow(non_camel_case_types, dead_code, unreachable_pub)]
enum wider {}
impl ::divvy::__private::Associative<wider> for (u32, u32) {
    #[inline]
    fn combine(left: &mut Self, right: Self) {
        *left = wider(
            ::core::mem::replace(
                left,
                <Self as ::divvy::__private::Monoid<wider>>::identity(),
            ),
            right,
        );
    }
}
impl ::divvy::__private::Monoid<wider> for (u32, u32) {
    #[inline]
    fn identity() -> Self {
        (u32::MAX, 0)
    }
}
#[cfg(test)]
#[::core::prelude::v1::test]
#[allow(unnameable_test_items, non_snake_case, clippy::needless_borrow)]
fn wider_keeps_its_laws() {
    #[allow(unused_imports)]
    use ::divvy::__private::{Tried as _, Untried as _};
    let trial = ::divvy::__private::Trial::<
        (u32, u32),
    >::new(
        "wider",
        wider,
        <(u32, u32) as ::divvy::__private::Monoid<wider>>::identity,
        false,
    );
    (&trial).try_claims();
}
/// A carried value that follows the law of a monoid.
fn ranges(xs: &[u32]) -> Vec<(u32, u32)> {
    let mut range = (u32::MAX, 0);
    let mut ranges = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("ranges", ::core::file!(), 86u32);
        let law_ranges = rt::monoid::<rt::ops::Append, _>(&ranges);
        let law_range = rt::monoid::<wider, _>(&range);
        let carried;
        (carried, (ranges,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(xs),
                (range,),
            )
            .steps(
                |(range,), piece| {
                    #[allow(unused_mut)]
                    let (mut range, mut is_set) = (law_range.fresh(range), false);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        range = wider(range, (x, x));
                    }
                    rt::Lawful::new(&law_range, range, is_set)
                },
                |range_after, (range,)| range_after.apply(range),
            )
            .run(
                (ranges,),
                |(mut range,), (mut ranges,), piece| {
                    for &x in piece {
                        range = wider(range, (x, x));
                        ranges.push(range);
                    }
                    ((range,), (ranges,))
                },
                |(ranges,)| (law_ranges.fresh(ranges),),
                |(left_ranges,), (right_ranges,)| {
                    law_ranges.combine(left_ranges, right_ranges);
                },
            );
        #[allow(unused_assignments)]
        {
            (range,) = carried;
        }
    }
    ranges
}
#[test]
fn same_answer() {
    assert_eq!(balances(& [3, - 5, 1]), [3, - 2, - 1]);
    let mut out = [0; 3];
    assert_eq!(kept(& [1, 2, 3], & mut out), 2);
    assert_eq!(out, [1, 3, 0]);
    let mut words = [3, 2].map(|length| Word { length, start: 0, end: 0 });
    assert_eq!(place(& mut words), 5);
    assert_eq!([words[1].start, words[1].end], [3, 5]);
    assert_eq!(by_key(& [(1, 3), (1, 4), (2, 5)]), [3, 7, 5]);
    assert_eq!(checked(& [100, 100]), Some(vec![100, 200]));
    assert_eq!(checked(& [200, 100]), None);
    assert_eq!(ranges(& [3, 1, 4]), [(3, 3), (1, 3), (1, 4)]);
}
