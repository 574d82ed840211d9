/// A tuple that is carried as a whole.
#[allow(clippy::assign_op_pattern)]
fn sums_and_highest(xs: &[u64]) -> Vec<(u64, u64)> {
    let mut state = (0, 0);
    let mut states = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("sums_and_highest", ::core::file!(), 8u32);
        let law_states = rt::monoid::<rt::ops::Append, _>(&states);
        let carried;
        (carried, (states,)) = rt::compared(
                &state.1,
                rt::summed(&state.0, rt::Scan::new),
            )(
                rt::Region::new(&SITE),
                rt::source(xs),
                (
                    ::core::clone::Clone::clone(&state.0),
                    ::core::clone::Clone::clone(&state.1),
                ),
            )
            .steps(
                |(state_0_2, state_1_2), piece| {
                    let mut state_0_2 = rt::shift(state_0_2);
                    let mut state_1_2 = rt::between(state_1_2);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        state_0_2.add(x);
                        state_1_2.max(x);
                    }
                    (state_0_2, state_1_2)
                },
                |(state_0_2_after, state_1_2_after), (state_0_2, state_1_2)| {
                    rt::Step::apply(&state_0_2_after, state_0_2)
                        && rt::Step::apply(&state_1_2_after, state_1_2)
                },
            )
            .run(
                (states,),
                |(mut state_0_2, mut state_1_2), (mut states,), piece| {
                    for &x in piece {
                        state_0_2 = state_0_2 + x;
                        state_1_2 = state_1_2.max(x);
                        states.push((state_0_2, state_1_2));
                    }
                    ((state_0_2, state_1_2), (states,))
                },
                |(states,)| (law_states.fresh(states),),
                |(left_states,), (right_states,)| {
                    law_states.combine(left_states, right_states);
                },
            );
        #[allow(unused_assignments)]
        {
            (state.0, state.1) = carried;
        }
    }
    states
}
/// Linear forms of two values.
fn fibonacci(n: usize) -> u64 {
    let (mut a, mut b) = (0u64, 1u64);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("fibonacci", ::core::file!(), 19u32);
        let carried;
        (carried, ()) = rt::Scan::new(rt::Region::new(&SITE), rt::source(0..n), (a, b))
            .steps(
                |(a, b), piece| {
                    let (mut a, mut b) = (
                        rt::linear::<_, 2usize>(a, 0usize),
                        rt::linear::<_, 2usize>(b, 1usize),
                    );
                    #[allow(unused, clippy::all)]
                    'summary: for _ in piece {
                        let next = a.sum(b);
                        a = b;
                        b = next;
                    }
                    rt::Linear::new([a, b])
                },
                |after, (a, b)| after.apply([a, b]),
            )
            .run(
                (),
                |(mut a, mut b), (), piece| {
                    for _ in piece {
                        let next = a.wrapping_add(b);
                        a = b;
                        b = next;
                    }
                    ((a, b), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (a, b) = carried;
        }
    }
    a
}
/// The state is an `Option`.
fn filled(xs: &[Option<i32>]) -> Vec<Option<i32>> {
    let mut last = None;
    let mut out = Vec::new();
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("filled", ::core::file!(), 32u32);
        let law_out = rt::monoid::<rt::ops::Append, _>(&out);
        let carried;
        (carried, (out,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(xs),
                (last,),
            )
            .steps(
                |(last,), piece| {
                    let mut last = rt::Last::of(last);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        if (x).is_some() {
                            last.set(x);
                        } else {}
                    }
                    (last,)
                },
                |(last_after,), (last,)| rt::Step::apply(&last_after, last),
            )
            .run(
                (out,),
                |(mut last,), (mut out,), piece| {
                    for &x in piece {
                        last = x.or(last);
                        out.push(last);
                    }
                    ((last,), (out,))
                },
                |(out,)| (law_out.fresh(out),),
                |(left_out,), (right_out,)| {
                    law_out.combine(left_out, right_out);
                },
            );
        #[allow(unused_assignments)]
        {
            (last,) = carried;
        }
    }
    out
}
/// Two options of which the second one follows the first one.
fn largest_two(xs: &[u32]) -> (Option<u32>, Option<u32>) {
    let (mut first, mut second) = (None::<u32>, None::<u32>);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("largest_two", ::core::file!(), 43u32);
        let carried;
        (carried, ()) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(xs),
                (second, first),
            )
            .steps(
                |(_, first), piece| {
                    let mut first = rt::between(first);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        first.max(Some(x));
                    }
                    (first,)
                },
                |(first_after,), (_, first)| rt::Step::apply(&first_after, first),
            )
            .steps(
                |(second, first), piece| {
                    #[allow(unused_mut)]
                    let mut first = ::core::clone::Clone::clone(first);
                    let mut second = rt::between(second);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        if Some(x) > first {
                            second.set(first);
                            first = Some(x);
                        } else {
                            second.max(Some(x));
                        }
                    }
                    (second,)
                },
                |(second_after,), (second, _)| rt::Step::apply(&second_after, second),
            )
            .run(
                (),
                |(mut second, mut first), (), piece| {
                    for &x in piece {
                        if first.is_none_or(|f| x > f) {
                            second = first;
                            first = Some(x);
                        } else if second.is_none_or(|s| x > s) {
                            second = Some(x);
                        }
                    }
                    ((second, first), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (second, first) = carried;
        }
    }
    (first, second)
}
/// An automaton over the flags in a tuple.
fn words_in_quotes(text: &str) -> usize {
    let mut state = (false, false);
    let mut words = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("words_in_quotes", ::core::file!(), 59u32);
        let law_words = rt::monoid::<rt::ops::Add, _>(&words);
        let carried;
        (carried, (words,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(text.chars()),
                (
                    ::core::clone::Clone::clone(&state.0),
                    ::core::clone::Clone::clone(&state.1),
                ),
            )
            .automaton(
                [(false, false), (false, true), (true, false), (true, true)],
                |(state_0, state_1)| (
                    ::core::clone::Clone::clone(state_0),
                    ::core::clone::Clone::clone(state_1),
                ),
                |(_, _), (mut state_0, mut state_1), piece| {
                    #[allow(unused, clippy::all)]
                    'summary: for c in piece {
                        match ((state_0, state_1), c) {
                            ((quoted, _), '"') => {
                                state_0 = !quoted;
                                state_1 = false;
                            }
                            ((quoted, _), ' ') => {
                                state_0 = quoted;
                                state_1 = false;
                            }
                            ((true, false), _) => {
                                state_0 = true;
                                state_1 = true;
                            }
                            ((quoted, _), _) => {
                                state_0 = quoted;
                                state_1 = true;
                            }
                        }
                    }
                    (state_0, state_1)
                },
                |(state_0_after, state_1_after), (state_0, state_1)| {
                    *state_0 = state_0_after;
                    *state_1 = state_1_after;
                },
            )
            .run(
                (words,),
                |(mut state_0, mut state_1), (mut words,), piece| {
                    for c in piece {
                        match ((state_0, state_1), c) {
                            ((quoted, _), '"') => {
                                state_0 = !quoted;
                                state_1 = false;
                            }
                            ((quoted, _), ' ') => {
                                state_0 = quoted;
                                state_1 = false;
                            }
                            ((true, false), _) => {
                                words += 1;
                                state_0 = true;
                                state_1 = true;
                            }
                            ((quoted, _), _) => {
                                state_0 = quoted;
                                state_1 = true;
                            }
                        }
                    }
                    ((state_0, state_1), (words,))
                },
                |(words,)| (law_words.fresh(words),),
                |(left_words,), (right_words,)| {
                    law_words.combine(left_words, right_words);
                },
            );
        #[allow(unused_assignments)]
        {
            (state.0, state.1) = carried;
        }
    }
    words
}
/// Remainders, and bits of a window.
fn hashes(text: &[u8]) -> (u64, u32) {
    let (mut modular, mut window) = (0u64, 0u32);
    let mut hits = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("hashes", ::core::file!(), 78u32);
        let law_hits = rt::monoid::<rt::ops::Add, _>(&hits);
        let carried;
        (carried, (hits,)) = rt::masked(
                &window,
                rt::reduced(&modular, rt::Scan::new),
            )(rt::Region::new(&SITE), rt::source(text), (modular, window))
            .steps(
                |(modular, window), piece| {
                    let mut modular = rt::modular(modular);
                    let mut window = rt::bits(window);
                    #[allow(unused, clippy::all)]
                    'summary: for &b in piece {
                        modular.mul(257);
                        modular.add(u64::from(b));
                        modular.rem(1_000_003);
                        window.shl(1);
                        window.or(u32::from(b & 1));
                        window.and(7);
                    }
                    (modular, window)
                },
                |(modular_after, window_after), (modular, window)| {
                    rt::Step::apply(&modular_after, modular)
                        && rt::Step::apply(&window_after, window)
                },
            )
            .run(
                (hits,),
                |(mut modular, mut window), (mut hits,), piece| {
                    for &b in piece {
                        modular = (modular * 257 + u64::from(b)) % 1_000_003;
                        window = ((window << 1) | u32::from(b & 1)) & 7;
                        if window == 5 {
                            hits += 1;
                        }
                    }
                    ((modular, window), (hits,))
                },
                |(hits,)| (law_hits.fresh(hits),),
                |(left_hits,), (right_hits,)| {
                    law_hits.combine(left_hits, right_hits);
                },
            );
        #[allow(unused_assignments)]
        {
            (modular, window) = carried;
        }
    }
    (modular, hits)
}
/// The elements are the loop's own, and read before they are written.
fn sums_before(xs: &mut [u64]) -> u64 {
    let mut sum = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("sums_before", ::core::file!(), 92u32);
        let carried;
        (carried, ()) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::with_parts(
                    rt::source(0..xs.len()),
                    (rt::Part::new(&mut xs[..], 0, 1),),
                ),
                (sum,),
            )
            .steps(
                |(sum,), piece| {
                    #[allow(unused)]
                    let (piece, (xs,)) = piece.apart();
                    let mut sum = rt::shift(sum);
                    #[allow(unused, clippy::all)]
                    'summary: for i in piece {
                        let x = xs[i];
                        sum.add(x);
                    }
                    (sum,)
                },
                |(sum_after,), (sum,)| rt::Step::apply(&sum_after, sum),
            )
            .run(
                (),
                |(mut sum,), (), piece| {
                    let (piece, (mut xs,)) = piece.apart();
                    for i in piece {
                        let x = xs[i];
                        xs[i] = sum;
                        sum += x;
                    }
                    ((sum,), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (sum,) = carried;
        }
    }
    sum
}
/// An element made from the one before, or not.
fn sums_by_key(keys: &[u32], xs: &mut [u64]) {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("sums_by_key", ::core::file!(), 103u32);
        let xs_before = rt::before(&xs[..], 1, 1);
        let carried;
        (carried, ()) = rt::summed(
                &rt::inside(&xs_before),
                rt::Scan::new,
            )(
                rt::Region::new(&SITE),
                rt::with_parts(
                    rt::source(1..xs.len()),
                    (rt::Part::new(&mut xs[..], 1, 1),),
                ),
                (xs_before,),
            )
            .steps(
                |(xs_before,), piece| {
                    #[allow(unused)]
                    let (piece, (xs,)) = piece.apart();
                    let mut xs_before = rt::shift(&rt::inside(xs_before));
                    #[allow(unused, clippy::all)]
                    'summary: for i in piece {
                        let xs_before_before = xs_before.begin();
                        let mut xs_element = xs[i];
                        if keys[i] == keys[i - 1] {}
                        if keys[i] == keys[i - 1] {
                            xs_before.add((xs_element));
                        } else {
                            xs_before.set(xs_element);
                        }
                        xs_before.end(xs_before_before);
                    }
                    (xs_before,)
                },
                |(xs_before_after,), (xs_before,)| rt::some(xs_before_after, xs_before),
            )
            .run(
                (),
                |(xs_before,), (), piece| {
                    let (piece, (xs,)) = piece.apart();
                    let count = rt::Source::len(&piece);
                    let mut xs = xs.after(xs_before);
                    for i in piece {
                        if keys[i] == keys[i - 1] {
                            xs[i] += xs[i - 1];
                        }
                    }
                    ((xs.carried(count),), ())
                },
                |()| (),
                |(), ()| {},
            );
        #[allow(unused_assignments)]
        {
            (_,) = carried;
        }
    }
}
#[test]
fn same_answer() {
    assert_eq!(sums_and_highest(& [3, 1, 4]), [(3, 3), (4, 3), (8, 4)]);
    assert_eq!(fibonacci(10), 55);
    assert_eq!(filled(& [None, Some(1), None]), [None, Some(1), Some(1)]);
    assert_eq!(largest_two(& [3, 5, 4]), (Some(5), Some(4)));
    assert_eq!(words_in_quotes("a \"b cd\" \"e\""), 3);
    assert_eq!(hashes(b"aba").1, 1);
    let mut xs = [3, 1, 4];
    assert_eq!(sums_before(& mut xs), 8);
    assert_eq!(xs, [0, 3, 4]);
    sums_by_key(&[1, 1, 2], &mut xs);
    assert_eq!(xs, [0, 3, 4]);
}
