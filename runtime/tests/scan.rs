//! Scans against the sequential loop.

use divvy_runtime::generated::*;
use divvy_runtime::scan::steps::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

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

#[test]
fn accumulators_beside_a_tree_have_the_same_bits_in_every_call() {
    static SITE: Site = Site::new("tree beside", file!(), line!());
    for n in 0..=40 {
        let xs: Vec<f64> = numbers(n).into_iter().map(|x| x as f64 * 0.1).collect();
        for threshold in [None, Some(8), Some(1_000)] {
            let run = || {
                let region = Region::new(&SITE).tree();
                let region = match threshold {
                    Some(threshold) => region.threshold(threshold),
                    None => region,
                };
                let ((v,), (sum,)) = Scan::new(region, source(&xs), (0.5,))
                    .steps(
                        |carried, piece| {
                            let mut v = Shift::rounded(&carried.0);
                            for x in piece {
                                v.add(x);
                            }
                            v
                        },
                        |summary, carried| summary.apply(&mut carried.0),
                    )
                    .run(
                        (0.1,),
                        |(mut v,), (mut sum,), piece| {
                            for x in piece {
                                v += x;
                                sum += v * 0.3;
                            }
                            ((v,), (sum,))
                        },
                        |_| (0.0,),
                        |left, right| left.0 += right.0,
                    );
                (f64::to_bits(v), f64::to_bits(sum))
            };
            let expected = with(Executor::Serial, run);
            for call in 0..20 {
                assert_eq!(run(), expected, "{n} numbers, {threshold:?}, call {call}");
            }
        }
    }
}

/// `v = factor * v + x` as a tree, all values of it.
fn filtered(region: Region<'_>, xs: &[f64], factor: f64) -> (Vec<u64>, u64) {
    let ((v,), out) = Scan::new(region.tree(), source(xs), (1.0,))
        .steps(
            |carried, piece| {
                let mut v = Affine::rounded(&carried.0);
                for x in piece {
                    v.mul(factor);
                    v.add(x);
                }
                v
            },
            |summary, carried| summary.apply(&mut carried.0),
        )
        .forgetting(|(mut v,), piece| {
            for x in piece {
                v = v * factor + x;
            }
            (v,)
        })
        .run(
            Vec::new(),
            |(mut v,), mut out, piece| {
                for x in piece {
                    v = v * factor + x;
                    out.push(v.to_bits());
                }
                ((v,), out)
            },
            |_| Vec::new(),
            |left, right| left.extend(right),
        );
    (out, v.to_bits())
}

#[test]
fn a_loop_that_forgets_has_the_bits_of_the_sequential_one() {
    static SITE: Site = Site::new("forgets", file!(), line!());
    let tame = |n: usize| -> Vec<f64> { numbers(n).into_iter().map(|x| x as f64 * 0.01 - 4.0).collect() };
    // it forgets at first, and then there is something to remember
    let late = |n: usize| -> Vec<f64> { (0..n).map(|i| if i < n / 2 { -0.0 } else { 1.0 }).collect() };
    let wild = |n: usize| -> Vec<f64> {
        let odd = [f64::NAN, f64::INFINITY, f64::MAX, -0.0];
        (0..n)
            .map(|i| if i % 7_001 == 7_000 { odd[i / 7_001 % 4] } else { 1.0 })
            .collect()
    };
    for n in [0, 1, 17, 300, 4_096, 5_000, 60_000] {
        for xs in [tame(n), late(n), wild(n)] {
            for factor in [0.0, 0.5, -0.5, 0.9, 0.99, 1.0, -1.0, 1.5] {
                let expected = with(Executor::Serial, || filtered(Region::new(&SITE), &xs, factor));
                everywhere(&SITE, &expected, |region| filtered(region, &xs, factor));
                if factor.abs() <= 0.5 && n >= 4_096 {
                    let sequential = xs.iter().scan(1.0, |v, x| {
                        *v = *v * factor + x;
                        Some(f64::to_bits(*v))
                    });
                    let is_tame = xs[..n.min(7_000)].iter().any(|x| *x != -0.0);
                    assert!(!is_tame || expected.0.iter().copied().eq(sequential), "{n}, {factor}");
                }
            }
        }
    }
}

/// The running sums above which nothing is pushed, with a pause for each item, and a way to spoil the summaries.
fn slow_sums(region: Region<'_>, xs: &[u64], pause: Duration, spoil: impl Fn(u64) -> bool + Sync) -> (u64, Vec<u64>) {
    let ((sum,), sums) = Scan::new(region, source(xs), (1,))
        .steps(
            |carried, piece| {
                let mut sum = Shift::of(&carried.0);
                let mut is_spoilt = false;
                for x in piece {
                    sum.add(x);
                    is_spoilt |= spoil(*x);
                }
                (sum, is_spoilt)
            },
            |summary, carried| !summary.1 && summary.0.apply(&mut carried.0),
        )
        .run(
            Vec::new(),
            |(mut sum,), mut sums, piece| {
                for x in piece {
                    std::thread::sleep(pause);
                    sum += x;
                    sums.push(sum);
                }
                ((sum,), sums)
            },
            |_| Vec::new(),
            |left, right| left.extend(right),
        );
    (sum, sums)
}

fn sums(xs: &[u64]) -> (u64, Vec<u64>) {
    let mut sum = 1;
    let sums = xs
        .iter()
        .map(|x| {
            sum += x;
            sum
        })
        .collect();
    (sum, sums)
}

#[test]
fn unknown_summaries_cost_time_only() {
    static SITE: Site = Site::new("unknown", file!(), line!());
    let pause = Duration::from_micros(50);
    for (n, pause) in [(20_000, Duration::ZERO), (300, pause)] {
        let xs = numbers(n);
        let expected = sums(&xs);
        everywhere(&SITE, &expected, |region| slow_sums(region, &xs, pause, |_| false));
        everywhere(&SITE, &expected, |region| slow_sums(region, &xs, pause, |_| true));
        everywhere(&SITE, &expected, |region| {
            slow_sums(region, &xs, pause, |x| x % 64 == 0)
        });
        everywhere(&SITE, &expected, |region| {
            slow_sums(region, &xs, pause, |x| x % 64 == 0 && panic!("expected: a summary"))
        });
    }
}

#[test]
fn slow_leaves_run_at_the_same_time() {
    static SITE: Site = Site::new("slow", file!(), line!());
    let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let sum = Scan::new(Region::new(&SITE).pool(&POOLS[3]), source(0..200u64), (0u64,))
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
        .run(
            0,
            |(mut sum,), mut total, piece| {
                for x in piece {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(2));
                    running.fetch_sub(1, Ordering::SeqCst);
                    sum += x;
                    total += sum;
                }
                ((sum,), total)
            },
            |_| 0,
            |left, right| *left += right,
        );
    assert_eq!(sum, ((199 * 200 / 2,), (0..200).map(|x| x * (x + 1) / 2).sum()));
    assert!(most.into_inner() >= 4);
}

/// A loop over `0..n` that carries a count along, and ends as `end` says.
fn counted<R: Send>(
    region: Region<'_>,
    n: u32,
    pause: Duration,
    end: impl Fn(u32) -> Option<R> + Sync,
) -> ((u32, u32), Option<R>) {
    let (((count,), sum), exit) = Scan::new(region, source(0..n), (0,))
        .steps(
            |carried, piece| {
                let mut count = Shift::of(&carried.0);
                for _ in piece {
                    count.add(1);
                }
                count
            },
            |summary, carried| summary.apply(&mut carried.0),
        )
        .run_until(
            0,
            |(mut count,), mut sum: u32, piece| {
                for i in piece {
                    std::thread::sleep(pause);
                    assert_eq!(count, i);
                    if let Some(exit) = end(i) {
                        return (((count,), sum), Some(exit));
                    }
                    count += 1;
                    sum = sum.wrapping_add(i);
                }
                (((count,), sum), None)
            },
            |_| 0,
            |left, right| *left = left.wrapping_add(right),
        );
    ((count, sum), exit)
}

#[test]
fn a_panic_is_that_of_the_first_iteration_that_panics() {
    static SITE: Site = Site::new("panic", file!(), line!());
    for (n, pause) in [(30_000, Duration::ZERO), (300, Duration::from_micros(50))] {
        for first in [0, 7, n / 2, n - 2] {
            everywhere(&SITE, &format!("expected: iteration {first}"), |region| {
                let panics = |i| {
                    if i >= first {
                        panic!("expected: iteration {i}")
                    } else {
                        None::<()>
                    }
                };
                let run = AssertUnwindSafe(|| counted(region, n, pause, panics));
                let panic = catch_unwind(run).expect_err("an iteration panics");
                panic.downcast_ref::<String>().expect("a formatted message").clone()
            });
        }
    }
}

#[test]
fn an_exit_hides_what_lies_behind_it() {
    static SITE: Site = Site::new("exit", file!(), line!());
    for (n, pause) in [(30_000, Duration::ZERO), (300, Duration::from_micros(50))] {
        for first in [0, 7, n / 2, n - 2] {
            let sum = (0..first).fold(0, u32::wrapping_add);
            everywhere(&SITE, &((first, sum), Some(first)), |region| {
                counted(region, n, pause, |i| match i.cmp(&first) {
                    std::cmp::Ordering::Less => None,
                    std::cmp::Ordering::Equal => Some(i),
                    std::cmp::Ordering::Greater => panic!("expected: nobody sees iteration {i}"),
                })
            });
        }
    }
}

#[test]
fn a_source_without_end_is_left_somewhere() {
    static SITE: Site = Site::new("endless", file!(), line!());
    for first in [0u32, 5, 50_000] {
        everywhere(&SITE, &(u64::from(first) + 3), |region| {
            let (((sum,), ()), exit) = Scan::new(region, source(3u64..), (0u64,))
                .steps(
                    |carried, piece| {
                        let mut last = Last::of(&carried.0);
                        for x in piece.last() {
                            last.set(x);
                        }
                        last
                    },
                    |summary, carried| summary.apply(&mut carried.0),
                )
                .run_until(
                    (),
                    |(mut last,), (), piece| {
                        for x in piece {
                            last = last.max(x);
                            if x - 3 == u64::from(first) {
                                return (((last,), ()), Some(x));
                            }
                        }
                        (((last,), ()), None)
                    },
                    |_| (),
                    |_, _| (),
                );
            assert_eq!(exit, Some(sum));
            sum
        });
    }
}

#[test]
fn three_stages_each_steered_by_the_one_before() {
    static SITE: Site = Site::new("stages", file!(), line!());
    for (n, pause) in [(20_000, Duration::ZERO), (300, Duration::from_micros(50))] {
        let xs = numbers(n);
        let update = |(state, level): (State, i64), x: u64| {
            let state = next(state, x);
            let by = if state == State::Inside { x as i64 % 7 - 3 } else { 0 };
            (state, level + by)
        };
        let walk = |(state, level, best): (State, i64, i64), mut out: Vec<i64>, xs: &mut dyn Iterator<Item = &u64>| {
            let (mut state, mut level, mut best) = (state, level, best);
            for x in xs {
                std::thread::sleep(pause);
                (state, level) = update((state, level), *x);
                best = if level % 10 == 0 { level } else { best.max(level) };
                out.push(best);
            }
            ((state, level, best), out)
        };
        let start = (State::Escaped, 3, 0);
        let expected = walk(start, Vec::new(), &mut xs.iter());
        everywhere(&SITE, &expected, |region| {
            Scan::new(region, source(&xs), start)
                .automaton(
                    vec![State::Inside, State::Outside],
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
                        let mut level = Shift::of(&carried.1);
                        for x in piece {
                            state = next(state, *x);
                            if state == State::Inside {
                                level.add(*x as i64 % 7 - 3);
                            }
                        }
                        level
                    },
                    |summary, carried| summary.apply(&mut carried.1),
                )
                .steps(
                    |carried, piece| {
                        let mut now = (carried.0, carried.1);
                        let mut best = Clamp::order(&carried.2);
                        for x in piece {
                            now = update(now, *x);
                            if now.1 % 10 == 0 {
                                best.set(now.1);
                            } else {
                                best.max(now.1);
                            }
                        }
                        best
                    },
                    |summary, carried| summary.apply(&mut carried.2),
                )
                .run(
                    Vec::new(),
                    |carried, out, piece| walk(carried, out, &mut piece.into_iter()),
                    |_| Vec::new(),
                    |left, right| left.extend(right),
                )
        });
    }
}
