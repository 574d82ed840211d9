use divvy::par_join;

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Neither list needs the other one; what needs both comes after them.
#[par_join]
fn shared(a: &str, b: &str) -> usize {
    let a = words(a);
    let b = words(b);
    a.iter().filter(|word| b.contains(word)).count()
}

#[test]
fn neither_statement_needs_the_other() {
    assert_eq!(shared("to be or not", "to be"), 2);
}
