//! How long does an expansion take, by lines of the body? Ten times the lines may take ten times as long.
//!
//! `cargo bench -p divvy-compiler --bench expansion`

use std::time::Instant;

use divvy_compiler::expand;
use proc_macro2::TokenStream;

#[path = "../../tests/robust/long.rs"]
mod long;

fn main() {
    println!(
        "{:<16} {:>10} {:>10} {:>10}  {:>6}",
        "", "100", "1000", "10000", "ratio"
    );
    let [few, more, most] = [100, 1000, 10_000].map(long::bodies);
    for (few, (more, most)) in few.iter().zip(more.iter().zip(&most)) {
        let [a, b, c] = [few, more, most].map(|(attribute, text)| {
            let item: TokenStream = text.parse().expect("tokens");
            let start = Instant::now();
            let output = expand(*attribute, TokenStream::new(), item);
            assert!(!output.is_empty());
            start.elapsed().as_secs_f64() * 1e3
        });
        let (attribute, text) = few;
        println!(
            "{:<16} {a:>7.2} ms {b:>7.2} ms {c:>7.1} ms  {:>5.1}x  {:.60}",
            attribute.to_string(),
            c / b,
            text.replace('\n', " ")
        );
    }
}
