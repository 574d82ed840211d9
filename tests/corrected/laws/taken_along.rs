use divvy::par_reduce;

#[derive(Debug, PartialEq)]
struct Name(String);

/// The loop finds the place; the name is given away behind it.
#[par_reduce]
fn first_seven(xs: &[u64], name: Name) -> Option<(Name, usize)> {
    let mut found = None;
    for i in 0..xs.len() {
        if xs[i] == 7 {
            found = Some(i);
            break;
        }
    }
    found.map(|i| (name, i))
}

#[test]
fn the_name_comes_with_the_first_place() {
    let name = || Name("x".to_string());
    assert_eq!(first_seven(&[1, 7, 7], name()), Some((name(), 1)));
    assert_eq!(first_seven(&[1, 2], name()), None);
}
