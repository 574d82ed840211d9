fn gains(changes: &[i64]) -> (i64, usize) {
    let (mut here, mut best) = (0, 0);
    let (mut streak, mut longest) = (0usize, 0);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("gains", ::core::file!(), 7u32);
        rt::lattice(&best);
        rt::lattice(&longest);
        let carried;
        (carried, (best, longest)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(changes),
                (here, streak),
            )
            .steps(
                |(here, streak), piece| {
                    let mut here = rt::clamp(here);
                    let mut streak = rt::shift(streak);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        let streak_before = streak.begin();
                        here.add(x);
                        here.max(0);
                        if x > 0 {
                            streak.add(1);
                        } else {
                            streak.set(0);
                        }
                        streak.end(streak_before);
                    }
                    (here, streak)
                },
                |(here_after, streak_after), (here, streak)| {
                    rt::Step::apply(&here_after, here)
                        && rt::Step::apply(&streak_after, streak)
                },
            )
            .run(
                (best, longest),
                |(mut here, mut streak), (mut best, mut longest), piece| {
                    for &x in piece {
                        let next = here + x;
                        here = std::cmp::max(next, 0);
                        best = best.max(here);
                        if x > 0 {
                            streak += 1;
                        } else {
                            streak = 0;
                        }
                        longest = longest.max(streak);
                    }
                    ((here, streak), (best, longest))
                },
                |(best, longest)| (
                    ::core::clone::Clone::clone(best),
                    ::core::clone::Clone::clone(longest),
                ),
                |(left_best, left_longest), (right_best, right_longest)| {
                    *left_best = (*left_best).max(right_best);
                    *left_longest = (*left_longest).max(right_longest);
                },
            );
        #[allow(unused_assignments)]
        {
            (here, streak) = carried;
        }
    }
    (best, longest)
}
fn longest_run(xs: &[u32]) -> usize {
    let (mut previous, mut run, mut longest) = (None, 0usize, 0);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("longest_run", ::core::file!(), 24u32);
        rt::lattice(&longest);
        let carried;
        (carried, (longest,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(xs),
                (run, previous),
            )
            .steps(
                |(_, previous), piece| {
                    let mut previous = rt::Last::of(previous);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece.last() {
                        previous.set(Some(x));
                    }
                    (previous,)
                },
                |(previous_after,), (_, previous)| rt::Step::apply(
                    &previous_after,
                    previous,
                ),
            )
            .steps(
                |(run, previous), piece| {
                    #[allow(unused_mut)]
                    let mut previous = ::core::clone::Clone::clone(previous);
                    let mut run = rt::shift(run);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        let run_before = run.begin();
                        if previous == Some(x) {
                            run.add(1);
                        } else {
                            run.set(1);
                        }
                        previous = Some(x);
                        run.end(run_before);
                    }
                    (run,)
                },
                |(run_after,), (run, _)| rt::Step::apply(&run_after, run),
            )
            .run(
                (longest,),
                |(mut run, mut previous), (mut longest,), piece| {
                    for &x in piece {
                        if previous == Some(x) {
                            run += 1;
                        } else {
                            run = 1;
                        }
                        previous = Some(x);
                        longest = longest.max(run);
                    }
                    ((run, previous), (longest,))
                },
                |(longest,)| (::core::clone::Clone::clone(longest),),
                |(left_longest,), (right_longest,)| {
                    *left_longest = (*left_longest).max(right_longest);
                },
            );
        #[allow(unused_assignments)]
        {
            (run, previous) = carried;
        }
    }
    longest
}
fn deepest(text: &str) -> Option<i32> {
    let (mut depth, mut deepest) = (0i32, 0);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("deepest", ::core::file!(), 39u32);
        rt::lattice(&deepest);
        let carried;
        let exit;
        ((carried, (deepest,)), exit) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(text.chars()),
                (depth,),
            )
            .steps(
                |(depth,), piece| {
                    let mut depth = rt::shift(depth);
                    #[allow(unused, clippy::all)]
                    'summary: for c in piece {
                        let depth_before = depth.begin();
                        match c {
                            '(' => {
                                depth.add(1);
                            }
                            ')' => {
                                depth.sub(1);
                            }
                            _ => {}
                        }
                        depth.end(depth_before);
                    }
                    (depth,)
                },
                |(depth_after,), (depth,)| rt::Step::apply(&depth_after, depth),
            )
            .run_until(
                (deepest,),
                |(mut depth,), (mut deepest,), piece| {
                    let mut exit: ::core::option::Option<rt::Exit<Option<i32>>> = ::core::option::Option::None;
                    'leaf: for c in piece {
                        match c {
                            '(' => depth += 1,
                            ')' => depth -= 1,
                            _ => {}
                        }
                        if depth < 0 {
                            {
                                exit = ::core::option::Option::Some(rt::Exit::Return(None));
                                break 'leaf;
                            };
                        }
                        deepest = deepest.max(depth);
                    }
                    (((depth,), (deepest,)), exit)
                },
                |(deepest,)| (::core::clone::Clone::clone(deepest),),
                |(left_deepest,), (right_deepest,)| {
                    *left_deepest = (*left_deepest).max(right_deepest);
                },
            );
        #[allow(unused_assignments)]
        {
            (depth,) = carried;
        }
        if let ::core::option::Option::Some(rt::Exit::Return(value)) = exit {
            return value;
        }
    }
    (depth == 0).then_some(deepest)
}
#[test]
fn same_answer() {
    assert_eq!(gains(& [3, - 5, 2, 4, - 1, 2]), (7, 2));
    assert_eq!(longest_run(& [1, 1, 2, 2, 2, 1]), 3);
    assert_eq!(deepest("(()(()))"), Some(3));
    assert_eq!(deepest("())("), None);
}
