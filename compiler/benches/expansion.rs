//! How long does an expansion take, by lines of the body? Ten times the lines may take ten times as long.
//!
//! `cargo bench -p divvy-compiler --bench expansion`

use std::time::Instant;

use divvy_compiler::{Attribute, expand};
use proc_macro2::TokenStream;

#[path = "../../tests/robust/long.rs"]
mod long;

#[path = "../../benches/benches/compile_time/functions.rs"]
mod functions;

fn main() {
    usual();
    println!(
        "{:<16} {:>10} {:>10} {:>10}  {:>6}",
        "", "100", "1000", "10000", "ratio"
    );
    let [few, more, most] = [100, 1000, 10_000].map(long::bodies);
    for (few, (more, most)) in few.iter().zip(more.iter().zip(&most)) {
        let [(a, _), (b, shorter), (c, longer)] = [few, more, most].map(|(attribute, text)| {
            let item: TokenStream = text.parse().expect("tokens");
            let start = Instant::now();
            let output = expand(*attribute, TokenStream::new(), item);
            let time = start.elapsed().as_secs_f64() * 1e3;
            let size = tokens(output);
            assert!(size > 0);
            (time, size)
        });
        assert!(
            longer <= 11 * shorter,
            "{shorter} tokens, of ten times the lines {longer}"
        );
        let (attribute, text) = few;
        println!(
            "{:<16} {a:>7.2} ms {b:>7.2} ms {c:>7.1} ms  {:>5.1}x  {:.60}",
            attribute.to_string(),
            c / b,
            text.replace('\n', " ")
        );
    }
}

/// Functions as users write them.
fn usual() {
    println!("milliseconds a function (least of 21), and tokens: as written, expanded");
    for (name, function, _) in functions::FUNCTIONS {
        let attribute = match name {
            "par_divide" => Attribute::Divide,
            "par_for" => Attribute::For,
            _ => Attribute::Reduce,
        };
        let item: TokenStream = function.replace("NAME", "function").parse().expect("a function");
        let (mut least, mut length) = (f64::INFINITY, 0);
        for _ in 0..21 {
            let start = Instant::now();
            let output = expand(attribute, TokenStream::new(), item.clone());
            least = least.min(start.elapsed().as_secs_f64() * 1e3);
            length = tokens(output);
        }
        let first = function.lines().next().unwrap_or_default();
        println!("{name:<12} {least:>7.3} {:>5} {length:>5}  {first:.60}", tokens(item));
    }
    println!();
}

fn tokens(stream: TokenStream) -> usize {
    let of = |token| match token {
        proc_macro2::TokenTree::Group(group) => 2 + tokens(group.stream()),
        _ => 1,
    };
    stream.into_iter().map(of).sum()
}
