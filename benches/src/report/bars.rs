//! The bars that the project has set itself, and what misses them.

use std::fmt::Write;

use super::table::peer;
use crate::case::Who;
use crate::measure::{Column, Row};
use crate::small::Small;

/// Inputs that take less are not large: entering the pool alone may cost that much.
const LARGE: f64 = 1e6;

/// Each bar, how many cases meet it, and the figures of those that don't.
pub fn bars(rows: &[Row], smalls: &[Small]) -> String {
    let mut text = String::from("bars; cases of large input are those of at least 1 ms\n");
    let large: Vec<&Row> = rows
        .iter()
        .filter(|row| row.time(Column::PLAIN).is_some_and(|time| time >= LARGE))
        .collect();
    let divvy = |threads| Column::Of(Who::Divvy, threads);
    let of_small = |wanted: fn(&Small) -> bool, figure: fn(&Small) -> String| {
        let values = smalls
            .iter()
            .map(|small| (small.kernel.name.to_string(), wanted(small), figure(small)));
        values.collect::<Vec<_>>()
    };
    let of_large = |bar: f64, figure: &dyn Fn(&Row) -> Option<f64>| {
        let values = large.iter().filter_map(|row| {
            let figure = figure(row)?;
            let name = format!("{}, {}", row.kernel.name, row.input);
            Some((name, figure >= bar, format!("{figure:.3}")))
        });
        values.collect::<Vec<_>>()
    };
    let bars = [
        (
            "a call on small input: at most 5 ns more",
            of_small(|small| small.overhead <= 5.0, |small| format!("{:+.1}", small.overhead)),
        ),
        (
            "a call on small input: no pool",
            of_small(|small| !small.is_pool_created, |_| "created".to_string()),
        ),
        (
            "one thread: at least 1/1.02 of plain",
            of_large(1.0 / 1.02, &|row| row.speedup(divvy(1))),
        ),
        (
            "two threads: at least 0.97 of two plain ones",
            of_large(0.97, &|row| row.ratio(divvy(2), Column::Plain(2))),
        ),
        (
            "two threads: at least by hand in rayon",
            of_large(1.0, &|row| row.ratio(divvy(2), Column::Of(Who::ByHand, 2))),
        ),
        (
            "two threads: at least chili or orx-parallel",
            of_large(1.0, &|row| row.ratio(divvy(2), Column::Of(peer(row)?, 2))),
        ),
        (
            "two threads: at least OpenMP",
            of_large(1.0, &|row| row.ratio(divvy(2), Column::OpenMp(2))),
        ),
    ];
    for (bar, values) in bars {
        let met = values.iter().filter(|(_, met, _)| *met).count();
        let _ = writeln!(text, "{bar}: {met} of {}", values.len());
        for (name, _, figure) in values.iter().filter(|(_, met, _)| !met) {
            let _ = writeln!(text, "    {figure:>8}  {name}");
        }
    }
    text
}
