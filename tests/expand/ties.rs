use divvy::par_reduce;

#[par_reduce]
fn last_best<T: PartialOrd + Copy + Send + Sync>(xs: &[T], low: T) -> (Option<usize>, T) {
    let mut best = low;
    let mut at = None;
    for i in 0..xs.len() {
        if xs[i] >= best {
            best = xs[i];
            at = Some(i);
        }
    }
    (at, best)
}

#[par_reduce]
fn longest<'a>(words: &[&'a str]) -> (&'a str, Option<String>) {
    let mut longest = "";
    let mut greatest = None;
    for word in words {
        if word.len() > longest.len() {
            longest = word;
        }
        greatest = greatest.max(Some(word.to_string()));
    }
    (longest, greatest)
}

#[test]
fn same_answer() {
    assert_eq!(last_best(&[1, 3, 2, 3, 0], 2), (Some(3), 3));
    assert_eq!(last_best(&[0.5], 1.0), (None, 1.0));
    assert_eq!(longest(&["a", "bc", "de"]), ("bc", Some("de".to_string())));
}
