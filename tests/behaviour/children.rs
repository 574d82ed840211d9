//! Recursions over children, against their sequential twins.

use divvy::par_divide;

use crate::{numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct Node {
    value: u64,
    children: Vec<Node>,
}

/// A tree of about `size` nodes.
fn tree(seed: u64, size: usize) -> Node {
    fn grow(numbers: &mut impl Iterator<Item = u64>, size: usize) -> Node {
        let value = numbers.next().unwrap_or(7);
        let (mut left, mut children) = (size.saturating_sub(1), Vec::new());
        while left > 0 {
            let take = 1 + numbers.next().unwrap_or(3) as usize % left;
            children.push(grow(numbers, take));
            left -= take;
        }
        Node { value, children }
    }
    grow(&mut numbers(seed, 4 * size, 1000).into_iter(), size)
}

fn trees() -> impl Iterator<Item = Node> {
    [1, 2, 3, 17, 200].into_iter().map(|size| tree(size as u64, size))
}

#[par_divide(twin = sizes_seq)]
fn sizes(node: &Node) -> (u64, usize, Vec<u64>) {
    let (mut total, mut deepest, mut values) = (node.value, 0, vec![node.value]);
    #[seq]
    for child in &node.children {
        total = total.wrapping_mul(3) ^ sizes(child).0;
    }
    for child in &node.children {
        let (below, depth, more) = sizes(child);
        total = total.wrapping_add(below * 3);
        deepest = deepest.max(depth + 1);
        if below % 2 == 0 {
            values.extend(more);
        }
    }
    (total, deepest, values)
}

#[test]
fn accumulators_over_children() {
    for root in trees() {
        same("sizes", || sizes_seq(&root), || sizes(&root));
    }
}

#[par_divide(twin = find_seq)]
fn find(node: &Node, wanted: u64, path: usize) -> Option<(usize, &Node)> {
    if node.value % 50 == wanted {
        return Some((path, node));
    }
    for (number, child) in node.children.iter().enumerate() {
        if let Some(found) = find(child, wanted, path * 7 % 1001 + number) {
            return Some(found);
        }
    }
    None
}

#[par_divide(twin = checked_seq)]
fn checked(node: &Node, limit: u64) -> Result<u64, String> {
    let mut total = 0;
    for child in &node.children {
        total += checked(child, limit)?;
    }
    assert!(node.value != 500, "five hundred");
    if node.value < limit {
        Ok(total + 1)
    } else {
        Err(format!("{}", node.value))
    }
}

#[test]
fn the_first_way_out_is_the_sequential_one() {
    for root in trees() {
        for wanted in [0, 3, 49, 60] {
            same(
                "find",
                || find_seq(&root, wanted, 1).map(|f| f.0),
                || find(&root, wanted, 1).map(|f| f.0),
            );
            same(
                "checked",
                || checked_seq(&root, wanted * 20),
                || checked(&root, wanted * 20),
            );
        }
    }
}

impl Node {
    #[par_divide(twin = raise_seq)]
    fn raise(&mut self, by: u64) -> u64 {
        self.value += by;
        let mut changed = 1;
        for child in &mut self.children {
            changed += child.raise(by + 1);
        }
        changed
    }

    #[par_divide(twin = depth_seq)]
    fn depth(&self) -> usize {
        1 + self.children.iter().map(|child| child.depth()).max().unwrap_or(0)
    }

    #[par_divide(twin = depth_by_path_seq)]
    fn depth_by_path(&self) -> usize {
        1 + self.children.iter().map(Node::depth_by_path).max().unwrap_or(0)
    }

    #[par_divide(twin = mean_seq)]
    fn mean(&self) -> f64 {
        let below: f64 = self.children.iter().map(|child| child.mean() / 3.0).sum();
        below + self.value as f64
    }

    #[par_divide(twin = has_seq)]
    fn has(&self, value: u64) -> bool {
        self.value == value || self.children.iter().any(|child| child.has(value))
    }

    #[par_divide(twin = values_seq)]
    fn values(&self, out: &mut Vec<u64>) {
        out.push(self.value);
        for child in &self.children {
            child.values(out);
        }
    }
}

#[test]
fn methods_over_children() {
    for root in trees() {
        let run = |raise: fn(&mut Node, u64) -> u64| {
            let mut root = root.clone();
            (raise(&mut root, 2), root)
        };
        same("raise", || run(Node::raise_seq), || run(Node::raise));
        same("depth", || root.depth_seq(), || root.depth());
        same("by path", || root.depth_by_path_seq(), || root.depth_by_path());
        same("mean", || root.mean_seq().to_bits(), || root.mean().to_bits());
        for value in [root.value, 12, 500] {
            same("has", || root.has_seq(value), || root.has(value));
        }
        let collect = |values: fn(&Node, &mut Vec<u64>)| {
            let mut out = vec![1];
            values(&root, &mut out);
            out
        };
        same("values", || collect(Node::values_seq), || collect(Node::values));
    }
}

#[par_divide(twin = parts_seq)]
fn parts(left: u32, most: u32) -> Vec<Vec<u32>> {
    if left == 0 {
        return vec![Vec::new()];
    }
    (1..=most.min(left))
        .rev()
        .flat_map(|part| {
            let mut rest = parts(left - part, part);
            rest.iter_mut().for_each(|rest| rest.push(part));
            rest
        })
        .collect()
}

#[par_divide(twin = queens_seq)]
fn queens(all: u32, columns: u32, left: u32, right: u32) -> u64 {
    let mut free = all & !(columns | left | right);
    let mut placed = u64::from(columns == all);
    while free != 0 {
        let bit = free & free.wrapping_neg();
        free &= free - 1;
        placed += queens(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    placed
}

#[test]
fn children_that_are_generated() {
    for n in [0, 1, 4, 9] {
        same("parts", || parts_seq(n, n), || parts(n, n));
        same(
            "queens",
            || queens_seq((1 << n) - 1, 0, 0, 0),
            || queens((1 << n) - 1, 0, 0, 0),
        );
    }
}

#[par_divide(private(board), twin = orders_seq)]
fn orders(board: &mut Vec<u8>, n: u8) -> Vec<Vec<u8>> {
    if board.len() == usize::from(n) {
        return vec![board.clone()];
    }
    let mut all = Vec::new();
    for next in 0..n {
        if board.contains(&next) || board.last() == Some(&(next + 1)) {
            continue;
        }
        board.push(next);
        all.extend(orders(board, n));
        board.pop();
    }
    all
}

#[par_divide(private(grid), twin = first_seq)]
fn first(grid: &mut [u8], at: usize) -> Option<Vec<u8>> {
    if at == grid.len() {
        return (grid.iter().map(|&x| u32::from(x)).sum::<u32>() % 7 == 5).then(|| grid.to_vec());
    }
    for digit in 0..3 {
        if at > 0 && grid[at - 1] == digit {
            continue;
        }
        grid[at] = digit;
        if let Some(found) = first(grid, at + 1) {
            return Some(found);
        }
        grid[at] = 0;
    }
    None
}

#[par_divide(private(board), twin = place_seq)]
fn place(board: &mut [u8], row: usize) -> bool {
    if row == board.len() {
        return true;
    }
    for column in 0..board.len() as u8 {
        let is_free = |(at, queen): (usize, &u8)| *queen != column && usize::from(queen.abs_diff(column)) != row - at;
        if board[..row].iter().enumerate().all(is_free) {
            board[row] = column;
            if place(board, row + 1) {
                return true;
            }
            board[row] = 99;
        }
    }
    false
}

#[par_divide(private(taken), twin = pick_seq)]
fn pick(taken: &mut Vec<u32>, rest: u32) -> Result<(), u32> {
    if rest == 0 {
        return Err(taken.iter().sum());
    }
    for next in (1..=rest).rev() {
        if next % 3 != 0 {
            taken.push(next);
            pick(taken, rest - next)?;
            taken.pop();
        }
    }
    Ok(())
}

#[test]
fn an_early_exit_leaves_the_board_as_it_is() {
    for n in [0, 1, 2, 3, 6, 8] {
        let run = |place: fn(&mut [u8], usize) -> bool| {
            let mut board = vec![99; n];
            (place(&mut board, 0), board)
        };
        same(&format!("n = {n}"), || run(place_seq), || run(place));
        let run = |pick: fn(&mut Vec<u32>, u32) -> Result<(), u32>| {
            let mut taken = Vec::new();
            (pick(&mut taken, n as u32), taken)
        };
        same(&format!("n = {n}"), || run(pick_seq), || run(pick));
    }
}

#[par_divide(twin = best_seq)]
fn best(left: u32, seed: u32) -> u32 {
    let mut next = seed % 17;
    for child in 0..left.min(3) {
        next = next.max(best(left - 1, seed * 5 + child));
    }
    next
}

#[test]
fn names_of_ours_as_the_users() {
    for n in [0, 1, 4, 6] {
        same(&format!("n = {n}"), || best_seq(n, 3), || best(n, 3));
    }
}

#[test]
fn backtracking_on_clones() {
    for n in [0, 1, 3, 6] {
        same("orders", || orders_seq(&mut vec![], n), || orders(&mut vec![], n));
        let length = usize::from(n);
        same(
            "first",
            || first_seq(&mut vec![0; length], 0),
            || first(&mut vec![0; length], 0),
        );
    }
}

#[par_divide(twin = chain_seq)]
fn chain(left: u32, every: u32) -> u64 {
    let mut total = 1;
    if left > 0 {
        let children = if left.is_multiple_of(every) { 2 } else { 1 };
        for child in 0..children {
            total += chain(if child == 0 { left - 1 } else { 0 }, every);
        }
    }
    total
}

#[test]
fn deep_chains_do_not_overflow_the_stack() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build().expect("a pool");
    for every in [1, 3, 100_000] {
        assert_eq!(
            pool.install(|| chain(5_000, every)),
            chain_seq(5_000, every),
            "every {every}"
        );
    }
}

/// A list that is filled beside another call, and given away behind both.
#[par_divide(twin = levels_seq)]
fn levels(width: usize, depth: usize) -> Node {
    let mut children = Vec::new();
    if depth > 0 {
        for n in 0..width {
            children.push(levels(n, depth - 1));
        }
    }
    let rest = if depth < 2 {
        None
    } else {
        Some(levels(width / 2, depth - 2))
    };
    Node {
        value: rest.map_or(1, |rest| rest.value + 2),
        children,
    }
}

#[test]
fn a_list_filled_beside_another_call() {
    for depth in 0..5 {
        same("levels", || levels_seq(5, depth), || levels(5, depth));
    }
}

/// A call behind a `continue` may be started before anybody knows that it is wanted: its panic is nobody's then.
#[par_divide(twin = pairs_seq)]
fn pairs(node: &Node, limit: u64) -> u64 {
    assert!(limit > 0, "too far");
    let mut total = node.value;
    for pair in node.children.chunks(2) {
        let first = pairs(&pair[0], limit);
        if first % 2 == 0 || pair.len() < 2 {
            continue;
        }
        let second = pairs(&pair[1], limit - 1);
        total = total.wrapping_mul(3) ^ first ^ second;
    }
    total
}

#[test]
fn calls_behind_a_continue() {
    for root in trees() {
        for limit in 1..4 {
            same("pairs", || pairs_seq(&root, limit), || pairs(&root, limit));
        }
    }
}
