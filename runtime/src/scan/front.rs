//! The front of a scan: the place up to which all carried values are known, and what can be done around it.

use super::Walk;
use super::pace::Pace;
use super::pieces::{Piece, cut};
use crate::source::Again;
use std::collections::VecDeque;
use std::mem;

/// A block behind the lane.
struct Block<'a, S, C> {
    at: usize,
    /// `None` while somebody looks at it.
    piece: Option<Piece<'a, S, C>>,
    /// What is carried in, final for the stages that it is summarised for; `None` while that is unknown.
    carried: Option<C>,
}

/// Pieces whose leaves can run one after the other.
pub(super) struct Run<S, C> {
    pub(super) at: usize,
    pub(super) to: usize,
    pub(super) pieces: Vec<S>,
    pub(super) carried: C,
    /// Does it take the front along?
    pub(super) is_lane: bool,
}

/// A piece that is to be summarised for one stage.
pub(super) struct Look<'a, S, C> {
    pub(super) at: usize,
    pub(super) stage: usize,
    /// `None` for the first stage, which needs none.
    pub(super) carried: Option<C>,
    /// All that may be carried in, as far as the first stage is concerned; empty if anything may.
    pub(super) possible: Vec<C>,
    pub(super) piece: Piece<'a, S, C>,
}

/// Something to do.
pub(super) enum Job<'a, S, C> {
    Run(Run<S, C>),
    Look(Look<'a, S, C>),
}

/// Where the front stands.
pub(super) struct Front<'a, S, C> {
    /// What nobody has touched yet, and where it starts.
    rest: Option<S>,
    rest_at: usize,
    /// What is carried into the first block, or into the rest; `None` while a lane is on its way there.
    known: Option<C>,
    /// The lane, until somebody runs it.
    lane: Option<Run<S, C>>,
    /// Blocks behind the lane.
    blocks: VecDeque<Block<'a, S, C>>,
    /// Blocks that the front has passed.
    ready: VecDeque<Run<S, C>>,
    /// How many threads there are beside the one that runs the lane.
    helpers: usize,
}

impl<'a, S: Again, C: Clone + Send + Sync> Front<'a, S, C> {
    pub(super) fn new(rest: S, rest_at: usize, known: C, helpers: usize) -> Self {
        Self {
            rest: Some(rest),
            rest_at,
            known: Some(known),
            lane: None,
            blocks: VecDeque::new(),
            ready: VecDeque::new(),
            helpers,
        }
    }

    /// What is carried out of the loop, and where it ends, if the front has come there and all runs have begun.
    pub(super) fn end(&self) -> Option<(C, usize)> {
        let is_idle = self.blocks.is_empty() && self.ready.is_empty() && self.lane.is_none() && self.left() == 0;
        Some((self.known.clone().filter(|_| is_idle)?, self.rest_at))
    }

    /// A lane has arrived.
    pub(super) fn arrive(&mut self, carried: C) {
        self.known = Some(carried);
    }

    /// A piece has been looked at; it may have been cut.
    pub(super) fn put_back(&mut self, mut at: usize, pieces: Vec<Piece<'a, S, C>>) {
        let Some(mut index) = self.blocks.iter().position(|block| block.at == at) else {
            return;
        };
        self.blocks.remove(index);
        for piece in pieces {
            let behind = at.saturating_add(piece.source.len());
            self.blocks.insert(
                index,
                Block {
                    at,
                    piece: Some(piece),
                    carried: None,
                },
            );
            (at, index) = (behind, index + 1);
        }
    }

    fn left(&self) -> usize {
        self.rest.as_ref().map_or(0, S::len)
    }

    /// Cuts off the first items of the rest.
    fn cut(&mut self, length: usize) -> Option<(usize, S)> {
        let (front, behind) = cut(self.rest.take()?, length);
        let at = self.rest_at;
        self.rest_at = at.saturating_add(front.len());
        self.rest = Some(behind);
        Some((at, front))
    }

    /// Takes the front as far as it is known, and begins the next lane there.
    pub(super) fn advance<A: Send, E: Send>(&mut self, walk: &Walk<'a, S, C, A, E>, pace: &Pace) {
        let Some(carried) = self.known.take() else {
            return;
        };
        let carried = self.pass(walk, carried);
        let at = self.blocks.front().map_or(self.rest_at, |block| block.at);
        let is_busy = self.blocks.front().is_some_and(|block| block.piece.is_none());
        if is_busy || walk.horizon.hides(at) {
            // Whoever looks at that block comes here afterwards.
            self.known = Some(carried);
            return;
        }
        self.carry_in(walk, &carried);
        let pieces = self.next_lane(walk.stages.count(), pace);
        if pieces.is_empty() {
            self.known = Some(carried);
            return;
        }
        self.lane = Some(Run {
            at,
            to: pieces.iter().map(S::len).fold(at, usize::saturating_add),
            pieces,
            carried,
            is_lane: true,
        });
    }

    /// Takes the front over all blocks whose summaries are known.
    fn pass<A: Send, E: Send>(&mut self, walk: &Walk<'a, S, C, A, E>, mut carried: C) -> C {
        while let Some(piece) = self.blocks.front_mut().and_then(|block| block.piece.as_ref())
            && let Some(behind) = walk.applied(walk.stages.count(), &carried, piece)
            && let Some(Block {
                at, piece: Some(piece), ..
            }) = self.blocks.pop_front()
        {
            self.ready.push_back(Run {
                at,
                to: at.saturating_add(piece.source.len()),
                pieces: vec![piece.source],
                carried: mem::replace(&mut carried, behind),
                is_lane: false,
            });
        }
        carried
    }

    /// Notes what is carried into the blocks that wait for their next stage.
    fn carry_in<A: Send, E: Send>(&mut self, walk: &Walk<'a, S, C, A, E>, front: &C) {
        for stage in 1..walk.stages.count() {
            let mut carried = front.clone();
            for block in &mut self.blocks {
                let Some(piece) = &block.piece else { break };
                if piece.stages() == stage {
                    block.carried = Some(carried.clone());
                }
                let Some(behind) = walk.applied(stage, &carried, piece) else {
                    break;
                };
                carried = behind;
            }
        }
    }

    /// The pieces of the next lane: the first block if its summary doesn't tell, half of the blocks that wait for their
    /// next stage, or the first items of the rest.
    fn next_lane(&mut self, stages: usize, pace: &Pace) -> Vec<S> {
        let waiting = self
            .blocks
            .iter()
            .take_while(|block| block.piece.as_ref().is_some_and(|piece| piece.stages() < stages))
            .count();
        if !self.blocks.is_empty() {
            let half = waiting.div_ceil(2).max(1);
            return self
                .blocks
                .drain(..half)
                .filter_map(|block| Some(block.piece?.source))
                .collect();
        }
        // The others get their share of what is left.
        let fair = (self.left() / (self.helpers + 1)).max(pace.block());
        let lane = self.cut(pace.lane().min(fair)).map(|(_, piece)| piece);
        lane.into_iter().filter(|piece| !piece.is_empty()).collect()
    }

    /// The most urgent thing to do: the lane, else leaves that can run, else a look ahead.
    pub(super) fn next_job<A: Send, E: Send>(
        &mut self,
        walk: &Walk<'a, S, C, A, E>,
        pace: &Pace,
    ) -> Option<Job<'a, S, C>> {
        if let Some(lane) = self.lane.take() {
            return Some(Job::Run(lane));
        }
        if let Some(run) = self.next_run() {
            return Some(Job::Run(run));
        }
        if walk.stages.count() == 0 || walk.horizon.hides(self.rest_at) || !pace.is_worth(self.helpers) {
            return None;
        }
        self.next_look(pace).map(Job::Look)
    }

    /// Neighbours that the front has passed, as many as there are for each thread.
    fn next_run(&mut self) -> Option<Run<S, C>> {
        let threads = if self.left() == 0 {
            self.helpers + 1
        } else {
            self.helpers
        };
        let count = self.ready.len().div_ceil(threads);
        let mut run = self.ready.pop_front()?;
        for _ in 1..count {
            match self.ready.pop_front() {
                Some(next) if next.at == run.to => {
                    run.to = next.to;
                    run.pieces.extend(next.pieces);
                }
                Some(next) => {
                    self.ready.push_front(next);
                    break;
                }
                None => break,
            }
        }
        Some(run)
    }

    /// A block that waits for its next stage, or a new one, unless there are enough.
    fn next_look(&mut self, pace: &Pace) -> Option<Look<'a, S, C>> {
        let waiting = |block: &&mut Block<'a, S, C>| block.piece.is_some() && block.carried.is_some();
        if let Some(block) = self.blocks.iter_mut().find(waiting) {
            let piece = block.piece.take()?;
            return Some(Look {
                at: block.at,
                stage: piece.stages(),
                carried: block.carried.take(),
                possible: Vec::new(),
                piece,
            });
        }
        let ahead = self.blocks.front().map_or(0, |block| self.rest_at - block.at);
        let length = pace.block();
        // The last items are nobody's way to anything.
        if ahead >= pace.share().saturating_mul(self.helpers) || self.left() <= length {
            return None;
        }
        let before = self.blocks.back().and_then(|block| block.piece.as_ref());
        let possible = match before {
            Some(piece) if piece.stages() == 1 => piece.possible().to_vec(),
            _ => Vec::new(),
        };
        let (at, source) = self.cut(length)?;
        self.blocks.push_back(Block {
            at,
            piece: None,
            carried: None,
        });
        Some(Look {
            at,
            stage: 0,
            carried: None,
            possible,
            piece: Piece::new(source),
        })
    }
}
