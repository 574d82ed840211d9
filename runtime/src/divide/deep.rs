//! Recursions deeper than a worker's stack.
//!
//! Entering the pool changes the stack: a worker's is often smaller than the caller's, and what the sequential program
//! could do on that one has to go on. A call that deep runs on a thread of its own, with a stack for which only what is
//! used of it is paid.

use crate::executor::{self, Executor};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread::{self, Builder};
use std::time::Duration;

/// Bytes of address space.
const STACK: usize = if cfg!(target_pointer_width = "64") {
    256 << 20
} else {
    64 << 20
};

/// So many calls wait on one worker at most.
const WAITING: u32 = 4;

/// How long a waiting worker sleeps between two looks for other work.
const NAP: Duration = Duration::from_micros(200);

/// Bytes of a worker's stack that joins may use up, a quarter of the usual size.
const JOINS: usize = 512 << 10;

thread_local! {
    /// An address near the start of this worker's stack; 0 before the first join.
    static START: Cell<usize> = const { Cell::new(0) };
    /// Calls that wait on this worker.
    static WAITS: Cell<u32> = const { Cell::new(0) };
}

/// Remembers where this worker's stack starts.
pub(super) fn note_start() {
    if START.get() == 0 {
        START.set(here());
    }
}

/// The address at which joins have used up their part of this worker's stack.
pub(super) fn end() -> usize {
    START.get().saturating_sub(JOINS)
}

/// Have joins used up their part of this worker's stack?
#[cold]
pub(super) fn is_stack_used() -> bool {
    here() < end()
}

/// An address in a frame of the caller's callee: the larger, the less far down.
#[inline(never)]
pub(super) fn here() -> usize {
    let local = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&local)).addr()
}

/// Runs `f` with a large stack; meanwhile the worker does other work.
///
/// # Cost
/// A thread's start and end.
///
/// # Panics
/// With the panic of `f`.
#[cold]
#[inline(never)]
pub(super) fn on_large_stack<R: Send>(f: impl FnOnce() -> R + Send) -> R {
    if rayon::current_thread_index().is_none() {
        return f();
    }
    let mut call = Some(f);
    if WAITS.get() >= WAITING {
        return alone(&mut call);
    }
    let waiter = thread::current();
    let done = thread::scope(|scope| {
        let call = &mut call;
        let run = move || {
            let _wake = Wake(waiter);
            call.take().expect("nobody else takes it")()
        };
        let started = Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok()?;
        let _waits = Waits::one_more();
        while !started.is_finished() {
            // what runs over there may be waiting for this pool
            if rayon::yield_now() != Some(rayon::Yield::Executed) {
                thread::park_timeout(NAP);
            }
        }
        Some(started.join())
    });
    match done {
        Some(result) => result.unwrap_or_else(|panic| resume_unwind(panic)),
        // no thread: then here
        None => call.take().expect("it has not run")(),
    }
}

/// Runs the call with a large stack while the worker waits and does nothing else: its own stack may be used up. What runs
/// over there must not need the pool, all of whose workers could be waiting like this.
fn alone<R: Send>(call: &mut Option<impl FnOnce() -> R + Send>) -> R {
    let done = thread::scope(|scope| {
        let call = &mut *call;
        let run = move || executor::with(Executor::Serial, call.take().expect("nobody else takes it"));
        let started = Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok()?;
        Some(started.join())
    });
    match done {
        Some(result) => result.unwrap_or_else(|panic| resume_unwind(panic)),
        // no thread: then here
        None => call.take().expect("it has not run")(),
    }
}

/// Wakes the worker when it is dropped.
struct Wake(thread::Thread);

impl Drop for Wake {
    fn drop(&mut self) {
        self.0.unpark();
    }
}

/// One call more that waits.
struct Waits;

impl Waits {
    fn one_more() -> Self {
        WAITS.set(WAITS.get() + 1);
        Waits
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        WAITS.set(WAITS.get() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    /// Uses a kilobyte of stack for each call.
    fn deep(calls: u64) -> u64 {
        let frame = black_box([1_u8; 1024]);
        match calls {
            0 => 0,
            _ => deep(calls - 1) + u64::from(frame[calls as usize % 1024]),
        }
    }

    #[test]
    fn many_waiting_calls_all_have_large_stacks() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        pool.install(|| {
            for waits in 0..=WAITING {
                WAITS.set(waits);
                assert_eq!(on_large_stack(|| deep(20_000)), 20_000);
                let caught = std::panic::catch_unwind(|| on_large_stack(|| panic!("expected")));
                assert!(caught.is_err());
            }
            WAITS.set(0);
        });
    }
}
