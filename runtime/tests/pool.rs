//! Small work never touches the pool.
//!
//! The work runs in processes of its own, where nothing else can create a pool. What is small is measured, so a process
//! that is kept waiting in the middle of a measurement may take small work for large: one of several has to see none.

use divvy_runtime::generated::*;
use std::process::Command;

const CHILD: &str = "DIVVY_TEST_SMALL_WORK";

#[cfg(target_os = "linux")]
#[test]
fn small_work_creates_no_thread() {
    if std::env::var_os(CHILD).is_some() {
        return small_work();
    }
    let quiet = |_| {
        let itself = std::env::current_exe().expect("the path of this test");
        let mut child = Command::new(itself);
        child
            .args(["--exact", "small_work_creates_no_thread", "--test-threads=1"])
            .env(CHILD, "1");
        child.output().expect("the test runs").status.success()
    };
    assert!((0..30).any(quiet), "every process created a thread for small work");
}

#[cfg(target_os = "linux")]
fn small_work() {
    static LOOP: Site = Site::new("sum", file!(), line!());
    static SEARCH: Site = Site::new("find", file!(), line!());
    static FIXED: Site = Site::new("sum", file!(), line!());
    static RECURSION: Site = Site::new("fib", file!(), line!());
    static STATEMENTS: Site = Site::new("both", file!(), line!());

    fn sum(region: Region<'_>, n: u64) -> u64 {
        reduce(
            region,
            source(0..n),
            0,
            |sum, piece| piece.into_iter().fold(sum, |sum, x| sum + x),
            |_| 0,
            |left, right| *left += right,
        )
    }

    /// The first number from `n` on, looked for from the front.
    fn find(region: Region<'_>, n: u64) -> Option<u64> {
        let ((), found) = reduce_until(
            region,
            source(0..1_000_000),
            (),
            |(), piece| ((), piece.into_iter().find(|&x| x >= n)),
            |()| (),
            |(), ()| (),
        );
        found
    }

    fn fib(forks: Forks<'_>, n: u32) -> u64 {
        if n < 2 {
            return n.into();
        }
        let (first, second) = forks.join(|forks| fib(forks, n - 1), |forks| fib(forks, n - 2));
        first + second.claim()
    }

    fn both(n: u64) -> u64 {
        let statements = Forks::statements(Region::new(&STATEMENTS));
        let (first, second) = statements.join(|_| n * 3, |_| n * 5);
        first + second.claim()
    }

    let threads = || {
        std::fs::read_dir("/proc/self/task")
            .expect("the list of threads")
            .count()
    };
    let before = threads();
    for _ in 0..200 {
        assert_eq!((0..100).map(both).sum::<u64>(), 8 * 4950);
        for n in [0, 1, 2, 16, 32, 33, 200] {
            assert_eq!(sum(Region::new(&LOOP), n), n * n.saturating_sub(1) / 2);
            assert_eq!(sum(Region::new(&LOOP).tree(), n), n * n.saturating_sub(1) / 2);
            assert_eq!(sum(Region::new(&FIXED).threshold(201), n), n * n.saturating_sub(1) / 2);
        }
        for n in [0, 1, 2, 16] {
            assert_eq!(find(Region::new(&SEARCH), n), Some(n));
            assert_eq!(find(Region::new(&SEARCH).threshold(10), n), Some(n));
            assert_eq!(find(Region::new(&SEARCH).tree(), n), Some(n));
        }
        assert_eq!(Forks::enter(Region::new(&RECURSION), |forks| fib(forks, 8)), 21);
        assert_eq!(
            Forks::enter(Region::new(&RECURSION).threshold(9), |forks| {
                if forks.is_below(8, 9) { 21 } else { fib(forks, 8) }
            }),
            21
        );
    }
    assert_eq!(threads(), before);
}
