use std::sync::Arc;
/// Nothing is known of it.
struct Weights {
    by_letter: [u64; 26],
}
impl Weights {
    fn of(&self, letter: u8) -> u64 {
        self.by_letter[usize::from(letter - b'a')]
    }
}
struct Scale {
    weights: Weights,
    factor: Arc<u64>,
}
impl Scale {
    fn weigh(&self, letters: &[u8]) -> u64 {
        let mut total = 0;
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("weigh", ::core::file!(), 25u32);
            let law_total = rt::monoid::<rt::ops::Add, _>(&total);
            (total,) = rt::shared(
                &self.weights,
                rt::shared(&self.factor, rt::reduce),
            )(
                rt::Region::new(&SITE),
                rt::source(letters),
                (total,),
                |(mut total,), piece| {
                    for letter in piece {
                        total += self.weights.of(*letter) * *self.factor;
                    }
                    (total,)
                },
                |(total,)| (law_total.fresh(total),),
                |(left_total,), (right_total,)| {
                    law_total.combine(left_total, right_total);
                },
            );
        }
        total
    }
}
fn weigh(letters: &[u8], weights: &Weights) -> u64 {
    ::divvy::__private::shared(
            &weights,
            ::divvy::__private::chain,
        )(
            ::divvy::__private::Region::new({
                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                    "weigh",
                    ::core::file!(),
                    34u32,
                );
                &SITE
            }),
            ::divvy::__private::source(letters.iter()),
            |piece| {
                ::divvy::__private::items(piece).map(|letter| weights.of(*letter))
            },
        )
        .sum()
}
/// The name alone says nothing.
type Rc<T> = Arc<T>;
fn halves(letters: &[u8], weights: Rc<Weights>) -> u64 {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        "halves",
        ::core::file!(),
        41u32,
    );
    #[inline(never)]
    fn halves(letters: &[u8], weights: Rc<Weights>) -> u64 {
        if letters.len() < 2 {
            return letters.iter().map(|letter| weights.of(*letter)).sum();
        }
        let (left, right) = letters.split_at(letters.len() / 2);
        halves(left, weights.clone()) + halves(right, weights)
    }
    #[inline(never)]
    fn watched<'watch>(
        watch: impl ::divvy::__private::Watches<'watch>,
        letters: &[u8],
        weights: Rc<Weights>,
    ) -> u64 {
        let watch = match ::divvy::__private::Watches::tick(watch) {
            ::core::result::Result::Ok(watch) => watch,
            ::core::result::Result::Err(forks) => return fork(forks, letters, weights),
        };
        if letters.len() < 2 {
            return letters.iter().map(|letter| weights.of(*letter)).sum();
        }
        let (left, right) = letters.split_at(letters.len() / 2);
        watched(watch, left, weights.clone()) + watched(watch, right, weights)
    }
    fn fork(
        forks: ::divvy::__private::Forks<'_>,
        letters: &[u8],
        weights: Rc<Weights>,
    ) -> u64 {
        let forks = match forks.at(letters.len()) {
            ::divvy::__private::Cutoff::Fork(forks) => forks,
            ::divvy::__private::Cutoff::Leaf(leaf) => {
                return leaf.run(|| halves(letters, weights));
            }
            ::divvy::__private::Cutoff::Watch(watch) => {
                return watched(watch, letters, weights);
            }
            ::divvy::__private::Cutoff::Guard(watch) => {
                return watched(watch, letters, weights);
            }
        };
        if letters.len() < 2 {
            return letters.iter().map(|letter| weights.of(*letter)).sum();
        }
        let (left, right) = letters.split_at(letters.len() / 2);
        let clone_2 = weights.clone();
        let (first, second) = ::divvy::__private::shared_type(
                ::core::marker::PhantomData::<Rc<Weights>>,
                forks,
            )
            .join(
                |forks| fork(forks, left, clone_2),
                |forks| fork(forks, right, weights),
            );
        first + second.claim()
    }
    ::divvy::__private::Forks::enter_sized(
        ::divvy::__private::Region::new(&SITE),
        letters.len(),
        |forks| fork(forks, letters, weights),
    )
}
#[test]
fn same_answer() {
    let letters: Vec<u8> = (0..10_000).map(|n| b'a' + (n * n % 26) as u8).collect();
    let weights = || Weights {
        by_letter: std::array::from_fn(|n| n as u64),
    };
    let want: u64 = letters.iter().map(|letter| u64::from(letter - b'a')).sum();
    let scale = Scale {
        weights: weights(),
        factor: Arc::new(3),
    };
    assert_eq!(scale.weigh(& letters), 3 * want);
    assert_eq!(weigh(& letters, & weights()), want);
    assert_eq!(halves(& letters, Arc::new(weights())), want);
}
