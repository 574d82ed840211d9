use divvy::{associative, par_reduce};

/// The longer words are kept in order, the shorter ones in reverse: two accumulators, each with one side.
#[par_reduce]
fn both_ways(words: &[&str]) -> String {
    let mut before: Vec<&str> = Vec::new();
    let mut behind = String::new();
    for word in words {
        if word.len() > 3 {
            behind.push_str(word);
        } else {
            before.push(word);
        }
    }
    before.into_iter().rev().collect::<String>() + &behind
}

#[associative(identity = 0, commutative)]
fn either(a: u64, b: u64) -> u64 {
    a | b
}

#[par_reduce(reduce(bits: either))]
fn all(xs: &[u64]) -> u64 {
    let mut bits = 0;
    for &x in xs {
        bits = either(x, bits);
    }
    bits
}

#[test]
fn words_on_either_side() {
    assert_eq!(both_ways(&["fork", "a", "join", "b"]), "baforkjoin");
    assert_eq!(all(&[1, 4]), 5);
}
