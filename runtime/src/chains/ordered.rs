//! Sums and products of a chain with `float = ordered`: the items are listed in parallel, a bounded number of them ahead,
//! and the standard library's own `sum` runs over all of them in the sequential order.

use super::Chain;
use crate::executor::Executor;
use crate::reduce::{FORK_WORTH, Next, Owner, Steps, cost_of, is_small};
use crate::source::Source;
use std::any::Any;
use std::fmt;
use std::iter::{Product, Sum};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Instant;
use std::vec;

/// Nanoseconds after which the caller knows what an item costs.
const KNOWN: f32 = 2_500.0;

/// A chain whose items are taken in order.
#[must_use = "chains do nothing without a terminal"]
pub struct OrderedChain<'r, S, P>(Chain<'r, S, P>);

impl<S, P> fmt::Debug for OrderedChain<'_, S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OrderedChain").finish_non_exhaustive()
    }
}

impl<'r, S, P> OrderedChain<'r, S, P> {
    pub(super) fn new(chain: Chain<'r, S, P>) -> Self {
        Self(chain)
    }
}

impl<S: Source, I: Iterator<Item: Send>, P: Fn(S) -> I + Sync> OrderedChain<'_, S, P> {
    /// As [`Iterator::sum`].
    #[inline]
    pub fn sum<T: Sum<I::Item> + Send>(self) -> T {
        self.total(SumOf)
    }

    /// As [`Iterator::product`].
    #[inline]
    pub fn product<T: Product<I::Item> + Send>(self) -> T {
        self.total(ProductOf)
    }

    /// As [`Iterator::reduce`], whatever the operation.
    #[inline]
    pub fn reduce<F: Fn(I::Item, I::Item) -> I::Item + Send>(self, combine: F) -> Option<I::Item> {
        self.total(ReductionBy(combine))
    }

    #[inline]
    fn total<T: Send>(self, of: impl Of<I::Item, T> + Send) -> T {
        let (region, len) = (self.0.region, self.0.source.len());
        if is_small(&region, len) {
            return of.of((self.0.items)(self.0.source));
        }
        match region.executor() {
            Executor::Serial => of.of((self.0.items)(self.0.source)),
            Executor::Adversarial { .. } => of.of(self.0.gather().into_iter()),
            Executor::Rayon => self.ahead(of),
        }
    }

    /// Lists items on the caller until it knows what they cost, and goes on in the pool if that pays.
    fn ahead<T: Send>(self, of: impl Of<I::Item, T> + Send) -> T {
        let Chain {
            region, source, items, ..
        } = self.0;
        let leaf = |mut list: Vec<I::Item>, piece: S| {
            let ended = catch_unwind(AssertUnwindSafe(|| list.extend(items(piece))));
            (list, ended.err())
        };
        let (mut rest, mut list, mut done, mut block) = (source, Vec::new(), 0, 1);
        let then = Instant::now();
        let cost = loop {
            let len = block.min(rest.len());
            let (front, behind) = rest.split_at(len);
            rest = behind;
            let panic;
            (list, panic) = leaf(list, front);
            if panic.is_some() {
                return of.of(Listed {
                    items: list.into_iter(),
                    panic,
                });
            }
            done += len;
            let cost = cost_of(then, done);
            if rest.is_empty() {
                break cost;
            }
            if cost * done as f32 >= KNOWN {
                break cost;
            }
            block *= 2;
        };
        region.site.learn(cost);
        let is_worth = region.threshold.is_some() || cost * rest.len() as f32 > FORK_WORTH;
        if !is_worth || rest.len() < 2 || region.threads() == 1 {
            return of.of(list.into_iter().chain(items(rest)));
        }
        let steps = Steps::new(region, &leaf, &|_| Vec::new(), &|_, _| {});
        steps.owned(rest, Vec::new(), done, cost, |owner| {
            of.of(list.into_iter().chain(InOrder {
                owner,
                items: &items,
                current: Current::Listed(Listed {
                    items: Vec::new().into_iter(),
                    panic: None,
                }),
            }))
        })
    }
}

type Panic = Box<dyn Any + Send>;

/// What is made of the items, whatever iterator they come from.
trait Of<Item, T> {
    fn of(self, items: impl Iterator<Item = Item>) -> T;
}

struct SumOf;

impl<Item, T: Sum<Item>> Of<Item, T> for SumOf {
    #[inline]
    fn of(self, items: impl Iterator<Item = Item>) -> T {
        items.sum()
    }
}

struct ProductOf;

impl<Item, T: Product<Item>> Of<Item, T> for ProductOf {
    #[inline]
    fn of(self, items: impl Iterator<Item = Item>) -> T {
        items.product()
    }
}

struct ReductionBy<F>(F);

impl<Item, F: Fn(Item, Item) -> Item> Of<Item, Option<Item>> for ReductionBy<F> {
    #[inline]
    fn of(self, items: impl Iterator<Item = Item>) -> Option<Item> {
        items.reduce(self.0)
    }
}

/// The items of a mapped block, and the panic behind them if there was one.
struct Listed<T> {
    items: vec::IntoIter<T>,
    panic: Option<Panic>,
}

impl<T> Iterator for Listed<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let item = self.items.next();
        if item.is_none()
            && let Some(panic) = self.panic.take()
        {
            resume_unwind(panic);
        }
        item
    }
}

/// Where the items come from at the moment.
enum Current<I: Iterator> {
    /// A block that the owner runs.
    Own(I),
    /// One that was mapped.
    Listed(Listed<I::Item>),
}

/// All items, in the sequential order.
struct InOrder<'o, 's, 'c, S: Source, I: Iterator<Item: Send>, P> {
    owner: Owner<'s, 'c, S, Vec<I::Item>, Panic>,
    items: &'o P,
    current: Current<I>,
}

impl<S: Source, I: Iterator<Item: Send>, P: Fn(S) -> I> Iterator for InOrder<'_, '_, '_, S, I, P> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        loop {
            let item = match &mut self.current {
                Current::Own(items) => items.next(),
                Current::Listed(items) => items.next(),
            };
            if item.is_some() || !self.advance() {
                return item;
            }
        }
    }

    /// Block by block, so that the inner loops are the standard library's.
    #[inline]
    fn fold<B, F: FnMut(B, I::Item) -> B>(mut self, init: B, mut f: F) -> B {
        let mut folded = init;
        loop {
            let nothing = Current::Listed(Listed {
                items: Vec::new().into_iter(),
                panic: None,
            });
            folded = match std::mem::replace(&mut self.current, nothing) {
                Current::Own(items) => items.fold(folded, &mut f),
                Current::Listed(Listed { items, panic }) => {
                    folded = items.fold(folded, &mut f);
                    if let Some(panic) = panic {
                        resume_unwind(panic);
                    }
                    folded
                }
            };
            if !self.advance() {
                return folded;
            }
        }
    }
}

impl<S: Source, I: Iterator<Item: Send>, P: Fn(S) -> I> InOrder<'_, '_, '_, S, I, P> {
    /// Goes on to the next block; `false` at the end.
    #[inline(never)]
    fn advance(&mut self) -> bool {
        self.current = match self.owner.next() {
            None => return false,
            Some(Next::Run(job)) => Current::Own((self.items)(job.piece)),
            Some(Next::Combine(Ok((list, panic)))) => Current::Listed(Listed {
                items: list.into_iter(),
                panic,
            }),
            Some(Next::Combine(Err(panic))) => resume_unwind(panic),
        };
        true
    }
}
