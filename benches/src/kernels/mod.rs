//! The kernels; one file each, or a small family.

mod chains;
mod exits;
mod extrema;
mod fib;
mod floats;
mod matrices;
mod queens;
mod sorts;
mod sum_of_squares;
mod tables;
mod tree_sum;
mod uts;
mod walks;
mod writes;

use crate::case::{Case, Who};

/// What a kernel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Calls of itself.
    Recursion,
    /// A loop or a chain.
    Loop,
}

/// A kernel for inputs of several sizes.
#[derive(Clone, Copy, Debug)]
pub struct Kernel {
    /// Its name, unique.
    pub name: &'static str,
    /// What it is made of.
    pub kind: Kind,
    /// The size of the input on which the cost of a call shows.
    pub small: usize,
    /// Sizes, growing.
    pub sizes: &'static [usize],
    /// The case of a size.
    pub case: fn(usize) -> Case,
}

/// All kernels.
pub fn all() -> Vec<Kernel> {
    [
        fib::KERNELS,
        tree_sum::KERNELS,
        queens::KERNELS,
        uts::KERNELS,
        sorts::KERNELS,
        walks::KERNELS,
        matrices::KERNELS,
        sum_of_squares::KERNELS,
        floats::KERNELS,
        extrema::KERNELS,
        tables::KERNELS,
        writes::KERNELS,
        exits::KERNELS,
        chains::KERNELS,
    ]
    .concat()
}

/// Those whose name contains one of the words; all without words.
pub fn chosen(words: &[String]) -> Vec<Kernel> {
    all()
        .into_iter()
        .filter(|kernel| words.is_empty() || words.iter().any(|word| kernel.name.contains(word)))
        .collect()
}

/// Who computes a kernel.
pub fn contenders(kernel: &Kernel) -> Vec<Who> {
    let case = (kernel.case)(kernel.small);
    case.contenders.iter().map(|contender| contender.who).collect()
}

/// `n` pseudo-random numbers, the same on every run.
///
/// Source: xorshift64*, S. Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016.
pub(crate) fn random(n: usize) -> impl Iterator<Item = u64> {
    random_from(0x9e37_79b9_7f4a_7c15).take(n)
}

/// Pseudo-random numbers without end, from a seed that isn't 0.
pub(crate) fn random_from(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    })
}

/// `n` pseudo-random numbers in `-1.0..1.0`.
pub(crate) fn floats(n: usize) -> Vec<f64> {
    random(n)
        .map(|x| (x >> 11) as f64 / (1_u64 << 52) as f64 - 1.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_contenders_give_the_same_answers() {
        for threads in [1, 2] {
            let pool = crate::measure::pool(threads);
            for kernel in all() {
                for &size in kernel.sizes.iter().take(2).chain([&kernel.small]) {
                    pool.install(|| (kernel.case)(size).check(kernel.name, threads));
                }
            }
        }
    }

    #[test]
    fn names_are_distinct_and_sizes_grow() {
        let names: BTreeSet<_> = all().iter().map(|kernel| kernel.name).collect();
        assert_eq!(names.len(), all().len());
        assert!(
            all()
                .iter()
                .all(|kernel| kernel.sizes.is_sorted() && kernel.sizes.len() > 1)
        );
    }
}
