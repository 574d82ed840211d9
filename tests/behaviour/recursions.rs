//! Recursions against their twins.

use divvy::par_divide;

use crate::{CUTOFF, LENGTHS, numbers, same};

#[par_divide(twin = plain_fib)]
fn fib(n: u32) -> u64 {
    if n < 2 {
        return u64::from(n);
    }
    fib(n - 1) + fib(n - 2)
}

#[test]
fn operands() {
    for n in [0, 1, 2, 3, 10, 20] {
        same(&format!("n = {n}"), || plain_fib(n), || fib(n));
    }
}

#[par_divide(threshold = CUTOFF, twin = plain_sort)]
fn sort<T: Ord + Clone + Send>(v: &mut [T]) {
    if v.len() < 2 {
        return;
    }
    let mid = v.len() / 2;
    let (left, right) = v.split_at_mut(mid);
    sort(left);
    sort(right);
    let sorted = {
        let (mut a, mut b) = (v[..mid].iter().peekable(), v[mid..].iter().peekable());
        let mut sorted = Vec::with_capacity(v.len());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            sorted.extend(if x <= y { a.next() } else { b.next() }.cloned());
        }
        sorted.extend(a.chain(b).cloned());
        sorted
    };
    v.clone_from_slice(&sorted);
}

#[test]
fn statements_on_two_halves() {
    for &n in LENGTHS {
        let start: Vec<String> = numbers(1, n, 50).iter().map(|x| format!("{x}")).collect();
        let run = |sort: fn(&mut [String])| {
            let mut v = start.clone();
            sort(&mut v);
            v
        };
        same(&format!("n = {n}"), || run(plain_sort), || run(sort));
    }
}

#[derive(Debug)]
struct Tree {
    value: u64,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn grow(values: &[u64]) -> Option<Box<Tree>> {
        let (value, rest) = values.split_first()?;
        let middle = rest.len() * 2 / 3;
        Some(Box::new(Tree {
            value: *value,
            left: Tree::grow(&rest[..middle]),
            right: Tree::grow(&rest[middle..]),
        }))
    }

    #[par_divide(twin = plain_sum)]
    fn sum(&self) -> u64 {
        let left = self.left.as_ref().map_or(0, |tree| tree.sum());
        let right = self.right.as_ref().map_or(0, |tree| tree.sum());
        self.value + left + right
    }

    #[par_divide(twin = plain_path)]
    fn path(&self, limit: u64) -> Result<Vec<u64>, u64> {
        if self.value > limit {
            return Err(self.value);
        }
        assert_ne!(self.value, 13, "unlucky");
        let mut all = match &self.left {
            Some(left) => left.path(limit)?,
            None => Vec::new(),
        };
        all.push(self.value);
        let right = match &self.right {
            Some(right) => right.path(limit)?,
            None => Vec::new(),
        };
        all.extend(right);
        Ok(all)
    }
}

#[test]
fn methods_on_children() {
    for &n in &LENGTHS[1..] {
        for below in [1, 12, 40] {
            let tree = Tree::grow(&numbers(2, n, below)).expect("a tree");
            same(&format!("n = {n}"), || tree.plain_sum(), || tree.sum());
            for limit in [0, 20, 38, 100] {
                let what = format!("n = {n}, below {below}, limit {limit}");
                same(&what, || tree.plain_path(limit), || tree.path(limit));
            }
        }
    }
}

/// A loop that goes on only where it calls nothing.
#[par_divide(twin = nearly_seq)]
fn nearly(bytes: &[u64], may_skip: bool) -> bool {
    let (mut i, mut j) = (0, bytes.len().saturating_sub(1));
    while i < j {
        if bytes[i] == bytes[j] {
            i += 1;
            j -= 1;
            continue;
        }
        if may_skip {
            return nearly(&bytes[i..j], false) || nearly(&bytes[i + 1..=j], false);
        } else {
            return false;
        }
    }
    true
}

#[test]
fn loops_that_call_once() {
    for bytes in [&[1, 2, 3, 1][..], &[1, 2, 1], &[4, 1, 2, 3, 1, 4], &[], &[3]] {
        same("nearly", || nearly_seq(bytes, true), || nearly(bytes, true));
    }
}
