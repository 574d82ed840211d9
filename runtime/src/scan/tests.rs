//! The schedule of a scan on threads whose time is counted, not measured.

use super::front::{Front, Job};
use super::pace::Pace;
use super::pieces::Piece;
use super::stages::Stages;
use super::steps::Shift;
use super::{Scan, Walk};
use crate::reduce::Horizon;
use crate::region::Region;
use crate::site::Site;
use crate::source::{IntoSource, Source, Span};
use std::convert::Infallible;

type Carried = (u64, u64);
type Items = Span<u64>;

/// What a thread does until its clock says that it is done.
enum Doing<'a> {
    Nothing,
    /// A leaf that carries this out, if it is a lane.
    Leaf(Option<Carried>),
    Look(usize, Vec<Piece<'a, Items, Carried>>),
}

/// How many times as fast as one thread so many are, if a leaf takes a nanosecond for an item and the summary of a stage
/// `ratio` nanoseconds, and handing over is free.
fn speedup(threads: usize, ratio: f32, stages: &dyn Stages<Items, Carried>) -> f64 {
    static SITE: Site = Site::new("schedule", file!(), line!());
    const LEN: u64 = 20_000_000;
    let region = Region::new(&SITE);
    let walk = Walk::<Items, Carried, (), Infallible> {
        region,
        initial: (0, 0),
        stages,
        leaf: &|(a, b), (), piece| ((steps_of(a, b, piece), ()), None),
        fresh: &|()| (),
        combine: &|(), ()| (),
        horizon: Horizon::new(),
    };
    let pace = Pace::new(1.0, ratio, stages.count(), threads - 1, &region);
    let mut front = Front::new((0..LEN).into_source(), 0, (0, 0), threads - 1);
    front.advance(&walk, &pace);
    let mut clocks: Vec<(f64, Doing)> = (0..threads).map(|_| (0.0, Doing::Nothing)).collect();
    let mut done = 0;
    loop {
        clocks.sort_by(|a, b| a.0.total_cmp(&b.0));
        match std::mem::replace(&mut clocks[0].1, Doing::Nothing) {
            Doing::Leaf(Some(carried)) => {
                front.arrive(carried);
                front.advance(&walk, &pace);
            }
            Doing::Look(at, pieces) => {
                front.put_back(at, pieces);
                front.advance(&walk, &pace);
            }
            Doing::Leaf(None) | Doing::Nothing => {}
        }
        let (duration, doing) = match front.next_job(&walk, &pace) {
            Some(Job::Run(run)) => {
                let len = run.to - run.at;
                done += len;
                let carried = run
                    .pieces
                    .into_iter()
                    .fold(run.carried, |(a, b), piece| steps_of(a, b, piece));
                (len as f64, Doing::Leaf(run.is_lane.then_some(carried)))
            }
            Some(Job::Look(mut look)) => {
                let len = look.piece.source.len();
                walk.look(look.stage, look.carried.as_ref().unwrap_or(&(0, 0)), &mut look.piece);
                (len as f64 * f64::from(ratio), Doing::Look(look.at, vec![look.piece]))
            }
            // Looks again when the next one is done.
            None => match clocks[1..].iter().find(|(_, doing)| !matches!(doing, Doing::Nothing)) {
                Some(busy) => (busy.0 - clocks[0].0 + 1.0, Doing::Nothing),
                None => break,
            },
        };
        clocks[0].0 += duration;
        clocks[0].1 = doing;
    }
    assert_eq!(done as u64, LEN);
    assert_eq!(
        front.end(),
        Some((steps_of(0, 0, (0..LEN).into_source()), LEN as usize))
    );
    LEN as f64 / clocks.iter().map(|clock| clock.0).fold(0.0, f64::max)
}

/// A sum, and a sum that looks at the first one's parity.
fn steps_of(a: u64, b: u64, piece: Items) -> Carried {
    // Counted, as pieces are ranges: the sum of as many ones, and of the ones at odd values of the sum.
    let len = piece.len() as u64;
    (a + len, b + (len + (a & 1)) / 2)
}

/// The same for a loop of one stage or of two.
fn speedups(threads: usize, ratio: f32) -> [f64; 2] {
    static SITE: Site = Site::new("schedule", file!(), line!());
    let one = Scan::new(Region::new(&SITE), (0..0).into_source(), (0, 0)).steps(
        |carried, piece| {
            // Both at once.
            let (mut a, mut b) = (Shift::of(&carried.0), Shift::of(&carried.1));
            a.add(piece.into_iter().count() as u64);
            b.add(piece.into_iter().count() as u64);
            (a, b)
        },
        |(a, b), carried| {
            let (_, len) = (b, carried.0);
            let known = a.apply(&mut carried.0);
            carried.1 += (carried.0 - len + (len & 1)) / 2;
            known
        },
    );
    let two = Scan::new(Region::new(&SITE), (0..0).into_source(), (0, 0))
        .steps(
            |carried, piece| {
                let mut a = Shift::of(&carried.0);
                a.add(piece.into_iter().count() as u64);
                a
            },
            |a, carried| a.apply(&mut carried.0),
        )
        .steps(
            |carried, piece| {
                let mut b = Shift::of(&carried.1);
                b.add((piece.into_iter().count() as u64 + (carried.0 & 1)) / 2);
                b
            },
            |b, carried| b.apply(&mut carried.1),
        );
    [
        speedup(threads, ratio, &one.stages),
        speedup(threads, ratio, &two.stages),
    ]
}

#[test]
fn the_schedule_wins_what_can_be_won() {
    for threads in [1, 2, 3, 4, 8] {
        for ratio in [0.1f32, 0.5, 1.0, 2.0, 4.0] {
            let [one, two] = speedups(threads, ratio);
            let (helpers, r) = (threads as f64 - 1.0, f64::from(ratio));
            let best = 1.0 + helpers / (1.0 + r);
            assert!(one > 0.95 * best, "{threads} threads, ratio {ratio}: {one} of {best}");
            // The front goes through more itself; the blocks are few, so what they can be divided into is coarse.
            let best = 1.0 + helpers / ((1.0 + r) * (1.0 + r / helpers.max(1.0)));
            assert!(
                two > 0.75 * best && two >= 0.99,
                "{threads} threads, ratio {ratio}: {two} of {best}"
            );
        }
    }
}

#[test]
fn helpers_are_worth_it_where_a_summary_is_no_more_than_some_leaves() {
    static SITE: Site = Site::new("worth", file!(), line!());
    let region = Region::new(&SITE);
    for (ratio, stages, helpers, is_worth) in [
        (0.5, 1, 1, true),
        (1.0, 1, 1, true),
        (6.0, 1, 1, true),
        (8.0, 1, 1, false),
        (60.0, 1, 1, false),
        (60.0, 1, 7, false),
        (60.0, 1, 8, true),
        (1.0, 2, 1, true),
        (2.0, 2, 1, false),
        (2.0, 2, 2, true),
        (1.0, 1, 0, false),
    ] {
        let pace = Pace::new(3.0, ratio, stages, helpers, &region);
        assert_eq!(
            pace.is_worth(),
            is_worth,
            "{ratio} by {stages} stages, {helpers} helpers"
        );
    }
}

#[test]
fn a_few_looks_teach_that_a_summary_costs_too_much() {
    static SITE: Site = Site::new("taught", file!(), line!());
    let pace = Pace::new(2.0, 1.0, 1, 1, &Region::new(&SITE));
    let looks = (0..).take_while(|_| {
        pace.leaf_took(2.0 * 500.0, 500);
        pace.look_took(60.0 * 2.0 * 500.0, 500);
        pace.is_worth()
    });
    let looks = looks.take(20).count();
    assert!((1..8).contains(&looks), "{looks} looks");
    pace.teach(&SITE);
    assert!(SITE.ratio().is_some_and(|ratio| ratio > 7.0), "{:?}", SITE.ratio());
}
