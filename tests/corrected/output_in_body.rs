use divvy::par_reduce;

#[par_reduce]
fn total(xs: &[u64]) -> (u64, Vec<String>) {
    let mut total = 0;
    let mut progress = Vec::new();
    for (i, x) in xs.iter().enumerate() {
        if i % 1_000 == 999 {
            progress.push(format!("{} rows done", i + 1));
        }
        total += x;
    }
    (total, progress)
}

#[test]
fn the_lines_are_collected_in_order() {
    let (total, progress) = total(&[1; 2500]);
    assert_eq!(total, 2500);
    assert_eq!(progress, ["1000 rows done", "2000 rows done"]);
}
