//! Recursions in the shape of generated code, against their sequential twins.

use divvy_runtime::generated::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::thread::ThreadId;
use std::time::Duration;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    [1, 2, 3, 8]
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
        .into()
});

/// Runs `f` with every pool and against adversaries.
fn everywhere(f: impl Fn(&ThreadPool)) {
    for pool in POOLS.iter() {
        f(pool);
        with(Executor::Serial, || f(pool));
    }
    for seed in 0..50 {
        with(Executor::Adversarial { seed }, || f(&POOLS[1]));
    }
}

fn fib(n: u32, pool: &ThreadPool) -> u64 {
    static SITE: Site = Site::new("fib", file!(), line!());
    fn twin(n: u32) -> u64 {
        if n < 2 { n.into() } else { twin(n - 1) + twin(n - 2) }
    }
    fn watched<'a>(watch: impl Watches<'a>, n: u32) -> u64 {
        let watch = match watch.tick() {
            Ok(watch) => watch,
            Err(forks) => return fork(forks, n),
        };
        if n < 2 {
            n.into()
        } else {
            watched(watch, n - 1) + watched(watch, n - 2)
        }
    }
    fn fork(forks: Forks<'_>, n: u32) -> u64 {
        let forks = match forks.cutoff() {
            Cutoff::Fork(forks) => forks,
            Cutoff::Leaf(leaf) => return leaf.run(|| twin(n)),
            Cutoff::Watch(watch) => return watched(watch, n),
            Cutoff::Guard(watch) => return watched(watch, n),
        };
        if n < 2 {
            return n.into();
        }
        let (first, second) = forks.join(|forks| fork(forks, n - 1), |forks| fork(forks, n - 2));
        first + second.claim()
    }
    Forks::enter(Region::new(&SITE).pool(pool), |forks| fork(forks, n))
}

#[test]
fn fib_is_the_same_everywhere() {
    everywhere(|pool| {
        for (n, expected) in [(0, 0), (1, 1), (2, 1), (5, 5), (20, 6765)] {
            assert_eq!(fib(n, pool), expected);
        }
    });
    for pool in POOLS.iter() {
        assert_eq!(fib(30, pool), 832_040);
    }
}

/// A sum over `0..n` by halves, of which every call is given the size that `size` makes of its own.
fn sized(n: u64, pool: &ThreadPool, site: &'static Site, size: fn(u64) -> u64) -> u64 {
    fn twin(range: std::ops::Range<u64>) -> u64 {
        match range.end - range.start {
            0 => 0,
            1 => std::hint::black_box(range.start) % 7,
            len => {
                let middle = range.start + len.div_ceil(3);
                twin(range.start..middle) + twin(middle..range.end)
            }
        }
    }
    fn watched<'a>(watch: impl Watches<'a>, range: std::ops::Range<u64>, size: fn(u64) -> u64) -> u64 {
        let watch = match watch.tick() {
            Ok(watch) => watch,
            Err(forks) => return fork(forks, range, size),
        };
        match range.end - range.start {
            0 => 0,
            1 => std::hint::black_box(range.start) % 7,
            len => {
                let middle = range.start + len.div_ceil(3);
                watched(watch, range.start..middle, size) + watched(watch, middle..range.end, size)
            }
        }
    }
    fn fork(forks: Forks<'_>, range: std::ops::Range<u64>, size: fn(u64) -> u64) -> u64 {
        let forks = match forks.at(size(range.end - range.start)) {
            Cutoff::Fork(forks) => forks,
            Cutoff::Leaf(leaf) => return leaf.run(|| twin(range)),
            Cutoff::Watch(watch) => return watched(watch, range, size),
            Cutoff::Guard(watch) => return watched(watch, range, size),
        };
        let len = range.end - range.start;
        if len < 2 {
            return range.map(|i| i % 7).sum();
        }
        let middle = range.start + len.div_ceil(3);
        let (first, second) = forks.join(
            |forks| fork(forks, range.start..middle, size),
            |forks| fork(forks, middle..range.end, size),
        );
        first + second.claim()
    }
    Forks::enter_sized(Region::new(site).pool(pool), size(n), |forks| fork(forks, 0..n, size))
}

#[test]
fn sizes_are_only_hints() {
    static SITES: [Site; 5] = [const { Site::new("sized", file!(), line!()) }; 5];
    let sizes: [fn(u64) -> u64; 5] = [
        |len| len,
        |_| 3,
        |len| 1_000_000 - len,
        |len| len.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40,
        |len| len << 33,
    ];
    let expected = |n: u64| (0..n).map(|i| i % 7).sum::<u64>();
    for (site, size) in SITES.iter().zip(sizes) {
        for n in [100_000, 0, 1, 2, 100] {
            everywhere(|pool| assert_eq!(sized(n, pool, site, size), expected(n)));
        }
        for pool in POOLS.iter() {
            for n in [300_000, 1_000, 300_000] {
                assert_eq!(sized(n, pool, site, size), expected(n));
            }
        }
    }
}

fn merge_sort(items: &mut [u32], threshold: usize, pool: &ThreadPool) {
    static SITE: Site = Site::new("merge_sort", file!(), line!());
    fn merge(items: &mut [u32], middle: usize) {
        let left = items[..middle].to_vec();
        let (mut left, mut right) = (left.iter().copied().peekable(), middle);
        for slot in 0..items.len() {
            let Some(&first) = left.peek() else { break };
            if right < items.len() && items[right] < first {
                items[slot] = items[right];
                right += 1;
            } else {
                items[slot] = first;
                left.next();
            }
        }
    }
    fn twin(items: &mut [u32]) {
        if items.len() < 2 {
            return;
        }
        let middle = items.len() / 2;
        let (left, right) = items.split_at_mut(middle);
        twin(left);
        twin(right);
        merge(items, middle);
    }
    fn fork(forks: Forks<'_>, items: &mut [u32], threshold: usize) {
        if forks.is_below(items.len(), threshold) {
            return twin(items);
        }
        if items.len() < 2 {
            return;
        }
        let middle = items.len() / 2;
        let (left, right) = items.split_at_mut(middle);
        let ((), second) = forks.join(
            |forks| fork(forks, left, threshold),
            |forks| fork(forks, right, threshold),
        );
        second.claim();
        merge(items, middle);
    }
    let region = Region::new(&SITE).pool(pool).threshold(threshold);
    Forks::enter(region, |forks| fork(forks, items, threshold));
}

#[test]
fn merge_sort_is_the_same_everywhere() {
    everywhere(|pool| {
        for len in [0, 1, 2, 31, 32, 33, 2000] {
            let items: Vec<u32> = (0..len).map(|i| i * 7919 % 1009).collect();
            let mut expected = items.clone();
            expected.sort();
            for threshold in [0, 32] {
                let mut sorted = items.clone();
                merge_sort(&mut sorted, threshold, pool);
                assert_eq!(sorted, expected);
            }
        }
    });
}

struct Tree {
    value: u64,
    children: Option<Box<(Tree, Tree)>>,
}

impl Tree {
    fn balanced(levels: u32) -> Self {
        let children = (levels > 0).then(|| Box::new((Self::balanced(levels - 1), Self::balanced(levels - 1))));
        Self {
            value: u64::from(levels),
            children,
        }
    }

    /// As deep as it has nodes.
    fn degenerate(depth: u32, is_left: bool) -> Self {
        let mut tree = Self {
            value: 1,
            children: None,
        };
        for _ in 0..depth {
            let leaf = Self {
                value: 1,
                children: None,
            };
            let children = if is_left { (tree, leaf) } else { (leaf, tree) };
            tree = Self {
                value: 1,
                children: Some(Box::new(children)),
            };
        }
        tree
    }

    fn sum(&self, pool: &ThreadPool, site: &'static Site) -> u64 {
        if in_twin() {
            match &self.children {
                None => self.value,
                Some(children) => self.value + children.0.sum(pool, site) + children.1.sum(pool, site),
            }
        } else {
            apart(|| {
                let forks = Forks::ambient(Region::new(site).pool(pool));
                if forks.is_leaf() {
                    return forks.twin(|| self.sum(pool, site));
                }
                match &self.children {
                    None => self.value,
                    Some(children) => {
                        self.value + {
                            let (first, second) =
                                forks.join(|_| children.0.sum(pool, site), |_| children.1.sum(pool, site));
                            first + second.claim()
                        }
                    }
                }
            })
        }
    }

    /// Without recursion, so that the deep ones can be dropped.
    fn dismantle(self) {
        let mut left = vec![self];
        while let Some(tree) = left.pop() {
            if let Some(children) = tree.children {
                left.extend([children.0, children.1]);
            }
        }
    }
}

#[test]
fn a_method_is_the_same_everywhere() {
    static SITE: Site = Site::new("sum", file!(), line!());
    let tree = Tree::balanced(12);
    everywhere(|pool| {
        assert_eq!(tree.sum(pool, &SITE), 8178);
        assert!(!in_twin());
    });
}

#[test]
fn a_deep_recursion_fits_where_the_sequential_one_does() {
    static SITE: Site = Site::new("sum", file!(), line!());
    for is_left in [true, false] {
        let tree = std::thread::Builder::new()
            .name("deep".into())
            .stack_size(if cfg!(debug_assertions) { 32 << 20 } else { 8 << 20 })
            .spawn(move || {
                let tree = Tree::degenerate(50_000, is_left);
                assert_eq!(tree.sum(&POOLS[3], &SITE), 100_001);
                for seed in 0..5 {
                    with(Executor::Adversarial { seed }, || {
                        assert_eq!(tree.sum(&POOLS[3], &SITE), 100_001)
                    });
                }
                tree
            })
            .expect("a thread")
            .join()
            .expect("no panic");
        tree.dismantle();
    }
}

/// A tree of joins whose leaves panic with their number where `is_bad` says so.
fn visit(forks: Forks<'_>, numbers: std::ops::Range<u32>, is_bad: &(dyn Fn(u32) -> bool + Sync)) {
    fn one(number: u32, is_bad: &(dyn Fn(u32) -> bool + Sync)) {
        std::thread::sleep(Duration::from_micros(100));
        if is_bad(number) {
            std::panic::panic_any(number);
        }
    }
    fn watched<'a>(watch: impl Watches<'a>, numbers: std::ops::Range<u32>, is_bad: &(dyn Fn(u32) -> bool + Sync)) {
        let watch = match watch.tick() {
            Ok(watch) => watch,
            Err(forks) => return visit(forks, numbers, is_bad),
        };
        if numbers.len() == 1 {
            return one(numbers.start, is_bad);
        }
        let middle = numbers.start + numbers.len() as u32 / 2;
        watched(watch, numbers.start..middle, is_bad);
        watched(watch, middle..numbers.end, is_bad);
    }
    let forks = match forks.cutoff() {
        Cutoff::Fork(forks) => forks,
        Cutoff::Leaf(_) => return numbers.for_each(|number| one(number, is_bad)),
        Cutoff::Watch(watch) => return watched(watch, numbers, is_bad),
        Cutoff::Guard(watch) => return watched(watch, numbers, is_bad),
    };
    if numbers.len() == 1 {
        return one(numbers.start, is_bad);
    }
    let middle = numbers.start + numbers.len() as u32 / 2;
    let (first, second) = forks.join(
        |forks| visit(forks, numbers.start..middle, is_bad),
        |forks| visit(forks, middle..numbers.end, is_bad),
    );
    let () = first;
    second.claim();
}

fn quietly<R>(f: impl FnOnce() -> R) -> R {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let result = f();
    std::panic::set_hook(hook);
    result
}

#[test]
fn the_sequential_panic_is_the_one_that_is_seen() {
    static SITE: Site = Site::new("visit", file!(), line!());
    let mut seen = Vec::new();
    quietly(|| {
        for first in [0, 1, 31, 32, 50, 63] {
            for pool in POOLS.iter() {
                for region in [
                    Region::new(&SITE).pool(pool),
                    Region::new(&SITE).pool(pool).threshold(1),
                ] {
                    let visit_all = || Forks::enter(region, |forks| visit(forks, 0..64, &|x| x >= first));
                    let caught = catch_unwind(AssertUnwindSafe(visit_all)).expect_err("a panic");
                    seen.push((first, *caught.downcast::<u32>().expect("a number")));
                }
            }
            for seed in 0..20 {
                with(Executor::Adversarial { seed }, || {
                    let visit_all = || Forks::enter(Region::new(&SITE), |forks| visit(forks, 0..64, &|x| x >= first));
                    let caught = catch_unwind(visit_all).expect_err("a panic");
                    seen.push((first, *caught.downcast::<u32>().expect("a number")));
                });
            }
        }
    });
    for (first, caught) in seen {
        assert_eq!(caught, first);
    }
}

#[test]
fn a_panic_that_nobody_claims_is_not_seen() {
    static SITE: Site = Site::new("unclaimed", file!(), line!());
    quietly(|| {
        everywhere(|pool| {
            for region in [
                Region::new(&SITE).pool(pool),
                Region::new(&SITE).pool(pool).threshold(1),
            ] {
                let first = Forks::enter(region, |forks| {
                    let (first, _unclaimed) = forks.join(|_| 7, |_| -> u32 { panic!("never seen") });
                    first
                });
                assert_eq!(first, 7);
            }
        });
    });
}

#[test]
fn slow_calls_run_at_the_same_time() {
    static SITE: Site = Site::new("slow", file!(), line!());
    for region in [
        Region::new(&SITE).pool(&POOLS[3]),
        Region::new(&SITE).pool(&POOLS[3]).threshold(1),
    ] {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Forks::enter(region, |forks| {
            visit(forks, 0..64, &|_| {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(5));
                running.fetch_sub(1, Ordering::SeqCst);
                false
            });
        });
        assert!(most.into_inner() >= 4);
    }
}

/// Visits `2^depth` leaves; returns on how many threads that was. Leaves that are to be slow sleep.
fn threads_of(depth: u32, is_slow: bool, site: &'static Site) -> usize {
    type Seen = Mutex<HashSet<ThreadId>>;
    fn leaf(is_slow: bool, seen: &Seen) {
        if is_slow {
            std::thread::sleep(Duration::from_micros(300));
            seen.lock().expect("no panic").insert(std::thread::current().id());
        }
    }
    fn twin(depth: u32, is_slow: bool, seen: &Seen) {
        match depth {
            0 => leaf(is_slow, seen),
            _ => {
                twin(depth - 1, is_slow, seen);
                twin(depth - 1, is_slow, seen);
            }
        }
    }
    fn watched<'a>(watch: impl Watches<'a>, depth: u32, is_slow: bool, seen: &Seen) {
        let watch = match watch.tick() {
            Ok(watch) => watch,
            Err(forks) => return fork(forks, depth, is_slow, seen),
        };
        match depth {
            0 => leaf(is_slow, seen),
            _ => {
                watched(watch, depth - 1, is_slow, seen);
                watched(watch, depth - 1, is_slow, seen);
            }
        }
    }
    fn fork(forks: Forks<'_>, depth: u32, is_slow: bool, seen: &Seen) {
        let forks = match forks.cutoff() {
            Cutoff::Fork(forks) => forks,
            Cutoff::Leaf(leaf) => return leaf.run(|| twin(depth, is_slow, seen)),
            Cutoff::Watch(watch) => return watched(watch, depth, is_slow, seen),
            Cutoff::Guard(watch) => return watched(watch, depth, is_slow, seen),
        };
        if depth == 0 {
            return leaf(is_slow, seen);
        }
        let ((), second) = forks.join(
            |forks| fork(forks, depth - 1, is_slow, seen),
            |forks| fork(forks, depth - 1, is_slow, seen),
        );
        second.claim();
    }
    let seen = Seen::default();
    Forks::enter(Region::new(site).pool(&POOLS[3]), |forks| {
        fork(forks, depth, is_slow, &seen)
    });
    seen.into_inner().expect("no panic").len()
}

#[test]
fn a_recursion_that_has_always_been_short_is_noticed_when_it_is_not() {
    static SITE: Site = Site::new("threads_of", file!(), line!());
    for _ in 0..3 {
        for _ in 0..300 {
            assert_eq!(threads_of(3, false, &SITE), 0);
        }
        // the first ones may be missed, and then all of the rest are watched
        let threads: Vec<usize> = (0..12).map(|_| threads_of(7, true, &SITE)).collect();
        assert!(threads[6..].iter().any(|&threads| threads > 1), "{threads:?}");
    }
}

#[test]
fn long_calls_among_short_ones_are_noticed() {
    static SITE: Site = Site::new("threads_of", file!(), line!());
    let mut threads = Vec::new();
    for _ in 0..12 {
        for _ in 0..100 {
            assert_eq!(threads_of(3, false, &SITE), 0);
        }
        threads.push(threads_of(7, true, &SITE));
    }
    assert!(threads[6..].iter().any(|&threads| threads > 1), "{threads:?}");
}

#[test]
fn a_ruled_out_call_is_not_started_on_the_same_thread() {
    static SITE: Site = Site::new("ruled_out", file!(), line!());
    for pool in POOLS.iter() {
        for region in [
            Region::new(&SITE).pool(pool),
            Region::new(&SITE).pool(pool).threshold(1),
        ] {
            let found = Forks::enter(region, |forks| {
                let (first, second) = forks.join_unless(|found| *found, |_| true, |_| false);
                first || second.claim()
            });
            assert!(found);
        }
    }
}
