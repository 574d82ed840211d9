use divvy::{associative, par_scan};

struct Word {
    length: usize,
    start: usize,
    end: usize,
}

/// `scan` in a chain.
#[par_scan]
fn balances(changes: &[i64]) -> Vec<i64> {
    changes
        .iter()
        .scan(0, |balance, change| {
            *balance += change;
            Some(*balance)
        })
        .collect()
}

/// What is kept moves to the front of another list.
#[par_scan]
fn kept(xs: &[u32], out: &mut [u32]) -> usize {
    let mut k = 0;
    for &x in xs {
        if x % 2 == 1 {
            out[k] = x;
            k += 1;
        }
    }
    k
}

/// Fields of the items.
#[par_scan]
fn place(words: &mut [Word]) -> usize {
    let mut at = 0;
    for word in words.iter_mut() {
        word.start = at;
        at += word.length;
        word.end = at;
    }
    at
}

/// Sums that begin anew with each key.
#[par_scan]
fn by_key(rows: &[(u32, u64)]) -> Vec<u64> {
    let mut last = None;
    let mut sum = 0;
    let mut sums = Vec::new();
    for &(key, x) in rows {
        if last != Some(key) {
            sum = 0;
        }
        sum += x;
        last = Some(key);
        sums.push(sum);
    }
    sums
}

/// The first sum that is no number ends the loop.
#[par_scan]
fn checked(xs: &[u8]) -> Option<Vec<u8>> {
    let mut sum = 0u8;
    let mut sums = Vec::new();
    for &x in xs {
        sum = sum.checked_add(x)?;
        sums.push(sum);
    }
    Some(sums)
}

/// The range of both.
#[associative(identity = (u32::MAX, 0))]
fn wider(a: (u32, u32), b: (u32, u32)) -> (u32, u32) {
    (a.0.min(b.0), a.1.max(b.1))
}

/// A carried value that follows the law of a monoid.
#[par_scan(reduce(range: wider))]
fn ranges(xs: &[u32]) -> Vec<(u32, u32)> {
    let mut range = (u32::MAX, 0);
    let mut ranges = Vec::new();
    for &x in xs {
        range = wider(range, (x, x));
        ranges.push(range);
    }
    ranges
}

#[test]
fn same_answer() {
    assert_eq!(balances(&[3, -5, 1]), [3, -2, -1]);
    let mut out = [0; 3];
    assert_eq!(kept(&[1, 2, 3], &mut out), 2);
    assert_eq!(out, [1, 3, 0]);
    let mut words = [3, 2].map(|length| Word {
        length,
        start: 0,
        end: 0,
    });
    assert_eq!(place(&mut words), 5);
    assert_eq!([words[1].start, words[1].end], [3, 5]);
    assert_eq!(by_key(&[(1, 3), (1, 4), (2, 5)]), [3, 7, 5]);
    assert_eq!(checked(&[100, 100]), Some(vec![100, 200]));
    assert_eq!(checked(&[200, 100]), None);
    assert_eq!(ranges(&[3, 1, 4]), [(3, 3), (1, 3), (1, 4)]);
}
