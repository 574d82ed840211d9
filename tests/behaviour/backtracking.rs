//! Calls in a row on private variables, against their sequential twins.

use std::collections::BTreeMap;

use divvy::par_divide;

use crate::{numbers, same};

#[par_divide(private(subset), twin = subsets_seq)]
fn subsets(nums: &[u64], at: usize, subset: &mut Vec<u64>, out: &mut Vec<Vec<u64>>) {
    if at == nums.len() {
        out.push(subset.clone());
        return;
    }
    subset.push(nums[at]);
    subsets(nums, at + 1, subset, out);
    subset.pop();
    subsets(nums, at + 1, subset, out);
}

/// The solution is left in `chosen`.
#[par_divide(private(chosen), twin = reaches_seq)]
fn reaches(set: &[u64], rest: u64, at: usize, chosen: &mut Vec<usize>) -> bool {
    if rest == 0 {
        return true;
    }
    if at == set.len() {
        return false;
    }
    if set[at] <= rest {
        chosen.push(at);
        if reaches(set, rest - set[at], at + 1, chosen) {
            return true;
        }
        chosen.pop();
    }
    reaches(set, rest, at + 1, chosen)
}

#[par_divide(private(chosen), twin = exactly_seq)]
fn exactly(set: &[u64], rest: i64, at: usize, chosen: &mut Vec<usize>) -> bool {
    if rest == 0 {
        return true;
    }
    let Some(item) = set.get(at) else { return false };
    chosen.push(at);
    if exactly(set, rest - *item as i64, at + 1, chosen) {
        return true;
    }
    chosen.pop();
    return exactly(set, rest, at + 1, chosen);
}

#[par_divide(private(current), twin = parentheses_seq)]
fn parentheses(current: &mut String, open: usize, close: usize, n: usize, result: &mut Vec<String>) {
    if current.len() == 2 * n {
        result.push(current.clone());
        return;
    }
    if open < n {
        current.push('(');
        parentheses(current, open + 1, close, n, result);
        current.pop();
    }
    if close < open {
        current.push(')');
        parentheses(current, open, close + 1, n, result);
        current.pop();
    }
}

/// Counted, with what is bound under the condition.
#[par_divide(private(marks), twin = count_seq)]
fn count(marks: &mut [u8], at: usize, limit: Option<u8>) -> u64 {
    if at == marks.len() {
        return 1 + u64::from(marks[0]);
    }
    let mut total = 0;
    if let Some(mark) = limit {
        let next = mark.checked_sub(1);
        marks[at] = mark;
        total += count(marks, at + 1, next);
        marks[at] = 0;
    }
    total += count(marks, at + 1, limit) * 3;
    marks[at] = 7;
    let more = count(marks, at + 1, limit.map(|l| l / 2));
    marks[at] = 0;
    total ^ more
}

/// What stands between the calls reads the private variable, and the collector.
#[par_divide(private(path), twin = paths_seq)]
fn paths(left: u8, path: &mut Vec<u8>, out: &mut BTreeMap<Vec<u8>, u8>) {
    if left == 0 {
        out.insert(path.clone(), left);
        return;
    }
    path.push(left);
    paths(left - 1, path, out);
    *path.last_mut().unwrap() += 100;
    paths(left / 2, path, out);
    path.pop();
    path.push(0);
    paths(left - 1, path, out);
    path.pop();
}

#[test]
fn calls_in_a_row_have_clones() {
    for n in [0, 1, 2, 5, 8] {
        let set: Vec<_> = numbers(n as u64, n, 9).iter().map(|x| x + 1).collect();
        let all = |f: fn(&[u64], usize, &mut Vec<u64>, &mut Vec<Vec<u64>>)| {
            let (mut subset, mut out) = (vec![0], vec![]);
            f(&set, 0, &mut subset, &mut out);
            (subset, out)
        };
        same("subsets", || all(subsets_seq), || all(subsets));
        for rest in [0, 3, 11, 25, 100] {
            let first = |f: fn(&[u64], u64, usize, &mut Vec<usize>) -> bool| {
                let mut chosen = vec![];
                (f(&set, rest, 0, &mut chosen), chosen)
            };
            same("reaches", || first(reaches_seq), || first(reaches));
            let first = |f: fn(&[u64], i64, usize, &mut Vec<usize>) -> bool| {
                let mut chosen = vec![];
                (f(&set, rest as i64, 0, &mut chosen), chosen)
            };
            same("exactly", || first(exactly_seq), || first(exactly));
        }
        let texts = |f: fn(&mut String, usize, usize, usize, &mut Vec<String>)| {
            let (mut current, mut result) = (String::new(), vec![]);
            f(&mut current, 0, 0, n / 2 + 1, &mut result);
            (current, result)
        };
        same("parentheses", || texts(parentheses_seq), || texts(parentheses));
        let counted = |f: fn(&mut [u8], usize, Option<u8>) -> u64| {
            let mut marks = vec![0; n / 2 + 1];
            (f(&mut marks, 0, Some(4)), marks)
        };
        same("count", || counted(count_seq), || counted(count));
        let collected = |f: fn(u8, &mut Vec<u8>, &mut BTreeMap<Vec<u8>, u8>)| {
            let (mut path, mut out) = (vec![], BTreeMap::new());
            f(n as u8 / 2, &mut path, &mut out);
            (path, out)
        };
        same("paths", || collected(paths_seq), || collected(paths));
    }
}

/// Is there a path along equal letters, asked by `||` with conditions of their own? The board keeps the one that is found.
#[par_divide(private(board), twin = spells_seq)]
fn spells(board: &mut [Vec<u8>], word: &[u8], row: usize, column: usize) -> bool {
    let [letter, rest @ ..] = word else { return true };
    if board.get(row).and_then(|row| row.get(column)) != Some(letter) {
        return false;
    }
    board[row][column] = b'#';
    if spells(board, rest, row, column + 1)
        || spells(board, rest, row + 1, column)
        || (column > 0 && board[row].len() > 1 && spells(board, rest, row, column - 1))
        || (row > 0 && spells(board, rest, row - 1, column))
    {
        return true;
    }
    board[row][column] = *letter;
    false
}

#[test]
fn calls_in_a_condition_have_clones() {
    for n in [1, 2, 4] {
        for seed in 0..8 {
            let letters = numbers(seed, n * n, 2);
            let rows = letters
                .chunks(n)
                .map(|row| row.iter().map(|x| b'a' + *x as u8).collect());
            let board: Vec<Vec<u8>> = rows.collect();
            for length in [0, 1, 3, 6] {
                let word: Vec<u8> = numbers(seed + 50, length, 2).iter().map(|x| b'a' + *x as u8).collect();
                let searched = |search: fn(&mut [Vec<u8>], &[u8], usize, usize) -> bool| {
                    let mut board = board.clone();
                    (search(&mut board, &word, 0, 0), board)
                };
                same("spells", || searched(spells_seq), || searched(spells));
            }
        }
    }
}

/// The most that fits, each item once.
#[par_divide(private(chosen), twin = most_seq)]
fn most(chosen: &mut Vec<u64>, items: &[u64], room: u64) -> u64 {
    let mut best = chosen.iter().sum::<u64>() * 10 + chosen.len() as u64;
    for &item in items {
        if item > room || chosen.contains(&item) {
            continue;
        }
        chosen.push(item);
        best = best.max(most(chosen, items, room - item));
        chosen.pop();
    }
    best
}

/// The best score, and the first board that has it.
#[par_divide(private(board), twin = queens_of_value_seq)]
fn queens_of_value(board: &mut Vec<u64>, n: u64, weights: &[u64]) -> (u64, Vec<u64>) {
    let row = board.len();
    if row as u64 == n {
        let score = board.iter().zip(weights).map(|(column, weight)| column * weight % 7);
        return (1 + score.sum::<u64>(), board.clone());
    }
    let mut best = 0;
    let mut solution = Vec::new();
    for column in 0..n {
        let is_free = |(at, queen): (usize, &u64)| *queen != column && queen.abs_diff(column) != (row - at) as u64;
        if board.iter().enumerate().all(is_free) {
            board.push(column);
            let (score, found) = queens_of_value(board, n, weights);
            board.pop();
            if score > best {
                best = score;
                solution = found;
            }
        }
    }
    (best, solution)
}

/// The cheapest tour, as what it costs and where it goes.
#[par_divide(private(tour, is_visited), twin = cheapest_seq)]
fn cheapest(
    costs: &[Vec<u64>],
    tour: &mut Vec<usize>,
    is_visited: &mut [bool],
    spent: u64,
) -> Option<(u64, Vec<usize>)> {
    let here = *tour.last()?;
    if tour.len() == costs.len() {
        return Some((spent + costs[here][0], tour.clone()));
    }
    let mut best: Option<(u64, Vec<usize>)> = None;
    for next in 0..costs.len() {
        if !is_visited[next] && spent < 60 {
            is_visited[next] = true;
            tour.push(next);
            let found = cheapest(costs, tour, is_visited, spent + costs[here][next]);
            tour.pop();
            is_visited[next] = false;
            if let Some((cost, way)) = found {
                if best.as_ref().is_none_or(|b| cost < b.0) {
                    best = Some((cost, way));
                }
            }
        }
    }
    best
}

#[test]
fn the_best_of_all_boards() {
    for n in [0, 1, 2, 4, 6] {
        let items: Vec<u64> = numbers(n as u64 + 81, n, 9).iter().map(|x| x + 1).collect();
        for room in [0, 3, 11, 100] {
            let packed = |pack: fn(&mut Vec<u64>, &[u64], u64) -> u64| {
                let mut chosen = vec![20];
                (pack(&mut chosen, &items, room), chosen)
            };
            same("most", || packed(most_seq), || packed(most));
        }
        let placed = |place: fn(&mut Vec<u64>, u64, &[u64]) -> (u64, Vec<u64>)| {
            let mut board = vec![];
            (place(&mut board, n as u64, &items), board)
        };
        same("queens", || placed(queens_of_value_seq), || placed(queens_of_value));
        let costs: Vec<Vec<u64>> = (0..n).map(|i| numbers(i as u64 + 91, n, 30)).collect();
        type Travel = fn(&[Vec<u64>], &mut Vec<usize>, &mut [bool], u64) -> Option<(u64, Vec<usize>)>;
        let travelled = |travel: Travel| {
            let (mut tour, mut is_visited) = (vec![0], vec![false; n.max(1)]);
            is_visited[0] = true;
            (travel(&costs, &mut tour, &mut is_visited, 0), tour, is_visited)
        };
        same("cheapest", || travelled(cheapest_seq), || travelled(cheapest));
    }
}
