fn subsets(items: &[u32], subset: &mut Vec<u32>, out: &mut Vec<Vec<u32>>) {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        "subsets",
        ::core::file!(),
        4u32,
    );
    #[inline(never)]
    fn subsets(items: &[u32], subset: &mut Vec<u32>, out: &mut Vec<Vec<u32>>) {
        let Some((first, rest)) = items.split_first() else {
            out.push(subset.clone());
            return;
        };
        subset.push(*first);
        subsets(rest, subset, out);
        subset.pop();
        subsets(rest, subset, out);
    }
    #[inline(never)]
    fn watched<'watch>(
        watch: impl ::divvy::__private::Watches<'watch>,
        items: &[u32],
        subset: &mut Vec<u32>,
        out: &mut Vec<Vec<u32>>,
    ) {
        let watch = match ::divvy::__private::Watches::tick(watch) {
            ::core::result::Result::Ok(watch) => watch,
            ::core::result::Result::Err(forks) => return fork(forks, items, subset, out),
        };
        let Some((first, rest)) = items.split_first() else {
            out.push(subset.clone());
            return;
        };
        subset.push(*first);
        watched(watch, rest, subset, out);
        subset.pop();
        watched(watch, rest, subset, out);
    }
    fn fork(
        forks: ::divvy::__private::Forks<'_>,
        items: &[u32],
        subset: &mut Vec<u32>,
        out: &mut Vec<Vec<u32>>,
    ) {
        let forks = match forks.at(items.len()) {
            ::divvy::__private::Cutoff::Fork(forks) => forks,
            ::divvy::__private::Cutoff::Leaf(leaf) => {
                return leaf.run(|| subsets(items, subset, out));
            }
            ::divvy::__private::Cutoff::Watch(watch) => {
                return watched(watch, items, subset, out);
            }
            ::divvy::__private::Cutoff::Guard(watch) => {
                return watched(watch, items, subset, out);
            }
        };
        let Some((first, rest)) = items.split_first() else {
            out.push(subset.clone());
            return;
        };
        subset.push(*first);
        let mut own_2 = ::std::borrow::ToOwned::to_owned(&*subset);
        subset.pop();
        let mut own_3 = ::std::borrow::ToOwned::to_owned(&*subset);
        let (_, second) = forks
            .join(
                |forks| fork(forks, rest, &mut own_2, out),
                |forks| {
                    let mut own_5: Vec<Vec<u32>> = ::core::default::Default::default();
                    {
                        let out = &mut own_5;
                        fork(forks, rest, &mut own_3, out);
                    }
                    own_5
                },
            );
        let own_5 = second.claim();
        out.extend(own_5);
        ::divvy::__private::put_back(&mut *subset, own_3);
    }
    ::divvy::__private::Forks::enter_sized(
        ::divvy::__private::Region::new(&SITE),
        items.len(),
        |forks| fork(forks, items, subset, out),
    )
}
fn reaches(items: &[u32], rest: u32, chosen: &mut Vec<u32>) -> bool {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        "reaches",
        ::core::file!(),
        16u32,
    );
    #[inline(never)]
    fn reaches(items: &[u32], rest: u32, chosen: &mut Vec<u32>) -> bool {
        let Some((first, others)) = items.split_first() else {
            return rest == 0;
        };
        if *first <= rest {
            chosen.push(*first);
            if reaches(others, rest - *first, chosen) {
                return true;
            }
            chosen.pop();
        }
        reaches(others, rest, chosen)
    }
    #[inline(never)]
    fn watched<'watch>(
        watch: impl ::divvy::__private::Watches<'watch>,
        items: &[u32],
        rest: u32,
        chosen: &mut Vec<u32>,
    ) -> bool {
        let watch = match ::divvy::__private::Watches::tick(watch) {
            ::core::result::Result::Ok(watch) => watch,
            ::core::result::Result::Err(forks) => return fork(forks, items, rest, chosen),
        };
        let Some((first, others)) = items.split_first() else {
            return rest == 0;
        };
        if *first <= rest {
            chosen.push(*first);
            if watched(watch, others, rest - *first, chosen) {
                return true;
            }
            chosen.pop();
        }
        watched(watch, others, rest, chosen)
    }
    fn fork(
        forks: ::divvy::__private::Forks<'_>,
        items: &[u32],
        rest: u32,
        chosen: &mut Vec<u32>,
    ) -> bool {
        let forks = match forks.at(items.len()) {
            ::divvy::__private::Cutoff::Fork(forks) => forks,
            ::divvy::__private::Cutoff::Leaf(leaf) => {
                return leaf.run(|| reaches(items, rest, chosen));
            }
            ::divvy::__private::Cutoff::Watch(watch) => {
                return watched(watch, items, rest, chosen);
            }
            ::divvy::__private::Cutoff::Guard(watch) => {
                return watched(watch, items, rest, chosen);
            }
        };
        let Some((first, others)) = items.split_first() else {
            return rest == 0;
        };
        let own_2 = if *first <= rest {
            chosen.push(*first);
            let own = ::std::borrow::ToOwned::to_owned(&*chosen);
            let own_2 = (own,);
            chosen.pop();
            ::core::option::Option::Some(own_2)
        } else {
            ::core::option::Option::None
        };
        let mut own_4 = ::std::borrow::ToOwned::to_owned(&*chosen);
        let (first_2, second) = forks
            .join(
                |forks| {
                    if let ::core::option::Option::Some((mut own,)) = own_2 {
                        let own_3 = fork(forks, others, rest - *first, &mut own);
                        ::core::option::Option::Some((own_3, own))
                    } else {
                        ::core::option::Option::None
                    }
                },
                |forks| fork(forks, others, rest, &mut own_4),
            );
        let own_2 = first_2;
        if let ::core::option::Option::Some((own_3, own)) = own_2 {
            if own_3 {
                ::divvy::__private::put_back(&mut *chosen, own);
                return true;
            }
        }
        let own_5 = second.claim();
        ::divvy::__private::put_back(&mut *chosen, own_4);
        own_5
    }
    ::divvy::__private::Forks::enter_sized(
        ::divvy::__private::Region::new(&SITE),
        items.len(),
        |forks| fork(forks, items, rest, chosen),
    )
}
#[test]
fn same_answer() {
    let (mut subset, mut out) = (vec![], vec![]);
    subsets(&[1, 2], &mut subset, &mut out);
    assert_eq!((subset, out), (vec![], vec![vec![1, 2], vec![1], vec![2], vec![]]));
    let mut chosen = vec![];
    assert!(reaches(& [5, 4, 3, 2], 7, & mut chosen));
    assert_eq!(chosen, [5, 2]);
}
