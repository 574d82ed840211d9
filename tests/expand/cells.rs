use std::collections::HashMap;

use divvy::par_reduce;

#[derive(Clone, Default)]
struct Town {
    readings: usize,
    highest: i64,
    at: usize,
}

#[par_reduce]
fn by_town(heights: &[(usize, i64)]) -> (Vec<Town>, HashMap<usize, (i64, i64)>) {
    let mut towns = vec![Town::default(); 4];
    let mut ranges = HashMap::new();
    for (at, &(town, height)) in heights.iter().enumerate() {
        let here = &mut towns[town];
        here.readings += 1;
        if height > here.highest {
            here.highest = height;
            here.at = at;
        }
        let range = ranges.entry(town).or_insert((height, height));
        range.0 = range.0.min(height);
        range.1 = range.1.max(height);
    }
    (towns, ranges)
}

#[test]
fn same_answer() {
    let (towns, ranges) = by_town(&[(1, 7), (2, 5), (1, 9), (1, -3)]);
    assert_eq!((towns[1].readings, towns[1].highest, towns[1].at), (3, 9, 2));
    assert_eq!((ranges[&1], ranges[&2]), ((-3, 9), (5, 5)));
}
