//! Is this recursion worth a fork? Counts calls and reads the clock now and then.
//!
//! A recursion starts at the leftmost path, so the join that is next when the clock says "long" is a small one as a rule.
//! What is large is the right side of a join whose left side was: sizes are counted in ticks (joins begun), the clock
//! gives the cost of a tick, and a right side whose left side took long enters the pool at its first join.
//!
//! The state is the thread's: one recursion at a time probes on a thread, and an inner one puts the outer one's aside.

use super::Forks;
use crate::reduce::is_sample;
use crate::site::Site;
use std::cell::Cell;
use std::time::Instant;

/// Work, in nanoseconds, from which on entering the pool pays.
const FORK_WORTH: f32 = 40_000.0;

/// At a site whose ticks were cheap so far, this many pass before the first look at the clock.
const UNSEEN: u32 = 16;

/// Nanoseconds a tick takes at such a site at most.
const CHEAP: f32 = 1_000.0;

/// Ticks between two looks at the clock at most.
const WIDEST: u32 = 64;

#[derive(Clone, Copy)]
struct State {
    ticks: u32,
    next_look: u32,
    /// Ticks between the last look and the next.
    window: u32,
    /// Nanoseconds a tick takes; 0 while unknown.
    cost: f32,
    last_look: Option<Instant>,
    /// The pool has one thread.
    is_futile: bool,
}

impl State {
    const fn new(window: u32, cost: f32) -> Self {
        Self {
            ticks: 0,
            next_look: window,
            window,
            cost,
            last_look: None,
            is_futile: false,
        }
    }
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::new(1, 0.0)) };
}

/// A probe on this thread; puts the outer one back and learns at its end.
pub(super) struct Probe {
    site: &'static Site,
    outer: State,
}

/// Starts to probe a recursion on this thread.
#[inline]
pub(super) fn start(site: &'static Site) -> Probe {
    let cost = site.raw_cost();
    let is_unseen = cost > 0.0 && cost < CHEAP && !is_sample(site);
    let state = if is_unseen {
        State::new(UNSEEN, cost)
    } else {
        State::new(1, 0.0)
    };
    Probe {
        site,
        outer: STATE.replace(state),
    }
}

impl Drop for Probe {
    #[inline]
    fn drop(&mut self) {
        let state = STATE.replace(self.outer);
        if state.last_look.is_some() {
            learn(self.site, state);
        }
    }
}

#[cold]
fn learn(site: &Site, state: State) {
    let since_look = state.ticks + 1 - (state.next_look - state.window);
    match state.last_look {
        Some(then) if state.cost == 0.0 => site.learn(then.elapsed().as_nanos() as f32 / since_look as f32),
        _ => site.learn(state.cost),
    }
}

/// Has the probe found that there is nobody to fork for?
#[inline]
pub(super) fn is_futile() -> bool {
    STATE.get().is_futile
}

/// One more join.
#[inline]
pub(super) fn tick() {
    let mut state = STATE.get();
    state.ticks += 1;
    if state.ticks >= state.next_look {
        look(&mut state);
    }
    STATE.set(state);
}

/// The joins so far.
#[inline]
pub(super) fn ticks() -> u32 {
    STATE.get().ticks
}

/// Looks at the clock, less and less often.
#[cold]
fn look(state: &mut State) {
    let now = Instant::now();
    if let Some(then) = state.last_look {
        state.cost = (now - then).as_nanos() as f32 / state.window as f32;
        state.window = (state.window * 2).min(WIDEST);
    }
    state.last_look = Some(now);
    state.next_look = state.ticks + state.window;
}

/// Is a call of so many ticks worth the pool?
#[inline]
pub(super) fn is_worth_forking(ticks: u32) -> bool {
    STATE.get().cost * ticks as f32 > FORK_WORTH
}

/// Makes a site ready for forks; `false` if there is nobody to fork for.
#[cold]
pub(super) fn can_fork(forks: &Forks<'_>) -> bool {
    let threads = forks.region.threads();
    if threads > 1 {
        let site = forks.region.site;
        let cost = STATE.get().cost;
        site.learn(cost);
        site.set_levels(site.levels().saturating_sub(1).max(threads.ilog2() + 5));
        true
    } else {
        STATE.set(State {
            is_futile: true,
            ..STATE.get()
        });
        false
    }
}

/// Goes on after a fork that took as long as from `then` on, and looks at the clock soon.
#[cold]
pub(super) fn resume(then: Instant) {
    let mut state = STATE.get();
    let now = Instant::now();
    // What ran in the pool counts too: for the calls above, this side was a large one.
    let missed = (now - then).as_nanos() as f32 / state.cost.max(1.0);
    state.ticks = state.ticks.saturating_add(missed as u32).min(u32::MAX / 2);
    state.last_look = Some(now);
    state.window = 1;
    state.next_look = state.ticks + 1;
    STATE.set(state);
}
