//! A tour on real input: `cargo run --release --example tour [FOLDER]`.
//!
//! Every job runs twice, as it is written and in parallel, on the text files of a folder (by default this repository).
//! Both have the same source text: loops keep the original by `twin = NAME`, recursions have it written beside. The
//! answers are compared; if two differ, the program says so and exits with 1. Times are printed and never judged.

mod corpus;
mod mandelbrot;
mod queens;
mod report;
mod sorts;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use corpus::Corpus;
use report::Report;

const QUEENS: u32 = 14;

fn main() -> ExitCode {
    let folder = match std::env::args_os().nth(1) {
        Some(argument) => PathBuf::from(argument),
        None => default_folder(),
    };
    match tour(&folder) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("tour: {problem}");
            ExitCode::from(2)
        }
    }
}

/// The repository, or the current folder where the program was built elsewhere.
fn default_folder() -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    if repository.is_dir() {
        repository.to_path_buf()
    } else {
        PathBuf::from(".")
    }
}

/// Runs all jobs; true if all answers were equal.
fn tour(folder: &Path) -> Result<bool, String> {
    let corpus = Corpus::read(folder)?;
    let text = corpus.text();
    let lines: Vec<&str> = text.lines().collect();
    println!("{corpus}");
    let threads = rayon::current_num_threads();
    let plural = if threads == 1 { "" } else { "s" };
    println!("{threads} thread{plural}, {}", report::method());
    if threads == 1 {
        println!("with one thread the ratio shows what the rewriting costs; expect about 1");
    }
    if cfg!(debug_assertions) {
        println!("built without --release: the answers are compared all the same, the times say little");
    }

    let mut report = Report::new();
    let n = lines.len();
    report.job(
        "word frequencies",
        format!("{n} lines"),
        || lines.as_slice(),
        |lines| words::frequencies_seq(lines),
        |lines| words::frequencies(lines),
    );
    report.job(
        "byte histogram",
        format!("{} bytes", text.len()),
        || text.as_bytes(),
        words::histogram_seq,
        words::histogram,
    );
    report.job(
        "merge sort",
        format!("{n} lines"),
        || lines.clone(),
        |mut lines| {
            sorts::merge_sort_seq(&mut lines);
            lines
        },
        |mut lines| {
            sorts::merge_sort(&mut lines);
            lines
        },
    );
    report.job(
        "quick sort",
        format!("{n} lines"),
        || lines.clone(),
        |mut lines| {
            sorts::quick_sort_seq(&mut lines);
            lines
        },
        |mut lines| {
            sorts::quick_sort(&mut lines);
            lines
        },
    );
    report.job(
        "queens",
        format!("{QUEENS} x {QUEENS} board"),
        || queens::Board::empty(QUEENS),
        |board| queens::ways_seq(QUEENS, board.free(), board),
        |board| queens::ways(QUEENS, board.free(), board),
    );
    let (width, height) = (1200, 800);
    let pixels = report.job(
        "mandelbrot",
        format!("{width} x {height} pixels"),
        || (),
        |()| mandelbrot::picture_seq(width, height),
        |()| mandelbrot::picture(width, height),
    );
    report.print();

    println!();
    for (word, count) in words::most_frequent(&words::frequencies(&lines), 5) {
        println!("{count:>9} times {word:?}");
    }
    let path = mandelbrot::save(&pixels, width, height)?;
    println!("the picture is in {}", report::shown(&path));
    Ok(report.all_equal())
}
