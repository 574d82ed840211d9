//! `reduce` against the sequential loop.

use divvy_runtime::generated::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    [1, 2, 3, 8]
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
        .into()
});

/// The numbers below `n` in order: a monoid that isn't commutative.
fn numbers(region: Region<'_>, n: u32) -> Vec<u32> {
    let list = Vec::new();
    let law = monoid::<ops::Append, _>(&list);
    reduce(
        region,
        source(0..n),
        list,
        |mut list, piece| {
            for x in piece {
                list.push(x);
            }
            list
        },
        |list| law.fresh(list),
        |left, right| law.combine(left, right),
    )
}

fn sizes() -> impl Iterator<Item = u32> {
    (0..40).chain([63, 64, 65, 200, 1023, 1024, 1025, 5000, 100_000])
}

#[test]
fn keeps_the_order_in_every_pool() {
    static SITE: Site = Site::new("numbers", file!(), line!());
    for pool in POOLS.iter() {
        for n in sizes() {
            let expected: Vec<u32> = (0..n).collect();
            assert_eq!(numbers(Region::new(&SITE).pool(pool), n), expected);
            for threshold in [0, 1, 64] {
                assert_eq!(numbers(Region::new(&SITE).pool(pool).threshold(threshold), n), expected);
                assert_eq!(
                    numbers(Region::new(&SITE).pool(pool).threshold(threshold).grain(10), n),
                    expected
                );
            }
            assert_eq!(numbers(Region::new(&SITE).pool(pool).tree(), n), expected);
            assert_eq!(
                numbers(Region::new(&SITE).pool(pool).tree().threshold(0).grain(3000), n),
                expected
            );
        }
    }
}

#[test]
fn keeps_the_order_against_two_hundred_adversaries() {
    static SITE: Site = Site::new("numbers", file!(), line!());
    for seed in 0..200 {
        for n in [0, 1, 2, 3, 7, 64, 1000, 3000] {
            let expected: Vec<u32> = (0..n).collect();
            with(Executor::Adversarial { seed }, || {
                assert_eq!(numbers(Region::new(&SITE), n), expected);
                assert_eq!(numbers(Region::new(&SITE).tree(), n), expected);
            });
        }
    }
}

#[test]
fn an_adversary_finds_a_false_law() {
    static SITE: Site = Site::new("numbers", file!(), line!());
    let subtract = |n: i64| {
        reduce(
            Region::new(&SITE),
            source(0..n),
            100,
            |acc, piece| piece.into_iter().fold(acc, |acc, x| acc - x),
            |_| 0,
            |left, right| *left -= right,
        )
    };
    let found = (0..20).any(|seed| with(Executor::Adversarial { seed }, || subtract(10)) != 100 - 45);
    assert!(found);
    assert_eq!(with(Executor::Serial, || subtract(10)), 55);
}

#[test]
fn slow_iterations_run_at_the_same_time() {
    static SITE: Site = Site::new("slow", file!(), line!());
    let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let sum: u32 = reduce(
        Region::new(&SITE).pool(&POOLS[3]),
        source(0..16u32),
        0,
        |mut sum, piece| {
            for x in piece {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(20));
                running.fetch_sub(1, Ordering::SeqCst);
                sum += x;
            }
            sum
        },
        |_| 0,
        |left, right| *left += right,
    );
    assert_eq!(sum, 120);
    assert!(most.into_inner() >= 4);
}

#[test]
fn a_cheap_site_that_turns_slow_is_noticed_within_the_call() {
    static SITE: Site = Site::new("turning", file!(), line!());
    let call = |n: u32, pause: Option<Duration>| {
        let threads = Mutex::new(std::collections::HashSet::new());
        let sum: u32 = reduce(
            Region::new(&SITE).pool(&POOLS[3]),
            source(0..n),
            0,
            |mut sum, piece| {
                for x in piece {
                    if let Some(pause) = pause {
                        std::thread::sleep(pause);
                        threads.lock().unwrap().insert(std::thread::current().id());
                    }
                    sum += x;
                }
                sum
            },
            |_| 0,
            |left, right| *left += right,
        );
        assert_eq!(sum, (0..n).sum());
        threads.into_inner().unwrap().len()
    };
    for n in [200, 10, 30_000] {
        for _ in 0..100 {
            call(n, None);
        }
        assert!(call(200, Some(Duration::from_millis(1))) > 2, "{n}");
    }
}

#[test]
fn the_leftmost_panic_wins() {
    static SITE: Site = Site::new("panics", file!(), line!());
    let panics = |region: Region<'_>, first: u32, pause: bool| {
        let caught = std::panic::catch_unwind(AssertUnwindSafe(|| {
            reduce(
                region,
                source(0..400u32),
                (),
                |(), piece| {
                    for x in piece {
                        if pause {
                            std::thread::sleep(Duration::from_micros(100));
                        }
                        if x >= first && x % 50 == 0 {
                            std::panic::panic_any(x);
                        }
                    }
                },
                |()| (),
                |(), ()| (),
            )
        }));
        *caught.expect_err("a panic").downcast::<u32>().expect("a number")
    };
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let mut seen = Vec::new();
    for first in [0, 50, 200, 350] {
        for pool in POOLS.iter() {
            seen.push((first, panics(Region::new(&SITE).pool(pool), first, true)));
            seen.push((first, panics(Region::new(&SITE).pool(pool).threshold(0), first, true)));
            seen.push((first, panics(Region::new(&SITE).pool(pool).tree(), first, false)));
        }
        for seed in 0..50 {
            with(Executor::Adversarial { seed }, || {
                seen.push((first, panics(Region::new(&SITE), first, false)));
            });
        }
    }
    std::panic::set_hook(hook);
    for (first, caught) in seen {
        assert_eq!(caught, first);
    }
}

/// A float sum whose bits depend on the grouping.
fn float_sum(region: Region<'_>, items: &[f64]) -> u64 {
    let sum = 0.5;
    let law = monoid::<ops::Rounded<ops::Add>, _>(&sum);
    let sum = reduce(
        region.tree(),
        source(items),
        sum,
        |mut sum, piece| {
            for x in piece {
                sum += x;
            }
            sum
        },
        |sum| law.fresh(sum),
        |left, right| law.combine(left, right),
    );
    sum.to_bits()
}

#[test]
fn a_tree_has_the_same_bits_on_every_executor() {
    static SITE: Site = Site::new("float_sum", file!(), line!());
    let items: Vec<f64> = (1..3_000_000u32)
        .map(|i| (f64::from(i) * 0.7).sin() * f64::from(i))
        .collect();
    for len in [0, 1, 1000, 1024, 1025, 2048, 5000, 70_000, items.len()] {
        let items = &items[..len];
        let region = Region::new(&SITE);
        let expected = with(Executor::Serial, || float_sum(region, items));
        for pool in POOLS.iter() {
            for _ in 0..5 {
                assert_eq!(float_sum(region.pool(pool), items), expected);
                assert_eq!(float_sum(region.pool(pool).grain(5000), items), expected);
                assert_eq!(float_sum(region.pool(pool).threshold(1), items), expected);
                assert_eq!(float_sum(region.pool(pool).threshold(usize::MAX), items), expected);
            }
        }
        for seed in 0..3 {
            assert_eq!(
                with(Executor::Adversarial { seed }, || float_sum(region, items)),
                expected
            );
        }
    }
}

/// Anything but associative: says which values met in which order.
fn meet(left: u64, right: u64) -> u64 {
    (left.rotate_left(7) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The tree as the contract has it: cut at the largest power-of-two multiple of a block, the leftmost block from `acc` on.
fn tree_of(items: Range<u64>, block: u64, acc: u64) -> u64 {
    let len = items.end - items.start;
    if len <= block {
        return items.fold(acc, meet);
    }
    let mut left = block;
    while 2 * left < len {
        left *= 2;
    }
    let middle = items.start + left;
    meet(
        tree_of(items.start..middle, block, acc),
        tree_of(middle..items.end, block, 1),
    )
}

#[test]
fn a_tree_has_the_documented_shape() {
    static SITE: Site = Site::new("tree_of", file!(), line!());
    let run = |region: Region<'_>, n: u64| {
        reduce(
            region.tree(),
            source(0..n),
            5,
            |acc, piece| piece.into_iter().fold(acc, meet),
            |_| 1,
            |left, right| *left = meet(*left, right),
        )
    };
    let lengths = (0..200_u64)
        .chain((200..5000).step_by(37))
        .chain([65_535, 65_536, 1_000_003]);
    for n in lengths {
        let block = (n / 64).checked_ilog2().map_or(0, |log| 1_u64 << log).clamp(32, 1024);
        let expected = tree_of(0..n, block, 5);
        let region = Region::new(&SITE);
        for pool in POOLS.iter() {
            // A call that is known to be small and one that isn't go different ways.
            for _ in 0..3 {
                assert_eq!(run(region.pool(pool), n), expected, "{n}");
            }
            assert_eq!(run(region.pool(pool).threshold(usize::MAX), n), expected, "{n}");
        }
        for executor in [Executor::Serial, Executor::Adversarial { seed: n }] {
            assert_eq!(with(executor, || run(region, n)), expected, "{n}");
        }
    }
}

#[test]
fn nested_regions_share_the_pool() {
    static OUTER: Site = Site::new("outer", file!(), line!());
    static INNER: Site = Site::new("inner", file!(), line!());
    for pool in POOLS.iter() {
        let total: u64 = reduce(
            Region::new(&OUTER).pool(pool).threshold(0),
            source(0..50u64),
            0,
            |mut total, piece| {
                for x in piece {
                    let threads = rayon::current_num_threads();
                    total += reduce(
                        Region::new(&INNER).threshold(0),
                        source(0..1000u64),
                        0,
                        |acc, piece| piece.into_iter().fold(acc, |acc, y| acc + x * y),
                        |_| 0,
                        |left, right| *left += right,
                    );
                    assert_eq!(threads, rayon::current_num_threads());
                }
                total
            },
            |_| 0,
            |left, right| *left += right,
        );
        assert_eq!(total, 1225 * 499_500);
    }
}

#[test]
fn several_accumulators_with_inferred_types() {
    static SITE: Site = Site::new("several", file!(), line!());
    let items: Vec<u8> = (0..200_000u32).map(|i| (i.wrapping_mul(i) % 251) as u8).collect();
    let mut counts = [0; 256];
    let mut table = vec![vec![0; 4]; 3];
    let mut sum = 0;
    let mut best = None;
    let mut lengths = std::collections::HashMap::new();
    let law_counts = elementwise::<ops::Add, _>(&counts);
    let law_table = elementwise::<ops::Add, _>(&table);
    let law_sum = monoid::<ops::Add, _>(&sum);
    let law_lengths = keyed::<ops::Append, _>(&lengths);
    lattice(&best);
    (counts, table, sum, best, lengths) = reduce(
        Region::new(&SITE).threshold(100).pool(&POOLS[2]),
        source(items.iter()).enumerate().zip(&items),
        (counts, table, sum, best, lengths),
        |(mut counts, mut table, mut sum, mut best, mut lengths), piece| {
            for ((i, b), c) in piece {
                counts[*b as usize] += 1;
                table[i % 3][i % 4] += i32::from(*c);
                sum += u64::from(*b);
                best = best.max(Some(*b));
                lengths.entry(*b % 3).or_insert_with(Vec::new).push(i);
            }
            (counts, table, sum, best, lengths)
        },
        |(counts, table, sum, best, lengths)| {
            (
                law_counts.fresh(counts),
                law_table.fresh(table),
                law_sum.fresh(sum),
                Clone::clone(best),
                law_lengths.fresh(lengths),
            )
        },
        |left, right| {
            law_counts.combine(&mut left.0, right.0);
            law_table.combine(&mut left.1, right.1);
            law_sum.combine(&mut left.2, right.2);
            left.3 = left.3.max(right.3);
            law_lengths.combine(&mut left.4, right.4);
        },
    );
    assert_eq!(counts.iter().sum::<u32>(), 200_000);
    assert_eq!(table.iter().flatten().sum::<i32>() as u64, sum);
    assert_eq!(best, Some(250));
    assert!(lengths.values().all(|list| list.is_sorted()));
    assert_eq!(lengths.values().map(Vec::len).sum::<usize>(), 200_000);
}
