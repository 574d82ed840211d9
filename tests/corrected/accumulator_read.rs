use divvy::par_reduce;

/// What fits one after another can't be known in parallel; whether all of it fits can.
#[par_reduce]
fn wanted(sizes: &[u32]) -> u32 {
    let mut used = 0;
    for &size in sizes {
        used += size;
    }
    used
}

fn fill(sizes: &[u32], room: u32) -> Option<u32> {
    Some(wanted(sizes)).filter(|used| *used <= room)
}

#[test]
fn the_sum_is_read_after_the_loop() {
    assert_eq!(fill(&[3, 4], 10), Some(7));
    assert_eq!(fill(&[3, 4], 5), None);
}
