use divvy::par_for;

/// Nobody uses what the replayed call gives back.
#[par_for(replay(seen))]
fn lengths(words: &[&str], seen: &mut Vec<usize>) {
    for word in words {
        seen.push(word.len());
    }
}

#[test]
fn the_calls_are_made_in_order() {
    let mut seen = Vec::new();
    lengths(&["a", "bcd", "ef"], &mut seen);
    assert_eq!(seen, [1, 3, 2]);
}
