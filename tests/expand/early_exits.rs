use std::num::ParseIntError;

use divvy::par_reduce;

#[par_reduce(threshold = 4)]
fn load(lines: &[&str], total: &mut i64) -> Result<usize, ParseIntError> {
    let mut rows = 0;
    let mut closed = false;
    'lines: for line in lines {
        if line.starts_with('#') {
            continue;
        }
        for c in line.chars() {
            if c == '!' {
                closed = true;
                break 'lines;
            }
        }
        let n: i64 = line.trim().parse()?;
        *total += n;
        rows += 1;
    }
    Ok(if closed { rows + 100 } else { rows })
}

#[par_reduce]
fn first_above(xs: &[u32], limit: u32) -> Option<(usize, u32)> {
    for (i, &x) in xs.iter().enumerate() {
        if x > limit {
            return Some((i, x));
        }
    }
    None
}

#[par_reduce]
fn sum(words: &[&str]) -> Result<u64, std::num::ParseIntError> {
    words
        .iter()
        .try_fold(0, |sum: u64, word| Ok(sum + word.parse::<u64>()?))
}

#[test]
fn same_answer() {
    let mut total = 10;
    assert_eq!(load(&["1", "# x", "2", "4", "6"], &mut total), Ok(4));
    assert_eq!(load(&["1", "2", "!", "x"], &mut total), Ok(102));
    assert_eq!(total, 26);
    assert!(load(&["1", "2", "y", "!", "x"], &mut total).is_err());
    assert_eq!(total, 29);
    assert_eq!(first_above(&[1, 5, 9, 7], 6), Some((2, 9)));
    assert_eq!(first_above(&[1, 5, 9, 7], 60), None);
    assert_eq!(sum(&["1", "2"]), Ok(3));
    assert!(sum(&["1", "x"]).is_err());
}
