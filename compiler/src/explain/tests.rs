//! The text that `explain` adds, for each kind of kernel.

use proc_macro2::TokenStream;
use syn::{Expr, Lit, Meta};

use crate::attribute::Attribute;

/// The documentation of the function after its expansion.
fn explained(attribute: Attribute, options: &str, function: &str) -> String {
    let [options, function] = [options, function].map(|text| text.parse::<TokenStream>().unwrap());
    let output = crate::expand(attribute, options, function);
    let text = output.to_string();
    assert!(!text.contains("compile_error"), "{text}");
    let file: syn::File = syn::parse2(output).unwrap();
    let Some(syn::Item::Fn(function)) = file.items.first() else {
        panic!("the function comes first")
    };
    let line = |attribute: &syn::Attribute| match &attribute.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim_start().to_string()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    let lines: Vec<_> = function.attrs.iter().filter_map(line).collect();
    lines.join("\n")
}

#[test]
fn a_loop_says_what_it_carries_and_how_it_ends() {
    let text = explained(
        Attribute::Reduce,
        "explain, float = tree, threshold = 1 << 12, grain = 64, relax(any_order), twin = plain",
        "fn f(xs: &[f64], m: &mut BTreeMap<u8, u64>) -> Option<(f64, usize, Vec<f64>)> {
            let (mut sum, mut best, mut at, mut low) = (0.0, 0.0, 0, 9.0);
            let mut out = Vec::new();
            for (i, x) in xs.iter().enumerate() {
                sum += x;
                if *x > best { best = *x; at = i; }
                low = x.min(low);
                out.push(*x);
                *m.entry(i as u8).or_insert(0) += 1;
                if *x < 0.0 { return None; }
            }
            Some((sum, at, out))
        }",
    );
    assert_eq!(
        text,
        "
# Runs in parallel

By `#[par_reduce]`, with the answer of the code as it is written:

- `for (i, x) in xs.iter().enumerate()`: `xs.iter().enumerate()` is cut into pieces
- `sum`: added up (`ops::Add`)
- `best`: the better one by `> best` stays, of equal ones the first
- `at`: the better one by `> best` stays, of equal ones the first
- `low`: joined by `min`, of equal values the last one stays
- `out`: joined in order (`ops::Append`)
- `m`, key by key: added up (`ops::Add`)
- `return` leaves with what the sequential loop leaves with: the first one counts

- cutoff: below `1 << 12` iterations the original code runs
- a leaf has at least `64` iterations
- it runs on the current thread pool
- `float = tree`: rounded in a fixed tree, the same bits at every thread count, not those of the sequential loop
- `relax(any_order)`: any match or error will do, not only the first one
- the sequential original is kept as `plain`"
    );
}

#[test]
fn a_loop_says_what_it_writes() {
    let text = explained(
        Attribute::For,
        "explain, pool = pool",
        "fn f(out: &mut [u64], xs: &[u64], w: usize) {
            let mut t;
            for y in 0..xs.len() {
                t = xs[y];
                for x in 0..w { out[y * w + x] = t; }
            }
        }",
    );
    for line in [
        "- `for y in 0..xs.len()`: `0..xs.len()` is cut into pieces",
        "- `out[y * w + x]`: every iteration writes elements of its own; that they don't overlap is checked at run time",
        "- `t`: each iteration has its own",
        "- cutoff: found at run time; small inputs never touch the thread pool",
        "- it runs on the pool `pool`",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_chain_and_a_subtraction_are_told() {
    let text = explained(
        Attribute::Reduce,
        "explain",
        "fn f(xs: &[u64], mut rest: u64) -> (u64, bool) {
            for x in xs { rest -= x; }
            (rest, xs.iter().any(|x| *x == 3))
        }",
    );
    for line in [
        "- `rest`: what is subtracted is added up, and subtracted once",
        "- `xs.iter().any(|x| *x == 3)`: `xs.iter()` is cut into pieces",
        "- `any` gives the first answer in the sequential order, later pieces are told to stop",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_recursion_says_which_calls_run_side_by_side() {
    let text = explained(
        Attribute::Divide,
        "explain, threshold = 64",
        "fn sort(v: &mut [u32]) {
            if v.len() < 2 { return; }
            let m = v.len() / 2;
            sort(&mut v[..m]);
            sort(&mut v[m..]);
            merge(v, m);
        }",
    );
    for line in [
        "- `sort(&mut v[..m]), sort(&mut v[m..])`: run side by side; what follows them is the combine",
        "- that the parts of `v` don't overlap is checked at run time, else the calls run in order",
        "- cutoff: where the size of its arguments is below `64` the original code runs",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let text = explained(
        Attribute::Divide,
        "explain",
        "fn weigh(t: &Tree) -> u64 {
            let mut sum = 0;
            for child in &t.children { sum += weigh(child); }
            sum + t.twigs.iter().map(|twig| weigh(twig)).max().unwrap_or(0)
        }",
    );
    for line in [
        "- `for child in &t.children`: `&t.children` is cut into pieces",
        "- `sum`: added up (`ops::Add`)",
        "- `t.twigs.iter().map(|twig| weigh(twig))`: the calls run side by side, their results are taken in order",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_scan_says_what_it_carries_along() {
    let text = explained(
        Attribute::Scan,
        "explain, float = exact",
        "fn f(xs: &[u64], s: &str) -> Vec<u64> {
            let mut out = Vec::new();
            let mut sum = 0;
            for x in xs { sum += x; out.push(sum); }
            out
        }",
    );
    for line in [
        "- `sum`: carried along, a running sum; the pieces are summarised first, then run from what comes in",
        "- `out`: joined in order (`ops::Append`)",
        "- `float = exact`: the exact sum of the terms, rounded once",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn replayed_calls_and_distinct_indices_are_told() {
    let text = explained(
        Attribute::For,
        "explain, replay(image), unique(place)",
        "fn f(xs: &[u64], place: &[usize], out: &mut [u64], image: &mut Image) {
            for i in 0..xs.len() { out[place[i]] = xs[i]; image.put(i, xs[i]); }
        }",
    );
    for line in [
        "- calls on `image` are made one after another, in the sequential order",
        "- that the indices in `place` are distinct is checked before a loop",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn without_the_option_nothing_is_said() {
    let text = explained(
        Attribute::Reduce,
        "",
        "fn f(xs: &[u64]) -> u64 { let mut n = 0; for x in xs { n += x; } n }",
    );
    assert_eq!(text, "");
}

#[test]
fn statements_say_which_run_side_by_side() {
    let text = explained(
        Attribute::Join,
        "explain",
        "fn f(xs: &[u64], out: &mut Vec<u64>) -> Option<u64> {
            let a = total(xs)?;
            for x in xs { out.push(weigh(*x)); }
            let b = total(&xs[1..])?;
            Some(a + b)
        }",
    );
    for line in [
        "By `#[par_join]`, with the answer of the code as it is written:",
        "- cutoff: where the statements took next to no time the last time, they run in order",
        "run side by side, in the sequential order as far as can be seen",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("unit"), "{text}");
}

#[test]
fn sorts_and_what_is_put_in_its_place_later_are_named() {
    let text = explained(
        Attribute::Scan,
        "explain",
        "fn f(xs: &[u32], v: &mut Vec<u32>, out: &mut [u32]) -> usize {
            v.sort_unstable();
            let mut k = 0;
            for x in xs { if x % 2 == 0 { out[k] = *x; k += 1; } }
            k
        }",
    );
    for line in [
        "- `v.sort_unstable()`: a slice is sorted by rayon's `par_sort_unstable`",
        "- `out`: what is put into it is computed in parallel, and put there in the sequential order",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}

#[test]
fn every_word_of_relax_is_told() {
    let text = explained(
        Attribute::Reduce,
        "explain, relax(any_order, late_writes, locks, atomics, io)",
        "fn f(xs: &[u64]) -> u64 { let mut n = 0; for x in xs { if *x == 7 { break; } n += x; } n }",
    );
    for line in [
        "- `break` ends the loop at the iteration at which the sequential one does",
        "- `relax(any_order)`: any match or error will do, not only the first one",
        "- `relax(late_writes)`: what lies behind an early exit may have been written",
        "- `relax(locks)`: who gets a lock first depends on the schedule",
        "- `relax(atomics)`: what an iteration sees in an atomic depends on the schedule",
        "- `relax(io)`: what the iterations print comes in any order",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let words = crate::options::TABLE
        .iter()
        .find(|spec| spec.name == "relax")
        .map(|spec| spec.words());
    for word in words.expect("there is `relax`") {
        assert!(text.contains(&format!("`relax({word})`")), "{word} is not in\n{text}");
    }
}

#[test]
fn every_way_to_round_is_told() {
    let words = crate::options::TABLE
        .iter()
        .find(|spec| spec.name == "float")
        .map(|spec| spec.words());
    let words = words.expect("there is `float`");
    assert_eq!(words.len(), 4);
    for word in words {
        let text = explained(
            Attribute::Reduce,
            &format!("explain, float = {word}"),
            "fn f(xs: &[f64]) -> f64 { let mut n = 0.0; for x in xs { n += x; } n }",
        );
        assert!(
            text.contains(&format!("- `float = {word}`: ")),
            "{word} is not in\n{text}"
        );
    }
}

#[test]
fn collectors_and_private_boards_are_told() {
    let text = explained(
        Attribute::Divide,
        "explain",
        "fn leaves(t: &Tree, out: &mut Vec<u64>) {
            if let Some(left) = &t.left { leaves(left, out); }
            out.push(t.value);
            if let Some(right) = &t.right { leaves(right, out); }
        }",
    );
    let line = "- `out`: a call that runs beside an earlier one fills a collection of its own, which is added behind the earlier one's";
    assert!(text.contains(line), "{line} is not in\n{text}");
    let text = explained(
        Attribute::Divide,
        "explain, private(board)",
        "fn queens(board: &mut Vec<usize>, row: usize, n: usize) -> u64 {
            if row == n { return 1; }
            let mut count = 0;
            for column in 0..n {
                if is_safe(board, row, column) {
                    board.push(column);
                    count += queens(board, row + 1, n);
                    board.pop();
                }
            }
            count
        }",
    );
    let line =
        "- `board`: a call that may run on another thread works on a clone of its own; below the cutoff there is none";
    assert!(text.contains(line), "{line} is not in\n{text}");
}

#[test]
fn chains_name_their_operation() {
    for (chain, want) in [
        ("xs.iter().sum()", "the parts of `sum` are added up (`ops::Add`)"),
        (
            "xs.iter().product()",
            "the parts of `product` are multiplied (`ops::Mul`)",
        ),
        (
            "xs.iter().max()",
            "joined by `max` (`ops::Max`), of equal values the last one stays",
        ),
        (
            "xs.iter().min_by_key(|x| *x % 7)",
            "the better one stays, of equal ones the first",
        ),
        ("xs.iter().collect()", "the parts of `collect` are joined in order"),
    ] {
        let text = explained(
            Attribute::Reduce,
            "explain",
            &format!("fn f(xs: &[u64]) -> X {{ {chain} }}"),
        );
        assert!(text.contains(want), "{want} is not in\n{text}");
    }
}
