//! Values to try an operation on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::Wrapping;
use std::time::Duration;

/// A deterministic source of random numbers. Source: splitmix64 (Steele, Lea and Flood, 2014).
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, which isn't 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() % n as u64) as usize
    }
}

/// A type that has samples: values that a generated test of laws tries an operation on.
///
/// Numbers, `bool`, `char`, texts and durations have samples, and tuples, arrays, `Option`s, boxes and lists, sets and maps
/// in order of what has samples. Operations on other types are declared, but not tried, so types of your own say what a
/// few of their values are, best by those of their fields:
/// ```
/// use divvy_runtime::trial::{Random, Sample};
///
/// #[derive(Clone, Debug, PartialEq)]
/// struct Step {
///     factor: u32,
///     summand: u32,
/// }
///
/// impl Sample for Step {
///     fn corners() -> Vec<Self> {
///         let corners = <(u32, u32)>::corners();
///         corners.into_iter().map(|(factor, summand)| Step { factor, summand }).collect()
///     }
///
///     fn random(random: &mut Random) -> Self {
///         let (factor, summand) = Sample::random(random);
///         Step { factor, summand }
///     }
/// }
/// # assert!(!Step::corners().is_empty());
/// ```
pub trait Sample: Sized {
    /// The values at which laws break first.
    fn corners() -> Vec<Self>;

    /// A random value, small ones more often than large ones.
    fn random(random: &mut Random) -> Self;

    /// Simpler values, the simplest first: what a counterexample is tried with next.
    fn simpler(&self) -> Vec<Self> {
        Vec::new()
    }
}

macro_rules! integers {
    ($($t:ty)*) => {$(
        impl Sample for $t {
            fn corners() -> Vec<Self> {
                let mut corners = vec![0, 1, 2, 3, <$t>::MAX, <$t>::MAX - 1, <$t>::MIN, <$t>::MIN + 1];
                #[allow(unused_comparisons)]
                if <$t>::MIN < 0 {
                    corners.push(!0);
                }
                corners
            }

            fn random(random: &mut Random) -> Self {
                let bits = random.bits() >> (8 * random.below(8));
                bits as $t
            }

            fn simpler(&self) -> Vec<Self> {
                #[allow(unused_comparisons)]
                let towards = if *self < 0 { *self + 1 } else { self.saturating_sub(1) };
                let mut simpler = vec![0, *self / 2, towards];
                simpler.retain(|value| value != self);
                simpler
            }
        }
    )*};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! floats {
    ($($t:ty)*) => {$(
        impl Sample for $t {
            fn corners() -> Vec<Self> {
                let large = 2.0 / <$t>::EPSILON;
                let (tiny, subnormal) = (<$t>::MIN_POSITIVE, <$t>::MIN_POSITIVE / 4.0);
                vec![
                    0.0, -0.0, 1.0, -1.0, 0.1, large, -large, <$t>::MAX, <$t>::MIN, <$t>::INFINITY, <$t>::NEG_INFINITY,
                    <$t>::NAN, tiny, -tiny, subnormal,
                ]
            }

            fn random(random: &mut Random) -> Self {
                let scale = 10f64.powi(random.below(20) as i32 - 8);
                ((random.bits() as i64 as f64) / 2f64.powi(63) * scale) as $t
            }

            fn simpler(&self) -> Vec<Self> {
                let mut simpler = vec![0.0, 1.0, (self / 2.0).trunc(), self.trunc()];
                // infinities and NaN only where no number will do
                simpler.retain(|value| value.is_finite() && (!self.is_finite() || value.abs() < self.abs() || value != self && self.fract() != 0.0));
                simpler
            }
        }
    )*};
}

floats! { f32 f64 }

impl Sample for bool {
    fn corners() -> Vec<Self> {
        vec![false, true]
    }

    fn random(random: &mut Random) -> Self {
        random.bits() & 1 == 1
    }

    fn simpler(&self) -> Vec<Self> {
        self.then_some(false).into_iter().collect()
    }
}

impl Sample for char {
    fn corners() -> Vec<Self> {
        vec!['a', 'b', '\0', 'ß', char::MAX]
    }

    fn random(random: &mut Random) -> Self {
        char::from(b' ' + random.below(95) as u8)
    }
}

impl Sample for () {
    fn corners() -> Vec<Self> {
        vec![()]
    }

    fn random(_: &mut Random) -> Self {}
}

impl Sample for String {
    fn corners() -> Vec<Self> {
        ["", "a", "b", "ab", "ß"].map(String::from).to_vec()
    }

    fn random(random: &mut Random) -> Self {
        (0..random.below(6)).map(|_| char::random(random)).collect()
    }

    fn simpler(&self) -> Vec<Self> {
        let letters: Vec<char> = self.chars().collect();
        let without = |at: usize| {
            letters
                .iter()
                .enumerate()
                .filter(move |(i, _)| *i != at)
                .map(|(_, c)| *c)
                .collect()
        };
        (0..letters.len()).map(without).collect()
    }
}

impl Sample for &'static str {
    fn corners() -> Vec<Self> {
        vec!["", "a", "b", "ab", "ß"]
    }

    fn random(random: &mut Random) -> Self {
        ["", " ", "a", "b", "ba", "aba", "abab", "fork", "join"][random.below(9)]
    }

    fn simpler(&self) -> Vec<Self> {
        let mut chars = self.chars();
        match chars.next() {
            Some(_) => vec!["", chars.as_str()],
            None => Vec::new(),
        }
    }
}

impl Sample for Duration {
    fn corners() -> Vec<Self> {
        vec![
            Duration::ZERO,
            Duration::from_nanos(1),
            Duration::from_secs(1),
            Duration::MAX,
            Duration::MAX - Duration::from_nanos(1),
        ]
    }

    fn random(random: &mut Random) -> Self {
        Duration::from_nanos(u64::random(random))
    }

    fn simpler(&self) -> Vec<Self> {
        let mut simpler = vec![Duration::ZERO, Duration::from_secs(self.as_secs() / 2), *self / 2];
        simpler.retain(|value| value < self);
        simpler
    }
}

impl<T: Sample> Sample for Wrapping<T> {
    fn corners() -> Vec<Self> {
        T::corners().into_iter().map(Wrapping).collect()
    }

    fn random(random: &mut Random) -> Self {
        Wrapping(T::random(random))
    }

    fn simpler(&self) -> Vec<Self> {
        self.0.simpler().into_iter().map(Wrapping).collect()
    }
}

impl<T: Sample> Sample for Option<T> {
    fn corners() -> Vec<Self> {
        std::iter::once(None)
            .chain(T::corners().into_iter().map(Some))
            .collect()
    }

    fn random(random: &mut Random) -> Self {
        (random.below(4) != 0).then(|| T::random(random))
    }

    fn simpler(&self) -> Vec<Self> {
        let Some(value) = self else { return Vec::new() };
        std::iter::once(None)
            .chain(value.simpler().into_iter().map(Some))
            .collect()
    }
}

impl<T: Sample> Sample for Box<T> {
    fn corners() -> Vec<Self> {
        T::corners().into_iter().map(Box::new).collect()
    }

    fn random(random: &mut Random) -> Self {
        Box::new(T::random(random))
    }

    fn simpler(&self) -> Vec<Self> {
        T::simpler(self).into_iter().map(Box::new).collect()
    }
}

impl<T: Sample + Clone> Sample for Vec<T> {
    fn corners() -> Vec<Self> {
        std::iter::once(Vec::new())
            .chain(T::corners().into_iter().map(|x| vec![x]))
            .collect()
    }

    fn random(random: &mut Random) -> Self {
        (0..random.below(5)).map(|_| T::random(random)).collect()
    }

    fn simpler(&self) -> Vec<Self> {
        let without = |at: usize| {
            let mut rest = self.clone();
            rest.remove(at);
            rest
        };
        let with = |at: usize, value: T| {
            let mut changed = self.clone();
            changed[at] = value;
            changed
        };
        let shorter = (0..self.len()).map(without);
        let changed = (0..self.len()).flat_map(|at| self[at].simpler().into_iter().map(move |value| with(at, value)));
        shorter.chain(changed).collect()
    }
}

impl<T: Sample + Clone> Sample for VecDeque<T> {
    fn corners() -> Vec<Self> {
        Vec::<T>::corners().into_iter().map(Self::from).collect()
    }

    fn random(random: &mut Random) -> Self {
        Vec::<T>::random(random).into()
    }

    fn simpler(&self) -> Vec<Self> {
        let list: Vec<T> = self.iter().cloned().collect();
        list.simpler().into_iter().map(Self::from).collect()
    }
}

impl<T: Sample + Clone + Ord> Sample for BTreeSet<T> {
    fn corners() -> Vec<Self> {
        Vec::corners().into_iter().map(Self::from_iter).collect()
    }

    fn random(random: &mut Random) -> Self {
        Vec::random(random).into_iter().collect()
    }
}

impl<K: Sample + Clone + Ord, V: Sample + Clone> Sample for BTreeMap<K, V> {
    fn corners() -> Vec<Self> {
        Vec::corners().into_iter().map(Self::from_iter).collect()
    }

    fn random(random: &mut Random) -> Self {
        Vec::random(random).into_iter().collect()
    }
}

impl<T: Sample + Clone, const N: usize> Sample for [T; N] {
    fn corners() -> Vec<Self> {
        let count = T::corners().len();
        // element by element further along the corners, so that not all are equal
        let at = |start: usize| std::array::from_fn(|i| T::corners().swap_remove((start + i) % count));
        (0..count).map(at).collect()
    }

    fn random(random: &mut Random) -> Self {
        std::array::from_fn(|_| T::random(random))
    }

    fn simpler(&self) -> Vec<Self> {
        let with = |at: usize, value: T| {
            let mut changed = self.clone();
            changed[at] = value;
            changed
        };
        (0..N)
            .flat_map(|at| self[at].simpler().into_iter().map(move |value| with(at, value)))
            .collect()
    }
}

macro_rules! tuples {
    ($(($($name:ident $at:tt)*))*) => {$(
        impl<$($name: Sample + Clone),*> Sample for ($($name,)*) {
            fn corners() -> Vec<Self> {
                let count = [$($name::corners().len()),*].into_iter().max().unwrap_or(0);
                let mut random = Random::new(1);
                (0..2 * count)
                    .map(|_| ($({
                        let mut corners = $name::corners();
                        corners.swap_remove(random.below(corners.len()))
                    },)*))
                    .collect()
            }

            fn random(random: &mut Random) -> Self {
                ($($name::random(random),)*)
            }

            fn simpler(&self) -> Vec<Self> {
                let mut simpler = Vec::new();
                $(simpler.extend(self.$at.simpler().into_iter().map(|value| {
                    let mut changed = self.clone();
                    changed.$at = value;
                    changed
                }));)*
                simpler
            }
        }
    )*};
}

tuples! { (A 0) (A 0 B 1) (A 0 B 1 C 2) (A 0 B 1 C 2 D 3) }
