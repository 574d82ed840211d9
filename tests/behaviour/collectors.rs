//! Parameters that every call only adds to: what a call adds is there before its result is looked at.

use std::collections::BTreeSet;

use divvy::par_divide;

use crate::same;

struct Node {
    value: u64,
    children: Vec<Node>,
}

/// Each node has three children, numbered in the order of a walk.
fn tree(levels: usize, next: &mut u64) -> Node {
    let value = *next;
    *next += 1;
    let children = (0..3).take_while(|_| levels > 0).map(|_| tree(levels - 1, next));
    Node {
        value,
        children: children.collect(),
    }
}

/// A walk that adds to `$out`, and the test that compares with its twin what it returns and what it leaves there.
macro_rules! walks {
    ($($name:ident, $plain:ident, $test:ident, |$node:ident, $out:ident: $ty:ty| -> $result:ty { $($body:tt)* })*) => {$(
        #[par_divide(twin = $plain)]
        fn $name($node: &Node, $out: &mut $ty) -> $result {
            $($body)*
        }

        #[test]
        fn $test() {
            for levels in [0, 1, 2, 3, 5] {
                let root = tree(levels, &mut 0);
                let walked = |walk: fn(&Node, &mut $ty) -> $result| {
                    let mut out = <$ty>::default();
                    let result = walk(&root, &mut out);
                    (result, out)
                };
                same(&format!("{levels} levels"), || walked($plain), || walked($name));
            }
        }
    )*};
}

walks! {
    listed, plain_listed, a_child_that_fails_has_added, |node, out: Vec<u64>| -> Result<(), u64> {
        out.push(node.value);
        if node.value == 77 {
            return Err(77);
        }
        for child in &node.children {
            listed(child, out)?;
        }
        Ok(())
    }
    found, plain_found, a_child_that_is_it_has_added, |node, out: Vec<u64>| -> bool {
        out.push(node.value);
        if node.value == 77 {
            return true;
        }
        for child in &node.children {
            if found(child, out) {
                return true;
            }
        }
        false
    }
    three, plain_three, a_call_that_fails_has_added, |node, out: Vec<u64>| -> Result<(), u64> {
        if node.value == 77 {
            return Err(77);
        }
        if let [a, b, c] = &node.children[..] {
            three(a, out)?;
            out.push(node.value);
            three(b, out)?;
            three(c, out)
        } else {
            out.push(node.value);
            Ok(())
        }
    }
    optional, plain_optional, calls_under_conditions_that_fail_have_added, |node, out: Vec<u64>| -> Result<u64, u64> {
        out.push(node.value);
        if node.value == 77 {
            return Err(1);
        }
        let mut sum = node.value;
        if let Some(first) = node.children.first() {
            sum += optional(first, out)?;
        }
        if let Some(second) = node.children.get(1) {
            sum += optional(second, out)?;
        }
        Ok(sum)
    }
    sums, plain_sums, results_beside_what_is_added, |node, out: Vec<u64>| -> u64 {
        if let [a, b, c] = &node.children[..] {
            let left = sums(a, out);
            let middle = sums(b, out);
            let right = sums(c, out);
            out.push(left + middle);
            left + middle + right
        } else {
            out.push(node.value);
            node.value
        }
    }
    operands, plain_operands, operands_that_add, |node, out: Vec<u64>| -> u64 {
        out.push(node.value);
        if let [a, b, c] = &node.children[..] {
            operands(a, out) + operands(b, out) * 3 + operands(c, out)
        } else {
            node.value
        }
    }
    asked, plain_asked, results_of_calls_that_may_fail, |node, out: Vec<u64>| -> Result<u64, u64> {
        out.push(node.value);
        if node.value == 77 {
            return Err(77);
        }
        if let [a, b, c] = &node.children[..] {
            let left = asked(a, out)?;
            let middle = asked(b, out)?;
            out.push(middle);
            let right = asked(c, out)?;
            Ok(left + middle + right)
        } else {
            Ok(node.value)
        }
    }
    nested, plain_nested, calls_deep_in_a_loop, |node, out: Vec<u64>| -> bool {
        out.push(node.value);
        if node.value == 78 {
            return true;
        }
        for child in &node.children {
            if child.value % 2 == 0 {
                if nested(child, out) {
                    return true;
                }
                out.push(1);
            } else {
                let found = nested(child, out);
                out.push(u64::from(found));
            }
        }
        false
    }
    stopped, plain_stopped, a_loop_that_stops, |node, out: Vec<u64>| -> u64 {
        out.push(node.value);
        let mut sum = 0;
        for child in &node.children {
            if child.value == 50 {
                break;
            }
            sum += stopped(child, out);
        }
        sum + 1
    }
    inserted, plain_inserted, inserts_whose_answer_is_dropped, |node, set: BTreeSet<u64>| -> () {
        let _ = set.insert(node.value % 50);
        for child in &node.children {
            inserted(child, set);
        }
    }
    counted, plain_counted, a_number_that_is_counted_up, |node, count: usize| -> () {
        *count += 1;
        for child in &node.children {
            counted(child, count);
        }
    }
    totalled, plain_totalled, a_sum_beside_a_result, |node, sum: u64| -> u64 {
        *sum += node.value;
        if let [a, b, c] = &node.children[..] {
            totalled(a, sum) + totalled(b, sum) + totalled(c, sum)
        } else {
            1
        }
    }
    subtracted, plain_subtracted, a_difference_beside_the_best, |node, left: i64| -> i64 {
        *left -= node.value as i64;
        let mut deepest = 0;
        for child in &node.children {
            deepest = deepest.max(subtracted(child, left));
        }
        deepest + 1
    }
    greatest, plain_greatest, the_greatest_of_all, |node, greatest_of_all: u64| -> () {
        *greatest_of_all = (*greatest_of_all).max(node.value % 101);
        for child in &node.children {
            greatest(child, greatest_of_all);
        }
    }
    longest, plain_longest, the_greatest_by_comparison, |node, best: u64| -> () {
        if node.value * 7 % 101 > *best {
            *best = node.value * 7 % 101;
        }
        if let [a, b, c] = &node.children[..] {
            longest(a, best);
            longest(b, best);
            longest(c, best);
        }
    }
    seen, plain_seen, a_flag_that_any_call_sets, |node, is_seen: bool| -> () {
        if node.value == 77 {
            *is_seen = true;
        }
        for child in &node.children {
            seen(child, is_seen);
        }
    }
    hashed, plain_hashed, a_sum_that_wraps_up_to_a_way_out, |node, hash: u64| -> Option<()> {
        *hash = hash.wrapping_add(node.value.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        if node.value == 77 {
            return None;
        }
        for child in &node.children {
            if child.value != 3 {
                hashed(child, hash)?;
            }
        }
        Some(())
    }
}

#[par_divide(twin = plain_subsets)]
fn subsets(n: usize, mut chosen: Vec<usize>, out: &mut Vec<Vec<usize>>) {
    if n == 0 {
        out.push(chosen);
        return;
    }
    subsets(n - 1, chosen.clone(), out);
    chosen.push(n);
    subsets(n - 1, chosen, out);
}

#[par_divide(twin = plain_brackets)]
fn brackets(length: usize, path: String, out: &mut Vec<String>) {
    let mut path = path;
    if path.len() == length {
        out.push(path);
        return;
    }
    let mut opened = path.clone();
    opened.push('(');
    brackets(length, opened, out);
    path.push(')');
    brackets(length, path, out);
}

#[par_divide(twin = plain_mixed)]
fn mixed(n: u64, mut seed: u64) -> u64 {
    if n == 0 {
        return seed;
    }
    let left = mixed(n - 1, seed);
    seed = seed.wrapping_mul(31).wrapping_add(n);
    let right = mixed(n - 1, seed * 2 % 1009);
    seed ^= left;
    left.wrapping_add(right.wrapping_mul(seed))
}

#[test]
fn arguments_that_are_changed_for_the_next_call() {
    for n in 0..8 {
        let listed = |list: fn(usize, Vec<usize>, &mut Vec<Vec<usize>>)| {
            let mut out = Vec::new();
            list(n, Vec::new(), &mut out);
            out
        };
        same(&format!("{n} items"), || listed(plain_subsets), || listed(subsets));
        let written = |write: fn(usize, String, &mut Vec<String>)| {
            let mut out = Vec::new();
            write(n, String::new(), &mut out);
            out
        };
        same(
            &format!("{n} brackets"),
            || written(plain_brackets),
            || written(brackets),
        );
        same(
            &format!("{n} levels"),
            || plain_mixed(n as u64, 7),
            || mixed(n as u64, 7),
        );
    }
}

#[par_divide(twin = plain_balanced)]
fn balanced(n: usize, open: usize, close: usize, mut path: String, out: &mut Vec<String>) {
    if path.len() == 2 * n {
        out.push(path);
        return;
    }
    if open < n {
        let mut next = path.clone();
        next.push('(');
        balanced(n, open + 1, close, next, out);
    }
    if close < open {
        path.push(')');
        balanced(n, open, close + 1, path, out);
    }
}

#[test]
fn arguments_under_a_condition() {
    for n in 0..6 {
        let listed = |list: fn(usize, usize, usize, String, &mut Vec<String>)| {
            let mut out = Vec::new();
            list(n, 0, 0, String::new(), &mut out);
            out
        };
        same(&format!("{n} pairs"), || listed(plain_balanced), || listed(balanced));
    }
}
