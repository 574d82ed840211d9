//! Recursions as they are written elsewhere: games, folders, arenas, results under other names.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::Path;

use divvy::par_divide;

use crate::{numbers, same};

#[derive(Clone, Copy, Debug, PartialEq)]
struct Board {
    cells: [i8; 9],
    next: i8,
}
impl Board {
    fn winner(&self) -> Option<i8> {
        const L: [[usize; 3]; 8] = [
            [0, 1, 2],
            [3, 4, 5],
            [6, 7, 8],
            [0, 3, 6],
            [1, 4, 7],
            [2, 5, 8],
            [0, 4, 8],
            [2, 4, 6],
        ];
        L.iter().find_map(|l| {
            let s = self.cells[l[0]];
            (s != 0 && s == self.cells[l[1]] && s == self.cells[l[2]]).then_some(s)
        })
    }
    fn moves(&self) -> impl Iterator<Item = usize> + '_ {
        (0..9).filter(|&i| self.cells[i] == 0)
    }
    fn play(mut self, i: usize) -> Board {
        self.cells[i] = self.next;
        self.next = -self.next;
        self
    }
}
#[par_divide(twin = negamax_seq)]
fn negamax(board: &mut Board) -> i32 {
    if let Some(w) = board.winner() {
        return (w * board.next) as i32;
    }
    let copy = *board;
    copy.moves().map(|m| -negamax(&mut copy.play(m))).max().unwrap_or(0)
}
#[par_divide(twin = best_seq)]
fn best(board: &Board, depth: u32) -> (i32, Option<usize>) {
    if depth == 0 {
        return (0, None);
    }
    if let Some(w) = board.winner() {
        return ((w * board.next) as i32, None);
    }
    let mut best = (i32::MIN, None);
    for m in board.moves() {
        let (score, _) = best_(board, m, depth);
        if -score > best.0 {
            best = (-score, Some(m));
        }
    }
    if best.1.is_none() { (0, None) } else { best }
}
fn best_(b: &Board, m: usize, depth: u32) -> (i32, Option<usize>) {
    best(&b.play(m), depth - 1)
}
#[par_divide(twin = best2_seq)]
fn best2(board: &Board, depth: u32) -> (i32, Option<usize>) {
    if depth == 0 {
        return (0, None);
    }
    if let Some(w) = board.winner() {
        return ((w * board.next) as i32, None);
    }
    let mut best = (i32::MIN, None);
    for m in board.moves() {
        let score = -best2(&board.play(m), depth - 1).0;
        if score > best.0 {
            best = (score, Some(m));
        }
    }
    if best.1.is_none() { (0, None) } else { best }
}
struct Arena {
    nodes: Vec<(u64, Vec<usize>)>,
}
impl Arena {
    #[par_divide(twin = weigh_seq)]
    fn weigh(&self, at: usize) -> u64 {
        let (own, kids) = &self.nodes[at];
        own + kids.iter().map(|&k| self.weigh(k)).fold(0, |a, b| a.max(b))
    }
    #[par_divide(twin = heights_seq)]
    fn heights(&self, at: usize, out: &mut HashMap<usize, usize>) -> usize {
        let mut h = 0;
        for &k in &self.nodes[at].1 {
            h = h.max(self.heights(k, out) + 1);
        }
        out.insert(at, h);
        h
    }
    #[par_divide(twin = paths_seq)]
    fn paths<'a>(&'a self, at: usize, prefix: &[usize]) -> Vec<Vec<usize>> {
        let mut path = prefix.to_vec();
        path.push(at);
        if self.nodes[at].1.is_empty() {
            return vec![path];
        }
        self.nodes[at].1.iter().flat_map(|&k| self.paths(k, &path)).collect()
    }
}
#[par_divide(twin = walk_seq)]
fn walk(dir: &Path) -> std::io::Result<(u64, usize)> {
    let mut total = (0, 0);
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        if meta.is_dir() {
            let (size, files) = walk(&entry.path())?;
            total.0 += size;
            total.1 += files;
        } else {
            total.0 += meta.len();
            total.1 += 1;
        }
    }
    Ok(total)
}
#[par_divide(twin = group_by_seq)]
fn group_by<'a, T: Sync, K: Ord + Send, F>(xs: &'a [T], key: &F) -> BTreeMap<K, Vec<&'a T>>
where
    F: Fn(&T) -> K + Sync,
{
    if xs.len() <= 2 {
        let mut m = BTreeMap::new();
        for x in xs {
            m.entry(key(x)).or_insert_with(Vec::new).push(x);
        }
        return m;
    }
    let (l, r) = xs.split_at(xs.len() / 2);
    let mut left = group_by(l, key);
    for (k, mut v) in group_by(r, key) {
        left.entry(k).or_default().append(&mut v);
    }
    left
}
struct Tree {
    value: u32,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn of(levels: u32, value: u32) -> Option<Box<Tree>> {
        (levels > 0).then(|| {
            let [left, right] = [2, 3].map(|by| Tree::of(levels - by.min(levels), value * by % 101));
            Box::new(Tree { value, left, right })
        })
    }

    #[par_divide(twin = checked_seq)]
    fn checked(&self) -> Parsed<u32> {
        let left = match &self.left {
            Some(left) => left.checked()?,
            None => 0,
        };
        let right = match &self.right {
            Some(right) => right.checked()?,
            None => 0,
        };
        if self.value == 13 {
            return Err(std::fmt::Error);
        }
        Ok(left + right + self.value)
    }

    #[par_divide(twin = until_seq)]
    fn until(&self) -> ControlFlow<u32, u64> {
        let left = match &self.left {
            Some(left) => left.until()?,
            None => 0,
        };
        let right = match &self.right {
            Some(right) => right.until()?,
            None => 0,
        };
        match self.value % 19 {
            7 => ControlFlow::Break(self.value),
            _ => ControlFlow::Continue(left + right + u64::from(self.value)),
        }
    }
}

type Parsed<T> = Result<T, std::fmt::Error>;

type Small = Option<u8>;

#[par_divide(twin = small_seq)]
fn small(n: u8) -> Small {
    if n < 2 {
        return Some(n);
    }
    let a = if n > 3 { small(n - 1)? } else { 0 };
    let b = if n > 4 { small(n - 2)? } else { 1 };
    a.checked_add(b)
}

#[test]
fn moves_of_a_board_are_tried() {
    let mut board = Board {
        cells: [1, -1, 1, 0, -1, 0, 0, 0, 0],
        next: 1,
    };
    board.cells[8] = -1;
    same(
        "negamax",
        || negamax_seq(&mut board.clone()),
        || negamax(&mut board.clone()),
    );
    same("best", || best_seq(&board, 5), || best(&board, 5));
    same("best2", || best2_seq(&board, 5), || best2(&board, 5));
}

#[test]
fn folders_are_walked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler");
    same("walk", || walk_seq(&folder).ok(), || walk(&folder).ok());
    let nowhere = folder.join("nowhere");
    let kind = |walked: std::io::Result<_>| walked.map_err(|error| error.kind());
    same("walk nowhere", || kind(walk_seq(&nowhere)), || kind(walk(&nowhere)));
}

#[test]
fn a_question_mark_leaves_whatever_the_result_is_called() {
    for value in 1..20 {
        let tree = Tree::of(14, value).unwrap();
        same("checked", || tree.checked_seq(), || tree.checked());
        same("until", || tree.until_seq(), || tree.until());
    }
    for n in [0, 5, 13, 16] {
        same("small", || small_seq(n), || small(n));
    }
}

#[test]
fn nodes_are_numbers() {
    let value = |i: usize| numbers(i as u64 + 1, 1, 50)[0];
    let below = |i: usize| (2 * i + 1..2 * i + 3).filter(|k| *k < 60).collect();
    let arena = Arena {
        nodes: (0..60).map(|i| (value(i), below(i))).collect(),
    };
    same("weigh", || arena.weigh_seq(0), || arena.weigh(0));
    let heights = |find: fn(&Arena, usize, &mut HashMap<usize, usize>) -> usize| {
        let mut all = HashMap::new();
        (find(&arena, 0, &mut all), all)
    };
    same("heights", || heights(Arena::heights_seq), || heights(Arena::heights));
    same("paths", || arena.paths_seq(0, &[9]), || arena.paths(0, &[9]));
    let few = numbers(3, 100, 50);
    same(
        "group_by",
        || group_by_seq(&few, &|x| x % 7),
        || group_by(&few, &|x| x % 7),
    );
}
