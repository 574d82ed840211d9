//! Laws of the user's own, against their twins, under every executor.

use std::collections::BTreeMap;

use divvy::{Associative, Commutative, Executor, Monoid, associative, par_reduce, with};

/// A result under each executor.
fn under_all<R>(f: impl Fn() -> R + Sync + Send) -> Vec<R>
where
    R: Send,
{
    let executors = (0..16).map(|seed| Executor::Adversarial { seed });
    let mut results: Vec<R> = executors.map(|executor| with(executor, &f)).collect();
    results.push(f());
    results
}

mod number {
    use divvy::associative;

    pub(crate) const fn gcd(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }

    /// The larger value, an operation without a function.
    pub(crate) enum Larger {}

    /// The least common multiple.
    #[associative(identity = 1, commutative)]
    pub(crate) fn lcm(a: u64, b: u64) -> u64 {
        if a == 0 || b == 0 { 0 } else { a / gcd(a, b) * b }
    }
}

use number::lcm;

#[par_reduce(reduce(together: lcm), twin = together_seq)]
fn together(steps: &[u64]) -> u64 {
    let mut together = 2;
    for &step in steps {
        if step % 3 != 0 {
            together = lcm(together, step);
        }
    }
    together
}

#[par_reduce(reduce(together: number::lcm), twin = by_path_seq)]
fn by_path(steps: &[u64]) -> u64 {
    let mut together = 1;
    for &step in steps {
        together = number::lcm(together, step);
    }
    together
}

#[test]
fn one_import_brings_the_function_and_its_operation() {
    for n in [0, 1, 2, 3, 100, 1000] {
        let steps: Vec<u64> = (0..n).map(|i| 1 + i % 12).collect();
        for found in under_all(|| (together(&steps), by_path(&steps))) {
            assert_eq!(found, (together_seq(&steps), by_path_seq(&steps)));
        }
    }
}

mod elsewhere {
    use crate::number::lcm as multiple;
    use divvy::par_reduce;

    #[par_reduce(reduce(together: multiple), twin = renamed_seq)]
    pub(crate) fn renamed(steps: &[u64]) -> u64 {
        let mut together = 5;
        for &step in steps {
            together = multiple(together, step);
        }
        together
    }

    #[par_reduce(reduce(together: crate::number::lcm), twin = from_the_root_seq)]
    pub(crate) fn from_the_root(steps: &[u64]) -> u64 {
        let mut together = 7;
        for &step in steps {
            together = crate::number::lcm(together, step);
        }
        together
    }

    /// The option may spell the operation in another way than the loop.
    #[par_reduce(reduce(together: multiple), twin = in_two_spellings_seq)]
    pub(crate) fn in_two_spellings(steps: &[u64]) -> u64 {
        let mut together = 1;
        for step in steps {
            together = super::number::lcm(together, *step);
        }
        together
    }

    pub(crate) mod everything {
        use crate::number::*;
        use divvy::par_reduce;

        #[par_reduce(reduce(together: lcm), twin = by_glob_seq)]
        pub(crate) fn by_glob(steps: &[u64]) -> u64 {
            let mut together = 2;
            for &step in steps {
                together = lcm(step, together);
            }
            together
        }
    }
}

#[test]
fn an_operation_goes_by_every_name_that_its_function_has() {
    use elsewhere::everything::{by_glob, by_glob_seq};
    use elsewhere::{from_the_root, from_the_root_seq, in_two_spellings, in_two_spellings_seq, renamed, renamed_seq};
    for n in [0, 1, 2, 3, 100, 1000] {
        let steps: Vec<u64> = (0..n).map(|i| 1 + i % 12).collect();
        let all = || {
            (
                renamed(&steps),
                from_the_root(&steps),
                in_two_spellings(&steps),
                by_glob(&steps),
            )
        };
        let plain = (
            renamed_seq(&steps),
            from_the_root_seq(&steps),
            in_two_spellings_seq(&steps),
            by_glob_seq(&steps),
        );
        for found in under_all(all) {
            assert_eq!(found, plain);
        }
    }
}

#[test]
fn commutativity_is_there_if_it_was_claimed() {
    fn is_commutative<Op, T: Commutative<Op>>() {}
    is_commutative::<lcm, u64>();
}

/// Neither `Clone` nor `Default`.
#[derive(Debug, PartialEq)]
struct Tally {
    first: Option<u64>,
    sizes: BTreeMap<u32, Vec<u64>>,
}

impl Tally {
    fn new() -> Self {
        Tally {
            first: None,
            sizes: BTreeMap::new(),
        }
    }

    fn absorb(&mut self, x: u64) {
        self.first.get_or_insert(x);
        self.sizes.entry(x.checked_ilog2().unwrap_or(99)).or_default().push(x);
    }
}

#[associative(identity = Tally::new())]
fn merge(mut a: Tally, b: Tally) -> Tally {
    a.first = a.first.or(b.first);
    for (k, mut v) in b.sizes {
        a.sizes.entry(k).or_default().append(&mut v);
    }
    a
}

#[par_reduce(reduce(tally: merge), twin = survey_seq)]
fn survey(xs: &[u64]) -> Tally {
    let mut tally = Tally::new();
    for &x in xs {
        if x % 3 != 0 {
            tally.absorb(x);
        }
    }
    tally
}

#[test]
fn a_type_without_clone_and_default_is_merged_in_order() {
    for n in [0, 1, 2, 5, 300, 2000] {
        let xs: Vec<u64> = (0..n)
            .map(|i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (i % 60))
            .collect();
        for found in under_all(|| survey(&xs)) {
            assert_eq!(found, survey_seq(&xs));
        }
    }
}

#[associative(identity = Vec::new())]
fn interleave<T, const N: usize>(a: Vec<[T; N]>, b: Vec<[T; N]>) -> Vec<[T; N]>
where
    T: Ord,
{
    let mut all = a;
    all.extend(b);
    all.sort();
    all
}

#[test]
fn generic_operations_are_operations_on_a_generic_type() {
    let mut left = vec![[3], [4]];
    <Vec<[i32; 1]> as Associative<interleave>>::combine(&mut left, vec![[1]]);
    assert_eq!(left, [[1], [3], [4]]);
    assert_eq!(
        <Vec<[i32; 1]> as Monoid<interleave>>::identity(),
        Vec::<[i32; 1]>::new()
    );
}

// the generated test can't be run there
#[allow(unnameable_test_items)]
#[test]
fn an_operation_may_be_declared_inside_a_function() {
    #[associative(identity = (0, 1))]
    fn then(f: (u32, u32), g: (u32, u32)) -> (u32, u32) {
        let add = g.1.wrapping_mul(f.0).wrapping_add(g.0);
        (add, g.1.wrapping_mul(f.1))
    }

    #[par_reduce(reduce(map: then), twin = composed_seq)]
    fn composed(maps: &[(u32, u32)]) -> (u32, u32) {
        let mut map = (7, 3);
        for &m in maps {
            map = then(map, m);
        }
        map
    }

    let maps: Vec<(u32, u32)> = (0..500).map(|i| (i * 77 + 1, i * 5 + 1)).collect();
    for found in under_all(|| composed(&maps)) {
        assert_eq!(found, composed_seq(&maps));
    }
}

#[derive(Clone, Debug, PartialEq, Monoid)]
struct Summary {
    #[monoid(add)]
    count: u64,
    #[monoid(min)]
    low: i32,
    #[monoid(max)]
    high: i32,
    #[monoid(append)]
    negative: Vec<usize>,
    #[monoid(lcm)]
    together: u64,
    #[monoid(combine)]
    pair: Pair<bool, u8>,
    #[monoid(divvy::ops::Rounded<divvy::ops::Add>)]
    sum: f64,
}

#[derive(Clone, Debug, PartialEq, Monoid)]
struct Pair<A, B>(#[monoid(or)] A, #[monoid(number::Larger)] B);

impl divvy::Associative<number::Larger> for u8 {
    fn combine(left: &mut u8, right: u8) {
        *left = (*left).max(right);
    }
}

impl Monoid<number::Larger> for u8 {
    fn identity() -> u8 {
        0
    }
}

/// Without fields there is one value.
#[derive(Debug, PartialEq, Monoid)]
struct Nothing;

impl Summary {
    fn of(i: usize, x: i32) -> Self {
        Summary {
            count: 1,
            low: x,
            high: x,
            negative: if x < 0 { vec![i] } else { Vec::new() },
            together: 1 + i as u64 % 7,
            pair: Pair(x == 3, x.unsigned_abs() as u8),
            sum: f64::from(x),
        }
    }
}

#[par_reduce(twin = summarise_seq)]
fn summarise(xs: &[i32]) -> Summary {
    let mut s = <Summary as Monoid<divvy::ops::Combine>>::identity();
    s.count = 100;
    for (i, &x) in xs.iter().enumerate() {
        s = s.combine(Summary::of(i, x));
    }
    s
}

#[par_reduce(twin = by_field_seq)]
fn by_field(xs: &[i32]) -> Summary {
    let mut s = Summary::of(5, -5);
    for (i, &x) in xs.iter().enumerate() {
        s.count += 1;
        s.low = s.low.min(x);
        s.high = s.high.max(x);
        if x < 0 {
            s.negative.push(i);
        }
    }
    s
}

#[test]
fn a_struct_combines_field_by_field() {
    for n in [0, 1, 2, 65, 1000] {
        let xs: Vec<i32> = (0..n).map(|i| i * 7919 % 201 - 100).collect();
        for found in under_all(|| (summarise(&xs), by_field(&xs))) {
            assert_eq!(found, (summarise_seq(&xs), by_field_seq(&xs)));
        }
    }
    assert_eq!(
        Nothing.combine(Nothing),
        <Nothing as Monoid<divvy::ops::Combine>>::identity()
    );
}

#[test]
fn every_declared_operation_has_a_test_of_its_laws() {
    merge_keeps_its_laws(); // a type without samples
}

#[par_reduce(reduce(together: lcm), twin = swapped_seq)]
fn swapped(steps: &[u64]) -> u64 {
    let mut together = 3;
    for &step in steps {
        together = lcm(step, together);
    }
    together
}

#[test]
fn commutative_operations_may_have_their_arguments_swapped() {
    let steps: Vec<u64> = (1..200).map(|i| 1 + i % 10).collect();
    for found in under_all(|| swapped(&steps)) {
        assert_eq!(found, swapped_seq(&steps));
    }
}

#[associative(identity = 0, commutative)]
const fn greatest_divisor(a: u64, b: u64) -> u64 {
    number::gcd(a, b)
}

const MODULUS: u32 = 1_000_000_007;

#[associative(identity = 0, commutative)]
const fn add_modulo(a: u32, b: u32) -> u32 {
    ((a as u64 + b as u64) % MODULUS as u64) as u32
}

#[associative(identity = 0, commutative)]
const fn capped(a: u8, b: u8) -> u8 {
    a.saturating_add(b)
}

#[test]
fn true_claims_of_constant_functions_compile() {
    assert_eq!(
        (greatest_divisor(12, 18), add_modulo(MODULUS - 1, 2), capped(200, 100)),
        (6, 1, 255)
    );
}

const IDENTITY: u8 = 1;

#[associative(identity = IDENTITY, commutative)]
const fn value(a: u8, b: u8) -> u8 {
    a.wrapping_mul(b)
}

#[test]
fn the_names_of_a_trial_are_its_own() {
    assert_eq!(value(3, 5), 15);
}

mod renamed {
    pub(crate) use divvy as parallel;
}

/// The order of the files doesn't matter.
#[derive(Clone, Debug, PartialEq, divvy::Monoid)]
#[monoid(commutative, crate = crate::renamed::parallel)]
struct Sizes<T> {
    #[monoid(add)]
    total: T,
    #[monoid(max)]
    most: u64,
}

#[divvy::par_reduce(threshold = 2, twin = plain_sizes)]
fn sizes(xs: &[u64]) -> Sizes<u64> {
    let mut sizes = Sizes { total: 5, most: 1 };
    for &x in xs {
        sizes = Sizes { total: x, most: x }.combine(sizes);
    }
    sizes
}

#[test]
fn a_commutative_struct_may_be_combined_from_either_side() {
    for n in [0, 1, 2, 50] {
        let xs: Vec<u64> = (0..n).map(|i| i * 7 % 13).collect();
        for seed in 0..20 {
            let executor = divvy::Executor::Adversarial { seed };
            assert_eq!(divvy::with(executor, || sizes(&xs)), plain_sizes(&xs));
        }
    }
}

#[divvy::par_reduce(threshold = 2, twin = plain_level)]
fn level(steps: &[i8]) -> i64 {
    let mut level = 0;
    for &step in steps {
        level = (level + i64::from(step)).clamp(-128, 127);
    }
    level
}

#[test]
fn a_signed_level_saturates_in_a_wider_type() {
    let saturated = |steps: &[i8]| steps.iter().fold(0i8, |level, step| level.saturating_add(*step));
    for n in [0, 1, 2, 50, 500] {
        let steps: Vec<i8> = (0..n).map(|i: i64| (i * 7919 % 251 - 120) as i8).collect();
        for seed in 0..20 {
            let executor = divvy::Executor::Adversarial { seed };
            assert_eq!(divvy::with(executor, || level(&steps)), i64::from(saturated(&steps)));
        }
        assert_eq!(plain_level(&steps), i64::from(saturated(&steps)));
    }
}
