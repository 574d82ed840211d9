//! `ordered`: how far mapping may be ahead of folding, and that the two overlap.

use divvy_runtime::generated::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::iter::Sum;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    [1, 2, 3, 8]
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
        .into()
});

/// Blocks for each thread that may be taken before they are folded: `AHEAD` of the driver.
const AHEAD: usize = 3;

const ITEMS: usize = 120;

/// Long beside a block of the driver's: so each has the fewest iterations, the grain.
const MAPPING: Duration = Duration::from_micros(100);

/// Longer still, so that mapping comes as far ahead as it may.
const FOLDING: Duration = Duration::from_micros(400);

/// What has been mapped and folded.
#[derive(Default)]
struct Progress {
    mapped: AtomicUsize,
    folded: AtomicUsize,
    /// The most terms that were mapped and not folded.
    waiting: AtomicUsize,
    /// How many terms were folded when the last one was mapped.
    folded_at_last: AtomicUsize,
}

impl Progress {
    fn map(&self, i: usize) {
        sleep(MAPPING);
        let mapped = self.mapped.fetch_add(1, Ordering::SeqCst) + 1;
        // folding goes on between the two, so the difference is rather too small
        let folded = self.folded.load(Ordering::SeqCst);
        self.waiting.fetch_max(mapped.saturating_sub(folded), Ordering::SeqCst);
        if i == ITEMS - 1 {
            self.folded_at_last.store(folded, Ordering::SeqCst);
        }
    }

    fn fold(&self, terms: usize) {
        self.folded.fetch_add(terms, Ordering::SeqCst);
    }

    /// At most `blocks` of `grain` terms wait at a time; how many did?
    fn check(&self, blocks: usize, grain: usize) -> usize {
        let [mapped, folded, waiting, folded_at_last] =
            [&self.mapped, &self.folded, &self.waiting, &self.folded_at_last].map(|count| count.load(Ordering::SeqCst));
        assert_eq!((mapped, folded), (ITEMS, ITEMS));
        assert!(waiting <= blocks * grain, "{waiting} terms wait in blocks of {grain}");
        assert!(
            folded_at_last >= ITEMS - blocks * grain,
            "{folded_at_last} terms were folded when the last one was mapped"
        );
        waiting
    }
}

/// What a piece has listed, or what the caller has folded.
enum Terms {
    Listed(Vec<usize>),
    Folded(Vec<usize>),
}

/// A loop as `float = ordered` has it: pieces that run apart list their terms.
fn loop_in_order(region: Region<'_>, progress: &Progress) {
    let terms = reduce(
        region.ordered(),
        source(0..ITEMS),
        Terms::Folded(Vec::new()),
        |mut terms, piece| {
            for i in piece {
                progress.map(i);
                match &mut terms {
                    Terms::Listed(list) => list.push(i),
                    Terms::Folded(list) => {
                        sleep(FOLDING);
                        list.push(i);
                        progress.fold(1);
                    }
                }
            }
            terms
        },
        |_| Terms::Listed(Vec::new()),
        |left, right| match (left, right) {
            (Terms::Folded(left), Terms::Listed(right)) => {
                for i in right {
                    sleep(FOLDING);
                    left.push(i);
                    progress.fold(1);
                }
            }
            _ => panic!("only the caller folds"),
        },
    );
    assert!(matches!(terms, Terms::Folded(list) if list.iter().copied().eq(0..ITEMS)));
}

/// A term of a chain.
struct Term<'a>(usize, &'a Progress);

/// The terms in the order in which they were added up.
struct Added(Vec<usize>);

impl<'a> Sum<Term<'a>> for Added {
    fn sum<I: Iterator<Item = Term<'a>>>(terms: I) -> Self {
        Self(
            terms
                .map(|Term(i, progress)| {
                    sleep(FOLDING);
                    progress.fold(1);
                    i
                })
                .collect(),
        )
    }
}

fn chain_in_order(region: Region<'_>, progress: &Progress) {
    let terms = chain(region.ordered(), source(0..ITEMS), |piece| {
        piece.into_iter().map(|i| {
            progress.map(i);
            Term(i, progress)
        })
    });
    let Added(list) = terms.in_order().sum();
    assert!(list.into_iter().eq(0..ITEMS));
}

/// The most blocks that waited, over all runs in pools of several threads.
fn check_everywhere(run: fn(Region<'_>, &Progress)) {
    static SITE: Site = Site::new("ordered", file!(), line!());
    let mut most = 0;
    for pool in POOLS.iter() {
        for grain in [1, 4] {
            for region in [Region::new(&SITE), Region::new(&SITE).threshold(0)] {
                let progress = Progress::default();
                run(region.pool(pool).grain(grain), &progress);
                // one block is being folded, and the caller's own term is counted when it is mapped
                let blocks = pool.current_num_threads() * AHEAD + 2;
                let waiting = progress.check(blocks, grain);
                if pool.current_num_threads() == 1 {
                    assert!(waiting <= 1, "one thread runs the sequential program");
                }
                most = most.max(waiting / grain);
            }
        }
    }
    assert!(most > 1, "mapping is ahead of folding");
}

#[test]
fn a_loop_lists_a_bounded_number_of_terms_ahead() {
    check_everywhere(loop_in_order);
}

#[test]
fn a_chain_lists_a_bounded_number_of_terms_ahead() {
    check_everywhere(chain_in_order);
}
