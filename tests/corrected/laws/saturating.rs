use divvy::par_reduce;

/// What saturates in the end: a sum in a wider type, and one `clamp` behind it.
#[par_reduce]
fn loudness(samples: &[i16]) -> i16 {
    let mut sum = 0;
    for &sample in samples {
        sum += i64::from(sample);
    }
    sum.clamp(i64::from(i16::MIN), i64::from(i16::MAX)) as i16
}

/// Every step is clamped, as `saturating_add` does.
#[par_reduce]
fn volume(steps: &[i8]) -> i8 {
    let mut level = 0i64;
    for &step in steps {
        level = (level + i64::from(step)).clamp(-128, 127);
    }
    level as i8
}

#[test]
fn what_is_clamped() {
    assert_eq!(loudness(&[i16::MAX, 1, -2]), i16::MAX - 1);
    assert_eq!(loudness(&[i16::MAX, i16::MAX]), i16::MAX);
    assert_eq!(volume(&[100, 100, -100]), 27);
}
