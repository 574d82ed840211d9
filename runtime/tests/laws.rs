//! Every instance of a law, on random values and corner values.

use divvy_runtime::generated::*;
use divvy_runtime::ops::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::num::Wrapping;
use std::time::Duration;

fn combined<Op, T: Associative<Op>>(mut left: T, right: T) -> T {
    T::combine(&mut left, right);
    left
}

fn check_monoid<Op, T: Monoid<Op> + Clone + Debug + PartialEq>(a: T, b: T, c: T) {
    let left = combined::<Op, _>(combined::<Op, _>(a.clone(), b.clone()), c.clone());
    let right = combined::<Op, _>(a.clone(), combined::<Op, _>(b, c));
    assert_eq!(left, right);
    assert_eq!(combined::<Op, _>(T::identity(), a.clone()), a);
    assert_eq!(combined::<Op, _>(a.clone(), T::identity()), a);
    let law = monoid::<Op, _>(&a);
    let mut place = a.clone();
    assert_eq!(law.take(&mut place), a);
    assert_eq!(place, T::identity());
}

fn check_commutative<Op, T: Commutative<Op> + Monoid<Op> + Clone + Debug + PartialEq>(a: T, b: T, c: T) {
    check_monoid::<Op, T>(a.clone(), b.clone(), c);
    assert_eq!(combined::<Op, _>(a.clone(), b.clone()), combined::<Op, _>(b, a));
}

macro_rules! integers {
    ($($test:ident: $t:ident, $small:expr;)*) => {$(
        proptest! {
            #[test]
            fn $test(
                [a, b, c] in prop::array::uniform3(prop_oneof![any::<$t>(), Just($t::MIN), Just($t::MAX), Just(0), Just(1)]),
                [x, y, z] in prop::array::uniform3($small),
            ) {
                check_commutative::<Add, $t>(x, y, z);
                check_commutative::<Mul, $t>(x, y, z);
                check_commutative::<Rounded<Add>, $t>(x, y, z);
                check_commutative::<Rounded<Mul>, $t>(x, y, z);
                check_commutative::<BitAnd, $t>(a, b, c);
                check_commutative::<BitOr, $t>(a, b, c);
                check_commutative::<BitXor, $t>(a, b, c);
                check_commutative::<Min, $t>(a, b, c);
                check_commutative::<Max, $t>(a, b, c);
                check_commutative::<WrappingAdd, $t>(a, b, c);
                check_commutative::<WrappingMul, $t>(a, b, c);
                let [a, b, c] = [a, b, c].map(Wrapping);
                check_commutative::<Add, _>(a, b, c);
                check_commutative::<Mul, _>(a, b, c);
                check_commutative::<Rounded<Add>, _>(a, b, c);
                check_commutative::<BitAnd, _>(a, b, c);
                check_commutative::<BitOr, _>(a, b, c);
                check_commutative::<BitXor, _>(a, b, c);
                check_commutative::<Min, _>(a, b, c);
                check_commutative::<Max, _>(a, b, c);
            }
        }
    )*};
}

integers! {
    u8_is_lawful: u8, 0..6u8;
    u16_is_lawful: u16, 0..40u16;
    u32_is_lawful: u32, 0..1600u32;
    u64_is_lawful: u64, 0..1_000_000u64;
    u128_is_lawful: u128, 0..1_000_000u128;
    usize_is_lawful: usize, 0..1_000_000usize;
    i8_is_lawful: i8, -5..5i8;
    i16_is_lawful: i16, -30..30i16;
    i32_is_lawful: i32, -1000..1000i32;
    i64_is_lawful: i64, -1_000_000..1_000_000i64;
    i128_is_lawful: i128, -1_000_000..1_000_000i128;
    isize_is_lawful: isize, -1_000_000..1_000_000isize;
}

macro_rules! saturating {
    ($($test:ident: $t:ident;)*) => {$(
        proptest! {
            #[test]
            fn $test([a, b, c] in prop::array::uniform3(prop_oneof![any::<$t>(), 0..4 as $t, Just($t::MAX)])) {
                check_commutative::<SaturatingAdd, $t>(a, b, c);
                check_commutative::<SaturatingMul, $t>(a, b, c);
            }
        }
    )*};
}

saturating! {
    saturating_u8_is_lawful: u8;
    saturating_u16_is_lawful: u16;
    saturating_u32_is_lawful: u32;
    saturating_u64_is_lawful: u64;
    saturating_u128_is_lawful: u128;
    saturating_usize_is_lawful: usize;
}

proptest! {
    #[test]
    fn scalars_are_lawful(
        [a, b, c] in prop::array::uniform3(any::<bool>()),
        [x, y, z] in prop::array::uniform3(any::<char>()),
        [s, t, u] in prop::array::uniform3(any::<u32>().prop_map(|n| Duration::from_micros(n.into()))),
    ) {
        check_commutative::<BitAnd, _>(a, b, c);
        check_commutative::<BitOr, _>(a, b, c);
        check_commutative::<BitXor, _>(a, b, c);
        check_commutative::<And, _>(a, b, c);
        check_commutative::<Or, _>(a, b, c);
        check_commutative::<Min, _>(a, b, c);
        check_commutative::<Max, _>(a, b, c);
        check_commutative::<Min, _>(x, y, z);
        check_commutative::<Max, _>(x, y, z);
        check_commutative::<Add, _>(s, t, u);
        check_commutative::<Min, _>(s, t, u);
        check_commutative::<Max, _>(s, t, u);
        check_monoid::<Add, _>((), (), ());
        check_monoid::<Append, _>((), (), ());
        check_monoid::<Union, _>((), (), ());
    }

    #[test]
    fn sequences_are_lawful([a, b, c] in prop::array::uniform3(prop::collection::vec(any::<char>(), 0..4))) {
        let strings = [&a, &b, &c].map(|chars| chars.iter().collect::<String>());
        let [s, t, u] = strings.clone();
        check_monoid::<Append, _>(s, t, u);
        let [s, t, u] = strings;
        check_monoid::<Add, _>(s, t, u);
        let [s, t, u] = [&a, &b, &c].map(|chars| chars.iter().copied().collect::<VecDeque<_>>());
        check_monoid::<Append, _>(s, t, u);
        check_monoid::<Append, _>(a, b, c);
    }

    #[test]
    fn sets_and_maps_are_lawful(entries in prop::array::uniform3(prop::collection::vec((0..6u8, any::<u8>()), 0..5))) {
        let [a, b, c] = entries.clone().map(|list| list.into_iter().collect::<BTreeMap<_, _>>());
        check_monoid::<Union, _>(a, b, c);
        let [a, b, c] = entries.clone().map(|list| list.into_iter().collect::<HashMap<_, _>>());
        check_monoid::<Union, _>(a, b, c);
        let [a, b, c] = entries.clone().map(|list| list.into_iter().collect::<BTreeSet<_>>());
        check_commutative::<Union, _>(a, b, c);
        let [a, b, c] = entries.map(|list| list.into_iter().collect::<HashSet<_>>());
        check_commutative::<Union, _>(a, b, c);
    }

    #[test]
    fn maps_combine_equal_keys_left_to_right(
        entries in prop::collection::vec((0..4u8, any::<u8>()), 0..12),
        cut in 0..12usize,
    ) {
        let cut = cut.min(entries.len());
        let fill = |part: &[(u8, u8)]| {
            let mut map: HashMap<u8, Vec<u8>> = HashMap::new();
            for &(key, value) in part {
                map.entry(key).or_default().push(value);
            }
            map
        };
        let whole = fill(&entries);
        let law = keyed::<Append, _>(&whole);
        let mut left = fill(&entries[..cut]);
        law.combine(&mut left, fill(&entries[cut..]));
        prop_assert_eq!(&left, &whole);
        prop_assert!(law.fresh(&whole).is_empty());
        let sorted = |map: HashMap<u8, Vec<u8>>| map.into_iter().collect::<BTreeMap<_, _>>();
        let mut left = sorted(fill(&entries[..cut]));
        let law = keyed::<Append, _>(&left);
        law.combine(&mut left, sorted(fill(&entries[cut..])));
        prop_assert_eq!(left, sorted(whole));
    }

    #[test]
    fn float_identities_keep_every_value(x in any::<f64>()) {
        for x in [x, 0.0, -0.0, f64::INFINITY] {
            prop_assert_eq!(combined::<Rounded<Add>, _>(Monoid::<Rounded<Add>>::identity(), x).to_bits(), x.to_bits());
            prop_assert_eq!(combined::<Rounded<Add>, _>(x, Monoid::<Rounded<Add>>::identity()).to_bits(), x.to_bits());
            prop_assert_eq!(combined::<Rounded<Mul>, _>(Monoid::<Rounded<Mul>>::identity(), x).to_bits(), x.to_bits());
        }
    }
}

#[test]
fn tables_combine_cell_by_cell_and_keep_their_shape() {
    let law = elementwise::<Add, _>(&[1u8, 2]);
    let mut left = [1, 2];
    law.combine(&mut left, [10, 20]);
    assert_eq!((left, law.fresh(&left)), ([11, 22], [0, 0]));

    let mut left = vec![vec![1, 2], vec![3]];
    let law = elementwise::<Mul, _>(&left);
    law.combine(&mut left, vec![vec![2, 3], vec![4], vec![5]]);
    assert_eq!(left, [vec![2, 6], vec![12], vec![5]]);
    assert_eq!(law.fresh(&left), [vec![1, 1], vec![1], vec![1]]);

    let mut left: Box<[[f64; 2]]> = Box::new([[0.5, 1.0]]);
    let law = elementwise::<Rounded<Add>, _>(&left);
    law.combine(&mut left, Box::new([[1.0, 1.0]]));
    assert_eq!(*left, [[1.5, 2.0]]);

    let mut left: VecDeque<String> = ["a".into(), "b".into()].into();
    let law = elementwise::<Append, _>(&left);
    law.combine(&mut left, ["c".into(), "d".into()].into());
    assert_eq!(left, ["ac", "bd"]);

    // Both depths are possible here: the cells are the strings, or the lists of them.
    let mut left = vec![vec!["a".to_string()]];
    elementwise::<Append, Depth1<_>>(&left).combine(&mut left, vec![vec!["b".into()]]);
    assert_eq!(left, [["a", "b"]]);
    elementwise::<Append, Depth2<_>>(&left).combine(&mut left, vec![vec!["c".into()]]);
    assert_eq!(left, [["ac", "b"]]);
}

#[test]
fn every_order_is_a_lattice() {
    fn generic<T: Ord>(x: &T) {
        lattice(x);
    }
    lattice(&1);
    lattice(&1.0);
    lattice(&1.0f32);
    lattice(&Some(3u64));
    generic(&"text");
}
