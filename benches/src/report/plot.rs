//! Speedup against the time of the sequential function, as SVG: where a curve crosses 1 is the crossover.

use std::fmt::Write;

use super::table::peer;
use crate::case::Who;
use crate::kernels::Kind;
use crate::measure::{Column, Row};

const WIDTH: f64 = 190.0;
const HEIGHT: f64 = 110.0;
const GAP: f64 = 38.0;
const ACROSS: usize = 3;

/// The speedups that are shown: from 1/8 to 4, each step twice the one before.
const STEPS: [(f64, &str); 6] = [
    (0.125, "1/8"),
    (0.25, "1/4"),
    (0.5, "1/2"),
    (1.0, "1"),
    (2.0, "2"),
    (4.0, "4"),
];

/// The times that are shown, in nanoseconds.
const TIMES: [(f64, &str); 4] = [(1e1, "10 ns"), (1e3, "1 µs"), (1e5, "100 µs"), (1e7, "10 ms")];

/// What the axes are.
const AXES: &str = "up: how many times as fast as the plain function; across: the plain function's time";

/// One small plot a kernel of this kind, on two threads.
pub fn plot(rows: &[Row], kind: Kind) -> String {
    let mut kernels: Vec<Vec<&Row>> = Vec::new();
    for row in rows.iter().filter(|row| row.kernel.kind == kind) {
        match kernels.last_mut() {
            Some(last) if last[0].kernel.name == row.kernel.name => last.push(row),
            _ => kernels.push(vec![row]),
        }
    }
    let peer = match kind {
        Kind::Recursion => "chili",
        Kind::Loop => "orx-parallel",
    };
    let (width, height) = (
        GAP + ACROSS as f64 * (WIDTH + GAP),
        50.0 + kernels.len().div_ceil(ACROSS) as f64 * (HEIGHT + GAP + 12.0),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"10\">\n\
         <rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n"
    );
    let legend = [
        ("two plain threads", GREY),
        ("by hand in rayon", BLUE),
        (peer, GREEN),
        ("divvy", RED),
    ];
    for (number, (name, colour)) in legend.into_iter().enumerate() {
        let x = GAP + number as f64 * 130.0;
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.0} 14h20\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"{:.0}\" y=\"18\">{name}</text>",
            x + 26.0
        );
    }
    let _ = writeln!(svg, "<text x=\"{GAP:.0}\" y=\"30\" fill=\"#606060\">{AXES}</text>");
    for (number, rows) in kernels.iter().enumerate() {
        let left = GAP + (number % ACROSS) as f64 * (WIDTH + GAP);
        let top = 50.0 + (number / ACROSS) as f64 * (HEIGHT + GAP + 12.0);
        kernel(&mut svg, rows, left, top);
    }
    svg.push_str("</svg>\n");
    svg
}

const GREY: &str = "#b8b8b8";
const BLUE: &str = "#4f7fb5";
const GREEN: &str = "#6a9a4a";
const RED: &str = "#c3613c";

fn kernel(svg: &mut String, rows: &[&Row], left: f64, top: f64) {
    let across = |time: f64| left + WIDTH * ((time.max(1.0).log10() - 0.5) / 7.5).clamp(0.0, 1.0);
    let down = |speedup: f64| top + HEIGHT * (1.0 - (speedup.log2() + 3.0) / 5.0).clamp(0.0, 1.0);
    let _ = writeln!(
        svg,
        "<text x=\"{left:.0}\" y=\"{:.0}\" font-weight=\"bold\">{}</text>",
        top - 6.0,
        rows[0].kernel.name
    );
    for (speedup, name) in STEPS {
        let (y, colour) = (down(speedup), if speedup == 1.0 { "#808080" } else { "#e4e4e4" });
        let _ = writeln!(
            svg,
            "<path d=\"M{left:.0} {y:.1}h{WIDTH:.0}\" stroke=\"{colour}\"/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>",
            left - 4.0,
            y + 3.0
        );
    }
    for (time, name) in TIMES {
        let x = across(time);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {top:.0}v{HEIGHT:.0}\" stroke=\"#e4e4e4\"/><text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{name}</text>",
            top + HEIGHT + 12.0
        );
    }
    let lines = [
        (Some(Column::Plain(2)), GREY),
        (Some(Column::Of(Who::ByHand, 2)), BLUE),
        (peer(rows[0]).map(|who| Column::Of(who, 2)), GREEN),
        (Some(Column::Of(Who::Divvy, 2)), RED),
    ];
    for (column, colour) in lines {
        let points: Vec<String> = rows
            .iter()
            .filter_map(|row| {
                let (x, y) = (across(row.time(Column::PLAIN)?), down(row.speedup(column?)?));
                Some(format!("{x:.1},{y:.1}"))
            })
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>",
            points.join(" ")
        );
    }
}
