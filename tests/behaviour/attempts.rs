//! Folds that may fail.

mod folds_that_fail {
    use std::num::ParseIntError;

    use crate::{LENGTHS, numbers, same};
    use divvy::par_reduce;

    #[par_reduce(threshold = 8, twin = plain_sum)]
    fn sum(xs: &[i64]) -> Option<i64> {
        xs.iter().try_fold(0i64, |sum, x| sum.checked_add(*x))
    }

    #[par_reduce(threshold = 8, twin = plain_above)]
    fn above(xs: &[i64], least: i64) -> Option<i64> {
        let sum =
            xs.iter().filter(|x| **x != 3).try_fold(
                0,
                |sum: i64, x| if *x < least { None } else { Some(sum.wrapping_add(*x)) },
            )?;
        if sum == 1 {
            return None;
        }
        Some(sum)
    }

    #[par_reduce(threshold = 8, twin = plain_parsed)]
    fn parsed(words: &[String]) -> Result<u64, ParseIntError> {
        words.iter().enumerate().try_fold(0, |sum: u64, (i, word)| {
            let n = word.parse::<u64>()?;
            Ok(sum.wrapping_add(n * i as u64))
        })
    }

    #[par_reduce(threshold = 8, twin = plain_checked)]
    fn checked(xs: &[u64]) -> Result<u64, String> {
        if xs.len() == 3 {
            return Err("three".to_string());
        }
        match xs.first() {
            None => Ok(7),
            Some(_) => xs.iter().try_fold(
                0u64,
                |sum, x| {
                    if *x == 5 { Err("five".to_owned()) } else { Ok(sum + x) }
                },
            ),
        }
    }

    #[test]
    fn folds_that_fail() {
        for &n in LENGTHS {
            for seed in 0..4 {
                for far in [0, 1, 3] {
                    let big = i64::MAX / 16 * far;
                    let xs: Vec<i64> = numbers(seed, n, 9).iter().map(|x| (*x as i64 - 4) * big + 1).collect();
                    same("sum", || plain_sum(&xs), || sum(&xs));
                    for least in [i64::MIN, -3, 2] {
                        same("above", || plain_above(&xs, least), || above(&xs, least));
                    }
                }
                let xs = numbers(seed, n, 90);
                same("checked", || plain_checked(&xs), || checked(&xs));
                let words: Vec<String> = xs
                    .iter()
                    .map(|x| if *x == 7 { "seven".to_string() } else { x.to_string() })
                    .collect();
                same("parsed", || plain_parsed(&words), || parsed(&words));
            }
        }
    }
}
