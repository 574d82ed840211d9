//! Comparisons in many spellings.

use crate::random::Random;

/// That `a` is greater than `b`, both `i64`.
pub(crate) fn greater(random: &mut Random, a: &str, b: &str) -> String {
    random
        .one_of(&[
            "A > B",
            "A > B",
            "B < A",
            "!(A <= B)",
            "A.gt(&B)",
            "B.lt(&A)",
            "i64::gt(&A, &B)",
            "PartialOrd::gt(&A, &B)",
            "A.cmp(&B).is_gt()",
            "A.cmp(&B) == std::cmp::Ordering::Greater",
            "B.cmp(&A) == std::cmp::Ordering::Less",
            "A.partial_cmp(&B) == Some(std::cmp::Ordering::Greater)",
            "Ord::cmp(&A, &B).is_gt()",
            "matches!(A.cmp(&B), std::cmp::Ordering::Greater)",
            // not before: the last of equal ones
            "A >= B",
            "A.cmp(&B).is_ge()",
            "A.cmp(&B) != std::cmp::Ordering::Less",
        ])
        .replace('A', a)
        .replace('B', b)
}
