//! Lists and texts that are asked how long they are by the loop that appends to them.

use std::collections::VecDeque;

use divvy::{par_reduce, par_scan};

use crate::{CUTOFF, LENGTHS, numbers, same};

fn words(n: usize) -> Vec<String> {
    let word = |x: u64| "a\u{e9}bc"[..[0, 1, 3, 4, 5][x as usize % 5]].to_string();
    numbers(8, n, 90).into_iter().map(word).collect()
}

#[par_scan(threshold = CUTOFF, twin = plain_table)]
fn table(words: &[String]) -> (String, Vec<usize>, Vec<(usize, usize)>) {
    let (mut text, mut starts, mut spans) = (String::from("#"), Vec::new(), vec![]);
    for word in words {
        starts.push(text.len());
        text.push_str(word);
        text.push('\n');
        let from = text.len();
        text.extend(word.chars().rev());
        text += "..";
        if let Some(c) = word.chars().last() {
            text.push(c);
        }
        spans.push((from, text.len()));
    }
    (text, starts, spans)
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Mesh {
    corners: Vec<[u64; 2]>,
    faces: Vec<usize>,
    parts: VecDeque<usize>,
}

impl Mesh {
    #[par_scan(threshold = CUTOFF, twin = plain_add)]
    fn add(&mut self, boxes: &[(u64, u64)]) {
        for &(x, y) in boxes {
            let base = self.corners.len();
            self.corners.push([x, y]);
            self.corners.push([x + 1, y]);
            if x % 3 == 0 {
                self.corners.extend_from_slice(&[[x, y + 1], [x + 1, y + 1]]);
                self.faces.extend([base + 2, base + 3]);
            }
            self.faces.extend([base, base + 1]);
            self.parts.push_back(self.corners.len() - base);
        }
    }
}

#[par_scan(threshold = CUTOFF, twin = plain_rows)]
fn rows(rows: &[Vec<u64>], values: &mut Vec<u64>) -> Vec<usize> {
    let mut starts = vec![0];
    for row in rows {
        for &x in row {
            match x % 4 {
                0 => {}
                1 => values.push(x),
                _ => values.extend(row.iter().filter(|y| **y < x).map(|y| y + 1)),
            }
        }
        starts.push(values.len());
    }
    starts
}

#[par_reduce(threshold = CUTOFF, twin = plain_first_few)]
fn first_few(xs: &[u64], most: usize) -> Vec<u64> {
    let mut found = Vec::new();
    for &x in xs {
        if found.len() >= most {
            break;
        }
        if x % 3 == 0 {
            found.push(x);
        }
    }
    found
}

#[par_scan(threshold = CUTOFF, twin = plain_kept)]
fn kept(xs: &[u64], most: usize) -> Vec<u64> {
    let mut kept = vec![0; 3];
    for &x in xs {
        if kept.len() < most {
            kept.push(x);
        }
    }
    kept
}

#[par_scan(threshold = CUTOFF, twin = plain_joined)]
fn joined(words: &[String], line: &mut String) -> (String, Vec<u64>) {
    let (mut list, mut numbers) = (String::new(), vec![]);
    for (i, word) in words.iter().enumerate() {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(word);
        if line.len() > 0 {
            line.push('&');
        }
        line.push_str(&format!("{i}="));
        line.push_str(word);
        if numbers.is_empty() {
            numbers.push(7);
        }
        if i % 5 == 3 {
            numbers.push(i as u64);
        }
    }
    (list, numbers)
}

/// What is appended is made of the length.
#[par_scan(threshold = CUTOFF, twin = plain_numbered)]
fn numbered(xs: &[u64]) -> (Vec<usize>, Vec<(usize, u64)>) {
    let (mut ids, mut pairs) = (vec![7], Vec::new());
    for &x in xs {
        ids.push(ids.len());
        if x % 3 > 0 {
            ids.extend([ids.len() * 2, pairs.len()]);
            pairs.push((pairs.len() + ids.len(), x));
        }
    }
    (ids, pairs)
}

#[test]
fn appended_lengths() {
    for &n in LENGTHS {
        let xs = numbers(2, n, 50);
        same(&format!("n = {n}"), || plain_numbered(&xs), || numbered(&xs));
    }
}

#[test]
fn offsets_into_texts_and_lists() {
    for &n in LENGTHS {
        let list = words(n);
        same(&format!("n = {n}"), || plain_table(&list), || table(&list));
        let boxes: Vec<(u64, u64)> = numbers(3, n, 9).into_iter().zip(numbers(4, n, 9)).collect();
        let run = |f: fn(&mut Mesh, &[(u64, u64)])| {
            let mut mesh = Mesh::default();
            f(&mut mesh, &boxes[..n / 2]);
            f(&mut mesh, &boxes);
            mesh
        };
        same(&format!("n = {n}"), || run(Mesh::plain_add), || run(Mesh::add));
        let lists: Vec<Vec<u64>> = numbers(5, n, 5).iter().map(|&k| numbers(k, k as usize, 20)).collect();
        let run = |f: fn(&[Vec<u64>], &mut Vec<u64>) -> Vec<usize>| {
            let mut values = vec![3, 4];
            (f(&lists, &mut values), values)
        };
        same(&format!("n = {n}"), || run(plain_rows), || run(rows));
    }
}

#[test]
fn the_first_few_and_what_stands_between() {
    for &n in LENGTHS {
        let xs = numbers(6, n, 50);
        for most in [0, 1, 10, 500] {
            let what = format!("{most} of {n}");
            same(&what, || plain_first_few(&xs, most), || first_few(&xs, most));
            same(&what, || plain_kept(&xs, most), || kept(&xs, most));
        }
        let list = words(n);
        for start in ["", "x"] {
            let run = |f: fn(&[String], &mut String) -> (String, Vec<u64>)| {
                let mut line = start.to_string();
                (f(&list, &mut line), line)
            };
            same(&format!("n = {n}"), || run(plain_joined), || run(joined));
        }
    }
}

#[par_reduce(threshold = CUTOFF, twin = plain_written)]
fn written(xs: &[u64], text: &mut String) -> (String, std::fmt::Result) {
    use std::fmt::Write;
    let mut lines = String::from("<");
    for (i, x) in xs.iter().enumerate() {
        write!(lines, "{x:>4} {} ", i + 1).unwrap();
        if x % 3 == 0 {
            writeln!(&mut lines).expect("a text is never full");
        }
        let _ = writeln!(text, "{x}{:?}\t{}", lines_of(*x), r"\{}");
        text.push('.');
    }
    (lines, Ok(()))
}

fn lines_of(x: u64) -> Vec<u64> {
    vec![x; x as usize % 3]
}

#[par_reduce(threshold = CUTOFF, twin = plain_bytes)]
fn bytes(xs: &[u64], stop: u64) -> std::io::Result<Vec<u8>> {
    use std::io::Write;
    let mut out = Vec::new();
    for (i, x) in xs.iter().enumerate() {
        if i > 0 {
            write!(out, ",")?;
        }
        if *x == stop {
            return Err(std::io::Error::other(format!("{i}")));
        }
        writeln!(out, "{x:03}")?;
    }
    Ok(out)
}

#[test]
fn texts_that_are_written_to() {
    for &n in LENGTHS {
        let xs = numbers(6, n, 50);
        let run = |f: fn(&[u64], &mut String) -> (String, std::fmt::Result)| {
            let mut text = String::from("#");
            (f(&xs, &mut text), text)
        };
        same(&format!("n = {n}"), || run(plain_written), || run(written));
        for stop in [7, 60] {
            let run = |f: fn(&[u64], u64) -> std::io::Result<Vec<u8>>| f(&xs, stop).map_err(|e| e.to_string());
            same(&format!("n = {n}, {stop}"), || run(plain_bytes), || run(bytes));
        }
    }
}
