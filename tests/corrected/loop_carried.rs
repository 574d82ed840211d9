use divvy::par_reduce;

/// The element before is read from the source: nothing is carried along.
#[par_reduce]
fn jumps(xs: &[i64]) -> usize {
    let mut jumps = usize::from(xs.first().is_some_and(|x| *x > 10));
    for pair in xs.windows(2) {
        if pair[1] > pair[0] + 10 {
            jumps += 1;
        }
    }
    jumps
}

/// One loop needs what the iteration before left, and stays sequential; the other one is shared out.
#[par_reduce]
fn weighed(xs: &[f64], weights: &[u64]) -> (f64, u64) {
    let mut level = 0.0;
    #[seq]
    for x in xs {
        level = (level * level + x).sqrt();
    }
    let mut sum = 0;
    for weight in weights {
        sum += weight;
    }
    (level, sum)
}

#[test]
fn what_is_marked_stays_in_order() {
    assert_eq!(weighed(&[9.0, 7.0], &[1, 2, 3]), (4.0, 6));
}

#[test]
fn pairs_hold_both_elements() {
    assert_eq!(jumps(&[0, 20, 25, 50]), 2);
    assert_eq!(jumps(&[11]), 1);
}
