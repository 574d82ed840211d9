//! Iterators that can't be cut: read in batches, each of which is worked on while the next one is read.

use super::{Owned, Source};
use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// An iterator as a source that is read as it is needed: see [`stream`].
///
/// A cut reads as many items as the left side gets, so that side is in memory; if there are fewer, the right side is
/// empty. How many there are is known only at the end.
pub struct Stream<I: Iterator> {
    /// What was read.
    read: Owned<I::Item>,
    /// What was not.
    rest: Rest<I>,
}

enum Rest<I> {
    /// At most so many items more.
    Live(I, usize),
    /// Reading the next item panicked; the loop has to get there before that shows.
    Failed(Box<dyn Any + Send>),
    Ended,
}

impl<I: Iterator> fmt::Debug for Stream<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").finish_non_exhaustive()
    }
}

/// An iterator that can't be cut, such as the lines of a reader, as a loop's source: `for line in stream(file.lines())`.
///
/// It is read in batches of bounded size, by one thread at a time and in order; while the pieces of one batch run, the
/// next one is read. The result is that of the sequential loop.
///
/// # Exits
/// A loop that is left early has read no item behind the exit if it was left within the first microseconds; else at most
/// the rest of its batch and the next one.
///
/// # Panics
/// A panic of the iterator shows where the sequential loop would meet it.
#[inline]
pub fn stream<I: IntoIterator>(it: I) -> Stream<I::IntoIter> {
    Stream {
        read: Owned::new(Vec::new()),
        rest: Rest::Live(it.into_iter(), usize::MAX),
    }
}

impl<I: Iterator> Iterator for Stream<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        if let Some(item) = self.read.next() {
            return Some(item);
        }
        match &mut self.rest {
            Rest::Live(_, 0) | Rest::Ended => None,
            Rest::Live(it, left) => {
                let next = it.next();
                *left = without(*left, 1);
                if next.is_none() {
                    self.rest = Rest::Ended;
                }
                next
            }
            Rest::Failed(_) => {
                if let Rest::Failed(panic) = std::mem::replace(&mut self.rest, Rest::Ended) {
                    resume_unwind(panic);
                }
                None
            }
        }
    }
}

impl<I: Iterator + Send> Source for Stream<I>
where
    I::Item: Send,
{
    const IS_STREAM: bool = true;

    fn len(&self) -> usize {
        let rest = match &self.rest {
            Rest::Live(_, left) => *left,
            Rest::Failed(_) => 1,
            Rest::Ended => 0,
        };
        self.read.len().saturating_add(rest)
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let Stream { read, rest } = self;
        let part = |read, rest| Stream { read, rest };
        let Some(more) = index.checked_sub(read.len()).filter(|more| *more > 0) else {
            let (left, right) = read.split_at(index);
            return (part(left, Rest::Ended), part(right, rest));
        };
        let nothing = || Owned::new(Vec::new());
        match rest {
            Rest::Ended => (part(read, Rest::Ended), part(nothing(), Rest::Ended)),
            Rest::Failed(panic) => (part(read, Rest::Failed(panic)), part(nothing(), Rest::Ended)),
            Rest::Live(mut it, left) => {
                let more = more.min(left);
                let mut items: Vec<_> = read.into_iter().collect();
                let before = items.len();
                let all = catch_unwind(AssertUnwindSafe(|| {
                    items.extend(it.by_ref().take(more));
                }));
                let rest = match all {
                    Err(panic) => Rest::Failed(panic),
                    Ok(()) if items.len() - before < more => Rest::Ended,
                    Ok(()) => Rest::Live(it, without(left, more)),
                };
                (part(Owned::new(items), Rest::Ended), part(nothing(), rest))
            }
        }
    }

    fn skip(mut self, n: usize) -> Self {
        if let Some(last) = n.checked_sub(1) {
            self.nth(last);
        }
        self
    }

    fn take(mut self, n: usize) -> Self {
        if n >= self.len() {
            return self;
        }
        let read = self.read.len();
        match &mut self.rest {
            Rest::Live(_, left) if read <= n => {
                *left = n - read;
                self
            }
            _ => self.split_at(n).0,
        }
    }
}

/// What is left of a bound; the largest one means that there is none.
fn without(left: usize, taken: usize) -> usize {
    if left == usize::MAX { left } else { left - taken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_read_what_they_need() {
        let mut asked = 0;
        let numbers = stream((0..10).inspect(|_| asked += 1));
        let (left, right) = Source::skip(numbers, 2).split_at(3);
        assert_eq!((left.len(), right.len()), (3, usize::MAX));
        let (a, b) = left.split_at(1);
        assert_eq!(Iterator::chain(a, b).collect::<Vec<_>>(), [2, 3, 4]);
        let (middle, right) = Source::take(right, 100).split_at(4);
        assert_eq!(middle.collect::<Vec<_>>(), [5, 6, 7, 8]);
        let (last, end) = right.split_at(50);
        assert!(end.is_empty());
        assert_eq!(last.collect::<Vec<_>>(), [9]);
        assert_eq!(asked, 10);
    }

    #[test]
    fn a_panic_of_the_iterator_waits_for_the_loop() {
        let numbers = || stream((0..10).inspect(|i| assert_ne!(*i, 4, "no four")));
        let (left, right) = numbers().split_at(8);
        assert_eq!(left.collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(right.len(), 1);
        let (left, right) = right.split_at(8);
        assert!(right.is_empty());
        assert!(catch_unwind(AssertUnwindSafe(|| left.count())).is_err());
    }
}
