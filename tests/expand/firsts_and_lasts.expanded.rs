use std::collections::BTreeMap;
#[derive(Clone, Debug, Default, PartialEq)]
struct Bar {
    high: u64,
    close: u64,
    best: Option<usize>,
}
fn bars(ticks: &[u64]) -> BTreeMap<usize, Bar> {
    let mut bars: BTreeMap<usize, Bar> = BTreeMap::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("bars", ::core::file!(), 15u32);
        (bars,) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(ticks.iter())),
            (bars,),
            |(mut bars,), piece| {
                for (i, tick) in piece {
                    let bar = bars.entry(i / 60).or_default();
                    bar.high = bar.high.max(*tick);
                    bar.close = *tick;
                    bar.best.get_or_insert(i);
                }
                (bars,)
            },
            |(bars,)| (
                rt::Table::apart(
                    bars,
                    |cell| {
                        cell.best = ::core::option::Option::None;
                    },
                ),
            ),
            |(left_bars,), (right_bars,)| {
                rt::Table::join(
                    left_bars,
                    right_bars,
                    |left, right| {
                        {
                            let here = &left.high;
                            rt::lattice(here);
                            rt::distinct_values(here);
                        }
                        left.high = ::core::clone::Clone::clone(&left.high)
                            .max(right.high);
                        left.close = right.close;
                        if ::core::option::Option::is_none(&left.best) {
                            left.best = right.best;
                        }
                    },
                );
            },
        );
    }
    bars
}
fn spans(words: &[&str]) -> BTreeMap<usize, (usize, u32)> {
    let mut spans = BTreeMap::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("spans", ::core::file!(), 27u32);
        (spans,) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(words.iter())),
            (spans,),
            |(mut spans,), piece| {
                for (i, word) in piece {
                    if let Some((last, n)) = spans.get_mut(&word.len()) {
                        *last = i;
                        *n += 1;
                    } else {
                        spans.insert(word.len(), (i, 1));
                    }
                }
                (spans,)
            },
            |(spans,)| (
                rt::Table::apart(
                    spans,
                    |cell| {
                        cell.1 = rt::monoid::<rt::ops::Add, _>(&cell.1).fresh(&cell.1);
                    },
                ),
            ),
            |(left_spans,), (right_spans,)| {
                rt::Table::join(
                    left_spans,
                    right_spans,
                    |left, right| {
                        left.0 = right.0;
                        rt::monoid::<rt::ops::Add, _>(&left.1)
                            .combine(&mut left.1, right.1);
                    },
                );
            },
        );
    }
    spans
}
fn extremes(xs: &[i64]) -> [i64; 2] {
    let mut ends = [i64::MAX, i64::MIN];
    {
        #[allow(unused_mut)]
        let [mut ends_0, mut ends_1] = ends;
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("extremes", ::core::file!(), 41u32);
            rt::lattice(&ends_0);
            rt::lattice(&ends_1);
            let ends_1_found;
            (ends_0, ends_1_found) = rt::reduce(
                rt::Region::new(&SITE),
                rt::source(xs),
                (ends_0, ::core::option::Option::Some(ends_1)),
                |(mut ends_0, mut ends_1), piece| {
                    for x in piece {
                        ends_0 = ends_0.min(*x);
                        {
                            let next = *x;
                            ends_1 = ::core::option::Option::Some(
                                match ends_1.take() {
                                    ::core::option::Option::Some(best) => best.max(next),
                                    ::core::option::Option::None => next,
                                },
                            );
                        };
                    }
                    (ends_0, ends_1)
                },
                |(ends_0, _)| (
                    ::core::clone::Clone::clone(ends_0),
                    ::core::option::Option::None,
                ),
                |(left_ends_0, left_ends_1), (right_ends_0, right_ends_1)| {
                    *left_ends_0 = ::core::clone::Clone::clone(&*left_ends_0)
                        .min(right_ends_0);
                    if let ::core::option::Option::Some(later) = right_ends_1 {
                        *left_ends_1 = ::core::option::Option::Some(
                            match left_ends_1.take() {
                                ::core::option::Option::Some(earlier) => earlier.max(later),
                                ::core::option::Option::None => later,
                            },
                        );
                    }
                },
            );
            ends_1 = rt::found(ends_1_found);
        }
        #[allow(unused_assignments)]
        {
            ends = [ends_0, ends_1];
        }
    }
    ends
}
#[test]
fn same_answer() {
    let bar = |high, close, best| Bar { high, close, best };
    let found = bars(&[3, 5, 4]);
    assert_eq!(found, BTreeMap::from([(0, bar(5, 4, Some(0)))]));
    let found = spans(&["a", "to", "b"]);
    assert_eq!(found, BTreeMap::from([(1, (2, 2)), (2, (1, 1))]));
    assert_eq!(extremes(& [3, - 5, 4]), [- 5, 4]);
}
