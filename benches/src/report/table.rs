//! The tables of `benches/README.md`.

use std::fmt::Write;

use crate::case::Who;
use crate::measure::{Column, Row};
use crate::small::Small;

/// Calls on small input, a line a kernel.
pub fn small_table(smalls: &[Small]) -> String {
    let mut table = String::from("small input outside of any pool, in a fresh process: nanoseconds a call\n");
    let _ = writeln!(
        table,
        "{:<21} {:>16} {:>9} {:>9}  pool",
        "kernel", "input", "plain", "overhead"
    );
    for small in smalls {
        let _ = writeln!(
            table,
            "{:<21} {:>16} {:>9.1} {:>+9.1}  {}",
            small.kernel.name,
            small.input,
            small.plain,
            small.overhead,
            if small.is_pool_created { "created" } else { "-" }
        );
    }
    table
}

/// The largest input of each kernel; two threads are the most that are shown.
pub fn large_table(rows: &[Row]) -> String {
    table(
        "large input: times as fast as the sequential function",
        largest(rows).into_iter(),
    )
}

/// The row of the largest input of each kernel.
fn largest(rows: &[Row]) -> Vec<&Row> {
    let mut largest: Vec<&Row> = Vec::new();
    for row in rows {
        match largest.last_mut() {
            Some(last) if last.kernel.name == row.kernel.name => *last = row,
            _ => largest.push(row),
        }
    }
    largest
}

/// All inputs of all kernels.
pub fn size_table(rows: &[Row]) -> String {
    table("all inputs: times as fast as the sequential function", rows.iter())
}

fn table<'a>(title: &str, rows: impl Iterator<Item = &'a Row>) -> String {
    let mut table = format!("{title}\n");
    let _ = writeln!(
        table,
        "{:<51} | {:<22} | {:<30} | divvy on 2 against",
        "", "1 thread", "2 threads"
    );
    let _ = writeln!(
        table,
        "{:<21} {:>16} {:>12} | {:>7} {:>6} {:>7} | {:>7} {:>7} {:>6} {:>7} | {:>7} {:>7} {:>7}",
        "kernel",
        "input",
        "plain",
        "by hand",
        "peer",
        "divvy",
        "plain",
        "by hand",
        "peer",
        "divvy",
        "plain",
        "by hand",
        "peer"
    );
    for row in rows {
        let peer = peer(row);
        let peer_on = |threads| peer.map(|who| Column::Of(who, threads));
        let speedup = |column: Option<Column>| cell(column.and_then(|column| row.speedup(column)));
        let by = |who, threads| speedup(Some(Column::Of(who, threads)));
        let divvy = Column::Of(Who::Divvy, 2);
        let against = |column: Option<Column>| cell(column.and_then(|column| row.ratio(divvy, column)));
        let _ = writeln!(
            table,
            "{:<21} {:>16} {:>12} | {:>7} {:>6} {:>7} | {:>7} {:>7} {:>6} {:>7} | {:>7} {:>7} {:>7}",
            row.kernel.name,
            row.input,
            time(row.time(Column::PLAIN).unwrap_or_default()),
            by(Who::ByHand, 1),
            speedup(peer_on(1)),
            by(Who::Divvy, 1),
            speedup(Some(Column::Plain(2))),
            by(Who::ByHand, 2),
            speedup(peer_on(2)),
            by(Who::Divvy, 2),
            against(Some(Column::Plain(2))),
            against(Some(Column::Of(Who::ByHand, 2))),
            against(peer_on(2)),
        );
    }
    table.push_str(
        "peer: chili for recursions, orx-parallel for loops\n\
         plain on 2 threads: two threads run the sequential function at the same time, twice the work in that time\n",
    );
    table
}

/// The kernels that are also written in C, on their largest inputs.
pub fn c_table(rows: &[Row]) -> String {
    let mut table = String::from("in C, largest inputs: times as fast as the sequential Rust function\n");
    let _ = writeln!(
        table,
        "{:<21} {:>16} {:>12} | {:>7} {:>8} {:>8} | {:>8} {:>18}",
        "kernel", "input", "plain", "gcc", "OpenMP 1", "OpenMP 2", "divvy 2", "divvy 2 : OpenMP 2"
    );
    for row in largest(rows).into_iter().filter(|row| row.columns.contains(&Column::C)) {
        let speedup = |column| cell(row.speedup(column));
        let _ = writeln!(
            table,
            "{:<21} {:>16} {:>12} | {:>7} {:>8} {:>8} | {:>8} {:>18}",
            row.kernel.name,
            row.input,
            time(row.time(Column::PLAIN).unwrap_or_default()),
            speedup(Column::C),
            speedup(Column::OpenMp(1)),
            speedup(Column::OpenMp(2)),
            speedup(Column::Of(Who::Divvy, 2)),
            cell(row.ratio(Column::Of(Who::Divvy, 2), Column::OpenMp(2))),
        );
    }
    table
}

/// The other library that a kernel is written in.
pub(super) fn peer(row: &Row) -> Option<Who> {
    [Who::Chili, Who::Orx]
        .into_iter()
        .find(|who| row.columns.contains(&Column::Of(*who, 1)))
}

fn cell(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_string(), |value| format!("{value:.3}"))
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.1} ns"),
        n if n < 1e6 => format!("{:.2} µs", n / 1e3),
        n => format!("{:.2} ms", n / 1e6),
    }
}
