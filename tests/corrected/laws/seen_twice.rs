use divvy::par_scan;

#[par_scan]
fn offsets(lines: impl Iterator<Item = String>) -> Vec<usize> {
    let lines: Vec<String> = lines.collect();
    let mut offset = 0;
    let mut out = Vec::new();
    for line in &lines {
        offset += line.len();
        out.push(offset);
    }
    out
}

#[test]
fn lines_that_are_there_before() {
    assert_eq!(offsets(["a", "bc"].into_iter().map(String::from)), [1, 3]);
}
