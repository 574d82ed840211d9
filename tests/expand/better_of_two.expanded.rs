fn farthest(reaches: &[f64]) -> Option<(usize, f64)> {
    let mut best = None;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("farthest", ::core::file!(), 6u32);
        (_, best) = rt::reduce(
            rt::Region::new(&SITE).threshold(4),
            rt::Source::enumerate(rt::source(reaches.iter())),
            (rt::Unordered::Running, best),
            |(mut best_unordered, mut best), piece| {
                for (i, &reach) in piece {
                    if best.is_none_or(|(_, most)| reach > most) {
                        best = Some((i, reach));
                        if let ::core::option::Option::Some((_, most)) = best {
                            if rt::is_nan(&most) {
                                best_unordered.set_aside(&mut best);
                            }
                        }
                    }
                }
                (best_unordered, best)
            },
            |(_, _)| (
                rt::Unordered::Apart(::core::option::Option::None),
                ::core::option::Option::None,
            ),
            |(left_best_unordered, left_best), (right_best_unordered, right_best)| {
                left_best_unordered.combine(left_best, right_best_unordered);
                if let ::core::option::Option::Some((_, most)) = right_best {
                    let right_key = most;
                    let is_better = match *left_best {
                        ::core::option::Option::Some((_, most)) => right_key > most,
                        ::core::option::Option::None => true,
                    };
                    if is_better {
                        *left_best = right_best;
                    }
                }
            },
        );
    }
    best
}
#[test]
fn behaves() {
    let reaches: Vec<f64> = (0..100).map(|i| f64::from(i * 37 % 101)).collect();
    assert_eq!(farthest(& reaches), Some((30, 100.0)));
    assert!(farthest(& [f64::NAN, 1.0]).is_some_and(| (at, _) | at == 0));
}
