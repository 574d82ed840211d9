//! Loops over children whose calls run side by side, with the rest in order, against their sequential twins.

use divvy::par_divide;

use crate::{numbers, same};

/// Numbers for trees, one after another.
struct Rng(std::vec::IntoIter<u64>);

impl Rng {
    fn new(seed: u64) -> Rng {
        Rng(numbers(seed, 40_000, 1_000_000).into_iter())
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0.next().unwrap_or(0) % n
    }

    fn float(&mut self) -> f64 {
        self.below(1_000_000) as f64 / 1e6
    }
}

#[derive(Clone, Debug)]
struct Node {
    id: usize,
    w: f64,
    cost: u64,
    tag: String,
    kids: Vec<Node>,
}
#[derive(Default, Debug, PartialEq, Clone)]
struct Stats {
    n: usize,
    sum: f64,
    max: f64,
    names: Vec<String>,
}
impl Stats {
    fn merge(&mut self, o: &Stats) {
        self.n += o.n;
        self.sum += o.sum;
        self.max = self.max.max(o.max);
        self.names.extend(o.names.iter().cloned());
    }
    fn merged(self, o: Stats) -> Stats {
        let mut s = self;
        s.merge(&o);
        s
    }
}
impl Node {
    #[par_divide(twin = stats_seq)]
    fn stats(&self) -> Stats {
        let mut s = Stats {
            n: 1,
            sum: self.w,
            max: self.w,
            names: vec![self.tag.clone()],
        };
        for kid in &self.kids {
            let k = kid.stats();
            s.merge(&k);
        }
        s
    }
    #[par_divide(twin = stats2_seq)]
    fn stats2(&self) -> Stats {
        let mut s = Stats {
            n: 1,
            sum: self.w,
            max: self.w,
            names: vec![self.tag.clone()],
        };
        for kid in self.kids.iter().filter(|k| k.cost % 2 == 0) {
            s = s.merged(kid.stats2());
        }
        s
    }
    #[par_divide(twin = hash_seq)]
    fn hash(&self) -> u64 {
        let mut h = self.cost;
        for (i, kid) in self.kids.iter().enumerate() {
            if kid.cost == 7 {
                continue;
            }
            h = h.wrapping_mul(31).wrapping_add(kid.hash() ^ i as u64);
        }
        h
    }
    #[par_divide(twin = layout_seq)]
    fn layout(&self, x: f64, y: f64) -> (f64, Vec<(usize, f64, f64)>) {
        let mut placed = vec![(self.id, x, y)];
        let mut width = 0.0;
        for kid in &self.kids {
            let (w, mut inner) = kid.layout(0.0, y + 1.0);
            for p in &mut inner {
                p.1 += x + width;
            }
            placed.append(&mut inner);
            width += w + 0.5;
        }
        (if width == 0.0 { 1.0 } else { width }, placed)
    }
    #[par_divide(twin = check_seq)]
    fn check(&self, limit: u64) -> Result<f64, String> {
        if self.cost > limit {
            return Err(format!("{} over", self.tag));
        }
        let mut total = self.w;
        for kid in &self.kids {
            total += kid.check(limit)? * 0.5;
        }
        Ok(total)
    }
    #[par_divide(twin = top2_seq)]
    fn top2(&self) -> (usize, usize) {
        let mut longest = 0;
        let mut diameter = 0;
        for child in &self.kids {
            let (depth, d) = child.top2();
            diameter = diameter.max(d).max(longest + depth + 1);
            longest = longest.max(depth + 1);
        }
        (longest, diameter)
    }
    #[par_divide(twin = render_seq)]
    fn render(&self, indent: usize) -> String {
        let mut out = format!("{}{}\n", " ".repeat(indent), self.tag);
        let mut count = 0;
        for kid in &self.kids {
            count += 1;
            let text = kid.render(indent + 2);
            if text.lines().count() > 3 {
                out += &format!("{count}: ");
            }
            out += &text;
        }
        out
    }
    #[par_divide(twin = relabel_seq)]
    fn relabel(&mut self, depth: usize) -> usize {
        let mut size = 1.0;
        for kid in &mut self.kids {
            let n = kid.relabel(depth + 1);
            kid.id = n;
            size = size * 1.5 + n as f64;
        }
        self.cost = size as u64;
        size as usize % 1000
    }
    #[par_divide(twin = guarded_seq)]
    fn guarded(&self, min: u64) -> Option<(u64, usize)> {
        let mut best: Option<(u64, usize)> = Some((self.cost, self.id)).filter(|b| b.0 > min);
        for kid in &self.kids {
            if kid.cost != 3 && !kid.tag.is_empty() {
                if let Some((c, id)) = kid.guarded(min) {
                    if best.is_none_or(|(b, _)| c < b) {
                        best = Some((c, id + 1));
                    }
                }
            }
        }
        best
    }
    #[par_divide(twin = two_seq)]
    fn two(&self, k: f64) -> f64 {
        let mut a = self.w;
        for kid in self.kids.iter() {
            let l = kid.two(k * 0.5);
            let r = kid.two(k * 0.25);
            a = (a + l) / (1.0 + r.abs());
        }
        a
    }
    #[par_divide(twin = owned_seq)]
    fn owned(self) -> Vec<(usize, String)> {
        let mut out: Vec<(usize, String)> = vec![];
        let n = self.kids.len();
        for (i, kid) in self.kids.into_iter().enumerate() {
            let name = kid.tag.clone();
            let inner = kid.owned();
            if out.len() < 1000 {
                out.push((i + n, name));
            }
            out.extend(inner);
        }
        out.push((self.id, self.tag));
        out
    }
}
fn make(r: &mut Rng, d: u32) -> Node {
    Node {
        id: r.below(100) as usize,
        w: r.float(),
        cost: r.below(30),
        tag: format!("t{}", r.below(50)),
        kids: if d == 0 {
            vec![]
        } else {
            (0..r.below(5)).map(|_| make(r, d - 1)).collect()
        },
    }
}

#[test]
fn what_has_no_law_is_done_in_order() {
    let mut numbers = Rng::new(5);
    for depth in [0, 1, 3, 3, 6] {
        let t = make(&mut numbers, depth);
        same("stats", || t.stats_seq(), || t.stats());
        same("stats of some", || t.stats2_seq(), || t.stats2());
        same("hash", || t.hash_seq(), || t.hash());
        same("layout", || t.layout_seq(0.0, 0.0), || t.layout(0.0, 0.0));
        same("checked", || t.check_seq(28), || t.check(28));
        same("diameter", || t.top2_seq(), || t.top2());
        same("rendered", || t.render_seq(0), || t.render(0));
        same("guarded", || t.guarded_seq(3), || t.guarded(3));
        same("two calls", || t.two_seq(1.0), || t.two(1.0));
        same("owned", || t.clone().owned_seq(), || t.clone().owned());
        let changed = |by: fn(&mut Node, usize) -> usize| {
            let mut tree = t.clone();
            (by(&mut tree, 0), format!("{tree:?}"))
        };
        same("changed", || changed(Node::relabel_seq), || changed(Node::relabel));
    }
}

mod options {
    use super::*;

    struct Node {
        id: usize,
        cost: u64,
        kids: Vec<Node>,
    }
    #[par_divide(twin = seq)]
    fn cheapest(n: &Node) -> Option<(u64, usize)> {
        if n.kids.is_empty() {
            return if n.cost % 3 == 0 { None } else { Some((n.cost, n.id)) };
        }
        let mut best: Option<(u64, usize)> = None;
        for kid in &n.kids {
            if let Some((cost, id)) = cheapest(kid) {
                match &best {
                    None => best = Some((cost, id)),
                    Some((b, _)) if cost < *b => best = Some((cost, id)),
                    _ => {}
                }
            }
        }
        best
    }
    #[par_divide(twin = seq2)]
    fn cheapest2(n: &Node) -> Option<u64> {
        if n.kids.is_empty() {
            return if n.cost % 3 == 0 { None } else { Some(n.cost) };
        }
        let mut best: Option<u64> = None;
        for kid in &n.kids {
            if let Some(c) = cheapest2(kid) {
                best = Some(match best {
                    None => c,
                    Some(b) => b.min(c),
                });
            }
        }
        best
    }
    #[par_divide(twin = seq3)]
    fn cheapest3(n: &Node) -> Option<u64> {
        if n.kids.is_empty() {
            return if n.cost % 3 == 0 { None } else { Some(n.cost) };
        }
        let mut best = None;
        for kid in &n.kids {
            let c = cheapest3(kid);
            match (best, c) {
                (None, _) => best = c,
                (Some(b), Some(x)) if x < b => best = c,
                _ => (),
            }
        }
        best
    }
    #[par_divide(twin = seq4)]
    fn longest(n: &Node) -> Vec<usize> {
        let mut best: Vec<usize> = Vec::new();
        for kid in &n.kids {
            let path = longest(kid);
            if path.len() > best.len() {
                best = path;
            }
        }
        best.insert(0, n.id);
        best
    }
    fn make(r: &mut Rng, d: u32) -> Node {
        Node {
            id: r.below(100) as usize,
            cost: r.below(30),
            kids: if d == 0 {
                vec![]
            } else {
                (0..r.below(5)).map(|_| make(r, d - 1)).collect()
            },
        }
    }

    #[test]
    fn best_child_by_match() {
        let mut numbers = Rng::new(9);
        for depth in [0, 1, 3, 6] {
            let t = make(&mut numbers, depth);
            same("match on two", || seq(&t), || cheapest(&t));
            same("value of a match", || seq2(&t), || cheapest2(&t));
            same("match on a tuple", || seq3(&t), || cheapest3(&t));
            same("longest", || seq4(&t), || longest(&t));
        }
    }
}

mod listed {
    use super::*;

    #[derive(Clone)]
    struct Node {
        v: u64,
        kids: [Option<Box<Node>>; 3],
    }
    impl Node {
        fn children(&self) -> impl Iterator<Item = &Node> {
            self.kids.iter().flatten().map(|b| &**b)
        }
        fn list(&self) -> Vec<&Node> {
            self.children().collect()
        }
        #[par_divide(twin = a_seq)]
        fn a(&self) -> u64 {
            let mut t = 1;
            for k in self.children() {
                t += k.a();
            }
            t
        }
        #[par_divide(twin = b_seq)]
        fn b(&self) -> u64 {
            let mut t = 1;
            let kids = self.children();
            for k in kids {
                t += k.b() * 3;
            }
            t
        }
        #[par_divide(twin = c_seq)]
        fn c(&self) -> u64 {
            let mut t: u64 = 1;
            for (i, k) in self.list().into_iter().enumerate() {
                t += k.c() + i as u64;
            }
            t
        }
        #[par_divide(twin = d_seq)]
        fn d(&self, out: &mut Vec<u64>) {
            out.push(self.v);
            for k in self.kids.iter().filter_map(|k| k.as_deref()).rev() {
                k.d(out);
            }
        }
        #[par_divide(twin = e_seq)]
        fn e(&self, x: u64) -> bool {
            if self.v == x {
                return true;
            }
            for k in self.kids.iter().flatten() {
                if k.e(x) {
                    return true;
                }
            }
            false
        }
        #[par_divide(twin = f_seq)]
        fn f(&mut self, d: u64) {
            self.v += d;
            for k in self.kids.iter_mut().flatten() {
                k.f(d + 1);
            }
        }
        #[par_divide(twin = g_seq)]
        fn g(&self) -> u64 {
            let mut m = 0;
            for k in self.kids.iter().flatten().take(2) {
                m = m.max(k.g());
            }
            m + self.v
        }
    }
    fn make(r: &mut Rng, d: u32) -> Node {
        Node {
            v: r.below(100),
            kids: [0; 3].map(|_| {
                if d == 0 || r.below(4) == 0 {
                    None
                } else {
                    Some(Box::new(make(r, d - 1)))
                }
            }),
        }
    }

    #[test]
    fn children_that_have_to_be_listed() {
        let mut numbers = Rng::new(11);
        for depth in [0, 1, 3, 7] {
            let t = make(&mut numbers, depth);
            same("an iterator of one's own", || t.a_seq(), || t.a());
            same("in a variable", || t.b_seq(), || t.b());
            same("a list", || t.c_seq(), || t.c());
            let pushed = |by: fn(&Node, &mut Vec<u64>)| {
                let mut out = vec![];
                by(&t, &mut out);
                out
            };
            same("filtered backwards", || pushed(Node::d_seq), || pushed(Node::d));
            same("found", || t.e_seq(77), || t.e(77));
            let changed = |by: fn(&mut Node, u64)| {
                let mut tree = t.clone();
                by(&mut tree, 1);
                tree.a_seq()
            };
            same("changed", || changed(Node::f_seq), || changed(Node::f));
            same("some", || t.g_seq(), || t.g());
        }
    }
}

mod by_turns {
    use super::*;

    enum Sum {
        Number(f64),
        Of(Vec<Factor>),
    }

    enum Factor {
        Whole(Box<Sum>),
        Product(Vec<Sum>),
    }

    #[par_divide(twin = sum_seq)]
    fn sum(s: &Sum) -> f64 {
        match s {
            Sum::Number(x) => *x,
            Sum::Of(factors) => factors.iter().map(|f| factor(f)).sum(),
        }
    }

    #[par_divide(twin = factor_seq)]
    fn factor(f: &Factor) -> f64 {
        match f {
            Factor::Whole(s) => sum(s),
            Factor::Product(sums) => {
                let mut product = 1.0;
                for s in sums {
                    product = product * 0.9 + sum(s);
                }
                product
            }
        }
    }

    fn make(numbers: &mut Rng, depth: u32) -> Sum {
        if depth == 0 {
            return Sum::Number(numbers.float());
        }
        let below = |numbers: &mut Rng| match numbers.below(3) {
            0 => Factor::Whole(Box::new(make(numbers, depth - 1))),
            n => Factor::Product((0..n + 1).map(|_| make(numbers, depth - 1)).collect()),
        };
        Sum::Of((0..numbers.below(4)).map(|_| below(numbers)).collect())
    }

    #[test]
    fn two_functions_that_call_each_other_for_their_children() {
        let mut numbers = Rng::new(13);
        for depth in [0, 1, 3, 5] {
            let tree = make(&mut numbers, depth);
            same("sum", || sum_seq(&tree).to_bits(), || sum(&tree).to_bits());
        }
    }
}

mod filled {
    use std::collections::{BTreeMap, HashMap};
    use std::fmt::Write;

    use super::*;

    struct N {
        tag: String,
        v: u32,
        kids: Vec<N>,
        l: Option<Box<N>>,
        r: Option<Box<N>>,
    }
    #[par_divide(twin = a_seq)]
    fn a(n: &N, counts: &mut HashMap<String, usize>) {
        *counts.entry(n.tag.clone()).or_insert(0) += 1;
        for k in &n.kids {
            a(k, counts);
        }
    }
    #[par_divide(twin = b_seq)]
    fn b(n: &N, counts: &mut BTreeMap<u32, u64>) {
        if let Some(l) = &n.l {
            b(l, counts);
        }
        *counts.entry(n.v).or_default() += u64::from(n.v);
        if let Some(r) = &n.r {
            b(r, counts);
        }
    }
    #[par_divide(twin = c_seq)]
    fn c(n: &N, out: &mut String) {
        write!(out, "<{}>", n.tag).unwrap();
        for k in &n.kids {
            c(k, out);
        }
        *out += "</>";
        writeln!(out).unwrap();
    }
    #[par_divide(twin = d_seq)]
    fn d(n: &N, depth: usize, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{:1$}", n.tag, depth)?;
        if let Some(l) = &n.l {
            d(l, depth + 1, out)?;
        }
        if let Some(r) = &n.r {
            d(r, depth + 1, out)?;
        }
        Ok(())
    }

    fn make(numbers: &mut Rng, depth: u32) -> N {
        let tag = format!("t{}", numbers.below(9));
        let v = numbers.below(9) as u32;
        let kids = (0..if depth == 0 { 0 } else { numbers.below(4) })
            .map(|_| make(numbers, depth - 1))
            .collect();
        let one = |numbers: &mut Rng| (depth > 0 && numbers.below(4) > 0).then(|| Box::new(make(numbers, depth - 1)));
        let (l, r) = (one(numbers), one(numbers));
        N { tag, v, kids, l, r }
    }

    #[test]
    fn maps_that_count_and_texts_that_are_written() {
        fn filled<C: Default, R>(by: impl Fn(&mut C) -> R) -> (C, R) {
            let mut collection = C::default();
            let result = by(&mut collection);
            (collection, result)
        }
        let mut numbers = Rng::new(17);
        for depth in [0, 1, 2, 3, 5] {
            let t = make(&mut numbers, depth);
            same(
                "counts of children",
                || filled(|c| a_seq(&t, c)),
                || filled(|c| a(&t, c)),
            );
            same("sums in order", || filled(|c| b_seq(&t, c)), || filled(|c| b(&t, c)));
            same("written", || filled(|o| c_seq(&t, o)), || filled(|o| c(&t, o)));
            same(
                "written or not",
                || filled(|o| d_seq(&t, 3, o)),
                || filled(|o| d(&t, 3, o)),
            );
        }
    }
}

mod misleading_names {
    use super::*;

    struct Node {
        key: i64,
        kids: Vec<Node>,
    }
    mod odd {
        pub(super) fn max(a: i64, b: i64) -> i64 {
            a / 2 - b
        }
    }
    #[par_divide(twin = a_seq)]
    fn a(n: &Node) -> i64 {
        fn max(a: i64, b: i64) -> i64 {
            a / 2 - b
        }
        let mut most = n.key;
        for k in &n.kids {
            most = max(most, a(k));
        }
        most
    }
    #[par_divide(twin = b_seq)]
    fn b(n: &Node) -> i64 {
        let max = |a: i64, b: i64| a / 2 - b;
        let mut most = n.key;
        for k in &n.kids {
            let v = b(k);
            most = max(most, v);
        }
        most
    }
    #[par_divide(twin = c_seq)]
    fn c(n: &Node) -> i64 {
        use odd::max;
        let mut most = n.key;
        for k in &n.kids {
            most = max(most, c(k));
        }
        most
    }
    #[par_divide(twin = d_seq)]
    fn d(n: &Node) -> i64 {
        use odd::max as min;
        n.kids.iter().map(d).fold(n.key, min)
    }
    #[par_divide(twin = min_seq)]
    fn min(n: &Node) -> i64 {
        let mut least = n.key;
        for k in &n.kids {
            least = least.min(min(k));
        }
        least
    }

    fn make(depth: u32, key: i64) -> Node {
        let kids = if depth == 0 { 0 } else { key % 4 };
        Node {
            key: key * 7 % 11,
            kids: (0..kids).map(|i| make(depth - 1, key + i + 1)).collect(),
        }
    }

    #[test]
    fn functions_of_ones_own_that_are_called_max() {
        for depth in 0..7 {
            let n = make(depth, 3);
            same("a function inside", || a_seq(&n), || a(&n));
            same("a closure", || b_seq(&n), || b(&n));
            same("imported", || c_seq(&n), || c(&n));
            same("a fold", || d_seq(&n), || d(&n));
            same("the recursion itself", || min_seq(&n), || min(&n));
        }
    }
}
