//! A recursion that is not known to be worth a fork runs on the caller as it was written, and is watched.
//!
//! Every call counts down the thread's fuel; when it is used up, somebody looks. The looks find out what a call costs, as
//! rarely as that allows. A recursion that has lasted is worth a fork at the right place: where it comes back up to, after
//! calls further down that took long together. How far down a call is, its stack tells: the address of a frame.
//!
//! ```text
//! quiet      a look at the clock now and then, about every 10 microseconds
//! alert      every call looks how far down it is: one that is no further down than all for some time is a large one
//! guarded    a method on a worker, below the last fork: a look where its part of the stack ends, nobody knows how deep it goes
//! ```

use super::deep::{self, here};
use super::{Forks, Mode, Place};
use crate::reduce::{is_due, is_due_in};
use crate::region::Region;
use crate::site::Site;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// Nanoseconds between two looks at the clock, about.
const LOOK_EVERY: f32 = 10_000.0;

/// Calls between two looks at most.
const WIDEST: u32 = 4096;

/// After so many nanoseconds on the caller, is there anybody to fork for at all?
const FUTILE_AFTER: f32 = 30_000.0;

/// After so many nanoseconds on the caller the place for a fork is looked for.
const ALERT_AFTER: f32 = 150_000.0;

/// The same on a worker of a pool.
const ALERT_AFTER_INSIDE: f32 = 60_000.0;

/// The same at a site whose last alert came to nothing.
const ALERT_LATE: f32 = 240_000.0;

/// A call that takes so many times what others take may be an accident.
const FAR: f32 = 4.0;

/// Nanoseconds of calls further down that make the next one up a large one.
const LARGE: f32 = 40_000.0;

/// An alert finds nothing in so many times the calls that it needs: then it starts anew where it is.
const PATIENCE: u32 = 4;

/// So many alerts in a row, and the next one has to wait.
const ALERTS: u32 = 2;

/// Bytes of stack that make a recursion a deep one, which stays on its stack.
const DEEP_STACK: usize = 256 << 10;

/// The same while every call looks.
const ALERT_STACK: usize = 1 << 20;

/// A recursion that took longer is worth a fork from its outermost call on.
const LONG: Duration = Duration::from_micros(250);

/// The same on a worker of a pool, where nobody has to wait for one to wake up.
pub(super) const LONG_INSIDE: Duration = Duration::from_micros(20);

/// What forks doesn't tell what it would take without. Up to so many times what is long it is not known to be worth it ...
const DOUBTFUL: u32 = 4;

/// ... and one call in `2^TRIED` is followed by one that is watched instead.
const TRIED: u32 = 5;

/// What reading the clock costs, about, in nanoseconds.
const CLOCK: f32 = 25.0;

#[derive(Clone, Copy)]
struct Watching {
    /// Where the first look was.
    start: usize,
    /// Calls from the last look to the next one.
    window: u32,
    first_look: Option<Instant>,
    last_look: Option<Instant>,
    /// Nanoseconds a call takes; 0 while unknown.
    cost: f32,
    /// Nanoseconds that the calls have taken, without what looks like an accident.
    work: f32,
    phase: Phase,
    has_counted_threads: bool,
    has_forked: bool,
}

#[derive(Clone, Copy)]
enum Phase {
    /// Looks until the next alert.
    Quiet { alerts: u32, wait: u32 },
    /// Calls seen, and the one the least far down among them.
    Alert { alerts: u32, seen: u32, top: usize },
    /// There is nobody to fork for.
    Futile,
    /// Only the stack counts.
    Guarded,
}

impl Watching {
    const fn new(start: usize, window: u32) -> Self {
        Self {
            start,
            window,
            first_look: None,
            last_look: None,
            cost: 0.0,
            work: 0.0,
            phase: Phase::Quiet { alerts: 0, wait: 0 },
            has_counted_threads: false,
            has_forked: false,
        }
    }
}

thread_local! {
    /// Calls until the next look.
    static FUEL: Cell<u32> = const { Cell::new(0) };
    /// Has there been a look? If not, what `WATCHING` says is about another recursion.
    static HAS_LOOKED: Cell<bool> = const { Cell::new(false) };
    static WATCHING: Cell<Watching> = const { Cell::new(Watching::new(0, 1)) };
}

/// The watch over one recursion on this thread; puts that over an outer one back and learns at its end.
pub(super) struct Guard {
    site: &'static Site,
    fuel: u32,
    has_looked: bool,
    /// If it has been looked at.
    outer: Option<Watching>,
    /// The call was taken for a large one: how long a short one takes on so many threads.
    short: Option<Duration>,
}

/// Starts to watch a recursion on this thread: in which mode?
#[inline]
pub(super) fn start(region: &Region<'_>) -> (Mode, Guard) {
    let site = region.site;
    let is_large = site.is_large();
    let has_looked = HAS_LOOKED.replace(is_large);
    let guard = Guard {
        site,
        fuel: FUEL.replace(first_window(site)),
        has_looked,
        outer: has_looked.then(|| WATCHING.get()),
        short: is_large.then(|| long() / (2 * region.threads() as u32)),
    };
    if is_large {
        // the length of the whole counts
        WATCHING.set(Watching {
            first_look: Some(Instant::now()),
            ..Watching::new(here(), 1)
        });
    }
    (if is_large { Mode::Large } else { Mode::Watched }, guard)
}

/// How long is a recursion that is worth a fork, where this thread is?
pub(super) fn long() -> Duration {
    match rayon::current_thread_index() {
        Some(_) => LONG_INSIDE,
        None => LONG,
    }
}

/// Calls until the first look.
fn first_window(site: &Site) -> u32 {
    match site.raw_cost() {
        cost if cost > 0.0 && !is_due() => window(cost),
        _ => 1,
    }
}

/// Calls until the next look where a call costs so much.
fn window(cost: f32) -> u32 {
    ((LOOK_EVERY / cost) as u32).clamp(1, WIDEST)
}

impl Drop for Guard {
    #[inline]
    fn drop(&mut self) {
        let fuel = FUEL.replace(self.fuel);
        let was_short = match HAS_LOOKED.replace(self.has_looked) {
            true => learn(self.site, fuel, self.short),
            false => true,
        };
        self.site.calls.note(was_short);
        if let Some(outer) = self.outer {
            WATCHING.set(outer);
        }
    }
}

/// Takes in what the looks have seen; returns whether the call was a short one, without what looks like an accident.
#[cold]
fn learn(site: &Site, fuel: u32, short: Option<Duration>) -> bool {
    let watching = WATCHING.get();
    let Some(first) = watching.first_look else { return true };
    let whole = first.elapsed();
    if short.is_some() || watching.has_forked {
        let is_short = whole <= short.unwrap_or_else(long);
        let is_tried = whole < DOUBTFUL * long() && is_due_in(TRIED);
        site.note_alert(false);
        site.set_large(!is_short && !is_tried);
        return is_short;
    }
    learn_watched(site, fuel, &watching, whole) < nanoseconds(long())
}

/// The same for a call that hasn't forked; returns how many nanoseconds it took.
fn learn_watched(site: &Site, fuel: u32, watching: &Watching, whole: Duration) -> f32 {
    if watching.cost > 0.0 {
        site.learn(watching.cost);
        let is_alert = matches!(watching.phase, Phase::Alert { .. });
        let took = if is_alert { nanoseconds(whole) } else { watching.work };
        if is_alert {
            site.note_alert(true);
        }
        if took > nanoseconds(long()) && !matches!(watching.phase, Phase::Futile) {
            site.set_large(true);
        }
        return took;
    }
    let calls = (watching.window.saturating_sub(fuel) + 1) as f32;
    let known = site.raw_cost();
    let took = (nanoseconds(whole) - CLOCK).max(1.0);
    site.learn(took / calls);
    if known > 0.0 {
        took.min(FAR * known * calls)
    } else {
        took
    }
}

/// Calls until the next look.
pub(super) fn fuel() -> u32 {
    FUEL.get()
}

/// A watch that counts by itself ends with so many calls left.
pub(super) fn used_up(calls: u32) {
    FUEL.set(calls);
}

fn nanoseconds(time: Duration) -> f32 {
    time.as_nanos() as f32
}

/// A look means that the stack is used up, until what it returns is dropped: for methods, whose calls hand no
/// [`Guard`](super::watches::Guard) on.
pub(super) fn guard() -> impl Drop {
    struct PutBack {
        fuel: u32,
        has_looked: bool,
        outer: Option<Watching>,
    }

    impl Drop for PutBack {
        fn drop(&mut self) {
            FUEL.set(self.fuel);
            HAS_LOOKED.set(self.has_looked);
            if let Some(outer) = self.outer {
                WATCHING.set(outer);
            }
        }
    }

    deep::note_start();
    let has_looked = HAS_LOOKED.replace(true);
    let guard = PutBack {
        fuel: FUEL.get(),
        has_looked,
        outer: has_looked.then(|| WATCHING.get()),
    };
    WATCHING.set(Watching {
        phase: Phase::Guarded,
        ..Watching::new(0, 1)
    });
    guard
}

/// The watch that the calls of a recursion hand on.
#[derive(Debug, Clone, Copy)]
pub struct Watch<'a>(pub(super) &'a Region<'a>);

impl<'a> Watch<'a> {
    /// Counts one more call: how it goes on if not as it was written.
    #[inline]
    pub(super) fn count(self) -> Option<Forks<'a>> {
        let fuel = FUEL.with(|fuel| {
            fuel.set(fuel.get().wrapping_sub(1));
            fuel.get()
        });
        if fuel == 0 { self.look() } else { None }
    }

    fn forks(self, mode: Mode) -> Option<Forks<'a>> {
        Some(Forks {
            region: self.0,
            place: Place::new(mode, 0, 0),
        })
    }

    /// Looks how the recursion is doing, and says how this call goes on if not as it was written.
    #[cold]
    #[inline(never)]
    pub(super) fn look(self) -> Option<Forks<'a>> {
        let at = here();
        let mut watching = match HAS_LOOKED.replace(true) {
            true => WATCHING.get(),
            false => Watching::new(at, 1),
        };
        FUEL.set(1);
        let went_on = match watching.phase {
            Phase::Futile => self.forks(Mode::Leaf),
            Phase::Guarded => {
                self.0.site.set_deep();
                self.forks(Mode::Deep)
            }
            // every call that looks has larger frames than one that doesn't: a deep recursion can't afford many
            Phase::Alert { .. } if watching.start.abs_diff(at) > ALERT_STACK => self.give_up(),
            Phase::Alert { .. } => self.look_out(&mut watching, at),
            Phase::Quiet { .. } => self.look_at_clock(&mut watching, at),
        };
        WATCHING.set(watching);
        went_on
    }

    /// A deep recursion stays on its stack.
    fn give_up(self) -> Option<Forks<'a>> {
        self.0.site.set_deep();
        self.forks(Mode::Leaf)
    }

    /// Nanoseconds on the caller until the first alert.
    fn alert_after(self) -> f32 {
        match self.0.site.was_alert_in_vain() {
            true => ALERT_LATE,
            false if rayon::current_thread_index().is_some() => ALERT_AFTER_INSIDE,
            false => ALERT_AFTER,
        }
    }

    /// Looks for the place to fork.
    fn look_out(self, watching: &mut Watching, at: usize) -> Option<Forks<'a>> {
        let Phase::Alert { alerts, seen, top } = &mut watching.phase else {
            return None;
        };
        let needed = ((LARGE / watching.cost) as u32).clamp(2, 1 << 20);
        *seen += 1;
        if at >= *top {
            *top = at;
            if *seen >= needed {
                watching.has_forked = true;
                self.0.site.learn(watching.cost);
                return self.forks(Mode::Large);
            }
        } else if *seen >= needed.saturating_mul(PATIENCE) {
            (*seen, *top) = (0, at);
            *alerts += 1;
            if *alerts >= ALERTS {
                let (alerts, wait) = (0, *alerts * PATIENCE * 8);
                watching.phase = Phase::Quiet { alerts, wait };
                watching.last_look = Some(Instant::now());
                watching.window = window(watching.cost);
                FUEL.set(watching.window);
            }
        }
        None
    }

    fn look_at_clock(self, watching: &mut Watching, at: usize) -> Option<Forks<'a>> {
        let now = Instant::now();
        if let Some(then) = watching.last_look {
            let cost = (nanoseconds(now - then) - CLOCK).max(1.0) / watching.window as f32;
            let known = if watching.cost > 0.0 {
                watching.cost
            } else {
                self.0.site.raw_cost()
            };
            // one that is far from those before may be the accident of another thread or of a page fault
            let likely = if known > 0.0 { cost.min(FAR * known) } else { cost };
            watching.work += likely * watching.window as f32;
            watching.cost = if cost > likely && watching.cost > 0.0 {
                (watching.cost + cost) / 2.0
            } else {
                cost
            };
            watching.window = window(watching.cost).min(watching.window.saturating_mul(2));
        }
        watching.last_look = Some(now);
        watching.first_look.get_or_insert(now);
        if watching.work > FUTILE_AFTER && !watching.has_counted_threads {
            watching.has_counted_threads = true;
            if self.0.threads() == 1 {
                watching.phase = Phase::Futile;
                return self.forks(Mode::Leaf);
            }
        }
        if watching.start.abs_diff(at) > DEEP_STACK {
            return self.give_up();
        }
        match &mut watching.phase {
            Phase::Quiet { wait, .. } if *wait > 0 => *wait -= 1,
            Phase::Quiet { alerts, .. } if watching.work > self.alert_after() => {
                let (alerts, seen, top) = (*alerts, 0, at);
                watching.phase = Phase::Alert { alerts, seen, top };
                return None;
            }
            _ => {}
        }
        FUEL.set(watching.window);
        None
    }
}
