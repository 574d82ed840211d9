#[derive(Clone, Copy)]
struct Point {
    y: f64,
    x: f64,
}
fn lowest(points: &[Point]) -> usize {
    let mut low = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("lowest", ::core::file!(), 12u32);
        (_, low) = rt::shared(
            &points,
            rt::reduce,
        )(
            rt::Region::new(&SITE),
            rt::Source::skip(rt::Source::enumerate(rt::source(points.iter())), 1),
            (rt::Aside::Running, low),
            |(mut low_aside, mut low), piece| {
                for (i, p) in piece {
                    if p.y < points[low].y || p.y == points[low].y && p.x < points[low].x
                    {
                        low = i;
                        if rt::is_nan(&points[low].x) {
                            if let ::core::option::Option::Some((start_1,)) = low_aside
                                .put(|| (::core::clone::Clone::clone(&low),))
                            {
                                low = start_1;
                            }
                        }
                    }
                }
                (low_aside, low)
            },
            |(_, low)| (
                rt::Aside::apart((::core::clone::Clone::clone(low),)),
                ::core::clone::Clone::clone(low),
            ),
            |(left_low_aside, left_low), (right_low_aside, right_low)| {
                let found = ::core::option::Option::Some((right_low,));
                for (right_low,) in right_low_aside.then(found) {
                    if points[right_low].y < points[(*left_low)].y
                        || points[right_low].y == points[(*left_low)].y
                            && (points[right_low].x < points[(*left_low)].x)
                    {
                        *left_low = right_low;
                        if rt::is_nan(&points[(*left_low)].x) {
                            if let ::core::option::Option::Some((start_1,)) = left_low_aside
                                .put(|| (::core::clone::Clone::clone(&*left_low),))
                            {
                                *left_low = start_1;
                            }
                        }
                    }
                }
            },
        );
    }
    low
}
fn nearest(points: &[i64], to: i64) -> (Option<usize>, u64) {
    let mut at = None;
    let mut least: u64 = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("nearest", ::core::file!(), 24u32);
        (at, least) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(0..points.len()),
            (at, least),
            |(mut at, mut least), piece| {
                let to = to;
                for i in piece {
                    let far = points[i].abs_diff(to);
                    if at.is_none() || far < least {
                        at = Some(i);
                        least = far;
                    }
                }
                (at, least)
            },
            |(_, least)| (
                ::core::option::Option::None,
                ::core::clone::Clone::clone(least),
            ),
            |(left_at, left_least), (right_at, right_least)| {
                if right_at.is_some()
                    && ((*left_at).is_none() || right_least < (*left_least))
                {
                    *left_at = right_at;
                    *left_least = right_least;
                }
            },
        );
        let _ = &at;
        let _ = &least;
    }
    (at, least)
}
fn is_better(a: &str, b: &str) -> bool {
    a.len() > b.len()
}
fn longest(words: &[String]) -> usize {
    let mut at = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("longest", ::core::file!(), 41u32);
        (at, _) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(1..words.len()),
            (at, false),
            |(mut at, mut at_set), piece| {
                for i in piece {
                    if is_better(&words[i], &words[at]) {
                        at = i;
                        at_set = true;
                    }
                }
                (at, at_set)
            },
            |(at, _)| (::core::clone::Clone::clone(at), false),
            |(left_at, left_at_set), (right_at, right_at_set)| {
                if right_at_set && (is_better(&words[right_at], &words[(*left_at)])) {
                    *left_at = right_at;
                }
                *left_at_set |= right_at_set;
            },
        );
    }
    at
}
#[test]
fn same_answer() {
    let points = [(1.0, 0.0), (0.0, 5.0), (0.0, 2.0), (0.0, f64::NAN)]
        .map(|(y, x)| Point { y, x });
    assert_eq!(lowest(& points), 2);
    assert_eq!(nearest(& [5, 2, 8, 4], 3), (Some(1), 1));
    assert_eq!(longest(& ["a", "bcd", "efg"].map(String::from)), 1);
}
