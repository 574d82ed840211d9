//! Calls made in the sequential order, with arguments computed in parallel: `replay(..)`.

use divvy::{par_for, par_reduce};

use crate::{CUTOFF, LENGTHS, same};

/// Remembers every call, so that their order shows.
#[derive(Debug, Default, Clone, PartialEq)]
struct Board {
    cells: Vec<u64>,
    width: usize,
    log: Vec<String>,
}

impl Board {
    fn new(n: usize) -> Self {
        Board {
            cells: vec![0; n],
            width: 4,
            log: Vec::new(),
        }
    }

    fn stamp(&mut self, at: usize, ink: u64) {
        self.log.push(format!("{at}:{ink}"));
        let n = self.cells.len();
        self.cells[at % n] = self.cells[at % n].wrapping_mul(31).wrapping_add(ink);
    }

    fn name(&mut self, name: &str) -> usize {
        self.log.push(name.to_string());
        self.log.len()
    }

    fn label(&mut self, name: impl Into<String>, at: Option<usize>) {
        self.log.push(format!("{} {at:?}", name.into()));
    }
}

fn marks(n: usize) -> Vec<(usize, u64)> {
    (0..n).map(|i| (i * 7 % 13, i as u64 * 2654435761 % 1009)).collect()
}

#[par_reduce(replay(board), threshold = CUTOFF, twin = stamp_all_twin)]
fn stamp_all(board: &mut Board, marks: &[(usize, u64)]) -> u64 {
    let mut total = 0;
    for &(at, ink) in marks {
        board.stamp(at, ink ^ 5);
        total += ink;
    }
    total
}

#[test]
fn calls_beside_an_accumulator() {
    for &n in LENGTHS {
        let marks = marks(n);
        let run = |f: fn(&mut Board, &[(usize, u64)]) -> u64| {
            let mut board = Board::new(10);
            let total = f(&mut board, &marks);
            (board, total)
        };
        same(&format!("n = {n}"), || run(stamp_all_twin), || run(stamp_all));
    }
}

#[par_for(replay(board, seen), threshold = CUTOFF, twin = several_twin)]
fn several(marks: &[(usize, u64)]) -> (Board, std::collections::BTreeSet<u64>) {
    let mut board = Board::new(5);
    let mut seen = std::collections::BTreeSet::new();
    for (i, (at, ink)) in marks.iter().enumerate() {
        let text = format!("mark {i}");
        if at % 3 == 0 {
            board.name(&text);
        } else if at % 3 == 1 {
            board.label(text, Some(i));
        } else {
            match ink % 4 {
                0 => board.stamp(*at, *ink),
                1 => {
                    board.name(&format!("{text}!"));
                    board.name("one");
                }
                _ => {}
            }
        }
        seen.insert(ink % 50);
        for k in 0..at % 2 {
            board.stamp(k, 1);
        }
    }
    (board, seen)
}

#[test]
fn several_calls_on_several_variables() {
    for &n in LENGTHS {
        let marks = marks(n);
        same(&format!("n = {n}"), || several_twin(&marks), || several(&marks));
    }
}

struct Picture {
    rows: Vec<Vec<u64>>,
    board: Board,
    height: usize,
}

impl Picture {
    #[par_for(replay(self.rows, self.board), threshold = CUTOFF, twin = columns_twin)]
    fn columns(&mut self, n: usize) {
        for x in 0..n {
            let value = x as u64 * 3;
            for y in 0..self.height {
                self.rows[y][x] = value + y as u64;
                self.rows[y][x] += 1;
            }
            self.board.log.push(format!("{x}"));
            self.board.cells[x % 3] += value;
        }
    }
}

#[test]
fn columns_and_fields() {
    for &n in LENGTHS {
        let run = |f: fn(&mut Picture, usize)| {
            let mut picture = Picture {
                rows: vec![vec![0; n]; 3],
                board: Board::new(3),
                height: 3,
            };
            f(&mut picture, n);
            (picture.rows, picture.board)
        };
        same(
            &format!("n = {n}"),
            || run(Picture::columns_twin),
            || run(Picture::columns),
        );
    }
}

#[par_reduce(replay(board), threshold = CUTOFF, twin = until_error_twin)]
fn until_error(board: &mut Board, texts: &[String]) -> Result<u64, String> {
    let mut sum = 0;
    for text in texts {
        if text.is_empty() {
            break;
        }
        let number: u64 = text.parse().map_err(|_| format!("bad {text}"))?;
        board.stamp(number as usize, number + 1);
        board.name(text);
        sum += number;
        if number == 777 {
            return Ok(number);
        }
    }
    Ok(sum + 1)
}

#[test]
fn calls_before_an_exit_are_made_and_no_others() {
    for &n in LENGTHS {
        for (what, at) in [("x", n / 2), ("", n / 3), ("777", n / 4), ("5", 0)] {
            let mut texts: Vec<String> = (0..n).map(|i| (i * 3).to_string()).collect();
            if let Some(text) = texts.get_mut(at) {
                *text = what.to_string();
            }
            let run = |f: fn(&mut Board, &[String]) -> Result<u64, String>| {
                let mut board = Board::new(7);
                let result = f(&mut board, &texts);
                (board, result)
            };
            same(
                &format!("n = {n}, {what:?} at {at}"),
                || run(until_error_twin),
                || run(until_error),
            );
        }
    }
}

trait Canvas {
    fn dot(&mut self, x: usize);
}

impl Canvas for Vec<usize> {
    fn dot(&mut self, x: usize) {
        assert!(x < 900, "off the canvas");
        self.push(x);
    }
}

#[par_for(replay(canvas), twin = dots_twin)]
fn dots(canvas: &mut (dyn Canvas + Send), n: usize) {
    for x in 0..n {
        if x % 2 == 0 {
            canvas.dot(x);
        }
    }
}

#[test]
fn a_call_that_panics_panics() {
    for &n in LENGTHS {
        let run = |f: fn(&mut (dyn Canvas + Send), usize)| {
            let mut canvas = Vec::new();
            f(&mut canvas, n);
            canvas
        };
        same(&format!("n = {n}"), || run(dots_twin), || run(dots));
    }
}

#[par_for(replay(out), threshold = CUTOFF, twin = generic_twin)]
fn generic<T: Clone + Send + Sync, F: Fn(&T) -> usize + Sync>(out: &mut [Option<T>], items: &[T], place: F) {
    for item in items {
        out[place(item)] = Some(item.clone());
    }
}

#[test]
fn the_last_write_to_an_element_stays() {
    for &n in LENGTHS {
        let items: Vec<usize> = (0..n).collect();
        let run = |f: fn(&mut [Option<usize>], &[usize], fn(&usize) -> usize)| {
            let mut out = vec![None; 10];
            f(&mut out, &items, |x| x * x % 11 % 10);
            out
        };
        same(&format!("n = {n}"), || run(generic_twin), || run(generic));
    }
}
