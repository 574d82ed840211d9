//! The guide's plot of the benches: drawn from the table in `benches/README.md`, `DIVVY_BLESS=1 cargo test --test tidy`.

use std::fmt::Write;
use std::fs;

use crate::{root, text};

/// One row of the table of large inputs: the kernel, and how many times as fast two threads are.
struct Row {
    kernel: String,
    plain: f64,
    by_hand: Option<f64>,
    divvy: f64,
}

fn rows(readme: &str) -> Vec<Row> {
    let table = readme.split("large input: times").nth(1).unwrap_or_default();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').collect();
        let [head, _, threads, _] = cells[..] else {
            return None;
        };
        // "-" where there is no such version
        let numbers: Vec<Option<f64>> = threads.split_whitespace().map(|n| n.parse().ok()).collect();
        let [Some(plain), by_hand, _, Some(divvy)] = numbers[..] else {
            return None;
        };
        // the kernel's name ends where the columns of its input begin
        let kernel = head.split("  ").next()?.trim().to_string();
        Some(Row {
            kernel,
            plain,
            by_hand,
            divvy,
        })
    };
    table.lines().filter_map(row).collect()
}

fn plot(rows: &[Row]) -> String {
    const BAR: f64 = 200.0;
    const COLOURS: [(&str, &str); 3] = [("plain", "#b8b8b8"), ("by hand", "#7fa7d1"), ("divvy", "#c3613c")];
    let height = 40 + rows.len() * 58;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"600\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for (number, (name, colour)) in COLOURS.iter().enumerate() {
        let x = 140 + number * 100;
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"8\" width=\"12\" height=\"12\" fill=\"{colour}\"/>"
        );
        let _ = writeln!(svg, "<text x=\"{}\" y=\"18\">{name}</text>", x + 18);
    }
    for (number, row) in rows.iter().enumerate() {
        let top = 32 + number * 58;
        let _ = writeln!(
            svg,
            "<text x=\"130\" y=\"{}\" text-anchor=\"end\">{}</text>",
            top + 28,
            row.kernel
        );
        for (bar, value) in [Some(row.plain), row.by_hand, Some(row.divvy)].into_iter().enumerate() {
            let Some(value) = value else {
                continue;
            };
            let (y, width, colour) = (top + bar * 16, value * BAR, COLOURS[bar].1);
            let _ = writeln!(
                svg,
                "<rect x=\"140\" y=\"{y}\" width=\"{width:.0}\" height=\"13\" fill=\"{colour}\"/>"
            );
            let _ = writeln!(
                svg,
                "<text x=\"{:.0}\" y=\"{}\">{value:.2}</text>",
                146.0 + width,
                y + 11
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_plot_shows_what_the_benches_measured() {
    let rows = rows(&text(&root().join("benches/README.md")));
    assert!(rows.len() >= 30, "the table has {} rows", rows.len());
    let (path, svg) = (root().join("guide/src/pictures/speedups.svg"), plot(&rows));
    if std::env::var_os("DIVVY_BLESS").is_some() {
        fs::write(&path, &svg).expect("a picture is writable");
    }
    let is = fs::read_to_string(&path).unwrap_or_default();
    assert!(is == svg, "draw it anew with DIVVY_BLESS=1 cargo test --test tidy");
}
