use std::collections::HashMap;
#[derive(Clone, Default)]
struct Town {
    readings: usize,
    highest: i64,
    at: usize,
}
fn by_town(heights: &[(usize, i64)]) -> (Vec<Town>, HashMap<usize, (i64, i64)>) {
    let mut towns = vec![Town::default(); 4];
    let mut ranges = HashMap::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("by_town", ::core::file!(), 16u32);
        (towns, ranges) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(heights.iter())),
            (towns, ranges),
            |(mut towns, mut ranges), piece| {
                for (at, &(town, height)) in piece {
                    let here = &mut towns[town];
                    here.readings += 1;
                    if height > here.highest {
                        here.highest = height;
                        here.at = at;
                    }
                    let range = ranges.entry(town).or_insert((height, height));
                    range.0 = range.0.min(height);
                    range.1 = range.1.max(height);
                }
                (towns, ranges)
            },
            |(towns, ranges)| (
                rt::Table::apart(
                    towns,
                    |cell| {
                        cell.readings = rt::monoid::<rt::ops::Add, _>(&cell.readings)
                            .fresh(&cell.readings);
                    },
                ),
                rt::Table::apart(ranges, |_| {}),
            ),
            |(left_towns, left_ranges), (right_towns, right_ranges)| {
                rt::Table::join(
                    left_towns,
                    right_towns,
                    |left, right| {
                        rt::monoid::<rt::ops::Add, _>(&left.readings)
                            .combine(&mut left.readings, right.readings);
                        if right.highest > left.highest {
                            left.highest = right.highest;
                            left.at = right.at;
                        }
                    },
                );
                rt::Table::join(
                    left_ranges,
                    right_ranges,
                    |left, right| {
                        {
                            let here = &left.0;
                            rt::lattice(here);
                            rt::distinct_values(here);
                        }
                        left.0 = ::core::clone::Clone::clone(&left.0).min(right.0);
                        {
                            let here = &left.1;
                            rt::lattice(here);
                            rt::distinct_values(here);
                        }
                        left.1 = ::core::clone::Clone::clone(&left.1).max(right.1);
                    },
                );
            },
        );
    }
    (towns, ranges)
}
#[test]
fn same_answer() {
    let (towns, ranges) = by_town(&[(1, 7), (2, 5), (1, 9), (1, -3)]);
    assert_eq!((towns[1].readings, towns[1].highest, towns[1].at), (3, 9, 2));
    assert_eq!((ranges[& 1], ranges[& 2]), ((- 3, 9), (5, 5)));
}
