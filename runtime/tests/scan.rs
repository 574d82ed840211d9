//! Scans against the sequential loop.

use divvy_runtime::generated::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::LazyLock;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    [1, 2, 3, 8]
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
        .into()
});

/// Runs `f` in all pools, with thresholds, and against adversaries.
fn everywhere<R: PartialEq + std::fmt::Debug>(site: &'static Site, expected: &R, f: impl Fn(Region<'_>) -> R) {
    assert_eq!(&with(Executor::Serial, || f(Region::new(site))), expected);
    for pool in POOLS.iter() {
        assert_eq!(&f(Region::new(site).pool(pool)), expected);
        assert_eq!(&f(Region::new(site).pool(pool).threshold(0)), expected);
        assert_eq!(&f(Region::new(site).pool(pool).threshold(0).grain(100)), expected);
    }
    for seed in 0..20 {
        assert_eq!(&with(Executor::Adversarial { seed }, || f(Region::new(site))), expected);
    }
}

fn sizes() -> impl Iterator<Item = usize> {
    (0..40).chain([63, 64, 65, 200, 1023, 1024, 1025, 5000, 100_000])
}

fn numbers(n: usize) -> Vec<u64> {
    (0..n as u64)
        .map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50)
        .collect()
}

#[test]
fn prefix_sums_pushed() {
    static SITE: Site = Site::new("prefix", file!(), line!());
    for n in sizes() {
        let xs = numbers(n);
        let mut sum = 5;
        let expected: Vec<u64> = xs
            .iter()
            .map(|x| {
                sum += x;
                sum
            })
            .collect();
        everywhere(&SITE, &(expected, sum), |region| {
            let ((sum,), (out,)) = Scan::new(region, source(&xs), (5,))
                .steps(
                    |carried, piece| {
                        let mut sum = Shift::of(&carried.0);
                        for x in piece {
                            sum.add(x);
                        }
                        (sum,)
                    },
                    |summary, carried| summary.0.apply(&mut carried.0),
                )
                .run(
                    (Vec::new(),),
                    |(mut sum,), (mut out,), piece| {
                        for x in piece {
                            sum += x;
                            out.push(sum);
                        }
                        ((sum,), (out,))
                    },
                    |_| (Vec::new(),),
                    |left, right| left.0.extend(right.0),
                );
            (out, sum)
        });
    }
}

#[test]
fn prefix_sums_in_memory() {
    static SITE: Site = Site::new("prefix", file!(), line!());
    for n in sizes() {
        let xs = numbers(n);
        let mut expected = vec![7; n + 1];
        for i in 1..=n {
            expected[i] = expected[i - 1] + xs[i - 1];
        }
        everywhere(&SITE, &expected, |region| {
            let mut out = vec![7; n + 1];
            let carried = (before(&out, 1, 1),);
            let whole = with_parts(source(1..n + 1), (Part::new(&mut out, 1, 1),));
            Scan::new(region, whole, carried)
                .steps(
                    |_, piece| {
                        let mut last = Shift::of(&0u64);
                        let (piece, _) = piece.apart();
                        for i in piece {
                            last.add(xs[i - 1]);
                        }
                        last
                    },
                    |summary, carried| some(summary, &mut carried.0),
                )
                .run(
                    (),
                    |(last,), (), piece| {
                        let (piece, (out,)) = piece.apart();
                        let mut out = out.after(last);
                        let count = piece.len();
                        for i in piece {
                            out[i] = out[i - 1] + xs[i - 1];
                        }
                        ((out.carried(count),), ())
                    },
                    |_| (),
                    |_, _| (),
                );
            out
        });
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum State {
    Outside,
    Inside,
    Escaped,
}

fn next(state: State, x: u64) -> State {
    match (state, x % 5) {
        (State::Outside, 0) => State::Inside,
        (State::Inside, 1) => State::Escaped,
        (State::Inside, 0) => State::Outside,
        (State::Escaped, _) => State::Inside,
        (state, _) => state,
    }
}

#[test]
fn an_automaton_and_a_sum_steered_by_it() {
    static SITE: Site = Site::new("automaton", file!(), line!());
    for n in sizes() {
        let xs = numbers(n);
        let loop_over = |mut state, mut depth: i64, mut lows: Vec<i64>, piece: &mut dyn Iterator<Item = &u64>| {
            for x in piece {
                state = next(state, *x);
                if state == State::Inside {
                    depth += *x as i64 % 7 - 3;
                }
                if depth < 0 {
                    lows.push(depth);
                }
            }
            (state, depth, lows)
        };
        let expected = loop_over(State::Outside, 3, Vec::new(), &mut xs.iter());
        everywhere(&SITE, &expected, |region| {
            let ((state, depth), lows) = Scan::new(region, source(&xs), (State::Outside, 3))
                .automaton(
                    [State::Inside, State::Outside, State::Escaped],
                    |carried| carried.0,
                    |_, mut state, piece| {
                        for x in piece {
                            state = next(state, *x);
                        }
                        state
                    },
                    |state, carried| carried.0 = state,
                )
                .steps(
                    |carried, piece| {
                        let mut state = carried.0;
                        let mut depth = Shift::of(&carried.1);
                        for x in piece {
                            state = next(state, *x);
                            if state == State::Inside {
                                depth.add(*x as i64 % 7 - 3);
                            }
                        }
                        depth
                    },
                    |summary, carried| summary.apply(&mut carried.1),
                )
                .run(
                    Vec::new(),
                    |(state, depth), lows, piece| {
                        let (state, depth, lows) = loop_over(state, depth, lows, &mut piece.into_iter());
                        ((state, depth), lows)
                    },
                    |_| Vec::new(),
                    |left, right| left.extend(right),
                );
            (state, depth, lows)
        });
    }
}

#[test]
fn what_has_no_summary_is_walked_in_order() {
    static SITE: Site = Site::new("in order", file!(), line!());
    for n in sizes() {
        let xs = numbers(n);
        let step = |v: u64, x: &u64| (v ^ x).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(9);
        let mut v = 1;
        let expected: Vec<u64> = xs
            .iter()
            .map(|x| {
                v = step(v, x);
                v
            })
            .collect();
        everywhere(&SITE, &(expected, v), |region| {
            let ((v,), out) = Scan::new(region, source(&xs), (1,))
                .in_order(|(mut v,), piece| {
                    for x in piece {
                        v = step(v, x);
                    }
                    (v,)
                })
                .run(
                    Vec::new(),
                    |(mut v,), mut out, piece| {
                        for x in piece {
                            v = step(v, x);
                            out.push(v);
                        }
                        ((v,), out)
                    },
                    |_| Vec::new(),
                    |left, right| left.extend(right),
                );
            (out, v)
        });
    }
}

#[test]
fn leaves_at_the_sequential_place() {
    static SITE: Site = Site::new("exit", file!(), line!());
    for n in [0, 1, 10, 1000, 60_000] {
        for limit in [0, 1, 500, 100_000, 50_000_000, u64::MAX] {
            let xs = numbers(n);
            let walk = |mut sum: u64, mut count: usize, xs: &mut dyn Iterator<Item = &u64>| {
                for x in xs {
                    sum += x;
                    if sum > limit {
                        return ((sum, count), Some(*x));
                    }
                    count += 1;
                }
                ((sum, count), None)
            };
            let expected = walk(0, 0, &mut xs.iter());
            everywhere(&SITE, &expected, |region| {
                let (((sum,), count), exit) = Scan::new(region, source(&xs), (0,))
                    .steps(
                        |carried, piece| {
                            let mut sum = Shift::of(&carried.0);
                            for x in piece {
                                sum.add(x);
                            }
                            sum
                        },
                        |summary, carried| summary.apply(&mut carried.0),
                    )
                    .run_until(
                        0,
                        |(sum,), count, piece| {
                            let ((sum, count), exit) = walk(sum, count, &mut piece.into_iter());
                            (((sum,), count), exit)
                        },
                        |_| 0,
                        |left, right| *left += right,
                    );
                ((sum, count), exit)
            });
        }
    }
}

#[test]
fn literals_take_the_type_of_the_carried_value() {
    let mut sum = 3u64;
    let mut step = Shift::of(&sum);
    step.add(1);
    step.sub(2);
    assert!(step.apply(&mut sum));
    assert_eq!(sum, 2);
}

#[test]
fn a_tree_has_the_same_bits_everywhere() {
    static SITE: Site = Site::new("tree", file!(), line!());
    for n in sizes() {
        let xs: Vec<f64> = numbers(n).into_iter().map(|x| x as f64 * 0.001).collect();
        let run = |region: Region<'_>| {
            let ((v,), out) = Scan::new(region.tree(), source(&xs), (0.5,))
                .steps(
                    |carried, piece| {
                        let mut v = Affine::rounded(&carried.0);
                        for x in piece {
                            v.mul(0.99);
                            v.add(x);
                        }
                        v
                    },
                    |summary, carried| summary.apply(&mut carried.0),
                )
                .run(
                    Vec::new(),
                    |(mut v,), mut out, piece| {
                        for x in piece {
                            v = v * 0.99 + x;
                            out.push(v.to_bits());
                        }
                        ((v,), out)
                    },
                    |_| Vec::new(),
                    |left, right| left.extend(right),
                );
            (out, v.to_bits())
        };
        let expected = with(Executor::Serial, || run(Region::new(&SITE)));
        everywhere(&SITE, &expected, run);
    }
}
