//! What is seen of a source is what the loop gets, for every source and every cut.

use divvy_runtime::generated::*;
use divvy_runtime::source::{Again, Reversed};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Debug;

/// References to mutable items look like references to shared ones.
fn shown<I: IntoIterator<Item: Debug>>(items: I) -> Vec<String> {
    items.into_iter().map(|item| format!("{item:?}")).collect()
}

macro_rules! check {
    ($($make:expr;)*) => {$({
        let len = $make.into_source().len();
        for index in 0..=len {
            check_part($make.into_source().split_at(index).0, |piece| shown(piece.again()), |piece| shown(piece.latest()));
            check_part($make.into_source().split_at(index).1, |piece| shown(piece.again()), |piece| shown(piece.latest()));
        }
    })*};
}

fn check_part<S: Again<Item: Debug>>(piece: S, again: impl Fn(&S) -> Vec<String>, latest: impl Fn(&S) -> Vec<String>) {
    let (first, second, last) = (again(&piece), again(&piece), latest(&piece));
    let items = shown(piece);
    assert_eq!(first, items);
    assert_eq!(second, items);
    assert_eq!(last, Vec::from_iter(items.last().cloned()));
}

macro_rules! check_back {
    ($($make:expr;)*) => {$({
        let seen = shown(Reversed::back(&$make.into_source()));
        let mut items = shown($make.into_source());
        items.reverse();
        assert_eq!(seen, items);
        check! { $make.into_source().rev(); }
    })*};
}

#[test]
fn shows_what_the_loop_gets() {
    let xs = [3, 1, 4, 1, 5, 9, 2];
    let mut ys = xs;
    let mut vec = vec![2.5, 7.0, 1.25];
    let mut deque: VecDeque<_> = (0..5).collect();
    deque.rotate_left(2);
    deque.push_front(9);
    let map: BTreeMap<_, _> = xs.iter().map(|x| (x, x * 2)).collect();
    check! {
        0..9; 5..=9u8; 'a'..'d'; (3u8..).into_source().take(4);
        &xs; xs.iter(); &vec; vec.clone(); xs; &deque; deque.clone();
        xs.windows(2); xs.chunks(3); xs.rchunks_exact(2); "abc".bytes(); xs.iter().rev();
        "aß–x".chars(); "aß–x".char_indices(); "a b  c".split_whitespace(); "1,2,3".split(','); &map;
        &mut ys; ys.iter_mut(); &mut vec; &mut deque;
        chunks(xs.chunks(usize::MAX), || 3); chunks_exact(xs.chunks(usize::MAX), || 2); windows(xs.chunks(usize::MAX), || 3);
        chunks_mut(ys.chunks_mut(usize::MAX), || 3);
        chunks_exact_mut(ys.chunks_exact_mut(usize::MAX), 2);
        rchunks_mut(ys.rchunks_mut(usize::MAX), 4);
        source(&xs).enumerate(); source(&mut ys).enumerate(); source(0..7).zip(&mut ys); source(&xs).zip(&mut ys).enumerate();
        source(&xs).copied(); source(&map).zip(0..9); source(&xs).cloned(); source(&xs).step_by(3); source(&mut ys).step_by(2);
        source(&xs).chain(&xs); source(&xs).chain(&xs).copied(); source(&xs).skip(2).take(3);
        with_parts(source(0..7), (Part::new(&mut ys, 0, 1),));
    }
}

#[test]
fn shows_it_from_the_end_too() {
    let xs = [3, 1, 4, 1, 5, 9, 2];
    let mut ys = xs;
    let mut deque: VecDeque<_> = (0..5).collect();
    deque.rotate_left(2);
    check_back! {
        0..9; 5..=9u8; &xs; xs; &deque; xs.windows(2); "aß–x".chars(); "aß–x".char_indices();
        &mut ys; &mut deque;
        chunks_mut(ys.chunks_mut(usize::MAX), 3);
        chunks_exact_mut(ys.chunks_exact_mut(usize::MAX), 2);
        rchunks_mut(ys.rchunks_mut(usize::MAX), 4);
        source(&xs).enumerate(); source(&mut ys).enumerate(); source(&xs).zip(&mut ys); source(&xs).copied(); source(&xs).cloned();
        source(&xs).chain(&xs); source(&mut ys).enumerate().rev();
    }
}

/// A source of one's own shows a clone of itself.
#[test]
fn a_source_of_ones_own_can_be_seen() {
    #[derive(Clone)]
    struct Squares(std::ops::Range<u64>);

    impl IntoIterator for Squares {
        type Item = u64;
        type IntoIter = std::iter::Map<std::ops::Range<u64>, fn(u64) -> u64>;

        fn into_iter(self) -> Self::IntoIter {
            self.0.map(|x| x * x)
        }
    }

    impl Source for Squares {
        fn len(&self) -> usize {
            self.0.clone().count()
        }

        fn split_at(self, index: usize) -> (Self, Self) {
            let middle = self.0.start + index as u64;
            (Self(self.0.start..middle), Self(middle..self.0.end))
        }
    }

    impl Again for Squares {
        type Seen<'s> = Self;

        fn again(&self) -> Self {
            self.clone()
        }
    }

    check! { Squares(0..7); source(Squares(0..7)).enumerate(); }
}

#[test]
fn a_trail_answers_for_the_element_before() {
    let mut data = [1, 2, 3, 4, 5, 6];
    assert_eq!(
        (before(&data, 0, 1), before(&data, 3, 1), before(&data, 7, 1)),
        (None, Some(3), None)
    );
    let (left, right) = with_parts(source(1..6usize), (Part::new(&mut data, 1, 1),)).split_at(2);
    let (_, (left,)) = left.apart();
    let (_, (right,)) = right.apart();
    let mut left = left.after(Some(1));
    let mut right = right.after(Some(30));
    assert_eq!((left.len(), right.len()), (6, 6));
    assert_eq!((left[0], left[1], right[2], right[3]), (1, 2, 30, 4));
    right[3] = right[2] + 1;
    left[2] += left[1];
    assert_eq!(
        (left.carried(0), left.carried(2), right.carried(0), right.carried(1)),
        (Some(1), Some(5), Some(30), Some(31))
    );
}

#[test]
#[should_panic(expected = "the len is 6 but the index is 1")]
fn a_trail_answers_for_no_other_element() {
    let mut data = [1, 2, 3, 4, 5, 6];
    let (_, right) = with_parts(source(1..6usize), (Part::new(&mut data, 1, 1),)).split_at(2);
    let (_, (right,)) = right.apart();
    let _ = right.after(Some(30))[1];
}

#[test]
#[should_panic(expected = "the len is 3 but the index is 18446744073709551615")]
fn nothing_is_before_the_first_element() {
    let mut data = [1, 2, 3];
    let (_, (part,)) = with_parts(source(0..3usize), (Part::new(&mut data, 0, 1),)).apart();
    let _ = part.after(None)[0usize.wrapping_sub(1)];
}
