//! A recursion whose calls have all been short isn't watched any more: the twin runs at once.
//!
//! A watch counts calls, which is much beside a call that does next to nothing. Where many watched calls in a row were
//! short, one reading of the clock behind a call takes its place: the time since the last reading on this thread is at least
//! that of the call. If it is long, the next calls are timed from their beginning, until it is known whether a call was the
//! long one or the pause before it; pauses that are often the answer are asked for less often. So a site that has short and
//! long calls loses a few of the long ones, and is watched from then on, until it has had thousands of short ones.
//!
//! ```text
//! watched     until enough calls in a row were short
//! settled     one reading a call
//! suspected   two readings a call, until the next long time
//! mixed       watched: some calls were long after all
//! ```

use super::watch::{LONG_INSIDE, long};
use crate::reduce::is_due_in;
use crate::site::Site;
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// So many short calls in a row settle a site.
const ENOUGH: u8 = 32;

/// One call in `2^ODDS` is watched all the same.
const ODDS: u32 = 6;

/// A call that takes this long was not merely interrupted.
const VERY_LONG: Duration = Duration::from_millis(20);

/// So many long calls at a settled site, and it is a mixed one: fewer may be accidents of the thread.
const FEW: u8 = 3;

/// As many long calls as are remembered.
const MOST: u8 = 8;

/// As many pauses as are remembered.
const MOST_PAUSES: u8 = 5;

/// One call in `2^FORGETS`, if it is short, makes one long call forgotten.
const FORGETS: u32 = 11;

/// What is known of the calls at a site.
#[derive(Debug)]
pub(crate) struct Calls(AtomicU32);

#[derive(Clone, Copy)]
struct State {
    /// Short calls in a row, up to [`ENOUGH`].
    short: u8,
    /// Long calls since there were enough short ones.
    long: u8,
    /// Long calls or pauses: which is it?
    is_suspected: bool,
    /// So often it was a pause; one long time in `2^pauses` is looked into.
    pauses: u8,
}

impl State {
    fn is_settled(self) -> bool {
        self.short == ENOUGH && self.long < FEW
    }
}

impl Calls {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(0))
    }

    #[inline]
    fn state(&self) -> State {
        let [short, long, suspected, pauses] = self.0.load(Ordering::Relaxed).to_le_bytes();
        State {
            short,
            long,
            is_suspected: suspected != 0,
            pauses,
        }
    }

    fn set(&self, state: State) {
        let bytes = [state.short, state.long, state.is_suspected.into(), state.pauses];
        self.0.store(u32::from_le_bytes(bytes), Ordering::Relaxed);
    }

    /// A watched call has ended.
    #[inline]
    pub(super) fn note(&self, was_short: bool) {
        let state = self.state();
        if !was_short || state.short < ENOUGH || state.long > 0 {
            self.take_in(state, was_short);
        }
    }

    fn take_in(&self, state: State, was_short: bool) {
        let State { short, long, .. } = state;
        let (short, long) = match was_short {
            true if short < ENOUGH => (short + 1, long),
            true if is_due_in(if long < FEW { FORGETS - ODDS } else { FORGETS }) => (short, long - 1),
            true => return,
            false if short < ENOUGH => (0, long),
            false => (short, (long + 1).min(MOST)),
        };
        self.set(State { short, long, ..state });
    }
}

thread_local! {
    /// The end of the last call that wasn't watched.
    static LAST: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// A call that isn't watched.
pub(super) struct Guard {
    site: &'static Site,
    /// The last reading.
    since: Instant,
    /// Before the call there was a long time in which nobody knows what happened.
    pause: Option<bool>,
}

/// Starts a call of a recursion that need not be watched.
#[inline]
pub(super) fn start(site: &'static Site) -> Option<Guard> {
    let state = site.calls.state();
    if !state.is_settled() || is_due_in(ODDS) {
        return None;
    }
    Some(match LAST.get() {
        Some(since) if !state.is_suspected => Guard {
            site,
            since,
            pause: None,
        },
        last => timed(site, last),
    })
}

#[cold]
fn timed(site: &'static Site, last: Option<Instant>) -> Guard {
    let now = Instant::now();
    Guard {
        site,
        since: now,
        pause: Some(last.is_some_and(|last| now - last > long())),
    }
}

impl Drop for Guard {
    #[inline]
    fn drop(&mut self) {
        let now = Instant::now();
        LAST.set(Some(now));
        let took = now - self.since;
        if took > LONG_INSIDE || self.pause.is_some() {
            self.doubt(took);
        }
    }
}

impl Guard {
    #[cold]
    fn doubt(&self, took: Duration) {
        let calls = &self.site.calls;
        let state = calls.state();
        let is_long = took > long();
        let next = match (self.pause, is_long) {
            (None, false) => return,
            (None, _) if state.pauses > 0 && !is_due_in(state.pauses.into()) => return,
            (None, _) => State {
                is_suspected: true,
                ..state
            },
            (Some(_), true) => State {
                long: (state.long + if took > VERY_LONG { FEW } else { 1 }).min(MOST),
                is_suspected: false,
                pauses: 0,
                ..state
            },
            (Some(true), false) => State {
                is_suspected: false,
                pauses: (state.pauses + 1).min(MOST_PAUSES),
                ..state
            },
            (Some(false), false) => return,
        };
        calls.set(next);
    }
}
