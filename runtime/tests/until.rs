//! `reduce_until` against the sequential loop.

use divvy_runtime::generated::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, take_hook};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    [1, 2, 8]
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
        .into()
});

/// A panic that a test wants.
#[derive(Debug, PartialEq)]
struct Planned(usize);

/// Keeps planned panics from being reported.
fn quiet() {
    static QUIET: LazyLock<()> = LazyLock::new(|| {
        let hook = take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info.payload().is::<Planned>() {
                hook(info);
            }
        }));
    });
    LazyLock::force(&QUIET);
}

/// What an iteration does, beside noting that it ran.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Nothing,
    Exit,
    Panic,
}

/// The accumulators and the exit, or the panic.
type Ending = Result<(Vec<usize>, Option<usize>), Planned>;

/// The user's loop.
fn list(
    mut seen: Vec<usize>,
    piece: impl Iterator<Item = usize>,
    event: impl Fn(usize) -> Event,
) -> (Vec<usize>, Option<usize>) {
    for x in piece {
        seen.push(x);
        match event(x) {
            Event::Nothing => seen.push(x + 1000),
            Event::Exit => return (seen, Some(x)),
            Event::Panic => panic_any(Planned(x)),
        }
    }
    (seen, None)
}

fn ending(run: impl FnOnce() -> (Vec<usize>, Option<usize>)) -> Ending {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| *panic.downcast().expect("a planned panic"))
}

fn sequential(n: usize, event: impl Fn(usize) -> Event) -> Ending {
    ending(|| list(vec![7], 0..n, event))
}

fn parallel(region: Region<'_>, n: usize, event: impl Fn(usize) -> Event + Sync) -> Ending {
    ending(|| {
        reduce_until(
            region,
            source(0..n),
            vec![7],
            |seen, piece| list(seen, piece.into_iter(), &event),
            |_| Vec::new(),
            |left, mut right| left.append(&mut right),
        )
    })
}

/// Every list of up to six events.
fn placements() -> impl Iterator<Item = Vec<Event>> {
    (0..=6u32).flat_map(|len| {
        (0..3usize.pow(len)).map(move |number| {
            (0..len)
                .map(|place| [Event::Nothing, Event::Exit, Event::Panic][number / 3usize.pow(place) % 3])
                .collect()
        })
    })
}

#[test]
fn every_placement_ends_like_the_loop_on_one_thread() {
    static SITE: Site = Site::new("placements", file!(), line!());
    quiet();
    for events in placements() {
        let n = events.len();
        let expected = sequential(n, |x| events[x]);
        let check = |region: Region<'_>| assert_eq!(parallel(region, n, |x| events[x]), expected, "{events:?}");
        with(Executor::Serial, || check(Region::new(&SITE)));
        check(Region::new(&SITE));
        check(Region::new(&SITE).threshold(4));
        for seed in 0..60 {
            with(Executor::Adversarial { seed }, || check(Region::new(&SITE)));
        }
    }
}

#[test]
fn every_placement_ends_like_the_loop_in_every_pool() {
    static SITE: Site = Site::new("placements", file!(), line!());
    quiet();
    let in_pool = AtomicUsize::new(0);
    for events in placements() {
        let n = events.len();
        let expected = sequential(n, |x| events[x]);
        for pool in POOLS.iter() {
            let slowly = |x: usize| {
                // So that the pool is entered, and thieves have time to come.
                std::thread::sleep(Duration::from_micros(20));
                in_pool.fetch_add(usize::from(pool.current_thread_index().is_some()), Ordering::Relaxed);
                events[x]
            };
            let region = Region::new(&SITE).pool(pool).grain(1);
            assert_eq!(parallel(region.threshold(0), n, slowly), expected, "{events:?}");
            assert_eq!(parallel(region, n, slowly), expected, "{events:?}");
        }
    }
    assert!(in_pool.into_inner() > 0);
}

#[test]
fn every_placement_ends_like_the_loop_in_a_tree() {
    static SITE: Site = Site::new("placements", file!(), line!());
    /// Iterations between two events: pieces of a tree have 1024.
    const GAP: usize = 700;
    quiet();
    for events in placements() {
        let n = events.len() * GAP;
        let event = |x: usize| {
            if x % GAP == 350 {
                std::thread::yield_now();
                events[x / GAP]
            } else {
                std::hint::black_box((0..20).fold(x, |a, b| a ^ b));
                Event::Nothing
            }
        };
        let expected = sequential(n, event);
        let check = |region: Region<'_>| assert_eq!(parallel(region.tree(), n, event), expected, "{events:?}");
        if n < 6 * GAP || events.iter().filter(|&&event| event != Event::Nothing).count() < 4 {
            with(Executor::Serial, || check(Region::new(&SITE)));
            with(Executor::Adversarial { seed: 1 }, || check(Region::new(&SITE)));
            POOLS.iter().for_each(|pool| check(Region::new(&SITE).pool(pool)));
        }
    }
}

#[test]
fn late_and_absent_exits_keep_everything_before_them() {
    static SITE: Site = Site::new("late", file!(), line!());
    quiet();
    for n in [0usize, 1, 2, 3, 31, 32, 33, 63, 64, 65, 1023, 1024, 1025, 5000, 100_000] {
        for end in [n / 3, n.saturating_sub(2), n.saturating_sub(1), n] {
            for kind in [Event::Exit, Event::Panic] {
                // Everything behind the first one happens, too.
                let event = |x| match x {
                    x if x == end => kind,
                    x if x > end && x % 3 == 0 => Event::Panic,
                    x if x > end => Event::Exit,
                    _ => Event::Nothing,
                };
                let expected = sequential(n, event);
                let check = |region: Region<'_>| assert!(parallel(region, n, event) == expected, "{end} of {n}");
                for pool in POOLS.iter() {
                    let region = Region::new(&SITE).pool(pool);
                    check(region);
                    check(region.tree());
                    for threshold in [0, 1, 32, 64, 1024, 1025] {
                        check(region.threshold(threshold));
                        check(region.threshold(threshold).grain(10));
                        check(region.threshold(threshold).tree().grain(3000));
                    }
                }
                for seed in 0..3 {
                    with(Executor::Adversarial { seed }, || {
                        check(Region::new(&SITE));
                        check(Region::new(&SITE).tree());
                    });
                }
            }
        }
    }
}

/// Looks for `hit` in a long source of slow iterations; how many ran?
fn visits(region: Region<'_>, len: u64, hit: u64, pause: Duration) -> usize {
    let visits = AtomicUsize::new(0);
    let ((), found) = reduce_until(
        region,
        source(0..len),
        (),
        |(), piece| {
            for x in piece {
                visits.fetch_add(1, Ordering::Relaxed);
                if x == hit {
                    return ((), Some(x));
                }
                std::thread::sleep(pause);
            }
            ((), None)
        },
        |()| (),
        |(), ()| (),
    );
    assert_eq!(found, Some(hit));
    visits.into_inner()
}

#[test]
fn an_early_exit_stops_the_others() {
    static SITE: Site = Site::new("search", file!(), line!());
    let pause = Duration::from_micros(100);
    for pool in POOLS.iter() {
        let region = Region::new(&SITE).pool(pool);
        for hit in [0, 1, 5, 50] {
            assert!(visits(region, 100_000, hit, pause) < 1000);
            assert!(visits(region, u64::MAX, hit, pause) < 1000);
            assert!(visits(region.threshold(0), 100_000, hit, pause) < 1000);
        }
        // Of the others, those that run at the same time look at the exit within a block of the tree.
        assert!(visits(region.tree(), 100_000, 1100, Duration::from_micros(10)) < 20_000);
    }
}

#[test]
fn an_exit_stops_what_runs_at_the_same_time() {
    static SITE: Site = Site::new("search", file!(), line!());
    for pool in POOLS.iter() {
        let (is_found, behind) = (AtomicBool::new(false), AtomicUsize::new(0));
        let ((), exit) = reduce_until(
            Region::new(&SITE).pool(pool).threshold(0),
            source(0..100),
            (),
            |(), piece| {
                for x in piece {
                    std::thread::sleep(Duration::from_micros(200));
                    if x == 20 {
                        is_found.store(true, Ordering::Relaxed);
                        return ((), Some(x));
                    }
                    if x > 20 {
                        behind.fetch_add(1, Ordering::Relaxed);
                        // The others hold still until the exit is known.
                        while !is_found.load(Ordering::Relaxed) {
                            std::thread::sleep(Duration::from_micros(100));
                        }
                    }
                }
                ((), None)
            },
            |()| (),
            |(), ()| (),
        );
        assert_eq!(exit, Some(20));
        assert!(behind.into_inner() < 70);
    }
}

#[test]
fn an_early_exit_ends_a_source_without_end() {
    static SITE: Site = Site::new("search", file!(), line!());
    for region in [Region::new(&SITE), Region::new(&SITE).tree()] {
        for hit in [0, 40, 3000, 70_000] {
            let run = || visits(region, u64::MAX, hit, Duration::ZERO);
            assert_eq!(with(Executor::Serial, run), hit as usize + 1);
            assert!(run() > hit as usize);
            assert!(with(Executor::Adversarial { seed: 5 }, run) < 200_000);
        }
    }
}

#[test]
fn one_thread_runs_the_sequential_program() {
    static SITE: Site = Site::new("one", file!(), line!());
    let combines = AtomicUsize::new(0);
    let run = |region: Region<'_>| {
        let (sum, exit) = reduce_until(
            region,
            source(0..1_000_000u64),
            0,
            |mut sum, piece| {
                for x in piece {
                    if x == 999_000 {
                        return (sum, Some(x));
                    }
                    sum += x;
                }
                (sum, None)
            },
            |_| 0,
            |left, right| {
                combines.fetch_add(1, Ordering::Relaxed);
                *left += right;
            },
        );
        assert_eq!((sum, exit), (999_000 * 998_999 / 2, Some(999_000)));
    };
    run(Region::new(&SITE).pool(&POOLS[0]));
    run(Region::new(&SITE).pool(&POOLS[0]).threshold(0));
    with(Executor::Serial, || run(Region::new(&SITE)));
    assert_eq!(combines.into_inner(), 0);
}

#[test]
fn a_tree_has_the_same_bits_wherever_it_ends() {
    static SITE: Site = Site::new("float_sum", file!(), line!());
    let items: Vec<f64> = (1..300_000u32)
        .map(|i| (f64::from(i) * 0.7).sin() * f64::from(i))
        .collect();
    let sum = |region: Region<'_>, end: usize| {
        let law = monoid::<ops::Rounded<ops::Add>, _>(&0.5);
        let (sum, exit) = reduce_until(
            region.tree(),
            source(&items).enumerate(),
            0.5,
            |mut sum, piece| {
                for (i, x) in piece {
                    if i == end {
                        return (sum, Some(i));
                    }
                    sum += x;
                }
                (sum, None)
            },
            |sum| law.fresh(sum),
            |left, right| law.combine(left, right),
        );
        assert_eq!(exit, (end < items.len()).then_some(end));
        sum.to_bits()
    };
    for end in [0, 1, 1023, 1024, 1025, 5000, 20_000, 150_000, 299_998, 300_000] {
        let expected = with(Executor::Serial, || sum(Region::new(&SITE), end));
        for pool in POOLS.iter() {
            for _ in 0..5 {
                assert_eq!(sum(Region::new(&SITE).pool(pool), end), expected);
                assert_eq!(sum(Region::new(&SITE).pool(pool).grain(5000), end), expected);
                assert_eq!(sum(Region::new(&SITE).pool(pool).threshold(1), end), expected);
            }
        }
        for seed in 0..3 {
            assert_eq!(
                with(Executor::Adversarial { seed }, || sum(Region::new(&SITE), end)),
                expected
            );
        }
    }
}
