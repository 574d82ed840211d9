//! Recursions whose calls have to be told apart from what is done around them: numbers carried past the calls, ways out
//! that need no result, arrays of children, results of calls under conditions.

use divvy::par_divide;

use crate::{numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct Node {
    v: u64,
    kids: Vec<Node>,
    pair: [Option<Box<Node>>; 2],
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}
impl Node {
    fn of(seed: &mut u64, d: u32) -> Node {
        *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let k = *seed >> 40;
        let n = if d == 0 { 0 } else { k % 4 };
        let mut opt = |b: bool| (b && d > 0).then(|| Box::new(Node::of(seed, d - 1)));
        let (pair, left, right) = ([opt(k & 8 > 0), opt(k & 16 > 0)], opt(k & 32 > 0), opt(k & 64 > 0));
        Node {
            v: k % 100,
            kids: (0..n).map(|_| Node::of(seed, d - 1)).collect(),
            pair,
            left,
            right,
        }
    }
    fn len(&self) -> usize {
        1 + self.kids.len()
    }
}
impl Node {
    // carried, mut children
    #[par_divide(twin = number_seq)]
    fn number(&mut self, mut next: u64) -> u64 {
        self.v = next;
        let mut at = 0;
        let mut total = 0;
        for (i, c) in self.kids.iter_mut().enumerate() {
            let size = c.kids.len() as u64;
            next += 1;
            total += c.number(next + at) + i as u64;
            at += size;
        }
        next = next + 1;
        total + next + at
    }
    #[par_divide(twin = turns_seq)]
    fn turns(&self, depth: u32) -> u64 {
        let mut total = self.v;
        for c in &self.kids {
            if depth > 1 {
                let a = c.turns(depth + 1);
                total += a;
                continue;
            }
            let a = c.turns(depth + 1);
            let b = c.turns(depth + 2);
            total += a * 2 + b;
        }
        total
    }

    #[par_divide(twin = post_seq)]
    fn post(&self, depth: u32, x: f64, out: &mut Vec<(u32, u64)>) {
        let mut y = x;
        for c in self.kids.iter() {
            c.post(depth + 1, y, out);
            y += 1.5;
        }
        out.push((depth, (y * 2.0) as u64 + self.v));
    }
    #[par_divide(twin = lay_seq)]
    fn lay(&self, x: usize) -> Vec<usize> {
        let mut out = vec![x];
        let mut at = x;
        for c in &self.kids {
            let w = c.len();
            if w > 3 {
                at += 100;
                continue;
            }
            out.extend(c.lay(at));
            at += w;
        }
        out.push(at);
        out
    }
    #[par_divide(twin = lay2_seq)]
    fn lay2(&self, x: usize) -> Result<usize, String> {
        if self.v == 77 {
            return Err(format!("{x}"));
        }
        let mut at = x;
        let mut sum = 0usize;
        for c in &self.kids {
            let more = c.lay2(x)?;
            sum += more;
            at += c.len();
        }
        Ok(sum + at)
    }
    #[par_divide(twin = up_seq)]
    fn up(&mut self) -> u64 {
        let mut n = self.v;
        let w = if let Some(l) = &mut self.left {
            let k = l.v;
            k * l.up()
        } else {
            0
        };
        n += w;
        if let Some(r) = &mut self.right {
            n += r.up();
        }
        self.v += 1;
        n
    }
    #[par_divide(twin = up2_seq)]
    fn up2(&mut self) -> u64 {
        let mut n = self.v;
        if let Some(l) = self.left.as_mut() {
            n = n.max(l.up2());
        }
        if let Some(r) = self.right.as_mut() {
            n = n.max(r.up2());
        }
        self.v = n;
        n
    }
    #[par_divide(twin = up3_seq)]
    fn up3(&mut self, k: u64) -> u64 {
        let l = match &mut self.left {
            Some(l) => l.up3(k + 1),
            None => 0,
        };
        let r = match &mut self.right {
            Some(r) => r.up3(k + 2),
            None => 0,
        };
        self.v = self.v + l * 2 + r;
        self.v
    }
    #[par_divide(twin = fold_seq)]
    fn fold(&self) -> (u64, u64) {
        let [l, r] = [&self.left, &self.right].map(|n| n.as_ref().map_or((0, 1), |n| n.fold()));
        (l.0 + r.1 + self.v, l.1.max(r.0))
    }
    #[par_divide(twin = fold2_seq)]
    fn fold2(&self) -> u64 {
        let depths: [u64; 2] = self.pair.each_ref().map(|n| match n {
            Some(n) => n.fold2(),
            None => 0,
        });
        depths[0] * 3 + depths[1] + self.v
    }
    #[par_divide(twin = fold3_seq)]
    fn fold3(&mut self) -> u64 {
        self.v += 1;
        let d = self.pair.each_mut().map(|n| n.as_mut().map_or(0, |n| n.fold3()));
        d.iter().sum::<u64>() + self.v
    }
    #[par_divide(twin = fold4_seq)]
    fn fold4(&self) -> Option<u64> {
        if self.v == 50 {
            return None;
        }
        let d = self.pair.each_ref().map(|n| n.as_ref().map_or(Some(0), |n| n.fold4()));
        Some(d[0]? + d[1]?)
    }
    #[par_divide(twin = fold5_seq)]
    fn fold5(&self) -> u64 {
        self.pair
            .each_ref()
            .map(|n| n.as_deref().map_or(0, Self::fold5))
            .into_iter()
            .max()
            .unwrap()
            + 1
    }
}
#[par_divide(twin = fourth_seq)]
fn fourth<T: Copy + Send + Sync + Into<u64>>(v: &[T]) -> u64 {
    if v.len() < 4 {
        return v.iter().map(|x| (*x).into()).sum();
    }
    let q = v.len() / 4;
    let quarters: [&[T]; 4] = [&v[..q], &v[q..2 * q], &v[2 * q..3 * q], &v[3 * q..]];
    quarters
        .map(|part| fourth(part))
        .iter()
        .enumerate()
        .map(|(i, x)| x * (i as u64 + 1))
        .sum()
}
#[par_divide(twin = ff_seq)]
fn ff(n: u64, d: u32) -> [u64; 3] {
    if d == 0 {
        return [n, n + 1, n * 2];
    }
    let parts = std::array::from_fn::<_, 3, _>(|i| ff(n + i as u64, d - 1));
    [parts[0][0] + parts[1][1], parts[2][2], parts[1][0] ^ parts[0][2]]
}

#[derive(Debug, Clone, PartialEq)]
enum Quad {
    Leaf(u32),
    Node(Box<[Quad; 4]>),
}
impl Quad {
    #[par_divide(twin = build_seq)]
    fn build(x: u32, y: u32, size: u32) -> Quad {
        if size == 1 || (x * 7 + y * 3) % 5 == 0 {
            return Quad::Leaf(x ^ y);
        }
        let h = size / 2;
        Quad::Node(Box::new(
            [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(i, j)| Quad::build(x + i * h, y + j * h, h)),
        ))
    }
    #[par_divide(twin = build2_seq)]
    fn build2(x: u32, y: u32, size: u32) -> Self {
        if size == 1 {
            return Self::Leaf(x ^ y);
        }
        let h = size / 2;
        Self::Node(Box::new(std::array::from_fn(|i| {
            let (i, j) = (i as u32 % 2, i as u32 / 2);
            Self::build2(x + i * h, y + j * h, h)
        })))
    }
    #[par_divide(twin = sums_seq)]
    fn sums(&self) -> [u64; 2] {
        match self {
            Quad::Leaf(x) => [*x as u64, 1],
            Quad::Node(k) => {
                let [a, b, c, d] = k.each_ref().map(|q| q.sums());
                [a[0] + b[0] + c[0] + d[0], a[1] + b[1] + c[1] + d[1]]
            }
        }
    }
}

impl Node {
    #[par_divide(twin = walk2_seq)]
    fn walk2(&self, mut offset: usize, out: &mut Vec<(usize, u64)>) {
        out.push((offset, self.v));
        for c in &self.kids {
            offset += 1;
            c.walk2(offset, out);
            offset += c.kids.len();
        }
    }
    #[par_divide(twin = walk3_seq)]
    fn walk3(&self, level: usize) -> u64 {
        let mut total = 0;
        let mut seen = 0;
        for c in &self.kids {
            if c.v % 3 == 0 {
                seen += 1;
                continue;
            }
            total += c.walk3(level + 1) * (seen + 1);
        }
        total + self.v + seen
    }
    #[par_divide(twin = walk4_seq)]
    fn walk4(&self, level: usize) -> u64 {
        let mut total = 0;
        let mut seen = 0;
        for c in &self.kids {
            if c.v % 3 == 0 {
                seen += 1;
                continue;
            }
            total += c.walk4(level + seen);
        }
        total + self.v + seen as u64
    }
    #[par_divide(twin = visit_seq)]
    fn visit(&mut self) {
        self.v = self.v * 3 + 1;
        if let Some(l) = &mut self.pair[0] {
            l.visit();
        }
        if let Some(r) = &mut self.pair[1] {
            r.visit()
        }
    }
    #[par_divide(twin = visit2_seq)]
    fn visit2(&mut self) -> u64 {
        let mut n = self.v;
        if let Some(l) = &mut self.pair[0] {
            n += l.visit2();
        }
        if let Some(r) = self.pair[1].as_mut() {
            n += 2 * r.visit2()
        }
        self.v = n;
        n
    }
    #[par_divide(twin = visit3_seq)]
    fn visit3(&mut self) {
        self.v = self.v * 3 + 1;
        if let Some(l) = self.pair[0].as_deref_mut() {
            l.visit3();
        }
        if let Some(r) = self.pair[1].as_deref_mut() {
            r.visit3()
        }
        let [l, r] = &mut self.pair;
        if let Some(l) = l {
            l.v += 1
        }
        if let Some(r) = r {
            r.v += 1
        }
    }
    #[par_divide(twin = visit4_seq)]
    fn visit4(&mut self) {
        let [l, r] = &mut self.pair;
        if let Some(l) = l {
            l.visit4()
        }
        if let Some(r) = r {
            r.visit4()
        }
        self.v += 5;
    }
}
#[par_divide(twin = g1_seq)]
fn g1(n: u32) -> u64 {
    if n == 0 {
        return 1;
    }
    let a = g1(n - 1);
    if n < 2 {
        return a;
    }
    let b = g1(n.wrapping_sub(2));
    a + b
}
#[par_divide(twin = g2_seq)]
fn g2(xs: &[u32], cap: u32) -> u32 {
    let Some((x, rest)) = xs.split_first() else { return 0 };
    let skip = g2(rest, cap);
    let w = *x % 7;
    if w > cap {
        return skip;
    }
    skip.max(w + g2(rest, cap - w))
}
#[par_divide(twin = g3_seq)]
fn g3(n: u32) -> Option<u64> {
    if n == 0 {
        return Some(1);
    }
    let a = g3(n - 1)?;
    if n < 2 || a % 7 == 5 {
        return None;
    }
    Some(a + g3(n - 2)?)
}
#[par_divide(twin = knap_seq)]
fn knap(items: &[(u32, u32)], cap: u32) -> (u32, Vec<usize>) {
    let Some((&(w, v), rest)) = items.split_last() else {
        return (0, vec![]);
    };
    let skip = knap(rest, cap);
    if w > cap {
        return skip;
    }
    let (tv, mut ti) = knap(rest, cap - w);
    if tv + v > skip.0 {
        ti.push(rest.len());
        (tv + v, ti)
    } else {
        skip
    }
}
#[par_divide(twin = parens_seq)]
fn parens(open: usize, close: usize, cur: String, out: &mut Vec<String>) {
    if open == 0 && close == 0 {
        out.push(cur);
        return;
    }
    if open > 0 {
        parens(open - 1, close, format!("{cur}("), out);
    }
    if close > open {
        parens(open, close - 1, cur + ")", out);
    }
}
#[par_divide(twin = p6_seq)]
fn p6(v: Vec<u32>) -> u32 {
    if v.len() < 2 {
        return v.len() as u32;
    }
    p6(v[1..].to_vec())
        + p6({
            let mut w = v;
            w.pop();
            w
        })
}

fn each_tree(check: impl Fn(Node)) {
    (1..7).for_each(|mut seed| check(Node::of(&mut seed, 4)));
}

/// What a method leaves, and what it gives.
fn left<T>(node: &Node, visit: impl Fn(&mut Node) -> T) -> (T, Node) {
    let mut node = node.clone();
    (visit(&mut node), node)
}

/// What a method adds to a list.
fn added<T>(visit: impl Fn(&mut Vec<T>)) -> Vec<T> {
    let mut list = Vec::new();
    visit(&mut list);
    list
}

#[test]
fn numbers_are_carried_past_the_calls() {
    each_tree(|n| {
        same("number", || left(&n, |n| n.number_seq(3)), || left(&n, |n| n.number(3)));
        same(
            "post",
            || added(|o| n.post_seq(3, 0.5, o)),
            || added(|o| n.post(3, 0.5, o)),
        );
        same("turns", || n.turns_seq(0), || n.turns(0));
        same("lay", || n.lay_seq(3), || n.lay(3));
        same("walk2", || added(|o| n.walk2_seq(3, o)), || added(|o| n.walk2(3, o)));
        same("walk3", || n.walk3_seq(3), || n.walk3(3));
        same("walk4", || n.walk4_seq(3), || n.walk4(3));
    });
}

#[test]
fn calls_under_conditions_change_parts() {
    each_tree(|n| {
        same("up", || left(&n, Node::up_seq), || left(&n, Node::up));
        same("up2", || left(&n, Node::up2_seq), || left(&n, Node::up2));
        same("up3", || left(&n, |n| n.up3_seq(1)), || left(&n, |n| n.up3(1)));
        same("visit", || left(&n, Node::visit_seq), || left(&n, Node::visit));
        same("visit2", || left(&n, Node::visit2_seq), || left(&n, Node::visit2));
        same("visit3", || left(&n, Node::visit3_seq), || left(&n, Node::visit3));
        same("visit4", || left(&n, Node::visit4_seq), || left(&n, Node::visit4));
    });
}

#[test]
fn arrays_of_children_are_mapped() {
    each_tree(|n| {
        same("fold", || n.fold_seq(), || n.fold());
        same("fold2", || n.fold2_seq(), || n.fold2());
        same("fold3", || left(&n, Node::fold3_seq), || left(&n, Node::fold3));
        same("fold4", || n.fold4_seq(), || n.fold4());
        same("fold5", || n.fold5_seq(), || n.fold5());
    });
    let few: Vec<_> = numbers(3, 70, 100).iter().map(|x| *x as u32).collect();
    same("fourth", || fourth_seq(&few), || fourth(&few));
    same("ff", || ff_seq(3, 4), || ff(3, 4));
    same("build", || Quad::build_seq(1, 2, 8), || Quad::build(1, 2, 8));
    same("build2", || Quad::build2_seq(1, 2, 8), || Quad::build2(1, 2, 8));
    let quad = Quad::build(1, 2, 8);
    same("sums", || quad.sums_seq(), || quad.sums());
}

#[test]
fn ways_out_keep_calls_from_running() {
    let few: Vec<_> = numbers(1, 12, 100).iter().map(|x| *x as u32).collect();
    same("g1", || g1_seq(12), || g1(12));
    same("g2", || g2_seq(&few, 20), || g2(&few, 20));
    same("g3", || g3_seq(12), || g3(12));
    let items: Vec<_> = numbers(4, 22, 30)
        .chunks(2)
        .map(|c| (c[0] as u32 + 1, c[1] as u32))
        .collect();
    same("knap", || knap_seq(&items, 60), || knap(&items, 60));
}

#[test]
fn arguments_are_made_of_what_a_later_call_takes() {
    let parens = |find: fn(usize, usize, String, &mut Vec<String>)| added(|o| find(4, 4, String::new(), o));
    same("parens", || parens(parens_seq), || parens(crate::ahead::parens));
    same("p6", || p6_seq(vec![1; 9]), || p6(vec![1; 9]));
}
