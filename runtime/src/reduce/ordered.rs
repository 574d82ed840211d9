//! `ordered`: pieces are mapped ahead on other threads, and the caller folds what they list in the sequential order.
//!
//! The source is dealt out in blocks, from left to right. The *owner*, the thread of the caller, goes through the blocks
//! in their order: one that nobody has taken yet it runs from the running accumulator on, which is the sequential program;
//! one that a *helper* has mapped it combines into the running accumulator. Helpers take the blocks ahead, at most
//! [`ahead`](Queue::ahead) of them, so what is listed is bounded, and folding overlaps with mapping.
//!
//! Waiting can't be circular: an owner waits only for a block that was taken after its own region began, and whoever has
//! taken that block can wait only for regions that began later still.

use super::{Outcome, Steps};
use crate::pool::{self, Shared};
use crate::source::Source;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// The length of a block, in nanoseconds: long beside a lock, and short enough for what it lists to stay in a cache.
const BLOCK_TIME: f32 = 20_000.0;

/// Blocks per thread that may be taken ahead of the owner.
const AHEAD: usize = 3;

/// A block grows to at most this many times the one before.
const GROWTH: usize = 8;

/// A block that somebody has taken.
enum Block<A, E> {
    Taken,
    Mapped(thread::Result<Outcome<A, E>>),
}

/// What the owner does next.
enum Turn<S, A, E> {
    /// Runs a block itself.
    Run(Job<S>),
    /// Combines what a block has come to.
    Combine(thread::Result<Outcome<A, E>>),
    /// The next block is being mapped.
    Wait,
    /// Nothing is left.
    End,
}

/// One block: its number, its piece, and the position behind it.
pub(crate) struct Job<S> {
    number: usize,
    pub(crate) piece: S,
    end: usize,
}

struct State<S, A, E> {
    /// What nobody has taken yet; none if nothing of it is needed.
    rest: Option<S>,
    /// Where that starts.
    at: usize,
    /// The blocks that were taken and that the owner has not come to.
    blocks: VecDeque<Block<A, E>>,
    /// The number of the first of them.
    first: usize,
    /// What pieces start from that are run apart.
    like: A,
    /// What an iteration costs, in nanoseconds; 0 while unknown.
    cost: f32,
    /// The length of the last block.
    last_block: usize,
    /// Helpers that were asked for and have not left.
    helpers: usize,
}

impl<S: Source, A, E> State<S, A, E> {
    /// The next block of what nobody has taken.
    fn deal(&mut self, grain: usize, threads: usize) -> Option<Job<S>> {
        let rest = self.rest.take()?;
        let left = rest.len();
        if left == 0 {
            return None;
        }
        let affordable = match self.cost {
            0.0 => 1,
            cost => (BLOCK_TIME / cost) as usize,
        };
        let most = self.last_block.saturating_mul(GROWTH);
        let share = (left / (2 * threads)).max(1);
        let len = affordable.clamp(1, most.max(1)).min(share).max(grain).min(left);
        let (piece, behind) = rest.split_at(len);
        self.rest = Some(behind);
        self.at = self.at.saturating_add(len);
        self.last_block = len;
        Some(Job {
            number: self.first + self.blocks.len(),
            piece,
            end: self.at,
        })
    }
}

/// The blocks of one region.
struct Queue<S, A, E> {
    state: Mutex<State<S, A, E>>,
    grain: usize,
    threads: usize,
}

impl<S: Source, A: Send, E: Send> Queue<S, A, E> {
    fn state(&self) -> MutexGuard<'_, State<S, A, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many blocks may be taken before the owner comes to them.
    fn ahead(&self) -> usize {
        self.threads.saturating_mul(AHEAD)
    }

    fn turn(&self) -> Turn<S, A, E> {
        let mut state = self.state();
        match state.blocks.pop_front() {
            Some(Block::Mapped(outcome)) => {
                state.first += 1;
                Turn::Combine(outcome)
            }
            Some(Block::Taken) => {
                state.blocks.push_front(Block::Taken);
                Turn::Wait
            }
            None => match state.deal(self.grain, self.threads) {
                Some(job) => {
                    state.first += 1;
                    Turn::Run(job)
                }
                None => Turn::End,
            },
        }
    }

    /// A block to map ahead, and what it starts from.
    fn take_ahead(&self, fresh: &(dyn Fn(&A) -> A + Sync + '_)) -> Option<(Job<S>, A)> {
        let mut state = self.state();
        if state.blocks.len() >= self.ahead() {
            return None;
        }
        let job = state.deal(self.grain, self.threads)?;
        state.blocks.push_back(Block::Taken);
        Some((job, fresh(&state.like)))
    }

    fn publish(&self, number: usize, outcome: thread::Result<Outcome<A, E>>) {
        let mut state = self.state();
        let is_last = !matches!(outcome, Ok((_, None)));
        if is_last {
            // Nothing behind this is needed.
            state.rest = None;
        }
        let place = number - state.first;
        if let Some(block) = state.blocks.get_mut(place) {
            *block = Block::Mapped(outcome);
        }
    }

    /// How many more helpers are worth asking for: none while there is still enough ahead.
    fn wanted(&self) -> usize {
        let mut state = self.state();
        let is_enough = state.blocks.len() > self.ahead() / 2;
        if is_enough || state.rest.as_ref().is_none_or(Source::is_empty) {
            return 0;
        }
        let wanted = (self.threads - 1).saturating_sub(state.helpers);
        state.helpers += wanted;
        wanted
    }
}

/// The thread that goes through the blocks in their order.
pub(crate) struct Owner<'s, 'c, S: Source, A: Send, E: Send> {
    steps: &'s Steps<'s, S, A, E>,
    queue: &'s Queue<S, A, E>,
    helpers: &'s Helpers<'s, S, A, E>,
    scope: &'c rayon::Scope<'s>,
}

/// The threads that map blocks ahead.
struct Helpers<'s, S, A, E> {
    steps: &'s Steps<'s, S, A, E>,
    queue: &'s Queue<S, A, E>,
}

impl<S: Source, A: Send, E: Send> Shared for Helpers<'_, S, A, E> {
    fn help<'s>(&'s self, _: &rayon::Scope<'s>) {
        while self.steps.map_ahead(self.queue) {}
        self.queue.state().helpers -= 1;
    }
}

/// A block, in the hands of the owner.
pub(crate) enum Next<S, A, E> {
    /// To be run by the owner.
    Run(Job<S>),
    /// Mapped already.
    Combine(thread::Result<Outcome<A, E>>),
}

impl<S: Source, A: Send, E: Send> Owner<'_, '_, S, A, E> {
    /// The next block; waits until it has been mapped if somebody has taken it, and maps others meanwhile.
    pub(crate) fn next(&self) -> Option<Next<S, A, E>> {
        let (steps, queue) = (self.steps, self.queue);
        for _ in 0..queue.wanted() {
            pool::spawn(self.scope, self.helpers);
        }
        loop {
            match queue.turn() {
                Turn::Run(job) => return Some(Next::Run(job)),
                Turn::Combine(outcome) => return Some(Next::Combine(outcome)),
                Turn::End => return None,
                Turn::Wait => {
                    if !steps.map_ahead(queue) && rayon::yield_now() != Some(rayon::Yield::Executed) {
                        thread::yield_now();
                    }
                }
            }
        }
    }

    /// What an iteration of the owner's has cost.
    pub(crate) fn learn(&self, cost: f32) {
        self.queue.state().cost = cost;
    }
}

impl<S: Source, A: Send, E: Send> Drop for Owner<'_, '_, S, A, E> {
    /// Nothing more is needed: the helpers stop.
    fn drop(&mut self) {
        self.queue.state().rest = None;
    }
}

impl<'a, S: Source, A: Send, E: Send> Steps<'a, S, A, E> {
    /// Runs in the pool; `rest` starts at the position `at`.
    pub(super) fn in_order(&self, rest: S, acc: A, at: usize, cost: f32) -> Outcome<A, E> {
        let like = (self.fresh)(&acc);
        self.owned(rest, like, at, cost, |owner| {
            let mut acc = acc;
            while let Some(next) = owner.next() {
                let exit;
                (acc, exit) = match next {
                    Next::Run(job) => {
                        let (len, then) = (job.piece.len(), Instant::now());
                        let outcome = self.block(acc, job.piece, job.end);
                        owner.learn(cost_of(then, len));
                        outcome
                    }
                    Next::Combine(outcome) => self.joined((acc, None), outcome),
                };
                if exit.is_some() {
                    return (acc, exit);
                }
            }
            (acc, None)
        })
    }

    /// Runs `own` in the pool while others map the blocks ahead of it.
    pub(crate) fn owned<R: Send>(
        &self,
        rest: S,
        like: A,
        at: usize,
        cost: f32,
        own: impl for<'s, 'c> FnOnce(Owner<'s, 'c, S, A, E>) -> R + Send,
    ) -> R {
        let queue = Queue {
            state: Mutex::new(State {
                rest: Some(rest),
                at,
                blocks: VecDeque::new(),
                first: 0,
                like,
                cost,
                last_block: if cost == 0.0 { 1 } else { usize::MAX },
                helpers: 0,
            }),
            grain: self.region.grain,
            threads: self.region.threads(),
        };
        let helpers = Helpers {
            steps: self,
            queue: &queue,
        };
        self.region.enter(|| {
            pool::scope(|scope| {
                own(Owner {
                    steps: self,
                    queue: &queue,
                    helpers: &helpers,
                    scope,
                })
            })
        })
    }

    /// Maps one block ahead; `false` if there is none to map.
    fn map_ahead(&self, queue: &Queue<S, A, E>) -> bool {
        let Some((Job { number, piece, end }, apart)) = queue.take_ahead(self.fresh) else {
            return false;
        };
        let (len, then) = (piece.len(), Instant::now());
        let outcome = catch_unwind(AssertUnwindSafe(|| self.block(apart, piece, end)));
        let cost = cost_of(then, len);
        queue.publish(number, outcome);
        queue.state().cost = cost;
        true
    }
}

/// Nanoseconds an iteration.
pub(crate) fn cost_of(then: Instant, len: usize) -> f32 {
    (then.elapsed().as_nanos() as f32).max(1.0) / len.max(1) as f32
}
