//! A best value that nothing can be compared with, such as a NaN: the first one of all stays, any other one is passed over.

use std::any::type_name;

/// What a leaf with `if best.is_none_or(|b| x > b) { best = Some(x); }` carries along besides `best`.
///
/// In order, such a value gets into `best` only if it is the first one of all, and then it stays there. A leaf that starts
/// from `None` doesn't know whether its first value is the first one of all, so it sets an unordered one aside.
#[derive(Debug, Clone)]
pub enum Unordered<T> {
    /// All that came before is in `best`.
    Running,
    /// The leaf is run apart: its first value, if that is unordered.
    Apart(Option<T>),
}

impl<T> Unordered<T> {
    /// Takes the unordered value out of `best`, into which it can have come only as the first one.
    #[cold]
    pub fn set_aside(&mut self, best: &mut Option<T>) {
        if let Unordered::Apart(first) = self {
            let unordered = best.take();
            if first.is_none() {
                *first = unordered;
            }
        }
    }

    /// Brings what the right leaf has set aside to the left one, of which `best` is the best value.
    pub fn combine(&mut self, best: &mut Option<T>, right: Self) {
        let Unordered::Apart(first) = right else { return };
        match self {
            Unordered::Running if best.is_none() => *best = first,
            Unordered::Apart(left) if best.is_none() && left.is_none() => *left = first,
            _ => {}
        }
    }
}

/// Whether a float is a NaN; false for what is no float, and may be compared by a part that is no NaN.
#[inline]
pub fn is_nan<T: PartialOrd + ?Sized>(value: &T) -> bool {
    // The bound that would say "is a float" says it to no generic function. The name of another type is a path.
    let is_float = matches!(type_name::<T>().trim_start_matches('&'), "f32" | "f64");
    is_float && value.partial_cmp(value).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_floats_are_nan() {
        let nan = f64::NAN;
        assert!(is_nan(&nan) && is_nan(&&nan) && is_nan(&&&f32::NAN));
        assert!(!is_nan(&0.0) && !is_nan(&f64::INFINITY) && !is_nan(&7) && !is_nan("f64"));
        assert!(!is_nan(&(1.0, nan)) && !is_nan(&Some(nan)));
    }

    #[test]
    fn the_first_one_of_all_stays() {
        let apart = |first| Unordered::Apart(first);
        let mut best = None;
        let mut running = Unordered::Running;
        running.combine(&mut best, apart(None::<f64>));
        assert_eq!(best, None);
        running.combine(&mut best, apart(Some(f64::NAN)));
        assert!(best.is_some_and(f64::is_nan));

        let mut best = Some(1.0);
        running.combine(&mut best, apart(Some(f64::NAN)));
        assert_eq!(best, Some(1.0));
    }
}
