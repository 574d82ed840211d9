use divvy::{par_reduce, par_scan};

/// In the sequential order: a walk that does nothing else, and the leaves behind it.
#[par_scan(float = ordered)]
fn smoothed(samples: &[f64]) -> Vec<f64> {
    let mut level = 0.0;
    let mut levels = Vec::new();
    for sample in samples {
        level = 0.75 * level + 0.25 * sample;
        levels.push(level);
    }
    levels
}

/// Linear steps of integers.
#[par_scan]
fn polynomial(digits: &[i64], x: i64) -> Vec<i64> {
    let mut value = 0;
    let mut values = Vec::new();
    for digit in digits {
        value = value * x + digit;
        values.push(value);
    }
    values
}

/// Sums that stop at the ends of the type.
#[par_scan]
fn volume(changes: &[(bool, u8)]) -> Vec<u8> {
    let mut volume = 100u8;
    let mut volumes = Vec::new();
    for &(is_up, by) in changes {
        if is_up {
            volume = volume.saturating_add(by);
        } else {
            volume = volume.saturating_sub(by);
        }
        volumes.push(volume);
    }
    volumes
}

/// Sums between bounds.
#[par_scan]
fn reservoir(flows: &[i32], full: i32, levels: &mut [i32]) {
    let mut level = 0;
    for i in 0..flows.len() {
        level = (level + flows[i]).clamp(0, full);
        levels[i] = level;
    }
}

/// Bits that turn.
#[par_reduce]
fn mixed(words: &[u32]) -> u32 {
    let mut hash = 7u32;
    for word in words {
        hash = hash.rotate_left(5) ^ word;
    }
    hash
}

/// A counter that starts again.
#[par_scan]
fn hours(readings: &[u32], day: u32) -> Vec<(u32, u32)> {
    let mut hour = 0;
    let mut timed = Vec::new();
    for &reading in readings {
        timed.push((hour, reading));
        hour += 1;
        if hour == day {
            hour = 0;
        }
    }
    timed
}

/// What may be missing is less than all that is there.
#[par_scan]
fn latest(stamps: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut latest: Option<u32> = None;
    let mut known = Vec::new();
    for &stamp in stamps {
        latest = latest.max(stamp);
        known.push(latest);
    }
    known
}

#[test]
fn same_answer() {
    assert_eq!(smoothed(&[4.0, 8.0]), [1.0, 2.75]);
    assert_eq!(polynomial(&[1, 2, 3], 10), [1, 12, 123]);
    assert_eq!(volume(&[(true, 200), (false, 5), (false, 255)]), [255, 250, 0]);
    let mut levels = [9; 3];
    reservoir(&[3, 4, -9], 5, &mut levels);
    assert_eq!(levels, [3, 5, 0]);
    assert_eq!(mixed(&[1, 2]), (225 << 5) ^ 2);
    assert_eq!(hours(&[5, 6, 7], 2), [(0, 5), (1, 6), (0, 7)]);
    assert_eq!(latest(&[None, Some(2), Some(1)]), [None, Some(2), Some(2)]);
}
