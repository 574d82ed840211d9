//! All that can happen in a small loop, chain, scan or recursion: a match, an error, a panic or nothing, in every item, for
//! every tree of calls. The answer is that of the sequential program.
//!
//! All ways to cut a loop: `src/reduce/cuts.rs`.

use divvy_runtime::generated::*;
use divvy_runtime::scan::steps::Shift;
use rayon::ThreadPoolBuilder;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What an item does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Nothing,
    Match,
    Error,
    Panic,
}

const EVENTS: [Event; 4] = [Event::Nothing, Event::Match, Event::Error, Event::Panic];

/// Every list of so many events.
fn placements(len: usize) -> impl Iterator<Item = Vec<Event>> {
    let digit = |number: usize, at: usize| EVENTS[number / 4_usize.pow(at as u32) % 4];
    (0..4_usize.pow(len as u32)).map(move |number| (0..len).map(|at| digit(number, at)).collect())
}

/// What a call comes to: what was done up to there, and how it was left; or the place of the panic.
type Ending = (Vec<usize>, Option<(usize, Event)>);

fn ended<T>(f: impl FnOnce() -> T) -> Result<T, usize> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|panic| *panic.downcast::<usize>().expect("a panic of ours"))
}

/// One item of the sequential program.
fn happens(events: &[Event], at: usize, done: &mut Vec<usize>) -> Option<(usize, Event)> {
    match events[at] {
        Event::Nothing => done.push(at),
        Event::Panic => resume_unwind(Box::new(at)),
        event => return Some((at, event)),
    }
    None
}

static SITE: Site = Site::new("placements", file!(), line!());

/// The comparisons of a test.
static COMPARED: AtomicUsize = AtomicUsize::new(0);

/// Compares under all executors with what the sequential program does. Runs in a pool, so that threads aren't changed
/// millions of times.
fn compare<T: PartialEq + Debug>(want: &T, events: &[Event], run: impl Fn(Region<'_>) -> T) {
    let same = |region: Region<'_>, how: &dyn Debug| {
        let got = run(region);
        assert_eq!(&got, want, "{events:?}, {how:?}");
        COMPARED.fetch_add(1, Ordering::Relaxed);
    };
    same(Region::new(&SITE), &"without threshold");
    same(Region::new(&SITE).threshold(0), &"with threshold");
    for seed in 0..4 {
        let executor = Executor::Adversarial { seed };
        with(executor, || same(Region::new(&SITE), &executor));
    }
    with(Executor::Serial, || same(Region::new(&SITE), &"serial"));
}

fn in_pools(f: impl Fn() + Sync) {
    for threads in [1, 3] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(&f);
    }
}

/// Items as the leaves of calls, or a call for each item and more below it.
#[derive(Debug, Clone)]
enum Calls {
    Leaf(usize),
    Both(Box<(Calls, Calls)>),
}

/// All trees with these leaves.
fn binary(first: usize, len: usize) -> Vec<Calls> {
    if len == 1 {
        return vec![Calls::Leaf(first)];
    }
    let cut = |at: usize| {
        let rights = binary(first + at, len - at);
        let with_right = move |left: Calls| {
            let both = |right: &Calls| Calls::Both(Box::new((left.clone(), right.clone())));
            rights.iter().map(both).collect::<Vec<_>>()
        };
        binary(first, at).into_iter().flat_map(with_right)
    };
    (1..len).flat_map(cut).collect()
}

/// `let left = f(l)?; let right = f(r)?;`, with something behind it.
fn sequential(calls: &Calls, events: &[Event]) -> Ending {
    match calls {
        Calls::Leaf(at) => {
            let mut done = Vec::new();
            let exit = happens(events, *at, &mut done);
            (done, exit)
        }
        Calls::Both(both) => {
            let (mut done, exit) = sequential(&both.0, events);
            if exit.is_some() {
                return (done, exit);
            }
            let (more, exit) = sequential(&both.1, events);
            done.extend(more);
            if exit.is_none() {
                done.push(100);
            }
            (done, exit)
        }
    }
}

fn forked(forks: Forks<'_>, calls: &Calls, events: &[Event]) -> Ending {
    match calls {
        Calls::Both(both) if !forks.is_leaf() => {
            let ((mut done, exit), right) = forks.join_unless(
                |(_, exit): &Ending| exit.is_some(),
                |forks| forked(forks, &both.0, events),
                |forks| forked(forks, &both.1, events),
            );
            if exit.is_some() {
                return (done, exit);
            }
            let (more, exit) = right.claim();
            done.extend(more);
            if exit.is_none() {
                done.push(100);
            }
            (done, exit)
        }
        _ => sequential(calls, events),
    }
}

/// The same without telling the runtime what makes the right call unnecessary.
fn joined(forks: Forks<'_>, calls: &Calls, events: &[Event]) -> Ending {
    match calls {
        Calls::Both(both) if !forks.is_leaf() => {
            let ((mut done, exit), right) = forks.join(
                |forks| joined(forks, &both.0, events),
                |forks| joined(forks, &both.1, events),
            );
            if exit.is_some() {
                return (done, exit);
            }
            let (more, exit) = right.claim();
            done.extend(more);
            if exit.is_none() {
                done.push(100);
            }
            (done, exit)
        }
        _ => sequential(calls, events),
    }
}

fn recursions_up_to(most: usize) {
    in_pools(|| {
        for len in 1..=most {
            let trees = binary(0, len);
            for events in placements(len) {
                for calls in &trees {
                    let want = ended(|| sequential(calls, &events));
                    compare(&want, &events, |region| {
                        ended(|| Forks::enter(region, |forks| forked(forks, calls, &events)))
                    });
                    compare(&want, &events, |region| {
                        ended(|| Forks::enter(region, |forks| joined(forks, calls, &events)))
                    });
                }
            }
        }
    });
}

/// A node and its children, numbered in the order in which they are visited.
#[derive(Debug, Clone)]
struct Node {
    at: usize,
    children: Vec<Node>,
}

/// All forests of so many nodes.
fn forests(first: usize, len: usize) -> Vec<Vec<Node>> {
    if len == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for below in 0..len {
        for children in forests(first + 1, below) {
            for behind in forests(first + 1 + below, len - 1 - below) {
                let children = children.clone();
                all.push([vec![Node { at: first, children }], behind].concat());
            }
        }
    }
    all
}

/// `for child in children { f(child)?; }`, with something in front of it and behind it.
fn visited(node: &Node, events: &[Event]) -> Ending {
    let mut done = Vec::new();
    let mut exit = happens(events, node.at, &mut done);
    for child in &node.children {
        if exit.is_none() {
            let more;
            (more, exit) = visited(child, events);
            done.extend(more);
        }
    }
    if exit.is_none() {
        done.push(100 + node.at);
    }
    (done, exit)
}

fn visited_apart(forks: Forks<'_>, node: &Node, events: &[Event]) -> Ending {
    if forks.is_leaf() {
        return visited(node, events);
    }
    let mut done = Vec::new();
    let mut exit = happens(events, node.at, &mut done);
    if exit.is_none() {
        (done, exit) = forks.reduce_until(
            source(&node.children[..]),
            done,
            |forks, mut done: Vec<usize>, piece| {
                for child in piece {
                    let (more, exit) = visited_apart(forks, child, events);
                    done.extend(more);
                    if exit.is_some() {
                        return (done, exit);
                    }
                }
                (done, None)
            },
            |_| Vec::new(),
            |left, right| left.extend(right),
        );
    }
    if exit.is_none() {
        done.push(100 + node.at);
    }
    (done, exit)
}

/// `children.map(f)`, taken until one is an exit.
fn mapped(forks: Forks<'_>, node: &Node, events: &[Event]) -> Ending {
    if forks.is_leaf() {
        return visited(node, events);
    }
    let mut done = Vec::new();
    let mut exit = happens(events, node.at, &mut done);
    if exit.is_none() {
        for (more, left) in forks.children(&node.children, |forks, child| mapped(forks, child, events)) {
            done.extend(more);
            if left.is_some() {
                exit = left;
                break;
            }
        }
    }
    if exit.is_none() {
        done.push(100 + node.at);
    }
    (done, exit)
}

/// `children.find_map(f)`: an exit is what is found.
fn found(forks: Forks<'_>, node: &Node, events: &[Event]) -> Option<(usize, Event)> {
    happens(events, node.at, &mut Vec::new())
        .or_else(|| forks.find_child(&node.children, |forks, child| found(forks, child, events)))
}

fn children_up_to(most: usize) {
    in_pools(|| {
        for len in 1..=most {
            let trees: Vec<Node> = forests(1, len - 1)
                .into_iter()
                .map(|children| Node { at: 0, children })
                .collect();
            for events in placements(len) {
                for root in &trees {
                    let want = ended(|| visited(root, &events));
                    compare(&want, &events, |region| {
                        ended(|| Forks::enter(region, |forks| visited_apart(forks, root, &events)))
                    });
                    compare(&want, &events, |region| {
                        ended(|| Forks::enter(region, |forks| mapped(forks, root, &events)))
                    });
                    let want = want.map(|(_, exit)| exit);
                    compare(&want, &events, |region| {
                        ended(|| Forks::enter(region, |forks| found(forks, root, &events)))
                    });
                }
            }
        }
    });
}

/// Long enough for other threads to come.
fn pause() {
    let then = Instant::now();
    while then.elapsed() < Duration::from_micros(3) {
        std::hint::spin_loop();
    }
}

/// Where an event is among the iterations of a loop that has so many for each event.
fn event_at(events: &[Event], i: usize, gap: usize) -> Event {
    if i % gap == gap / 2 {
        events[i / gap]
    } else {
        Event::Nothing
    }
}

/// `for i in 0..n`, left early.
fn looped(
    events: &[Event],
    gap: usize,
    mut done: Vec<usize>,
    piece: impl IntoIterator<Item = usize>,
    is_slow: bool,
) -> Ending {
    for i in piece {
        if is_slow {
            pause();
        }
        match event_at(events, i, gap) {
            Event::Nothing => done.push(i),
            Event::Panic => resume_unwind(Box::new(i)),
            event => return (done, Some((i, event))),
        }
    }
    (done, None)
}

/// Also what `try_fold` and `for_each` become.
fn loops_up_to(most: usize) {
    let until = |region: Region<'_>, events: &[Event], gap, is_slow| {
        ended(|| {
            reduce_until(
                region,
                source(0..gap * events.len()),
                vec![1000],
                |done, piece| looped(events, gap, done, piece, is_slow),
                |_| Vec::new(),
                |left, right| left.extend(right),
            )
        })
    };
    // what isn't left early can only panic
    let to_the_end = |region: Region<'_>, events: &[Event]| {
        ended(|| {
            reduce(
                region,
                source(0..events.len()),
                vec![1000],
                |done, piece| looped(events, 1, done, piece, true).0,
                |_| Vec::new(),
                |left, right| left.extend(right),
            )
        })
    };
    in_pools(|| {
        for len in 0..=most {
            for events in placements(len) {
                for is_slow in [false, true] {
                    let want = ended(|| looped(&events, 1, vec![1000], 0..len, false));
                    compare(&want, &events, |region| until(region, &events, 1, is_slow));
                    compare(&want, &events, |region| until(region.ordered(), &events, 1, is_slow));
                    compare(&want, &events, |region| until(region.bounded(), &events, 1, is_slow));
                    compare(&want, &events, |region| until(region.grain(2), &events, 1, is_slow));
                }
                // a leaf of a fixed tree has 32 iterations at least
                let want = ended(|| looped(&events, 40, vec![1000], 0..40 * len, false));
                compare(&want, &events, |region| until(region.tree(), &events, 40, false));
                if events
                    .iter()
                    .all(|event| matches!(event, Event::Nothing | Event::Panic))
                {
                    let want = ended(|| looped(&events, 1, vec![1000], 0..len, false).0);
                    compare(&want, &events, |region| to_the_end(region, &events));
                    compare(&want, &events, |region| to_the_end(region.ordered(), &events));
                    compare(&want, &events, |region| to_the_end(region.ordered().grain(2), &events));
                }
            }
        }
    });
}

/// What a loop that carries a value along comes to: the value, what it has listed, and how it was left.
type Carried = (((usize,), Vec<usize>), Option<(usize, Event)>);

/// The value is read at the exit, too.
fn carried(
    events: &[Event],
    gap: usize,
    mut sum: usize,
    mut done: Vec<usize>,
    piece: impl IntoIterator<Item = usize>,
) -> Carried {
    for i in piece {
        sum += i + 1;
        match event_at(events, i, gap) {
            Event::Nothing => done.push(sum),
            Event::Panic => resume_unwind(Box::new(i)),
            event => return (((sum,), done), Some((sum, event))),
        }
    }
    (((sum,), done), None)
}

fn scans_up_to(most: usize) {
    // a summary panics where the loop does: the code is the same
    let summarised = |region: Region<'_>, events: &[Event], gap: usize, panics: bool| {
        ended(|| {
            Scan::new(region, source(0..gap * events.len()), (7,))
                .steps(
                    |carried: &(usize,), piece| {
                        let mut sum = Shift::of(&carried.0);
                        for i in piece {
                            if panics && event_at(events, i, gap) == Event::Panic {
                                resume_unwind(Box::new(i));
                            }
                            sum.add(i + 1);
                        }
                        (sum,)
                    },
                    |summary, carried| summary.0.apply(&mut carried.0),
                )
                .run_until(
                    Vec::new(),
                    |(sum,), done, piece| carried(events, gap, sum, done, piece),
                    |_| Vec::new(),
                    |left, right| left.extend(right),
                )
        })
    };
    let walked = |region: Region<'_>, events: &[Event], gap: usize| {
        ended(|| {
            Scan::new(region, source(0..gap * events.len()), (7,))
                .in_order(|(mut sum,), piece| {
                    for i in piece {
                        if event_at(events, i, gap) == Event::Panic {
                            resume_unwind(Box::new(i));
                        }
                        sum += i + 1;
                    }
                    (sum,)
                })
                .run_until(
                    Vec::new(),
                    |(sum,), done, piece| carried(events, gap, sum, done, piece),
                    |_| Vec::new(),
                    |left, right| left.extend(right),
                )
        })
    };
    in_pools(|| {
        for len in 0..=most {
            for events in placements(len) {
                for gap in [1, 40] {
                    let want = ended(|| carried(&events, gap, 7, Vec::new(), 0..gap * len));
                    for panics in [false, true] {
                        compare(&want, &events, |region| summarised(region, &events, gap, panics));
                    }
                    compare(&want, &events, |region| walked(region, &events, gap));
                    if gap > 1 {
                        // a piece of a fixed round has 16 iterations at least
                        compare(&want, &events, |region| summarised(region.tree(), &events, gap, true));
                        compare(&want, &events, |region| walked(region.tree(), &events, gap));
                    }
                }
            }
        }
    });
}

/// An item of a chain; may panic.
fn item(events: &[Event], at: usize) -> Result<Option<usize>, usize> {
    match events[at] {
        Event::Nothing => Ok(None),
        Event::Match => Ok(Some(at)),
        Event::Error => Err(at),
        Event::Panic => resume_unwind(Box::new(at)),
    }
}

/// The same as a number.
fn number(events: &[Event], at: usize) -> Result<usize, usize> {
    item(events, at).map(|found| found.map_or(1, |at| at + 10))
}

/// The same as a float, of which sums are exact; slow, so that other threads go ahead.
fn float(events: &[Event], at: usize) -> Result<f64, usize> {
    pause();
    item(events, at).map(|found| found.map_or(1.25, |at| at as f64 + 0.5))
}

fn chains_up_to(most: usize) {
    macro_rules! terminals {
        ($events:ident, $item:ident, |$chain:ident| $mode:expr; $(|$items:ident| $terminal:expr;)*) => {$(
            let want = ended(|| {
                #[allow(unused_mut)] // some terminals take a chain, others borrow it
                let mut $items = (0..$events.len()).map(|at| $item(&$events, at));
                $terminal
            });
            compare(&want, &$events, |region| {
                ended(|| {
                    let $chain = chain(region, source(0..$events.len()), |piece| {
                        piece.into_iter().map(|at| $item(&$events, at))
                    });
                    let $items = $mode;
                    $terminal
                })
            });
        )*};
    }
    in_pools(|| {
        for len in 0..=most {
            for events in placements(len) {
                terminals! { events, item, |chain| chain;
                    |items| items.find(|found| matches!(found, Ok(Some(_))));
                    |items| items.find_map(|found| found.transpose());
                    |items| items.any(|found| found.is_err());
                    |items| items.all(|found| found == Ok(None));
                    |items| items.position(|found| found != Ok(None));
                    |items| items.count();
                    |items| items.max();
                    |items| items.min_by_key(|found| found.is_ok());
                    |items| items.partition::<Vec<_>, _>(|found| found.is_ok());
                    |items| items.collect::<Vec<_>>();
                    |items| items.collect::<Result<Vec<_>, _>>();
                }
                // an error hides what lies behind it
                terminals! { events, number, |chain| chain;
                    |numbers| numbers.sum::<Result<usize, usize>>();
                    |numbers| numbers.product::<Result<usize, usize>>();
                }
                terminals! { events, float, |chain| chain.in_order();
                    |floats| floats.sum::<Result<f64, usize>>().map(f64::to_bits);
                    |floats| floats.product::<Result<f64, usize>>().map(f64::to_bits);
                }
                terminals! { events, float, |chain| chain.exactly();
                    |floats| floats.sum::<Result<f64, usize>>().map(f64::to_bits);
                }
            }
        }
    });
}

/// The comparisons of one test, which has to be the only one that runs: all are in one.
fn counted(name: &str, f: impl FnOnce()) {
    let before = COMPARED.load(Ordering::Relaxed);
    f();
    println!("{name}: {} runs compared", COMPARED.load(Ordering::Relaxed) - before);
}

#[test]
fn up_to_four_items() {
    counted("recursions", || recursions_up_to(4));
    counted("children", || children_up_to(4));
    counted("chains", || chains_up_to(4));
    counted("loops", || loops_up_to(4));
    counted("scans", || scans_up_to(4));
}

#[test]
#[ignore = "takes minutes: tests/prove runs it"]
fn up_to_six_items() {
    counted("recursions", || recursions_up_to(6));
    counted("children", || children_up_to(6));
    counted("chains", || chains_up_to(6));
    counted("loops", || loops_up_to(6));
    counted("scans", || scans_up_to(6));
}
