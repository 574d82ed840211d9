//! Which machinery runs the parallel regions: rayon, one thread, or an adversary.

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// What runs the parallel regions of this thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Executor {
    /// The original sequential program.
    Serial,
    /// Fork-join on rayon, where it pays.
    Rayon,
    /// One thread that cuts at hostile places and runs the pieces in hostile order, the same way for the same seed.
    ///
    /// Finds a false law on one core, without luck. Thresholds are ignored. A recursion forks at no more than some
    /// thousand joins: below them, the twin runs.
    Adversarial {
        /// Chooses the cuts and the order: from right to left for even seeds, interleaved for odd ones.
        seed: u64,
    },
}

/// True as soon as the answer may be other than `Rayon` on some thread; until then one relaxed load tells.
static IS_CHOSEN: AtomicBool = AtomicBool::new(true);

thread_local! {
    static CHOSEN: Cell<Option<Executor>> = const { Cell::new(None) };
}

/// Runs `f` with `executor` for the regions that it starts on this thread.
///
/// Nests; the former executor is back afterwards, also after a panic.
pub fn with<R>(executor: Executor, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<Executor>);

    impl Drop for Restore {
        fn drop(&mut self) {
            CHOSEN.set(self.0);
        }
    }

    default_executor();
    IS_CHOSEN.store(true, Ordering::Relaxed);
    let _restore = Restore(CHOSEN.replace(Some(executor)));
    f()
}

/// The executor of this thread.
///
/// Cost: one relaxed load while nobody has called [`with`] and `DIVVY_EXECUTOR` is not set.
#[inline]
pub fn current() -> Executor {
    if IS_CHOSEN.load(Ordering::Relaxed) {
        chosen()
    } else {
        Executor::Rayon
    }
}

#[cold]
fn chosen() -> Executor {
    CHOSEN.get().unwrap_or_else(default_executor)
}

/// What the environment variable `DIVVY_EXECUTOR` says, read once; `Rayon` when it isn't set.
fn default_executor() -> Executor {
    static DEFAULT: OnceLock<Executor> = OnceLock::new();
    *DEFAULT.get_or_init(|| {
        let executor = chosen_by_environment().unwrap_or(Executor::Rayon);
        // Nobody has called `with` yet: it comes here first.
        IS_CHOSEN.store(executor != Executor::Rayon, Ordering::Relaxed);
        executor
    })
}

/// What the environment variable `DIVVY_EXECUTOR` says, if it is set.
pub(crate) fn chosen_by_environment() -> Option<Executor> {
    let value = std::env::var_os("DIVVY_EXECUTOR")?;
    let executor = value.to_str().and_then(parse).unwrap_or_else(|| {
        panic!("DIVVY_EXECUTOR is {value:?}, but must be `serial`, `rayon` or `adversarial:SEED` (SEED a u64)")
    });
    Some(executor)
}

fn parse(value: &str) -> Option<Executor> {
    match value {
        "serial" => Some(Executor::Serial),
        "rayon" => Some(Executor::Rayon),
        _ => {
            let seed = value.strip_prefix("adversarial:")?.parse().ok()?;
            Some(Executor::Adversarial { seed })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_three_names_and_nothing_else() {
        assert_eq!(parse("serial"), Some(Executor::Serial));
        assert_eq!(parse("rayon"), Some(Executor::Rayon));
        assert_eq!(parse("adversarial:7"), Some(Executor::Adversarial { seed: 7 }));
        assert_eq!(parse("adversarial"), None);
        assert_eq!(parse("adversarial:x"), None);
        assert_eq!(parse("Serial"), None);
    }

    #[test]
    fn nests_and_is_restored_after_a_panic() {
        let outer = current();
        with(Executor::Serial, || {
            let caught = std::panic::catch_unwind(|| {
                with(Executor::Adversarial { seed: 1 }, || {
                    assert_eq!(current(), Executor::Adversarial { seed: 1 });
                    panic!("expected");
                })
            });
            assert!(caught.is_err());
            assert_eq!(current(), Executor::Serial);
        });
        assert_eq!(current(), outer);
    }
}
