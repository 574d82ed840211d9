//! The results for other programs.

use std::fmt::Write;

use crate::measure::{Column, Row};
use crate::small::Small;

/// One object: `small` and `rows`; times in nanoseconds a call, ratios against the sequential function.
pub fn json(rows: &[Row], smalls: &[Small]) -> String {
    let small = smalls.iter().map(|small| {
        format!(
            "{{\"kernel\":\"{}\",\"input\":\"{}\",\"plain\":{:.2},\"overhead\":{:.2},\"pool\":{}}}",
            small.kernel.name, small.input, small.plain, small.overhead, small.is_pool_created
        )
    });
    let large = rows.iter().map(|row| {
        let columns: Vec<String> = row.columns.iter().map(|column| self::column(row, *column)).collect();
        format!(
            "{{\"kernel\":\"{}\",\"kind\":\"{:?}\",\"size\":{},\"input\":\"{}\",\"calls\":{},\"rounds\":{},\"columns\":[{}]}}",
            row.kernel.name,
            row.kernel.kind,
            row.size,
            row.input,
            row.calls,
            row.rounds.len(),
            columns.join(",")
        )
    });
    let mut text = String::from("{\"small\":[\n");
    let _ = write!(text, "{}", small.collect::<Vec<_>>().join(",\n"));
    let _ = write!(text, "\n],\"rows\":[\n{}\n]}}\n", large.collect::<Vec<_>>().join(",\n"));
    text
}

fn column(row: &Row, column: Column) -> String {
    let (name, threads) = match column {
        Column::Of(who, threads) => (who.to_string(), threads),
        Column::Plain(threads) => ("plain".to_string(), threads),
        Column::C => ("gcc".to_string(), 1),
        Column::OpenMp(threads) => ("openmp".to_string(), threads),
    };
    let time = row.time(column).unwrap_or_default();
    let ratio = row.speedup(column).unwrap_or_default();
    let [lower, upper] = row.quartiles(column, Column::PLAIN).unwrap_or_default();
    format!(
        "{{\"who\":\"{name}\",\"threads\":{threads},\"ns\":{time:.1},\"ratio\":{ratio:.4},\"quartiles\":[{lower:.4},{upper:.4}]}}"
    )
}
