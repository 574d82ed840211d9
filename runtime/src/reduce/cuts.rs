//! All that can happen in a small loop, in all pieces it can be cut into: the answer is that of the sequential loop.

use super::{Outcome, Steps};
use crate::region::Region;
use crate::site::Site;
use crate::source::{Source, source};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

/// What an iteration does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Nothing,
    Match,
    Error,
    Panic,
}

const EVENTS: [Event; 4] = [Event::Nothing, Event::Match, Event::Error, Event::Panic];

/// How a stretch is cut.
enum Cut {
    Whole,
    At(usize, Rc<Cut>, Rc<Cut>),
}

/// All ways to cut `len` items into pieces, none of them empty.
fn cuts(len: usize) -> Vec<Rc<Cut>> {
    let mut all = vec![Rc::new(Cut::Whole)];
    for at in 1..len {
        for left in cuts(at) {
            for right in cuts(len - at) {
                all.push(Rc::new(Cut::At(at, left.clone(), right)));
            }
        }
    }
    all
}

/// What the loop has come to: what it accumulated and how it was left, or the position of the panic.
type Answer = Result<Outcome<Vec<usize>, (usize, Event)>, usize>;

fn answer(f: impl FnOnce() -> Outcome<Vec<usize>, (usize, Event)>) -> Answer {
    catch_unwind(AssertUnwindSafe(f)).map_err(|panic| *panic.downcast::<usize>().expect("a panic of ours"))
}

fn in_pieces<S: Source>(
    steps: &Steps<'_, S, Vec<usize>, (usize, Event)>,
    piece: S,
    acc: Vec<usize>,
    at: usize,
    cut: &Cut,
    right_first: bool,
) -> Outcome<Vec<usize>, (usize, Event)> {
    let Cut::At(middle, left_cut, right_cut) = cut else {
        let end = at + piece.len();
        return steps.block(acc, piece, end);
    };
    let apart = (steps.fresh)(&acc);
    let (left, right) = piece.split_at(*middle);
    let run_left = || in_pieces(steps, left, acc, at, left_cut, right_first);
    let run_right = || {
        catch_unwind(AssertUnwindSafe(|| {
            in_pieces(steps, right, apart, at + middle, right_cut, right_first)
        }))
    };
    if right_first {
        let right = run_right();
        steps.joined(run_left(), right)
    } else {
        let left = run_left();
        let right = run_right();
        steps.joined(left, right)
    }
}

#[test]
fn the_least_index_wins_in_all_pieces() {
    static SITE: Site = Site::new("cuts", file!(), line!());
    let mut tried = 0_usize;
    for len in 0..=6_usize {
        let cuts = cuts(len);
        for number in 0..4_usize.pow(len as u32) {
            let events: Vec<Event> = (0..len).map(|i| EVENTS[number / 4_usize.pow(i as u32) % 4]).collect();
            let leaf = |mut acc: Vec<usize>, piece: <std::ops::Range<usize> as crate::source::IntoSource>::Source| {
                for i in piece {
                    match events[i] {
                        Event::Nothing => acc.push(i),
                        Event::Panic => resume_unwind(Box::new(i)),
                        event => return (acc, Some((i, event))),
                    }
                }
                (acc, None)
            };
            let (fresh, combine) = (
                |_: &Vec<usize>| Vec::new(),
                |left: &mut Vec<usize>, mut right| left.append(&mut right),
            );
            let want = answer(|| leaf(vec![99], source(0..len)));
            // what is seen of a panic is where it was; of an exit also what was accumulated before it
            for cut in &cuts {
                for right_first in [false, true] {
                    let steps = Steps::new(Region::new(&SITE), &leaf, &fresh, &combine);
                    let got = answer(|| in_pieces(&steps, source(0..len), vec![99], 0, cut, right_first));
                    assert_eq!(got, want, "{events:?}");
                    tried += 1;
                }
            }
        }
    }
    // 1, 1, 2, 5, 15, 51 and 188 trees for 0 to 6 items, each with 4^items placements, in both orders
    assert_eq!(tried, 2 * (1 + 4 + 2 * 16 + 5 * 64 + 15 * 256 + 51 * 1024 + 188 * 4096));
}
