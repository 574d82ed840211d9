//! Is this recursion worth a fork? Counts calls and reads the clock now and then.
//!
//! A recursion starts at the leftmost path, so the join that is next when the clock says "long" is a small one as a rule.
//! What is large is the right side of a join whose left side was: sizes are counted in ticks (joins begun), the clock
//! gives the cost of a tick, and a right side whose left side took long enters the pool at its first join. A site whose
//! last call was long as a whole enters the pool at once.
//!
//! The state is the thread's: one recursion at a time probes on a thread, and an inner one puts the outer one's aside.

use super::{Forks, Mode};
use crate::reduce::is_sample;
use crate::site::Site;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// Work, in nanoseconds, from which on entering the pool pays.
const FORK_WORTH: f32 = 200_000.0;

/// After this time on the caller, is there anybody to fork for at all?
const FUTILE_AFTER: Duration = Duration::from_micros(30);

/// A call that took longer is taken for long the next time.
const LONG_WHOLE: Duration = Duration::from_millis(1);

/// A call that was taken for long and took less isn't the next time.
const SHORT_WHOLE: Duration = Duration::from_micros(300);

/// At a site whose ticks were cheap so far, this many pass before the first look at the clock.
const UNSEEN: u32 = 16;

/// Nanoseconds a tick takes at such a site at most.
const CHEAP: f32 = 1_000.0;

/// Ticks between two looks at the clock at most.
const WIDEST: u32 = 64;

/// Separate cells: a copy of the whole at every join would wait for the stores of the last one.
struct State {
    /// Joins so far.
    ticks: Cell<u32>,
    next_look: Cell<u32>,
    /// Ticks that make a call large.
    large: Cell<u32>,
    /// The pool has one thread.
    is_futile: Cell<bool>,
    /// Is `clock` that of this probe?
    has_clock: Cell<bool>,
    clock: Cell<Clock>,
}

/// What only looks touch.
#[derive(Clone, Copy)]
struct Clock {
    /// Ticks between the last look and the next.
    window: u32,
    /// Nanoseconds a tick takes; 0 while unknown.
    cost: f32,
    first_look: Option<Instant>,
    last_look: Option<Instant>,
    has_forked: bool,
    has_counted_threads: bool,
}

impl Clock {
    const fn new(window: u32) -> Self {
        Self {
            window,
            cost: 0.0,
            first_look: None,
            last_look: None,
            has_forked: false,
            has_counted_threads: false,
        }
    }
}

thread_local! {
    static STATE: State = const {
        State {
            ticks: Cell::new(0),
            next_look: Cell::new(1),
            large: Cell::new(u32::MAX),
            is_futile: Cell::new(false),
            has_clock: Cell::new(false),
            clock: Cell::new(Clock::new(1)),
        }
    };
}

/// A probe on this thread; puts the outer one back and learns at its end.
pub(super) struct Probe {
    site: &'static Site,
    /// `ticks`, `next_look`, `large` and `is_futile` of the outer probe.
    outer: (u32, u32, u32, bool),
    /// If it has one.
    outer_clock: Option<Clock>,
}

/// Starts to probe a recursion on this thread.
#[inline]
pub(super) fn start(site: &'static Site) -> (Mode, Probe) {
    let cost = site.raw_cost();
    let is_unseen = cost > 0.0 && cost < CHEAP && !is_sample(site);
    let window = if is_unseen { UNSEEN } else { 1 };
    STATE.with(|state| {
        let outer = (
            state.ticks.replace(0),
            state.next_look.replace(window),
            state.large.replace(u32::MAX),
            state.is_futile.replace(false),
        );
        let outer_clock = state.has_clock.replace(false).then(|| state.clock.get());
        let mode = if site.is_large() {
            // The length of this call counts.
            state.has_clock.set(true);
            state.clock.set(Clock {
                first_look: Some(Instant::now()),
                ..Clock::new(window)
            });
            Mode::ProbeLarge
        } else {
            Mode::Probe
        };
        (
            mode,
            Probe {
                site,
                outer,
                outer_clock,
            },
        )
    })
}

impl Drop for Probe {
    #[inline]
    fn drop(&mut self) {
        STATE.with(|state| {
            if state.has_clock.get() {
                learn(self.site, state);
            }
            let (ticks, next_look, large, is_futile) = self.outer;
            state.ticks.set(ticks);
            state.next_look.set(next_look);
            state.large.set(large);
            state.is_futile.set(is_futile);
            state.has_clock.set(self.outer_clock.is_some());
            if let Some(clock) = self.outer_clock {
                state.clock.set(clock);
            }
        });
    }
}

#[cold]
fn learn(site: &Site, state: &State) {
    let clock = state.clock.get();
    let (Some(first), Some(last)) = (clock.first_look, clock.last_look.or(clock.first_look)) else {
        return;
    };
    let whole = first.elapsed();
    if clock.has_forked {
        site.set_large(if site.is_large() {
            whole > SHORT_WHOLE
        } else {
            whole > LONG_WHOLE
        });
    } else if clock.cost > 0.0 {
        site.learn(clock.cost);
    } else {
        let ticks = (state.ticks.get() + clock.window).saturating_sub(state.next_look.get()) + 1;
        site.learn(last.elapsed().as_nanos() as f32 / ticks as f32);
    }
}

/// Has the probe found that there is nobody to fork for?
#[inline]
pub(super) fn is_futile() -> bool {
    STATE.with(|state| state.is_futile.get())
}

/// One more join; returns the number of joins so far, this one included.
#[inline]
pub(super) fn tick(forks: &Forks<'_>) -> u32 {
    STATE.with(|state| {
        let ticks = state.ticks.get() + 1;
        state.ticks.set(ticks);
        if ticks >= state.next_look.get() {
            look(state, forks);
        }
        ticks
    })
}

/// Looks at the clock, less and less often.
#[cold]
#[inline(never)]
fn look(state: &State, forks: &Forks<'_>) {
    let now = Instant::now();
    let mut clock = if state.has_clock.replace(true) {
        state.clock.get()
    } else {
        Clock::new(state.ticks.get())
    };
    if let Some(then) = clock.last_look {
        let took = (now - then).as_nanos() as f32;
        let cost = took / clock.window as f32;
        // Two in a row: one may be the accident of another thread or of a page fault.
        let sure = cost.min(clock.cost);
        clock.cost = cost;
        clock.window = if took > FORK_WORTH {
            1
        } else {
            (clock.window * 2).min(WIDEST)
        };
        state.large.set((FORK_WORTH / sure).min(1e9) as u32);
    }
    if now - *clock.first_look.get_or_insert(now) > FUTILE_AFTER && !clock.has_counted_threads {
        clock.has_counted_threads = true;
        state.is_futile.set(forks.region.threads() == 1);
    }
    clock.last_look = Some(now);
    state.clock.set(clock);
    state.next_look.set(state.ticks.get() + clock.window);
}

/// Was the call large that began after so many ticks and has just ended?
#[inline]
pub(super) fn is_large_since(ticks: u32) -> bool {
    STATE.with(|state| state.ticks.get() - ticks >= state.large.get())
}

/// Is every call large?
#[inline]
pub(super) fn is_heavy() -> bool {
    STATE.with(|state| state.large.get() <= 2)
}

/// Makes a site ready for forks; `false` if there is nobody to fork for.
#[cold]
pub(super) fn can_fork(forks: &Forks<'_>) -> bool {
    STATE.with(|state| {
        let threads = forks.region.threads();
        if threads == 1 {
            state.is_futile.set(true);
            return false;
        }
        let site = forks.region.site;
        let mut clock = state.clock.get();
        if clock.cost > 0.0 {
            site.learn(clock.cost);
        }
        site.begin_levels(threads.ilog2() + 7);
        clock.has_forked = true;
        state.clock.set(clock);
        true
    })
}

/// Goes on after a fork that took as long as from `then` on, and looks at the clock soon.
#[cold]
pub(super) fn resume(then: Instant) {
    STATE.with(|state| {
        let mut clock = state.clock.get();
        let now = Instant::now();
        // What ran in the pool counts too: for the calls above, this side was a large one.
        let missed = (now - then).as_nanos() as f32 / clock.cost.max(1.0);
        state
            .ticks
            .set(state.ticks.get().saturating_add(missed as u32).min(u32::MAX / 2));
        clock.last_look = Some(now);
        clock.window = 1;
        state.clock.set(clock);
        state.next_look.set(state.ticks.get() + 1);
    });
}
