//! Looking ahead of the front: what the threads of the pool do for one scan.
//!
//! The *front* is the place up to which all carried values are known. A leaf takes the front through a *lane*; meanwhile
//! other threads summarise blocks behind the lane's end. When the front gets there, the summaries take it over those
//! blocks at once, a new lane begins behind them, and the leaves of the blocks run beside it. Nobody waits for a round to
//! end, and a front without helpers is the sequential loop.
//!
//! ```text
//! front    lane 1 -------->|        lane 2 ----------------->|          lane 3 ...
//! helper     summarise B ..|  leaf of B | summarise C .......| leaf of C | ...
//!                   order in the source: lane 1, B, lane 2, C, lane 3
//! ```
//! With more stages, the blocks behind a lane are summarised for the first stage; when the front arrives, half of them
//! become the next lane, and the others are summarised for the next stage, as what is carried into them is known now for
//! the stage before.
//!
//! Cost: with `P` threads and summaries that take `r` times as long as leaves, `(r + P) / (r + 1)` times as fast as one
//! thread.
//!
//! Source: the front and its followers are those of D. Merrill, M. Garland, "Single-pass parallel prefix scan with
//! decoupled look-back", NVIDIA NVR-2016-002, seen from the other end.

use super::front::{Front, Job, Look, Run};
use super::pace::Pace;
use super::{Place, Walk};
use crate::pool::{self, Shared};
use crate::reduce::{Outcome, nanoseconds_since};
use crate::source::Again;
use rayon::Scope;
use std::collections::BTreeMap;
use std::hint;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// How a run ended, or the whole scan.
type Ended<C, A, E> = thread::Result<Outcome<(C, A), E>>;

/// Where everybody stands.
struct State<'a, S, C, A, E> {
    front: Front<'a, S, C>,
    /// The accumulators up to a place; `None` while somebody goes on from them or adds to them.
    total: Option<A>,
    total_to: usize,
    /// Finished runs right of that place: where they begin, where they end, and how.
    finished: BTreeMap<usize, (usize, Ended<C, A, E>)>,
    /// How the scan ended.
    result: Option<Ended<C, A, E>>,
    /// Helpers that have been called and haven't left.
    helpers: usize,
}

/// One scan in the pool.
struct Lookahead<'w, 'a, S, C, A, E> {
    walk: &'w Walk<'a, S, C, A, E>,
    state: Mutex<State<'a, S, C, A, E>>,
    /// Counts what may have given somebody something to do.
    news: AtomicUsize,
    /// What fresh accumulators look like.
    like: Mutex<A>,
    pace: Pace,
    /// Of the type of the carried values, for those who summarise before any is known.
    guess: C,
    helpers: usize,
}

impl<S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'_, S, C, A, E> {
    /// Runs what is left in the pool.
    pub(super) fn look_ahead(&self, place: Place<S, C, A>, pace: Pace) -> Outcome<(C, A), E> {
        let Place { rest, at, carried, acc } = place;
        let helpers = rayon::current_num_threads() - 1;
        let mut front = Front::new(rest, at, carried.clone(), helpers);
        front.advance(self, &pace);
        let shared = Lookahead {
            walk: self,
            news: AtomicUsize::new(0),
            like: Mutex::new((self.fresh)(&acc)),
            state: Mutex::new(State {
                front,
                total: Some(acc),
                total_to: at,
                finished: BTreeMap::new(),
                result: None,
                helpers: 0,
            }),
            pace,
            guess: carried,
            helpers,
        };
        pool::scope(|scope| shared.work(scope, false));
        shared.pace.teach(self.region.site);
        let state = shared.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let result = state.result.expect("the first thread stays until there is one");
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }
}

impl<S: Again, C: Clone + Send + Sync, A: Send, E: Send> Shared for Lookahead<'_, '_, S, C, A, E> {
    fn help<'s>(&'s self, scope: &Scope<'s>) {
        self.work(scope, true);
    }
}

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Lookahead<'_, 'a, S, C, A, E> {
    fn lock(&self) -> MutexGuard<'_, State<'a, S, C, A, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One thread: does what is most urgent until the scan has ended, or, a helper, until there is nothing to do.
    fn work<'s>(&'s self, scope: &Scope<'s>, is_helper: bool) {
        loop {
            let news = self.news.load(Ordering::Acquire);
            let mut state = self.lock();
            if state.result.is_some() {
                return;
            }
            match state.front.next_job(self.walk, &self.pace) {
                Some(Job::Run(run)) => {
                    if run.is_lane {
                        self.call_helpers(&mut state, scope);
                    }
                    self.run(run, state);
                }
                Some(Job::Look(look)) => {
                    drop(state);
                    self.look(look);
                }
                None => {
                    drop(state);
                    if !self.wait(news, is_helper) {
                        let mut state = self.lock();
                        state.helpers -= 1;
                        return;
                    }
                    continue;
                }
            }
            self.news.fetch_add(1, Ordering::Release);
        }
    }

    /// Calls as many helpers as have left.
    fn call_helpers<'s>(&'s self, state: &mut State<'a, S, C, A, E>, scope: &Scope<'s>) {
        if !self.pace.is_worth() {
            return;
        }
        while state.helpers < self.helpers {
            state.helpers += 1;
            pool::spawn(scope, self);
        }
    }

    /// Waits for news. False if there are none for longer than there should be.
    ///
    /// Without yielding at first: on a busy machine a thread that yields isn't back in time.
    fn wait(&self, seen: usize, is_helper: bool) -> bool {
        let then = Instant::now();
        loop {
            for _ in 0..64 {
                if self.news.load(Ordering::Acquire) != seen {
                    return true;
                }
                hint::spin_loop();
            }
            if then.elapsed() > self.pace.patience() {
                if is_helper {
                    return false;
                }
                thread::yield_now();
            }
        }
    }

    /// Summarises a piece, and takes the front along if it waits there.
    fn look(&self, look: Look<'a, S, C>) {
        let Look {
            at,
            stage,
            carried,
            possible,
            mut piece,
        } = look;
        let carried = carried.as_ref().unwrap_or(&self.guess);
        let len = piece.source.len();
        let mut then = Instant::now();
        let pieces = if stage == 0 {
            self.walk.look_along(carried, possible, piece)
        } else {
            self.walk.look(stage, carried, &mut piece);
            vec![piece]
        };
        self.pace.look_took(nanoseconds_since(&mut then), len);
        let mut state = self.lock();
        state.front.put_back(at, pieces);
        state.front.advance(self.walk, &self.pace);
    }

    /// Runs leaves, from the accumulators so far if nothing is missing in between, else from fresh ones.
    fn run(&self, run: Run<S, C>, mut state: MutexGuard<'_, State<'a, S, C, A, E>>) {
        let Run {
            at,
            to,
            pieces,
            carried,
            is_lane,
        } = run;
        let total = if state.total_to == at { state.total.take() } else { None };
        drop(state);
        let goes_on = total.is_some();
        let mut then = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let acc = total.unwrap_or_else(|| self.fresh());
            self.leaves(at, pieces, carried, acc)
        }));
        if matches!(ended, Ok((_, None))) {
            self.pace.leaf_took(nanoseconds_since(&mut then), to - at);
        } else {
            self.walk.horizon.lower(to);
        }

        let mut state = self.lock();
        if let (true, Ok(((carried, _), None))) = (is_lane, &ended) {
            state.front.arrive(carried.clone());
            state.front.advance(self.walk, &self.pace);
        }
        match ended {
            Ok(((_, acc), None)) if goes_on => {
                state.total = Some(acc);
                state.total_to = to;
            }
            ended if goes_on => state.result = Some(ended),
            ended => {
                state.finished.insert(at, (to, ended));
            }
        }
        self.add_up(state);
    }

    fn fresh(&self) -> A {
        (self.walk.fresh)(&self.like.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Leaves one after the other, as long as they can be seen.
    fn leaves(&self, mut at: usize, pieces: Vec<S>, carried: C, acc: A) -> Outcome<(C, A), E> {
        let mut place = (carried, acc);
        for piece in pieces {
            if self.walk.horizon.hides(at) {
                break;
            }
            at = at.saturating_add(piece.len());
            let exit;
            (place, exit) = (self.walk.leaf)(place.0, place.1, piece);
            if exit.is_some() {
                return (place, exit);
            }
        }
        (place, None)
    }

    /// Adds finished runs to the total, as far as there are no gaps.
    fn add_up<'g>(&'g self, mut state: MutexGuard<'g, State<'a, S, C, A, E>>) {
        while state.result.is_none() && state.total.is_some() {
            let from = state.total_to;
            let Some((to, ended)) = state.finished.remove(&from) else {
                break;
            };
            let Some(mut total) = state.total.take() else { break };
            drop(state);
            let ended = catch_unwind(AssertUnwindSafe(|| {
                let ((carried, acc), exit) = ended.unwrap_or_else(|panic| resume_unwind(panic));
                (self.walk.combine)(&mut total, acc);
                ((carried, total), exit)
            }));
            state = self.lock();
            match ended {
                Ok(((_, total), None)) => {
                    state.total = Some(total);
                    state.total_to = to;
                }
                ended => state.result = Some(ended),
            }
        }
        if state.result.is_none()
            && let Some((carried, end)) = state.front.end()
            && state.total_to == end
            && let Some(total) = state.total.take()
        {
            state.result = Some(Ok(((carried, total), None)));
        }
    }
}
