//! Functions in the middle of being typed: never a panic, never an error of ours about what is not there yet, and the
//! user's tokens are still there.

use std::panic::catch_unwind;

use divvy_compiler::{Attribute, expand};
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;

const FUNCTIONS: &[&str] = &[
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for (i, x) in xs.iter().enumerate() { if *x > 3 { sum += x * i as u64; } } sum }",
    "impl_fn!(); fn best(&mut self, xs: Vec<f64>) -> usize { for i in 0..xs.len() { if xs[i] >= self.top { self.top = xs[i]; self.at = i; } } self.at }",
    "pub fn fib(n: u32) -> u64 { match n { 0 | 1 => n.into(), n => { let a = fib(n - 1); let b = fib(n - 2); a + b } } }",
    "async fn walk<T: Ord>(t: &Tree<T>) -> usize where T: Send { 1 + t.left.as_ref().map_or(0, |l| walk(l)) + walk(&t.right)?.len() }",
    "fn both(xs: &[u64], out: &mut Vec<u64>) -> Option<u64> { let (a, b) = xs.split_at(2); let x = total(a)?; for y in b { out.push(*y); } let z = total(&b[1..]); Some(x + z) }",
    "fn sums(xs: &[i64], out: &mut [i64]) -> i64 { let mut sum = 0; let mut k = 0; for (i, x) in xs.iter().enumerate() { sum = if *x > 0 { sum + x } else { 0 }; out[i] = sum.max(k); k += 1; } sum }",
    "fn words(text: &str) { 'a: for line in text.lines() { let Some(w) = line.split(' ').next() else { continue 'a }; *m.entry(w).or_insert(0) += 1; println!(\"{w}\"); } }",
];

/// The identifiers, numbers and strings, in order.
fn leaves(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => leaves(group.stream()),
            TokenTree::Punct(_) => vec![],
            other => vec![other.to_string()],
        })
        .collect()
}

/// True if `part` occurs in `whole` in this order.
fn contains_in_order(whole: &[String], part: &[String]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|word| whole.any(|w| w == word))
}

/// Every way to stop typing: the tokens up to each one, open groups closed.
fn prefixes(tokens: TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for end in 0..=trees.len() {
        found.push(trees[..end].iter().cloned().collect());
        if let Some(TokenTree::Group(group)) = trees.get(end) {
            for inner in prefixes(group.stream()) {
                let open = proc_macro2::Group::new(group.delimiter(), inner);
                found.push(trees[..end].iter().cloned().chain([open.into()]).collect());
            }
        }
    }
    found
}

fn check(attribute: Attribute, args: TokenStream, item: TokenStream) {
    let output = catch_unwind(|| expand(attribute, args, item.clone()))
        .unwrap_or_else(|_| panic!("{attribute} panics on {item}"));
    let text = output.to_string();
    assert!(!text.contains("bug in divvy"), "{attribute} fails inside on {item}");
    let refused = text.contains("compile_error");
    let is_function = syn::parse2::<syn::ItemFn>(item.clone()).is_ok();
    if refused || !is_function {
        assert!(
            contains_in_order(&leaves(output.clone()), &leaves(item.clone())),
            "{attribute} loses tokens of {item}"
        );
    }
    if !is_function && syn::parse2::<syn::Item>(item.clone()).is_err() {
        assert_eq!(text, item.to_string(), "{attribute} adds to what does not parse");
    }
    if is_function {
        assert!(
            syn::parse2::<syn::File>(output).is_ok(),
            "{attribute} writes what does not parse: {text}"
        );
    }
}

#[test]
fn every_prefix_of_a_function_comes_back() {
    let mut tried = 0;
    for function in FUNCTIONS {
        for prefix in prefixes(function.parse().expect("tokens")) {
            for attribute in Attribute::ALL {
                check(*attribute, TokenStream::new(), prefix.clone());
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried} prefixes");
}

/// What stands in the editor while somebody types, as the editor closes its brackets.
const LADDER: &[&str] = &[
    "",
    "f",
    "fn",
    "fn total",
    "fn total()",
    "pub fn total(xs",
    "fn total(xs)",
    "fn total(xs:) {}",
    "fn total(xs: &[u64]) ->",
    "fn total(xs: &[u64]) -> {}",
    "fn total<T: >(xs: &[T]) -> T { }",
    "fn total(xs: &[u64]) -> u64 {}",
    "fn total(xs: &[u64]) -> u64 { todo!() }",
    "fn total(xs: &[u64]) -> u64 { unimplemented!(\"soon\") }",
    "fn total(xs: &[u64]) -> u64 { let }",
    "fn total(xs: &[u64]) -> u64 { let mut sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0 }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs. {} sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum + } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum += } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum += x. } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { if } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { if x > {} } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; #[par] for x in xs { sum += *x }; sum. }",
    "fn total(xs: &[u64]) -> u64 { xs.iter(). }",
    "fn total(xs: &[u64]) -> u64 { xs.iter().map(|) }",
    "fn total(xs: &[u64]) -> u64 { xs.iter().map(|x) .sum() }",
    "fn total(xs: &[u64]) -> u64 { xs.iter().map(|x| x. ).sum() }",
    "fn fib(n: u32) -> u64 { if n < 2 { return } fib(n - 1) + }",
    "fn fib(n: u32) -> u64 { let (a, b) = (fib(n - 1), fib(n - ); a + b }",
    "fn fib(n: u32) -> u64 { match n { 0 => 0, n => fib( } }",
    "struct Total { sum: }",
    "impl Total { fn total(&self) -> }",
];

/// The same under `#[par_join]`.
const JOINS: &[&str] = &[
    "fn both",
    "fn both(",
    "fn both(a: &[u64], b",
    "fn both(a: &[u64], b: &mut) -> (",
    "fn both(a: &[u64]) -> (u64, u64) {",
    "fn both(a: &[u64]) -> (u64, u64) { let",
    "fn both(a: &[u64]) -> (u64, u64) { let (",
    "fn both(a: &[u64]) -> (u64, u64) { let x =",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a[..",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(&a[..1]) let y",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y =",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y = a.",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y = a.iter(",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y = total(a).; (x, y) }",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a)?; let y = total(a)?.",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y = total(a); (x,, y) }",
    "fn both(a: &[u64]) -> (u64, u64) { let x = total(a); let y = total(a); (x +, y) }",
    "fn both(a: &[u64]) -> (u64, u64) { #[",
    "fn both(a: &[u64]) -> (u64, u64) { #[fork",
    "fn both(a: &[u64]) -> (u64, u64) { #[fork]",
    "fn both(a: &[u64]) -> (u64, u64) { #[fork] let x",
    "fn both(a: &[u64]) -> (u64, u64) { #[fork] let x = total(a); #[fork]",
    "fn both(a: &[u64]) -> (u64, u64) { let mut out = vec![]; for x in a { out.push(",
    "fn both(a: &[u64]) -> (u64, u64) { let mut out = vec![]; for x in a { out.push(x) let y = total(a);",
    "fn both(a: &[u64]) -> (u64, u64) { if a. { total(a)",
    "fn both(a: &mut [u64]) { let (l, r) = a.split_at_mut(; fill(l); fill(r);",
    "fn both(a: &mut [u64]) { fill(&mut a[..; fill(&mut a[1..]);",
    "fn both(a: &[u64]) -> (u64, u64) { todo!() }",
];

/// The same under `#[par_scan]`.
const SCANS: &[&str] = &[
    "fn sums",
    "fn sums(xs: &[u64]",
    "fn sums(xs: &[u64]) -> Vec<",
    "fn sums(xs: &[u64]) -> Vec<u64> {",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum =",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; let mut out",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; let mut out = vec![",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; let mut out = Vec::; for x in xs",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs.",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum +=",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum += x; out.",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum += x; out.push(",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum += x; out.push(sum +",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum += x; out.push(sum) } out.",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum = if x",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum = if *x > { sum } else {",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum = match x {",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum = match x { 0 =>",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum = (sum * 31 + x) %",
    "fn sums(xs: &[u64]) -> Vec<u64> { let mut sum = 0; for x in xs { sum = sum.max(",
    "fn sums(xs: &mut [u64]) { for i in 1..xs.len() { xs[i] = xs[i -",
    "fn sums(xs: &mut [u64]) { for i in 1..xs.len() { xs[i] = xs[i - 1] +",
    "fn sums(xs: &mut [u64]) { for i in 1.. { xs[",
    "fn sums(xs: &mut [u64]) { let mut k = 0; for x in xs { out[k",
    "fn sums(xs: &mut [u64]) { let mut k = 0; for x in xs { out[k] =",
    "fn sums(xs: &mut [u64]) { let mut k = 0; for x in xs { out[k] = x; k +=",
    "fn sums(text: &mut [u8]) { let mut inside = false; for c in text { if *c ==",
    "fn sums(text: &mut [u8]) { let mut inside = false; for c in text { inside = !",
    "fn sums(xs: &[u64]) -> Vec<u64> { todo!() }",
];

/// What rust-analyzer makes of half-typed functions before a macro sees them.
const REPAIRED: &[&str] = &[
    "fn __ra_fixup() { }",
    "fn total(xs: __ra_fixup) { }",
    "fn total(xs: &[u64]) -> __ra_fixup { }",
    "fn total(xs: &[u64]) -> u64 { }",
    "fn total(xs: &[u64]) -> u64 { let __ra_fixup; }",
    "fn total(xs: &[u64]) -> u64 { let mut __ra_fixup = 0; }",
    "fn total(xs: &[u64]) -> u64 { let mut sum; }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = __ra_fixup; }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; sum += 1; }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for _ in __ra_fixup { } }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in __ra_fixup { } }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { } }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { } sum.__ra_fixup }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs.__ra_fixup { } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum += __ra_fixup; } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum += x.__ra_fixup; } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { sum = x + __ra_fixup; } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { if __ra_fixup { } } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { if x > __ra_fixup { sum += x; } } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { match __ra_fixup { } } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; while __ra_fixup { } sum }",
    "fn total(xs: &[u64]) -> u64 { let mut sum = 0; for x in xs { out.push(__ra_fixup); println!(); } sum }",
    "fn total(xs: &[u64]) -> u64 { xs.iter().__ra_fixup }",
    "fn total(xs: &[u64]) -> u64 { xs.iter().map(|x| __ra_fixup).sum() }",
    "fn total(xs: &[u64]) -> u64 { let (left, right) = xs.split_at(__ra_fixup); }",
    "fn total(xs: &[u64]) -> u64 { let left = total(&xs[1..]); }",
    "fn total(xs: &[u64]) -> u64 { let left = total(xs); let right = total(left.__ra_fixup); left + right }",
    "fn total(xs: &[u64]) -> u64 { let left = total(xs); left + __ra_fixup }",
    "fn total(xs: &mut [u64]) -> Vec<u64> { let mut out = Vec::new(); let mut sum = 0; }",
    "fn total(xs: &mut [u64]) -> Vec<u64> { for i in 1..xs.len() { xs[i] = xs[__ra_fixup]; } }",
    "fn total(&self) -> Option<u64> { #[seq] for x in xs { } let sum = self.__ra_fixup; }",
    "fn total(&self) -> (u64, u64) { let a = self.first(); }",
    "async fn total(&self) -> u64 { self.__ra_fixup; }",
];

/// The text as an editor hands it over: brackets that are open are closed.
fn closed(text: &str) -> TokenStream {
    let mut open = Vec::new();
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' => {
                while let Some(last) = open.pop() {
                    if last == c {
                        break;
                    }
                    kept.push(last);
                }
            }
            _ => {}
        }
        kept.push(c);
    }
    kept.extend(open.iter().rev());
    kept.parse().unwrap_or_else(|e| panic!("{kept}: {e}"))
}

#[test]
fn each_step_of_the_ladder_comes_back_without_an_error() {
    for ladder in [LADDER, JOINS, SCANS] {
        assert!(ladder.len() >= 30);
    }
    for text in [LADDER, JOINS, SCANS].into_iter().flatten() {
        let item = closed(text);
        let attributes = [
            Attribute::Reduce,
            Attribute::For,
            Attribute::Divide,
            Attribute::Join,
            Attribute::Scan,
        ];
        for attribute in attributes {
            check(attribute, TokenStream::new(), item.clone());
            let function = syn::parse2::<syn::ItemFn>(item.clone());
            let is_to_do = |function: &syn::ItemFn| {
                let body = quote::quote!(#function).to_string();
                function.block.stmts.is_empty() || body.contains("todo !") || body.contains("unimplemented !")
            };
            if function.as_ref().is_ok_and(|function| !is_to_do(function)) {
                continue; // it says something already, and may be answered
            }
            let output = expand(attribute, TokenStream::new(), item.clone()).to_string();
            assert!(
                !output.contains("compile_error"),
                "{attribute} answers {text} by {output}"
            );
        }
    }
}

#[test]
fn what_an_editor_has_repaired_comes_back_without_an_error() {
    assert!(REPAIRED.len() >= 30);
    for text in REPAIRED {
        let item: TokenStream = text.parse().expect("tokens");
        for attribute in Attribute::ALL
            .iter()
            .filter(|a| !matches!(a, Attribute::Associative | Attribute::Test))
        {
            check(*attribute, TokenStream::new(), item.clone());
            let output = expand(*attribute, TokenStream::new(), item.clone()).to_string();
            let is_silent = !output.contains("compile_error") && !output.contains("seq");
            assert!(is_silent, "{attribute} answers {text} by {output}");
        }
    }
}

#[test]
fn every_prefix_of_the_options_is_answered() {
    let options = "threshold = 1 << 4, size = xs.len(), float = tree, reduce(sum: ops::Add), relax(io), twin = plain";
    for prefix in prefixes(options.parse().expect("tokens")) {
        for attribute in Attribute::ALL {
            check(*attribute, prefix.clone(), FUNCTIONS[0].parse().expect("tokens"));
        }
    }
}

/// A function with some tokens taken out, doubled or swapped.
fn mutate(tokens: TokenStream, dice: &mut impl FnMut(usize) -> usize) -> TokenStream {
    let mut trees: Vec<TokenTree> = tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                TokenTree::Group(proc_macro2::Group::new(group.delimiter(), mutate(group.stream(), dice)))
            }
            other => other,
        })
        .collect();
    if !trees.is_empty() && dice(6) == 0 {
        let at = dice(trees.len());
        match dice(3) {
            0 => drop(trees.remove(at)),
            1 => trees.insert(at, trees[at].clone()),
            _ => {
                let other = dice(trees.len());
                trees.swap(at, other);
            }
        }
    }
    trees.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_functions_come_back(which in 0..FUNCTIONS.len(), seed in any::<u64>()) {
        let mut state = seed | 1;
        let mut dice = |n: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % n as u64) as usize
        };
        let item = mutate(FUNCTIONS[which].parse().expect("tokens"), &mut dice);
        for attribute in Attribute::ALL {
            check(*attribute, TokenStream::new(), item.clone());
        }
    }
}
