//! Recursions over children as chains, searches and plain visits, against their sequential twins.

use divvy::par_divide;

use crate::{LENGTHS, numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct Node {
    value: u64,
    children: Vec<Node>,
}

impl Node {
    fn of(values: &[u64]) -> Node {
        let (value, rest) = values.split_first().map_or((5, values), |(value, rest)| (*value, rest));
        let each = rest.len().div_ceil(1 + value as usize % 4).max(1);
        Node {
            value,
            children: rest.chunks(each).map(Node::of).collect(),
        }
    }
}

fn trees() -> impl Iterator<Item = Node> {
    LENGTHS.iter().map(|&n| Node::of(&numbers(n as u64 + 71, n, 1_000)))
}

impl Node {
    #[par_divide(twin = plain_visit)]
    fn visit(&mut self) {
        self.value = self.value.wrapping_mul(31) % 1009;
        for c in &mut self.children {
            c.visit()
        }
    }

    #[par_divide(twin = plain_shift)]
    fn shift(&mut self, by: u64) {
        for child in self.children.iter_mut() {
            child.shift(by * 2 % 101);
        }
        self.value += by;
        let half = self.children.len() / 2;
        self.children.rotate_left(half);
    }

    #[par_divide(twin = plain_halve)]
    fn halve(&mut self, from: u64) {
        self.value /= 2;
        self.children.retain(|child| child.value > from);
        self.children.iter_mut().for_each(|child| child.halve(from / 2));
    }

    #[par_divide(twin = plain_count_up)]
    fn count_up(&mut self) {
        self.value += 1;
        self.children.iter_mut().for_each(Node::count_up);
    }

    #[par_divide(twin = plain_search)]
    fn search(&self, value: u64) -> Option<&Node> {
        if self.value == value {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.search(value))
    }
}

/// The numbers of the children on the way to the first node that has the value.
#[par_divide(twin = plain_route)]
fn route(node: &Node, value: u64) -> Option<Vec<usize>> {
    assert!(node.value != 13, "unlucky");
    if node.value % 100 == value {
        return Some(vec![]);
    }
    node.children.iter().enumerate().find_map(|(number, child)| {
        let mut way = route(child, value)?;
        way.push(number);
        Some(way)
    })
}

#[test]
fn children_are_visited_and_searched() {
    for root in trees() {
        let changed = |by: &dyn Fn(&mut Node)| {
            let mut root = root.clone();
            by(&mut root);
            root
        };
        same("visit", || changed(&Node::plain_visit), || changed(&Node::visit));
        same(
            "shift",
            || changed(&|node| node.plain_shift(3)),
            || changed(&|node| node.shift(3)),
        );
        same(
            "halve",
            || changed(&|node| node.plain_halve(100)),
            || changed(&|node| node.halve(100)),
        );
        same("count", || changed(&Node::plain_count_up), || changed(&Node::count_up));
        for value in [root.value, 77, 500, 999, 1_001] {
            same(
                "search",
                || root.plain_search(value).cloned(),
                || root.search(value).cloned(),
            );
            same(
                "route",
                || plain_route(&root, value % 100),
                || route(&root, value % 100),
            );
        }
    }
}

/// The greatest even value, how far down it is, and of equal ones the last.
#[par_divide(twin = plain_greatest)]
fn greatest(node: &Node, depth: usize) -> Option<(u64, usize)> {
    let below = node
        .children
        .iter()
        .filter_map(|child| greatest(child, depth + 1))
        .max_by(|a, b| (a.0 / 100).cmp(&(b.0 / 100)));
    let own = Some((node.value, depth)).filter(|own| own.0 % 2 == 0);
    below.max(own)
}

#[par_divide(twin = plain_least)]
fn least(node: &Node, depth: usize) -> Option<(u64, usize)> {
    let own = (node.value % 5 != 0).then_some((node.value, depth));
    let below = node.children.iter().filter_map(|child| least(child, depth + 1));
    own.into_iter().chain(below).min_by_key(|found| found.0 % 50)
}

#[par_divide(twin = plain_total)]
fn total(node: &Node) -> Result<u64, u64> {
    assert!(node.value != 400, "four hundred");
    if node.value > 990 {
        return Err(node.value);
    }
    let below = node.children.iter().map(total).sum::<Result<u64, u64>>()?;
    Ok(below + node.value)
}

#[par_divide(twin = plain_product)]
fn product(node: &Node) -> Option<u64> {
    let own = node.value.checked_sub(4)?;
    let below: Option<u64> = node.children.iter().map(|child| Some(product(child)? % 1009)).product();
    Some(below? * own % 1013)
}

#[par_divide(twin = plain_depths)]
fn depths(node: &Node, most: usize) -> Option<Vec<usize>> {
    let left = most.checked_sub(1)?;
    let below = node
        .children
        .iter()
        .map(|child| depths(child, left))
        .collect::<Option<Vec<_>>>()?;
    let mut all = below.concat();
    all.push(left);
    Some(all)
}

impl Node {
    #[par_divide(twin = plain_renamed)]
    fn renamed(&self, names: &[&str]) -> Result<Node, String> {
        let name = names.get(self.value as usize % 37).ok_or("no name")?;
        let children = self.children.iter().map(|child| child.renamed(names));
        Ok(Node {
            value: self.value + name.len() as u64,
            children: children.collect::<Result<Vec<Node>, String>>()?,
        })
    }
}

#[test]
fn results_of_children_are_gathered_by_chains() {
    let names = ["a", "bb", "ccc", "dddd"].repeat(9);
    for root in trees() {
        same("greatest", || plain_greatest(&root, 0), || greatest(&root, 0));
        same("least", || plain_least(&root, 0), || least(&root, 0));
        same("total", || plain_total(&root), || total(&root));
        same("product", || plain_product(&root), || product(&root));
        for most in [0, 1, 4, 50, 2_000] {
            same("depths", || plain_depths(&root, most), || depths(&root, most));
        }
        for n in [names.len(), 30] {
            same(
                "renamed",
                || root.plain_renamed(&names[..n]),
                || root.renamed(&names[..n]),
            );
        }
    }
}

#[par_divide(twin = plain_sizes)]
fn sizes(node: &Node) -> usize {
    let mut out = vec![0; node.children.len()];
    for (i, child) in node.children.iter().enumerate() {
        out[i] = sizes(child);
    }
    out.sort();
    1 + out
        .iter()
        .enumerate()
        .map(|(i, size)| (i + 1) * size % 10_007)
        .sum::<usize>()
}

#[par_divide(twin = plain_filled)]
fn filled(node: &Node, out: &mut [u64]) -> u64 {
    let mut sums = [0; 4];
    for i in 0..node.children.len() {
        let mut own = [0; 4];
        let sum = filled(&node.children[i], &mut own);
        sums[i % 4] += sum ^ own[1] % 1009;
    }
    out[1] = sums[0].wrapping_mul(3) ^ sums[1] ^ sums[3];
    (out[1] ^ node.value) % 1009
}

#[test]
fn results_of_children_are_written_to_tables() {
    for root in trees() {
        same("sizes", || plain_sizes(&root), || sizes(&root));
        let written = |fill: fn(&Node, &mut [u64]) -> u64| {
            let mut out = [0; 4];
            (fill(&root, &mut out), out)
        };
        same("filled", || written(plain_filled), || written(filled));
    }
}
