//! Expansions mean the same whatever names stand around them.

#![allow(dead_code, non_camel_case_types, non_snake_case, unreachable_pub)]

use divvy::{par_divide, par_for, par_join, par_reduce, par_scan};

mod shadows {
    //! Names of the prelude and of std, taken by the user.
    pub mod std {}
    pub mod core {}
    pub mod rayon {}
    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Clone;
    pub struct Source;
    pub struct usize;
    pub struct Region;
}

mod shadowed {
    use super::shadows::*;
    use ::divvy::par_reduce;

    type Word = ::core::primitive::u64;

    #[par_reduce]
    pub(crate) fn total(xs: &[Word], rows: &mut [Word]) -> (Word, Word, Word) {
        let mut sum = 0;
        let mut best = xs[0];
        let mut left = 1_000;
        for (x, row) in xs.iter().zip(rows.chunks_mut(1)) {
            sum += x;
            best = best.max(*x);
            left -= x;
            row[0] = *x;
        }
        (sum, best, left)
    }

    fn unused() -> (Option, Some, None, Clone, Source, usize, Region) {
        (Option, Some, None, Clone, Source, usize, Region)
    }
}

#[test]
fn shadowed_names_of_std_do_no_harm() {
    assert_eq!(shadowed::total(&[1, 5, 3], &mut [0, 0, 0]), (9, 5, 991));
}

/// All names that generated code likes, as the user's own.
#[par_reduce]
fn our_names(piece: &[u32], rt: u32, SITE: u32, law_sum: u32) -> (u32, u32, u32) {
    let left_sum = 1;
    let right_sum = 2;
    let leaf = |start: u32| start + 1;
    let fresh = rt;
    let mut sum = law_sum;
    let mut sum_minus = 500;
    let mut best = String::new();
    for x in piece {
        sum += leaf(*x) + rt + SITE + law_sum + left_sum + right_sum + fresh;
        sum_minus -= x;
        best = best.max(format!("{piece:?} {rt} {SITE}"));
    }
    (sum, sum_minus, best.len() as u32)
}

#[test]
fn names_of_generated_code_are_free_for_the_user() {
    assert_eq!(
        our_names(&[1, 2], 10, 100, 1_000),
        (1_000 + 2 * (1 + 10 + 100 + 1_000 + 3 + 10) + 3, 497, 13)
    );
}

#[par_reduce]
fn raw_identifiers(r#type: &[u32], r#fn: u32) -> (u32, u32) {
    let mut r#loop = r#fn;
    let mut r#match = 0;
    for r#in in r#type {
        r#loop += r#in;
        r#match = r#match.max(*r#in);
    }
    (r#loop, r#match)
}

#[test]
fn raw_identifiers_stay_raw() {
    assert_eq!(raw_identifiers(&[1, 2], 3), (6, 2));
}

macro_rules! make {
    ($name:ident, $acc:ident, $op:tt, $start:expr, $update:expr) => {
        #[par_reduce(threshold = 2)]
        fn $name(xs: &[u64]) -> (u64, u64) {
            let mut $acc = $start;
            let mut other = 0;
            for &x in xs {
                $acc $op $update(x);
                other += x;
            }
            ($acc, other)
        }
    };
}

make!(sums, total, +=, 5, |x| x * 2);
make!(bits, other_bits, |=, 0u64, |x: u64| x << 1);

macro_rules! scaled {
    ($name:ident, $by:expr) => {
        #[par_reduce]
        fn $name(xs: &[u64]) -> u64 {
            let mut sum = $by * 2;
            for x in xs {
                sum += x * $by;
            }
            sum
        }
    };
}

scaled!(scaled_by_a_sum, 1 + 2);

#[test]
fn operands_from_macros_keep_their_parentheses() {
    assert_eq!(scaled_by_a_sum(&[10, 1]), 39);
}

#[test]
fn functions_made_by_macros_are_like_others() {
    assert_eq!(sums(&[1, 2, 3]), (17, 6));
    assert_eq!(bits(&[1, 2, 3]), (6, 6));
}

macro_rules! annotated {
    (#[$attribute:meta] $item:item) => {
        // another context than that of the function's own names
        #[$attribute]
        $item
    };
}

annotated! {
    #[par_for]
    fn mirror_rows(out: &mut [u8], from: &[u8], width: usize) {
        for y in 0..from.len() / width {
            for x in 0..width {
                out[y * width + x] = from[y * width + width - 1 - x];
            }
        }
    }
}

#[test]
fn attributes_that_a_macro_adds_find_the_functions_names() {
    let mut out = [0; 6];
    mirror_rows(&mut out, &[1, 2, 3, 4, 5, 6], 3);
    assert_eq!(out, [3, 2, 1, 6, 5, 4]);
}

macro_rules! add_hidden {
    ($xs:expr) => {{
        // `total` here is not the `total` of the caller
        let mut total = 0;
        for x in $xs {
            total += *x;
        }
        total
    }};
}

#[par_reduce]
fn macros_in_the_body(rows: &[Vec<u64>]) -> u64 {
    let mut sum = 0;
    for row in rows {
        sum += add_hidden!(row);
    }
    sum
}

#[test]
fn macros_in_the_body_are_left_alone() {
    assert_eq!(macros_in_the_body(&[vec![1, 2], vec![3]]), 6);
}

/// A re-export under another name, as a crate that wraps this one would have it.
mod wrapped {
    pub(crate) use ::divvy as parallel;

    #[parallel::par_reduce(crate = crate::wrapped::parallel)]
    pub(crate) fn total(xs: &[u32]) -> u32 {
        let mut sum = 0;
        for x in xs {
            sum += x;
        }
        sum
    }
}

#[test]
fn the_crate_may_be_found_under_another_path() {
    assert_eq!(wrapped::total(&[1, 2]), 3);
}

#[par_reduce]
#[doc = "Attributes on the function stay."]
#[must_use]
#[inline(never)]
pub(crate) fn attributes<'a, T, const N: usize>(xs: &'a [[T; N]], pick: impl Fn(&'a T) -> usize + Sync) -> Vec<usize>
where
    T: Sync,
{
    let mut picked = Vec::new();
    #[allow(clippy::explicit_counter_loop)]
    for x in xs {
        #[cfg(not(any()))]
        let first = &x[0];
        #[cfg(any())]
        let first = compile_error!();
        picked.push(pick(first));
    }
    picked
}

#[test]
fn generics_attributes_and_cfgs_stay() {
    assert_eq!(attributes(&[["a", "b"], ["ccc", "d"]], |s| s.len()), [1, 3]);
}

mod shadowed_statements {
    use super::shadows::*;
    use ::divvy::par_join;

    type Word = ::core::primitive::u64;

    fn sum(xs: &[Word]) -> Word {
        xs.iter().sum()
    }

    #[par_join]
    pub(crate) fn both(xs: &[Word], ys: &mut [Word]) -> (Word, Word) {
        let x = sum(xs);
        ys.reverse();
        let y = sum(&ys[..1]);
        (x, y)
    }

    fn unused() -> (Option, Some, None, Clone, Source, usize, Region) {
        (Option, Some, None, Clone, Source, usize, Region)
    }
}

/// All names that generated joins like, as the user's own.
#[par_join]
fn our_names_of_joins(forks: &[u32], statements: u32, SITE: u32, rt: u32) -> (u32, u32, u32, u32) {
    let first: u32 = forks.iter().map(|fork| fork + SITE).sum();
    let second: u32 = forks.iter().map(|claim| claim * statements).sum();
    let third = u32::max(first_of(forks), rt);
    (first, second, third, statements)
}

fn first_of(forks: &[u32]) -> u32 {
    forks[0]
}

/// Keywords as names.
#[par_join]
fn raw_names_of_joins(r#type: &[u32], r#match: &mut Vec<u32>) -> (u32, usize) {
    let r#fn: u32 = r#type.iter().sum();
    for r#in in r#type {
        r#match.push(*r#in);
    }
    (r#fn, r#match.len())
}

macro_rules! joined {
    ($name:ident, $items:ident, $left:ident, $operation:expr) => {
        #[divvy::par_join]
        fn $name($items: &[u32]) -> (u32, u32) {
            let $left = $operation($items);
            let right = $operation(&$items[1..]);
            ($left, right)
        }
    };
}

joined!(sums_of_both, items, right, |xs: &[u32]| xs.iter().sum::<u32>());

#[test]
fn statements_mean_the_same_whatever_stands_around_them() {
    assert_eq!(shadowed_statements::both(&[1, 2], &mut [3, 4]), (3, 4));
    assert_eq!(our_names_of_joins(&[1, 2], 3, 4, 5), (11, 9, 5, 3));
    let mut list = vec![7];
    assert_eq!(raw_names_of_joins(&[1, 2], &mut list), (3, 3));
    assert_eq!(list, [7, 1, 2]);
    assert_eq!(sums_of_both(&[1, 2, 3]), (6, 5));
}

mod shadowed_recursions {
    use super::shadows::*;
    use ::divvy::par_divide;

    type Word = ::core::primitive::u64;

    pub(crate) struct Node {
        pub(crate) value: Word,
        pub(crate) nodes: Vec<Node>,
    }

    #[par_divide]
    pub(crate) fn fib(n: Word) -> Word {
        if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
    }

    #[par_divide]
    pub(crate) fn ordered(xs: &mut [Word]) -> bool {
        if xs.len() < 2 {
            return true;
        }
        let middle = xs.len() / 2;
        let left = ordered(&mut xs[..middle]);
        let right = ordered(&mut xs[middle..]);
        left && right && xs[middle - 1] <= xs[middle]
    }

    impl Node {
        #[par_divide]
        pub(crate) fn gather(&self, out: &mut Vec<Word>) -> Word {
            out.push(self.value);
            let mut sum = self.value;
            for node in &self.nodes {
                sum += node.gather(out);
            }
            sum
        }

        #[par_divide]
        pub(crate) fn has(&self, value: Word) -> bool {
            self.value == value || self.nodes.iter().any(|node| node.has(value))
        }
    }

    fn unused() -> (Option, Some, None, Clone, Source, usize, Region) {
        (Option, Some, None, Clone, Source, usize, Region)
    }
}

/// All names that generated recursions like, as the user's own.
#[par_divide]
fn our_names_of_recursions(forks: &[u32], fork: u32, SITE: u32, rt: u32, watch: u32) -> u32 {
    let (leaf, ambient, watched) = (fork + SITE, rt, watch);
    if forks.len() < 2 {
        return forks.iter().sum::<u32>() + leaf + ambient + watched;
    }
    let (first, second) = forks.split_at(forks.len() / 2);
    let third = our_names_of_recursions(first, fork, SITE, rt, watch);
    third + our_names_of_recursions(second, rt, SITE, fork, watch)
}

struct Runtime {
    forks: Vec<Runtime>,
}

impl Runtime {
    #[par_divide]
    fn in_twin(&self, ambient: u32, SITE: u32) -> u32 {
        let mut rt = ambient;
        for forks in &self.forks {
            rt += forks.in_twin(SITE, ambient);
        }
        rt
    }
}

/// Keywords as names.
#[par_divide]
fn r#type(r#fn: u32, r#match: u32) -> u32 {
    if r#fn < 2 {
        return r#match;
    }
    let r#in = r#type(r#fn - 1, r#match);
    r#in + r#type(r#fn - 2, r#match + 1)
}

macro_rules! divided {
    ($name:ident, $n:ident, $left:ident, $operation:tt) => {
        #[divvy::par_divide]
        fn $name($n: u64) -> u64 {
            if $n < 2 {
                return $n;
            }
            let $left = $name($n - 1);
            // another `right` than that of the caller
            let right = $name($n - 2);
            $left $operation right * 2
        }
    };
}

divided!(jacobsthal, forks, right, +);

annotated! {
    #[par_divide]
    fn fib_that_a_macro_annotates(n: u64) -> u64 {
        match n {
            0 | 1 => n,
            _ => fib_that_a_macro_annotates(n - 1) + fib_that_a_macro_annotates(n - 2),
        }
    }
}

#[test]
fn recursions_mean_the_same_whatever_stands_around_them() {
    use shadowed_recursions::{Node, fib, ordered};
    assert_eq!(fib(12), 144);
    assert!(ordered(&mut [1, 2, 2, 5, 9]) && !ordered(&mut [1, 3, 2]));
    let leaf = |value| Node { value, nodes: vec![] };
    let node = Node {
        value: 1,
        nodes: vec![leaf(2), leaf(3)],
    };
    let mut out = vec![0];
    assert_eq!((node.gather(&mut out), out), (6, vec![0, 1, 2, 3]));
    assert!(node.has(3) && !node.has(4));
    assert_eq!(our_names_of_recursions(&[1, 2], 10, 100, 1_000, 10_000), 22_223);
    let forks = [1, 0].map(|n| Runtime {
        forks: (0..n).map(|_| Runtime { forks: vec![] }).collect(),
    });
    assert_eq!(Runtime { forks: forks.into() }.in_twin(1, 10), 22);
    assert_eq!(r#type(3, 5), 17);
    assert_eq!(jacobsthal(6), 21);
    assert_eq!(fib_that_a_macro_annotates(10), 55);
}

mod shadowed_scans {
    use super::shadows::*;
    use ::divvy::par_scan;

    type Word = ::core::primitive::u64;

    #[par_scan(threshold = 2)]
    pub(crate) fn sums(xs: &[Word], out: &mut [Word]) -> (Word, bool) {
        let mut sum = 1;
        let mut is_odd = false;
        for (x, slot) in xs.iter().zip(out.iter_mut()) {
            sum += x;
            if *x % 2 == 1 {
                is_odd = !is_odd;
            }
            *slot = if is_odd { sum } else { 0 };
        }
        (sum, is_odd)
    }

    #[par_scan(threshold = 2)]
    pub(crate) fn chained(days: &mut [Word], first: Word) {
        days[0] = first;
        for day in 1..days.len() {
            days[day] += days[day - 1];
        }
    }

    fn unused() -> (Option, Some, None, Clone, Source, usize, Region) {
        (Option, Some, None, Clone, Source, usize, Region)
    }
}

/// All names that generated scans like, as the user's own.
#[par_scan(threshold = 2)]
fn our_names_of_scans(piece: &[u32], rt: u32, SITE: u32, carried: u32) -> (Vec<u32>, u32) {
    let summary = 1;
    let region = 2;
    let mut sum = carried;
    let mut sum_after = 0;
    let mut is_set = false;
    let mut left_sums = Vec::new();
    for x in piece {
        sum += x + rt + SITE + summary + region;
        is_set = if *x % 3 == 0 { !is_set } else { is_set };
        if is_set {
            sum_after += 1;
        }
        left_sums.push(sum + carried + sum_after);
    }
    (left_sums, sum)
}

/// Keywords as names.
#[par_scan(threshold = 2)]
fn raw_names_of_scans(r#type: &[u32], r#fn: &mut [u32]) -> u32 {
    let mut r#loop = 5;
    let mut r#match = false;
    for r#in in 0..r#type.len() {
        r#loop += r#type[r#in];
        if r#type[r#in] == 2 {
            r#match = !r#match;
        }
        r#fn[r#in] = if r#match { r#loop } else { 1 };
    }
    r#loop
}

macro_rules! scanned {
    ($name:ident, $xs:ident, $sum:ident, $op:tt) => {
        #[allow(clippy::assign_op_pattern)] // an operator without `=` is what it gets
        #[divvy::par_scan(threshold = 2)]
        fn $name($xs: &[u64]) -> (Vec<u64>, u64) {
            let mut $sum = 1;
            // another `sums` than that of the caller
            let mut sums = Vec::new();
            for x in $xs {
                $sum = $sum $op x;
                sums.push($sum);
            }
            (sums, $sum)
        }
    };
}

scanned!(products, piece, sums_of, *);

annotated! {
    #[par_scan(threshold = 2)]
    fn states_that_a_macro_annotates(text: &[u8], out: &mut [bool]) {
        let mut inside = false;
        for i in 0..text.len() {
            if text[i] == b'|' {
                inside = !inside;
            }
            out[i] = inside;
        }
    }
}

#[test]
fn scans_mean_the_same_whatever_stands_around_them() {
    let mut out = [9; 4];
    assert_eq!(shadowed_scans::sums(&[1, 2, 3, 4], &mut out), (11, false));
    assert_eq!(out, [2, 4, 0, 0]);
    let mut days = [0, 2, 3];
    shadowed_scans::chained(&mut days, 5);
    assert_eq!(days, [5, 7, 10]);
    assert_eq!(
        our_names_of_scans(&[3, 1, 6], 10, 100, 1_000),
        (vec![2_117, 2_232, 2_351], 1_349)
    );
    let mut seen = [0; 3];
    assert_eq!(raw_names_of_scans(&[1, 2, 3], &mut seen), 11);
    assert_eq!(seen, [1, 8, 11]);
    assert_eq!(products(&[2, 3]), (vec![2, 6], 6));
    let mut inside = [false; 4];
    states_that_a_macro_annotates(b"a|b|", &mut inside);
    assert_eq!(inside, [false, true, true, false]);
}
