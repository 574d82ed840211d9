use divvy::par_reduce;

#[par_reduce(float = tree)]
fn norm(xs: &[f64]) -> f64 {
    xs.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[par_reduce]
fn numbered(words: &[&str], name: &str) -> Vec<String> {
    words
        .iter()
        .enumerate()
        .map(move |(i, word)| format!("{name}{i}: {word}"))
        .filter(|line| line.len() > 4)
        .rev()
        .collect()
}

#[par_reduce]
fn every_other_capital(text: &str) -> Option<usize> {
    text.chars()
        .filter(|c| c.is_uppercase())
        .step_by(2)
        .zip(text.bytes().map(|b| b + 1))
        .position(|(c, b)| c == b as char)
}

#[par_reduce]
fn range(xs: &[i32]) -> (i32, i32) {
    xs.iter()
        .fold((i32::MAX, i32::MIN), |(low, high), x| (low.min(*x), high.max(*x)))
}

#[par_reduce]
fn split(xs: &[u64]) -> (u64, Vec<usize>) {
    let mut sum = 0;
    let mut large = Vec::new();
    xs.iter().enumerate().filter(|(_, x)| **x != 5).for_each(|(i, x)| {
        sum += x;
        if *x > 9 {
            large.push(i);
        }
    });
    (sum, large)
}

#[test]
fn same_answer() {
    assert_eq!(norm(&[3.0, 4.0]), 5.0);
    assert_eq!(numbered(&["a", "", "b"], "n"), ["n2: b", "n0: a"]);
    assert_eq!(every_other_capital("A@XA"), Some(1));
    assert_eq!(range(&[3, 1, 2]), (1, 3));
    assert_eq!(split(&[1, 5, 10]), (11, vec![2]));
}
