//! The adversary: hostile cuts, summaries and leaves in hostile order, and summaries that nobody knows.

use super::Walk;
use super::pieces::{Piece, Ready, cut};
use crate::reduce::{Hostile, Outcome};
use crate::source::Again;

/// The pieces of one window.
const PIECES: usize = 24;

/// How many items are looked at together; the source may have no end.
const WINDOW: usize = 4096;

impl<'a, S: Again, C: Clone + Send + Sync, A: Send, E: Send> Walk<'a, S, C, A, E> {
    /// Runs in hostile pieces on this thread.
    pub(super) fn adversary(&self, source: S, mut carried: C, mut acc: A, seed: u64) -> Outcome<(C, A), E> {
        let mut hostile = Hostile::new(seed, source.len());
        let (mut rest, mut at, mut window) = (source, 0_usize, WINDOW);
        loop {
            let (front, behind) = cut(rest, window);
            let like = (self.fresh)(&acc);
            let mut pieces = Vec::new();
            let mut left = front;
            for _ in 0..left.len().min(PIECES) {
                if left.is_empty() {
                    break;
                }
                let cut = hostile.place(left.len());
                let (piece, right) = left.split_at(cut);
                pieces.push(Piece::new(piece));
                left = right;
            }
            pieces.push(Piece::new(left));
            let exit;
            ((carried, acc), exit, at) = self.settle_hostile(pieces, at, carried, acc, &like, &mut hostile);
            if exit.is_some() || behind.is_empty() {
                return ((carried, acc), exit);
            }
            rest = behind;
            window = window.saturating_mul(2);
        }
    }

    fn settle_hostile(
        &self,
        mut pieces: Vec<Piece<'a, S, C>>,
        mut at: usize,
        mut carried: C,
        mut acc: A,
        like: &A,
        hostile: &mut Hostile,
    ) -> ((C, A), Option<E>, usize) {
        while !pieces.is_empty() {
            let known = self.known_hostile(carried, &mut pieces, hostile);
            let mut start = Some(acc);
            let mut leaves: Vec<_> = pieces
                .drain(..known.len())
                .zip(known)
                .map(|(piece, carried)| {
                    let from = at;
                    at = at.saturating_add(piece.source.len());
                    let acc = start.take().unwrap_or_else(|| (self.fresh)(like));
                    Ready::new(piece.source, carried, acc, from, at)
                })
                .collect();
            for number in hostile.order(leaves.len()) {
                self.run_ready(&mut leaves[number]);
            }
            let exit;
            ((carried, acc), exit) = self.joined(None, leaves);
            if exit.is_some() {
                return ((carried, acc), exit, at);
            }
        }
        ((carried, acc), None, at)
    }

    /// What is carried into the pieces, up to a place beyond which nobody knows.
    fn known_hostile(&self, carried: C, pieces: &mut [Piece<'a, S, C>], hostile: &mut Hostile) -> Vec<C> {
        let last = pieces.len() - 1;
        if self.stages.is_in_order() {
            let mut known = vec![carried];
            for piece in &pieces[..last] {
                let Some(carried) = self.walked(&known[known.len() - 1], piece) else {
                    break;
                };
                known.push(carried);
            }
            return known;
        }
        let mut known = vec![carried.clone()];
        for stage in 0..self.stages.count() {
            let reach = if stage == 0 { last } else { known.len().min(last) };
            for i in hostile.order(reach) {
                self.look(stage, known.get(i).unwrap_or(&carried), &mut pieces[i]);
            }
            known = self.carried_in(stage + 1, carried.clone(), pieces);
        }
        if hostile.below(4) == 0 {
            known.truncate(1 + hostile.below(known.len()));
        }
        known
    }
}
