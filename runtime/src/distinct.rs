//! Are these indices distinct? What `unique(slot)` promises, checked before the loop.

use std::collections::HashMap;
use std::ops::Range;

use crate::executor::Executor;
use crate::parts::Wide;
use crate::region::Region;
use crate::source::Source;

/// Up to this index a handful of words on the stack holds a bit for each.
const SMALL: usize = 1024;

/// So many indices are worth the pool.
const MANY: usize = 1 << 16;

/// The words of a set of bits may be so many times the indices; beyond, the indices are sorted instead.
const SPARSE: u64 = 4;

/// Which of the indices the loop uses.
#[derive(Debug, Clone, Copy)]
pub enum Used {
    /// All of them.
    All,
    /// In iteration `k` the one at position `first + k * stride`.
    From {
        /// The position in the first iteration.
        first: i128,
        /// How far the next iteration's position is.
        stride: i128,
    },
}

/// Hands the source on if the indices that it uses are distinct.
///
/// # Cost
/// Work and memory O(n); a bit for each index up to the largest one.
///
/// # Panics
/// If two of the indices are equal; the panic names both positions.
#[track_caller]
pub fn distinct<S: Source, K: Wide + Copy + Sync>(
    region: Region<'_>,
    source: S,
    indices: &(impl AsRef<[K]> + ?Sized),
    name: &str,
    used: Used,
) -> S {
    let indices = indices.as_ref();
    let stretch = match used {
        Used::All => Some((indices, 1)),
        Used::From { first, stride } => stretch(indices, first, stride, source.len()),
    };
    let Some((stretch, step)) = stretch else {
        return source;
    };
    let check = |indices: &[K]| {
        if indices.len() > MANY && matches!(region.executor(), Executor::Rayon) {
            region.enter(|| are_distinct(indices, region.threads()))
        } else {
            are_distinct(indices, 1)
        }
    };
    let are_distinct = match step {
        1 => check(stretch),
        _ => check(&stretch.iter().step_by(step).copied().collect::<Vec<_>>()),
    };
    if !are_distinct {
        report(stretch, step, name, used);
    }
    source
}

/// The part of the indices that is used, in steps; what lies outside panics in the loop, as before.
fn stretch<K>(indices: &[K], first: i128, stride: i128, count: usize) -> Option<(&[K], usize)> {
    let end = indices.len() as i128;
    let step = usize::try_from(stride.unsigned_abs()).ok().filter(|step| *step > 0)?;
    let behind = first.saturating_add(stride.saturating_mul(count as i128 - 1));
    // all positions are `first` modulo the step
    let low = first.min(behind).max(first.rem_euclid(step as i128));
    let high = first.max(behind).min(end - 1);
    let range: Range<usize> = usize::try_from(low).ok()?..usize::try_from(high + 1).ok()?;
    (count > 0)
        .then(|| indices.get(range))
        .flatten()
        .map(|part| (part, step))
}

fn are_distinct<K: Wide + Copy + Sync>(indices: &[K], threads: usize) -> bool {
    let keys = || indices.iter().map(|k| k.bits());
    let (low, high) = keys().fold((u64::MAX, 0), |(low, high), key| (low.min(key), high.max(key)));
    if indices.len() <= 1 {
        return true;
    }
    if high < SMALL as u64 {
        let mut bits = [0; SMALL / 64];
        return keys().all(|key| is_new(&mut bits, key as usize));
    }
    let words = (high - low) / 64 + 1;
    if words / SPARSE > indices.len() as u64 {
        let mut keys: Vec<_> = keys().collect();
        keys.sort_unstable();
        return keys.windows(2).all(|pair| pair[0] != pair[1]);
    }
    let piece = indices.len().div_ceil(threads.max(1));
    marked(indices, low, words as usize, piece).is_some()
}

/// The bits of the indices; `None` if two are the same.
fn marked<K: Wide + Copy + Sync>(indices: &[K], low: u64, words: usize, piece: usize) -> Option<Vec<u64>> {
    if indices.len() <= piece {
        let mut bits = vec![0; words];
        let is_new = |key: &K| is_new(&mut bits, (key.bits() - low) as usize);
        return indices.iter().all(is_new).then_some(bits);
    }
    let (left, right) = indices.split_at((indices.len() / piece).div_ceil(2) * piece);
    let (left, right) = rayon::join(|| marked(left, low, words, piece), || marked(right, low, words, piece));
    let (mut left, right) = (left?, right?);
    let mut common = 0;
    for (left, right) in left.iter_mut().zip(right) {
        common |= *left & right;
        *left |= right;
    }
    (common == 0).then_some(left)
}

#[inline]
fn is_new(bits: &mut [u64], at: usize) -> bool {
    let (word, bit) = (&mut bits[at / 64], 1 << (at % 64));
    let is_new = *word & bit == 0;
    *word |= bit;
    is_new
}

/// Panics at the first repeat; there is none if numbers of more than 64 bits only looked the same.
#[cold]
#[track_caller]
fn report<K: Wide + Copy>(indices: &[K], step: usize, name: &str, used: Used) {
    let offset = match used {
        Used::From { first, stride } if stride > 0 => first.max(first.rem_euclid(step as i128)),
        _ => 0,
    };
    let mut seen = HashMap::new();
    for (at, key) in indices.iter().enumerate().step_by(step) {
        let at = at as i128 + offset;
        if let Some(before) = seen.insert(key.wide(), at) {
            panic!(
                "`{name}` is said to hold unique indices, but {name}[{before}] and {name}[{at}] are both {}",
                key.wide()
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executor::with;
    use crate::site::Site;
    use crate::source::source;
    use std::panic::catch_unwind;

    static SITE: Site = Site::new("f", "file", 1);

    fn check(indices: &[u32], n: usize, used: Used) -> Result<(), String> {
        let run = || {
            distinct(Region::new(&SITE), source(0..n), indices, "slot", used);
        };
        let caught = catch_unwind(run).map_err(|panic| panic.downcast_ref::<String>().expect("a text").clone());
        let serial = with(Executor::Serial, || catch_unwind(run).is_ok());
        assert_eq!(caught.is_ok(), serial);
        caught
    }

    #[test]
    fn a_repeat_names_both_positions() {
        let first = Used::From { first: 0, stride: 1 };
        for n in [0, 1, 2, 3, 40, 2_000, MANY + 100, 3 * MANY] {
            let mut indices: Vec<u32> = (0..n as u32).map(|i| (i * 7) % (n as u32 * 7 + 1) + 3).collect();
            assert_eq!(check(&indices, n, first), Ok(()), "{n}");
            assert_eq!(check(&indices, n, Used::All), Ok(()), "{n}");
            if n > 2 {
                indices[n - 1] = indices[n / 3];
                let text = check(&indices, n, first).expect_err("a repeat");
                assert!(text.contains(&format!("slot[{}]", n / 3)), "{text}");
                assert!(text.contains(&format!("slot[{}]", n - 1)), "{text}");
                assert_eq!(check(&indices, n - 1, first), Ok(()), "{n}, the repeat isn't used");
            }
        }
    }

    #[test]
    fn only_used_positions_count() {
        let indices = [5, 5, 1 << 30, 5, 7, 5, 9, 9];
        let from = |first, stride| Used::From { first, stride };
        assert_eq!(check(&indices, 3, from(0, 2)), Ok(()));
        assert_eq!(check(&indices, 4, from(6, -2)), Ok(()));
        assert_eq!(check(&indices, 100, from(0, 2)), Ok(()));
        assert_eq!(
            check(&indices, 100, from(2, 1)).unwrap_err().matches("slot[5]").count(),
            1
        );
        assert!(check(&indices, 3, from(1, 2)).is_err());
        assert!(check(&indices, 8, from(7, -1)).is_err());
        assert!(check(&indices, 0, Used::All).is_err());
        assert_eq!(check(&indices, 0, from(0, 1)), Ok(()));
    }

    #[test]
    fn wide_and_negative_indices_are_told_apart() {
        let first = Used::From { first: 0, stride: 1 };
        distinct(
            Region::new(&SITE),
            source(0..9),
            &[-1_i64, 1, 0, i64::MAX, i64::MIN],
            "slot",
            first,
        );
        distinct(
            Region::new(&SITE),
            source(0..9),
            &[1_i128, 1 + (1 << 64), 0],
            "slot",
            first,
        );
        let repeat = || distinct(Region::new(&SITE), source(0..9), &[-1_i8, 1, -1], "slot", first);
        assert!(catch_unwind(repeat).is_err());
    }
}
