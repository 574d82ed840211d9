//! The order in which adversaries run pieces: from right to left for even seeds, interleaved for odd ones, the same for
//! the same seed, and each item once.

use divvy_runtime::generated::*;
use divvy_runtime::scan::steps::*;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Seeds of both kinds.
const SEEDS: u64 = 40;

/// The items of each piece, in the order in which the pieces ran.
type Trace = Vec<Vec<usize>>;

fn traced<R>(seed: u64, f: impl FnOnce(&Mutex<Trace>) -> R) -> (Trace, R) {
    let trace = Mutex::new(Trace::new());
    let result = with(Executor::Adversarial { seed }, || f(&trace));
    (trace.into_inner().expect("no panic"), result)
}

/// Each item once, equal for equal seeds, right to left for even seeds, and for some odd ones neither that nor left to
/// right.
fn check(n: usize, run: impl Fn(&Mutex<Trace>)) {
    let mut interleaved = 0;
    for seed in 0..SEEDS {
        let (trace, ()) = traced(seed, &run);
        assert_eq!(trace, traced(seed, &run).0, "seed {seed} on {n}");
        let mut items = trace.concat();
        items.sort_unstable();
        assert_eq!(items, (0..n).collect::<Vec<_>>(), "seed {seed} on {n}");
        assert!(
            trace
                .iter()
                .all(|piece| piece.windows(2).all(|two| two[0] + 1 == two[1])),
            "seed {seed} on {n}: a piece is in order"
        );
        let firsts: Vec<usize> = trace.iter().filter_map(|piece| piece.first().copied()).collect();
        let falls = firsts.windows(2).filter(|two| two[0] > two[1]).count();
        if seed % 2 == 0 {
            assert_eq!(falls + 1, firsts.len(), "seed {seed} on {n}");
        } else if 0 < falls && falls + 1 < firsts.len() {
            interleaved += 1;
        }
    }
    assert!(interleaved > 0, "no seed interleaves {n}");
}

fn sizes() -> [usize; 6] {
    [3, 7, 64, 1000, 3000, 20_000]
}

fn note(trace: &Mutex<Trace>, items: impl Iterator<Item = usize>) -> Vec<usize> {
    let items: Vec<usize> = items.collect();
    trace.lock().expect("no panic").push(items.clone());
    items
}

#[test]
fn loops() {
    static SITE: Site = Site::new("loops", file!(), line!());
    let list = |region: Region<'_>, n: usize, trace: &Mutex<Trace>| {
        let list = reduce(
            region,
            source(0..n),
            Vec::new(),
            |mut list, piece| {
                list.extend(note(trace, piece.into_iter()));
                list
            },
            |_| Vec::new(),
            |left, mut right| left.append(&mut right),
        );
        assert!(list.into_iter().eq(0..n));
    };
    for n in sizes() {
        check(n, |trace| list(Region::new(&SITE), n, trace));
    }
    // a fixed tree of less than 33 items is one leaf
    for n in [200, 1000, 3000, 20_000] {
        check(n, |trace| list(Region::new(&SITE).tree(), n, trace));
    }
}

#[test]
fn loops_that_are_left_run_nothing_twice_and_all_before_the_exit() {
    static SITE: Site = Site::new("exits", file!(), line!());
    let (mut most, mut fewest) = (0, usize::MAX);
    for seed in 0..SEEDS {
        for (n, exit) in [(2, 0), (50, 20), (3000, 7), (20_000, 19_000)] {
            let (trace, (list, found)) = traced(seed, |trace| {
                reduce_until(
                    Region::new(&SITE),
                    source(0..n),
                    Vec::new(),
                    |mut list, piece| {
                        let items = note(trace, piece.into_iter());
                        for item in items {
                            if item == exit {
                                return (list, Some(item));
                            }
                            // what lies behind may do what it likes
                            assert!(item < exit || item % 7 > 0, "behind the exit");
                            list.push(item);
                        }
                        (list, None)
                    },
                    |_| Vec::new(),
                    |left, mut right| left.append(&mut right),
                )
            });
            assert_eq!((list, found), ((0..exit).collect(), Some(exit)), "seed {seed} on {n}");
            let mut items = trace.concat();
            items.sort_unstable();
            assert!(items.windows(2).all(|two| two[0] < two[1]), "seed {seed} on {n}");
            assert!(items.iter().copied().take(exit + 1).eq(0..=exit), "seed {seed} on {n}");
            if n == 50 {
                most = most.max(items.len());
                fewest = fewest.min(items.len());
            }
        }
    }
    // what lies behind the exit runs, or doesn't
    assert!(most == 50 && fewest < 50, "{fewest} to {most}");
}

#[test]
fn recursions() {
    static SITE: Site = Site::new("recursions", file!(), line!());
    fn halves(forks: Forks<'_>, range: Range<usize>, trace: &Mutex<Trace>) -> usize {
        if range.len() < 2 || forks.is_leaf() {
            return note(trace, range).len();
        }
        let middle = range.start + range.len().div_ceil(3);
        let (left, right) = forks.join(
            |forks| halves(forks, range.start..middle, trace),
            |forks| halves(forks, middle..range.end, trace),
        );
        left + right.claim()
    }
    for n in sizes() {
        check(n, |trace| {
            assert_eq!(Forks::enter(Region::new(&SITE), |forks| halves(forks, 0..n, trace)), n);
        });
    }
}

#[test]
fn children() {
    static SITE: Site = Site::new("children", file!(), line!());
    for n in [7, 64, 300] {
        check(n, |trace| {
            let list = Forks::enter(Region::new(&SITE), |forks| {
                forks.reduce(
                    source(0..n),
                    Vec::new(),
                    |_, mut list: Vec<usize>, piece| {
                        list.extend(note(trace, piece.into_iter()));
                        list
                    },
                    |_| Vec::new(),
                    |left, mut right| left.append(&mut right),
                )
            });
            assert!(list.into_iter().eq(0..n));
        });
    }
}

#[test]
fn statements_run_in_either_order() {
    static SITE: Site = Site::new("statements", file!(), line!());
    let order = |seed| {
        let (trace, sum) = traced(seed, |trace| {
            let statements = Forks::statements(Region::new(&SITE));
            let (left, right) = statements.join(|_| note(trace, 0..1).len(), |_| note(trace, 1..2).len());
            left + right.claim()
        });
        assert_eq!(sum, 2);
        trace.concat()
    };
    let orders: Vec<Vec<usize>> = (0..SEEDS).map(order).collect();
    assert!(orders.iter().step_by(2).all(|order| *order == [1, 0]), "{orders:?}");
    for either in [[0, 1], [1, 0]] {
        assert!(
            orders.iter().skip(1).step_by(2).any(|order| *order == either),
            "{orders:?}"
        );
    }
}

#[test]
fn what_the_left_side_rules_out_runs_before_it_or_not_at_all() {
    static SITE: Site = Site::new("ruled_out", file!(), line!());
    let ran = |seed| {
        let (trace, found) = traced(seed, |trace| {
            Forks::enter(Region::new(&SITE), |forks| {
                let (found, right) = forks.join_unless(
                    |found: &bool| *found,
                    |_| note(trace, 0..1).len() == 1,
                    |_| note(trace, 1..2).len() == 2,
                );
                found || right.claim()
            })
        });
        assert!(found);
        trace.concat()
    };
    let orders: Vec<Vec<usize>> = (0..SEEDS).map(ran).collect();
    assert!(
        orders.iter().all(|order| [&[1, 0][..], &[0]].contains(&&order[..])),
        "{orders:?}"
    );
    assert!(orders.iter().step_by(2).all(|order| *order == [1, 0]), "{orders:?}");
    assert!(orders.iter().any(|order| *order == [0]), "{orders:?}");
}

#[test]
fn scans() {
    static SITE: Site = Site::new("scans", file!(), line!());
    let sums = |region: Region<'_>, n: usize, trace: &Mutex<Trace>| {
        let ((sum,), list) = Scan::new(region, source(0..n), (5,))
            .steps(
                |carried: &(usize,), piece| {
                    let mut sum = Shift::of(&carried.0);
                    for x in piece {
                        sum.add(x);
                    }
                    (sum,)
                },
                |summary, carried| summary.0.apply(&mut carried.0),
            )
            .run(
                Vec::new(),
                |(mut sum,), mut list, piece| {
                    for x in note(trace, piece.into_iter()) {
                        sum += x;
                        list.push(sum);
                    }
                    ((sum,), list)
                },
                |_| Vec::new(),
                |left, mut right| left.append(&mut right),
            );
        assert_eq!(sum, 5 + n * (n - 1) / 2);
        assert_eq!(list.len(), n);
        assert!(list.windows(2).enumerate().all(|(i, two)| two[0] + i + 1 == two[1]));
    };
    for n in sizes() {
        // what nobody has summarised waits for what lies before it, and so do windows of many items
        let mut interleaved = 0;
        for seed in 0..SEEDS {
            let (trace, ()) = traced(seed, |trace| sums(Region::new(&SITE), n, trace));
            assert_eq!(
                trace,
                traced(seed, |trace| sums(Region::new(&SITE), n, trace)).0,
                "seed {seed} on {n}"
            );
            let mut items = trace.concat();
            items.sort_unstable();
            assert!(items.into_iter().eq(0..n), "seed {seed} on {n}");
            let firsts: Vec<usize> = trace.iter().filter_map(|piece| piece.first().copied()).collect();
            let falls = firsts.windows(2).filter(|two| two[0] > two[1]).count();
            interleaved += usize::from(seed % 2 == 1 && 0 < falls && falls + 1 < firsts.len());
        }
        assert!(n < 5 || interleaved > 0, "no seed interleaves {n}");
    }
}

/// A search that is left at the first of more matches than anybody could visit.
#[test]
fn a_search_that_stops_at_once_does_so_under_an_adversary() {
    static SITE: Site = Site::new("search", file!(), line!());
    const DEPTH: usize = 60;
    fn twin(depth: usize, calls: &AtomicUsize) -> bool {
        calls.fetch_add(1, Ordering::Relaxed);
        depth == DEPTH || (0..9).any(|_| twin(depth + 1, calls))
    }
    fn both(forks: Forks<'_>, depth: usize, calls: &AtomicUsize) -> bool {
        if forks.is_leaf() {
            return twin(depth, calls);
        }
        calls.fetch_add(1, Ordering::Relaxed);
        if depth == DEPTH {
            return true;
        }
        let (found, right) = forks.join_unless(
            |found: &bool| *found,
            |forks| both(forks, depth + 1, calls),
            |forks| both(forks, depth + 1, calls),
        );
        found || right.claim()
    }
    fn nine(forks: Forks<'_>, depth: usize, calls: &AtomicUsize) -> bool {
        if forks.is_leaf() {
            return twin(depth, calls);
        }
        calls.fetch_add(1, Ordering::Relaxed);
        depth == DEPTH || forks.any_child(0..9, |forks, _| nine(forks, depth + 1, calls))
    }
    for seed in 0..SEEDS {
        for search in [both, nine] {
            let calls = AtomicUsize::new(0);
            let found = with(Executor::Adversarial { seed }, || {
                Forks::enter(Region::new(&SITE), |forks| search(forks, 0, &calls))
            });
            assert!(found);
            let calls = calls.into_inner();
            assert!(calls <= 10 * 1024 * DEPTH, "seed {seed}: {calls} calls");
        }
    }
}
