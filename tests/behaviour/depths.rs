//! Recursions as deep as they have calls: what the sequential program's stack is enough for, it is enough for here.

use std::sync::LazyLock;

use divvy::par_divide;
use rayon::ThreadPool;

use crate::numbers;

/// Nodes on the longest path.
const DEPTH: usize = 50_000;

/// Enough for the sequential program without optimisation, not much more.
const STACK: usize = 24 << 20;

/// Workers with the usual stack, which is too small.
static USUAL: LazyLock<ThreadPool> = LazyLock::new(|| pool(2 << 20));

/// Workers with the caller's.
static LARGE: LazyLock<ThreadPool> = LazyLock::new(|| pool(STACK));

fn pool(stack: usize) -> ThreadPool {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(8).stack_size(stack);
    builder.build().expect("a pool")
}

struct Tree {
    value: u64,
    size: usize,
    children: Option<Box<[Tree; 2]>>,
}

impl Tree {
    fn leaf(value: u64) -> Self {
        Tree {
            value,
            size: 1,
            children: None,
        }
    }

    fn above(value: u64, left: Tree, right: Tree) -> Self {
        Tree {
            value,
            size: left.size + right.size + 1,
            children: Some(Box::new([left, right])),
        }
    }

    fn balanced(levels: u32) -> Self {
        match levels {
            0 => Tree::leaf(1),
            _ => Tree::above(2, Tree::balanced(levels - 1), Tree::balanced(levels - 1)),
        }
    }

    /// One path, with a tree of so many levels beside each hundredth of its nodes.
    fn path(is_left: impl Fn(u64) -> bool, levels: u32) -> Self {
        let sides = numbers(7, DEPTH, 1000);
        sides.iter().enumerate().fold(Tree::leaf(0), |below, (number, value)| {
            let side = Tree::balanced(if number % 100 == 0 { levels } else { 0 });
            match is_left(*value) {
                true => Tree::above(*value, below, side),
                false => Tree::above(*value, side, below),
            }
        })
    }

    /// Without recursion.
    fn dismantle(self) {
        let mut left = vec![self];
        while let Some(tree) = left.pop() {
            left.extend(tree.children.into_iter().flat_map(|children| *children));
        }
    }

    #[par_divide(twin = digest_seq, pool = &*USUAL)]
    fn digest(&self) -> u64 {
        match &self.children {
            None => self.value,
            Some(pair) => pair[0].digest().wrapping_mul(3) ^ pair[1].digest().wrapping_add(self.value),
        }
    }

    #[par_divide(threshold = 16, size = self.size, pool = &*USUAL)]
    fn digest_above(&self) -> u64 {
        match &self.children {
            None => self.value,
            Some(pair) => pair[0].digest_above().wrapping_mul(3) ^ pair[1].digest_above().wrapping_add(self.value),
        }
    }

    #[par_divide(twin = lower_seq)]
    fn lower(&mut self, by: u64) -> u64 {
        self.value = self.value.saturating_sub(by);
        let mut total = self.value;
        if let Some([left, right]) = self.children.as_deref_mut() {
            let below = left.lower(by);
            total += below + right.lower(by);
        }
        total
    }
}

#[par_divide(twin = sum_seq, pool = &*USUAL)]
fn sum(tree: &Tree) -> u64 {
    match tree.children.as_deref() {
        None => tree.value,
        Some([left, right]) => tree.value + sum(left) + sum(right),
    }
}

#[par_divide(threshold = 16, size = tree.size, pool = &*USUAL)]
fn sum_above(tree: &Tree) -> u64 {
    match tree.children.as_deref() {
        None => tree.value,
        Some([left, right]) => tree.value + sum_above(left) + sum_above(right),
    }
}

#[par_divide(twin = children_seq)]
fn children(tree: &Tree) -> u64 {
    let mut total = tree.value;
    if let Some(pair) = &tree.children {
        for child in pair.iter() {
            total += children(child);
        }
    }
    total
}

#[par_divide(threshold = 16, size = tree.size, pool = &*USUAL)]
fn children_above(tree: &Tree) -> u64 {
    let mut total = tree.value;
    if let Some(pair) = &tree.children {
        for child in pair.iter() {
            total += children_above(child);
        }
    }
    total
}

#[par_divide(threshold = 16, twin = sort_seq)]
fn sort(v: &mut [u32]) {
    if v.len() < 2 {
        return;
    }
    let pivot = v[0];
    let mut middle = 0;
    for i in 1..v.len() {
        if v[i] < pivot {
            middle += 1;
            v.swap(i, middle);
        }
    }
    v.swap(0, middle);
    let (left, right) = v.split_at_mut(middle);
    sort(left);
    sort(&mut right[1..]);
}

/// An only child each: nothing to join, all the way down.
#[par_divide(threshold = 16, pool = &*USUAL, twin = only_seq)]
fn only(left: u32) -> u64 {
    let mut total = 1;
    for child in left.saturating_sub(1)..left {
        total += only(child);
    }
    if left == 40_000 {
        for _ in 0..2 {
            total += only(30_000);
        }
    }
    total
}

fn on_a_stack(f: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(f);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
fn deep_recursions_fit_where_the_sequential_ones_do() {
    for (is_left, levels) in [(0, 0), (1000, 0), (500, 0), (500, 6)] {
        on_a_stack(move || {
            let mut tree = Tree::path(|value| value < is_left, levels);
            let (digest, total) = (tree.digest_seq(), sum_seq(&tree));
            for _ in 0..3 {
                assert_eq!(sum(&tree), total);
                assert_eq!(sum_above(&tree), total);
                assert_eq!(children(&tree), total);
                assert_eq!(children_above(&tree), total);
                assert_eq!(tree.digest(), digest);
                assert_eq!(tree.digest_above(), digest);
                assert_eq!(tree.lower(0), total);
                LARGE.install(|| {
                    assert_eq!(sum(&tree), total);
                    assert_eq!(children(&tree), total);
                    assert_eq!(tree.lower(0), total);
                });
            }
            assert_eq!(children_seq(&tree), total);
            assert_eq!(tree.lower_seq(0), total);
            tree.dismantle();
        });
    }
}

/// Calls that are known to be long fork at once, before anybody has looked how deep they go.
#[test]
fn a_deep_recursion_may_come_after_wide_ones() {
    on_a_stack(|| {
        let mut wide = Tree::balanced(16);
        let mut deep = Tree::path(|value| value < 500, 6);
        let (of_wide, of_deep) = (sum_seq(&wide), sum_seq(&deep));
        let (digest, of_digest) = (wide.digest_seq(), deep.digest_seq());
        for _ in 0..3 {
            for _ in 0..20 {
                assert_eq!(sum(&wide), of_wide);
                assert_eq!(children(&wide), of_wide);
                assert_eq!(wide.digest(), digest);
                assert_eq!(wide.lower(0), of_wide);
            }
            assert_eq!(sum(&deep), of_deep);
            assert_eq!(children(&deep), of_deep);
            assert_eq!(deep.digest(), of_digest);
            assert_eq!(deep.lower(0), of_deep);
        }
        deep.dismantle();
    });
}

#[test]
fn deep_slices_and_chains_of_only_children_fit_too() {
    on_a_stack(|| {
        let items: Vec<u32> = (0..3_000).collect();
        for mut v in [items.clone(), items.iter().rev().copied().collect()] {
            USUAL.install(|| sort(&mut v));
            assert_eq!(v, items);
            v.reverse();
            sort_seq(&mut v);
            assert_eq!(v, items);
        }
        assert_eq!(only(40_000), only_seq(40_000));
    });
}
