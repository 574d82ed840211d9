//! Marks, a memo, a bound, a counter, a list that is read while it grows, random numbers: another way out for each.

use std::collections::HashSet;

use divvy::par_divide;

struct Random(u64);

impl Random {
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        self.0
    }
}

#[par_divide]
fn visit(graph: &[Vec<usize>], at: usize, seen: &mut HashSet<usize>) -> usize {
    if !seen.insert(at) {
        return 0;
    }
    let mut count = 1;
    for &next in &graph[at] {
        count += visit(graph, next, seen);
    }
    count
}

#[par_divide]
fn mark(graph: &[Vec<usize>], at: usize, seen: &mut [bool]) {
    if seen[at] {
        return;
    }
    seen[at] = true;
    for &next in &graph[at] {
        mark(graph, next, seen);
    }
}

#[par_divide]
fn fib(n: usize, memo: &mut Vec<Option<u64>>) -> u64 {
    if let Some(known) = memo[n] {
        return known;
    }
    let result = fib(n - 1, memo) + fib(n - 2, memo);
    memo[n] = Some(result);
    result
}

#[par_divide]
fn pack(items: &[u32], current: u32, best: &mut u32) {
    if current > *best {
        *best = current;
    }
    if let [item, rest @ ..] = items
        && current + items.iter().sum::<u32>() > *best
    {
        pack(rest, current + item, best);
        pack(rest, current, best);
    }
}

#[par_divide]
fn number(depth: u32, next: &mut u32) -> Vec<u32> {
    *next += 1;
    let mut all = vec![*next];
    if depth > 0 {
        all.extend(number(depth - 1, next));
        all.extend(number(depth - 1, next));
    }
    all
}

#[par_divide]
fn first_ten(depth: u32, found: &mut Vec<u32>) {
    if found.len() < 10 {
        found.push(depth);
    }
    if depth > 0 {
        first_ten(depth - 1, found);
        first_ten(depth - 1, found);
    }
}

#[par_divide]
fn sample(depth: u32, random: &mut Random) -> u64 {
    if depth == 0 {
        return random.next_u64();
    }
    sample(depth - 1, random) ^ sample(depth - 1, random)
}

fn main() {
    let graph = [vec![0]];
    visit(&graph, 0, &mut HashSet::new());
    mark(&graph, 0, &mut [false]);
    fib(0, &mut vec![Some(0)]);
    pack(&[1], 0, &mut 0);
    number(1, &mut 0);
    first_ten(1, &mut Vec::new());
    sample(1, &mut Random(1));
}
