//! Calls inside of what is done with their results: chains, constructors, lists, conditions, against their sequential twins.

use divvy::par_divide;

use crate::{CUTOFF, numbers, same};

/// All choices of `k` of the items, those with the first one first.
#[par_divide(twin = plain_combinations)]
fn combinations(items: &[u64], k: usize) -> Vec<Vec<u64>> {
    if k == 0 {
        return vec![Vec::new()];
    }
    let Some((first, rest)) = items.split_first() else {
        return Vec::new();
    };
    let mut with: Vec<Vec<u64>> = combinations(rest, k - 1)
        .into_iter()
        .map(|mut choice| {
            choice.push(*first);
            choice
        })
        .collect();
    with.append(&mut combinations(rest, k));
    with
}

#[par_divide(twin = plain_choices)]
fn choices(items: &[u64], k: usize) -> Vec<Vec<u64>> {
    if k == 0 {
        return vec![Vec::new()];
    }
    let [first, rest @ ..] = items else {
        return Vec::new();
    };
    let mut all = choices(rest, k);
    all.extend(choices(rest, k - 1).into_iter().map(|mut choice| {
        choice.insert(0, *first);
        choice
    }));
    all
}

/// The second call is made for what it leaves of the first one's results.
#[par_divide(twin = plain_sums)]
fn sums(items: &[u64], most: u64) -> Vec<u64> {
    let Some((first, rest)) = items.split_first() else {
        return vec![0];
    };
    let without = sums(rest, most);
    let with: Vec<u64> = sums(rest, most / 2)
        .into_iter()
        .map(|sum| sum + first)
        .filter(|sum| *sum <= most)
        .collect();
    without.into_iter().chain(with).collect()
}

#[test]
fn results_go_through_chains() {
    for n in [0, 1, 2, CUTOFF - 1, CUTOFF, CUTOFF + 1] {
        let items = numbers(31, n, 90);
        for k in [0, 1, 2, n, n + 1] {
            let what = format!("{k} of {n}");
            same(&what, || plain_combinations(&items, k), || combinations(&items, k));
            same(&what, || plain_choices(&items, k), || choices(&items, k));
        }
        for most in [0, 50, 1_000] {
            same("sums", || plain_sums(&items, most), || sums(&items, most));
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Tree {
    value: u64,
    left: Option<Box<Tree>>,
    right: Option<Box<Tree>>,
}

#[par_divide(twin = plain_perfect)]
fn perfect(depth: u32, seed: u64, bad: u64) -> Option<Tree> {
    if seed % 64 == bad {
        return None;
    }
    assert!(seed % 64 != bad + 1, "worse");
    if depth == 0 {
        return Some(Tree {
            value: seed,
            left: None,
            right: None,
        });
    }
    let left = Some(Box::new(perfect(depth - 1, seed * 2 + 1, bad)?));
    let right = Some(Box::new(perfect(depth - 1, seed * 3 + 2, bad)?));
    Some(Tree {
        value: seed,
        left,
        right,
    })
}

#[par_divide(twin = plain_grown)]
fn grown(values: &[u64], limit: u64) -> Result<Tree, String> {
    let middle = values.len() / 2;
    let value = *values.get(middle).ok_or("nothing")?;
    if value > limit {
        return Err(format!("{value} is too much"));
    }
    let (below, above) = (&values[..middle], &values[middle + 1..]);
    Ok(Tree {
        value,
        left: if below.is_empty() {
            None
        } else {
            Some(Box::new(grown(below, limit)?))
        },
        right: if above.is_empty() {
            None
        } else {
            Some(Box::new(grown(above, limit)?))
        },
    })
}

impl Tree {
    #[par_divide(twin = plain_fit)]
    fn fit(values: &[u64], depth: u32, limit: u64) -> Result<Self, u64> {
        let value: u64 = values.iter().sum();
        if value % 97 > limit {
            return Err(value);
        }
        if depth == 0 {
            return Ok(Self {
                value,
                left: None,
                right: None,
            });
        }
        let (front, back) = values.split_at(values.len() / 2);
        Ok(Self {
            value,
            left: Some(Box::new(Self::fit(front, depth - 1, limit)?)),
            right: Some(Box::new(Self::fit(back, depth - 1, limit)?)),
        })
    }
}

/// Nothing in it fails.
#[par_divide(twin = plain_built)]
fn built(values: &[u64]) -> Option<Box<Tree>> {
    let (value, rest) = values.split_first()?;
    let (left, right) = rest.split_at(rest.len() / 3);
    Some(Box::new(Tree {
        value: *value,
        left: built(left),
        right: built(right),
    }))
}

#[test]
fn results_go_into_what_is_made_of_them() {
    for depth in 0..7 {
        for bad in [7, 23, 62, 64] {
            let what = format!("depth {depth}, bad {bad}");
            same(&what, || plain_perfect(depth, 1, bad), || perfect(depth, 1, bad));
        }
    }
    for n in [0, 1, 2, CUTOFF - 1, CUTOFF, CUTOFF + 1, 200] {
        let values = numbers(32, n, 1_000);
        same("built", || plain_built(&values), || built(&values));
        for limit in [0, 90, 96, 990, 1_000] {
            let what = format!("n = {n}, limit {limit}");
            same(&what, || plain_grown(&values, limit), || grown(&values, limit));
            for depth in [0, 1, 5] {
                same(
                    &what,
                    || Tree::plain_fit(&values, depth, limit),
                    || Tree::fit(&values, depth, limit),
                );
            }
        }
    }
}

#[par_divide(threshold = CUTOFF, twin = plain_extrema)]
fn extrema(xs: &[u64]) -> [u64; 2] {
    match xs {
        [] => [u64::MAX, 0],
        [x] => [*x, *x],
        _ => {
            let (front, back) = xs.split_at(xs.len() / 2);
            let [a, b] = [extrema(front), extrema(back)];
            [a[0].min(b[0]), a[1].max(b[1])]
        }
    }
}

#[par_divide(threshold = CUTOFF, twin = plain_sorted)]
fn sorted(xs: &[u64]) -> Vec<u64> {
    let Some((pivot, rest)) = xs.split_first() else {
        return Vec::new();
    };
    let (less, more): (Vec<u64>, Vec<u64>) = rest.iter().partition(|x| *x < pivot);
    [sorted(&less), vec![*pivot], sorted(&more)].concat()
}

#[par_divide(threshold = CUTOFF, twin = plain_joined)]
fn joined(xs: &[u64]) -> String {
    if xs.len() < 2 {
        return format!("{xs:?}");
    }
    let (front, back) = xs.split_at(xs.len() / 2);
    vec![joined(front), joined(back)].join("|")
}

#[derive(Debug, PartialEq)]
struct Halves {
    all: Vec<Halves>,
    sum: u64,
    is_even: bool,
}

#[par_divide(threshold = CUTOFF, twin = plain_halves)]
fn halves(xs: &[u64]) -> Halves {
    let none = Halves {
        all: Vec::new(),
        sum: xs.iter().sum(),
        is_even: xs.len() % 2 == 0,
    };
    if xs.len() < 2 {
        return none;
    }
    let (front, back) = xs.split_at(xs.len() / 2);
    Halves {
        all: vec![halves(front), halves(back)],
        ..none
    }
}

#[test]
fn results_go_into_lists() {
    for n in [0, 1, 2, 3, CUTOFF - 1, CUTOFF, CUTOFF + 1, 150] {
        let xs = numbers(33, n, 1_000);
        let what = format!("n = {n}");
        same(&what, || plain_extrema(&xs), || extrema(&xs));
        same(&what, || plain_sorted(&xs), || sorted(&xs));
        same(&what, || plain_joined(&xs), || joined(&xs));
        same(&what, || plain_halves(&xs), || halves(&xs));
    }
}

/// Is there a subset of the first `n` weights that weighs `left`? Without its guard each call would subtract too much.
#[par_divide(twin = plain_fills)]
fn fills(weights: &[u64], n: usize, left: u64) -> bool {
    left == 0
        || n > 0
            && (fills(weights, n - 1, left) || left >= weights[n - 1] && fills(weights, n - 1, left - weights[n - 1]))
}

/// The same, with the guard before each of the calls.
#[par_divide(twin = plain_reaches)]
fn reaches(weights: &[u64], n: usize, left: u64) -> bool {
    if left == 0 {
        return true;
    }
    n > 0 && reaches(weights, n - 1, left)
        || n > 0 && left >= weights[n - 1] && reaches(weights, n - 1, left - weights[n - 1])
}

/// Both guards are asked, and a call without its own would subtract too much.
#[par_divide(twin = plain_keeps)]
fn keeps(left: u64, by: u64) -> bool {
    if left == 0 {
        return true;
    }
    left % by != 3 && (left < by || keeps(left - by, by)) && (left < 2 * by || keeps(left - 2 * by, by + 1))
}

#[test]
fn guards_go_with_their_calls() {
    for n in [0, 1, 2, CUTOFF - 1, CUTOFF, CUTOFF + 1, 12] {
        let weights: Vec<u64> = numbers(34, n, 30).iter().map(|x| x + 1).collect();
        for left in [0, 1, 17, 40, 63, 1_000] {
            let what = format!("{left} of {n}");
            same(&what, || plain_fills(&weights, n, left), || fills(&weights, n, left));
            same(
                &what,
                || plain_reaches(&weights, n, left),
                || reaches(&weights, n, left),
            );
        }
    }
    for left in [0, 1, 7, 16, 24, 31] {
        for by in [1, 2, 4, 5] {
            same("keeps", || plain_keeps(left, by), || keeps(left, by));
        }
    }
}

#[par_divide(twin = plain_equal)]
fn equal(a: Option<&Tree>, b: Option<&Tree>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.value == b.value
                && equal(a.left.as_deref(), b.left.as_deref())
                && equal(a.right.as_deref(), b.right.as_deref())
        }
        _ => false,
    }
}

/// The calls alone.
#[par_divide(threshold = CUTOFF, twin = plain_sums_up)]
fn sums_up(xs: &[u64]) -> bool {
    if xs.len() < 3 {
        return xs.iter().sum::<u64>() != 13;
    }
    let (front, back) = xs.split_at(xs.len() / 2);
    sums_up(front) && sums_up(back)
}

impl Tree {
    #[par_divide(twin = plain_is_below)]
    fn is_below(&self, most: u64) -> bool {
        assert!(self.value != 999, "the last one");
        self.value < most
            && self.left.as_ref().is_none_or(|left| left.is_below(most))
            && self.right.as_ref().is_none_or(|right| right.is_below(most))
    }

    #[par_divide(twin = plain_has)]
    fn has(&self, value: u64) -> bool {
        self.value == value
            || self.left.as_deref().is_some_and(|left| left.has(value))
            || self.right.as_deref().is_some_and(|right| right.has(value))
    }
}

#[test]
fn conditions_of_calls_alone() {
    for n in [1, 2, 3, CUTOFF - 1, CUTOFF, CUTOFF + 1, 200] {
        let mut values = numbers(35, n, 1_000);
        let tree = plain_built(&values).expect("a tree");
        for most in [1, 500, 990, 1_000] {
            same("below", || tree.plain_is_below(most), || tree.is_below(most));
        }
        for value in [values[0], values[n / 2], values[n - 1], 1_001] {
            same("has", || tree.plain_has(value), || tree.has(value));
        }
        same(
            "the same one",
            || plain_equal(Some(&*tree), Some(&*tree)),
            || equal(Some(&*tree), Some(&*tree)),
        );
        for at in [0, n / 2, n - 1] {
            values[at] += 1;
            let other = plain_built(&values);
            same(
                "another one",
                || plain_equal(Some(&*tree), other.as_deref()),
                || equal(Some(&*tree), other.as_deref()),
            );
        }
        let small: Vec<u64> = values.iter().map(|x| x % 14).collect();
        same("sums up", || plain_sums_up(&values), || sums_up(&values));
        same("small sums", || plain_sums_up(&small), || sums_up(&small));
    }
}
