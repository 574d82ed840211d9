fn merge_sort<T: Ord + Copy + Send>(v: &mut [T]) {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        "merge_sort",
        ::core::file!(),
        4u32,
    );
    #[inline(never)]
    fn merge_sort<T: Ord + Copy + Send>(v: &mut [T]) {
        if v.len() < 2 {
            return;
        }
        let mid = v.len() / 2;
        let (left, right) = v.split_at_mut(mid);
        merge_sort(left);
        merge_sort(right);
        v.sort();
    }
    fn fork<T: Ord + Copy + Send>(forks: ::divvy::__private::Forks<'_>, v: &mut [T]) {
        if forks.is_below(v.len(), 4) {
            return merge_sort::<T>(v);
        }
        if v.len() < 2 {
            return;
        }
        let mid = v.len() / 2;
        let (left, right) = v.split_at_mut(mid);
        let (_, second) = forks
            .join(|forks| fork(forks, left), |forks| fork(forks, right));
        second.claim();
        v.sort();
    }
    ::divvy::__private::Forks::enter(
        ::divvy::__private::Region::new(&SITE).threshold(4),
        |forks| fork::<T>(forks, v),
    )
}
fn tak(x: i32, y: i32, z: i32) -> i32 {
    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
        "tak",
        ::core::file!(),
        16u32,
    );
    #[inline(never)]
    fn tak(x: i32, y: i32, z: i32) -> i32 {
        if y >= x {
            z
        } else {
            tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
        }
    }
    #[inline(never)]
    fn watched<'watch>(
        watch: impl ::divvy::__private::Watches<'watch>,
        x: i32,
        y: i32,
        z: i32,
    ) -> i32 {
        let watch = match ::divvy::__private::Watches::tick(watch) {
            ::core::result::Result::Ok(watch) => watch,
            ::core::result::Result::Err(forks) => return fork(forks, x, y, z),
        };
        if y >= x {
            z
        } else {
            watched(
                watch,
                watched(watch, x - 1, y, z),
                watched(watch, y - 1, z, x),
                watched(watch, z - 1, x, y),
            )
        }
    }
    fn fork(forks: ::divvy::__private::Forks<'_>, x: i32, y: i32, z: i32) -> i32 {
        let forks = match forks.at(x) {
            ::divvy::__private::Cutoff::Fork(forks) => forks,
            ::divvy::__private::Cutoff::Leaf(leaf) => return leaf.run(|| tak(x, y, z)),
            ::divvy::__private::Cutoff::Watch(watch) => return watched(watch, x, y, z),
            ::divvy::__private::Cutoff::Guard(watch) => return watched(watch, x, y, z),
        };
        if y >= x {
            z
        } else {
            let ((first, second), third) = forks
                .join(
                    |forks| {
                        let (first, second) = forks
                            .join(
                                |forks| fork(forks, x - 1, y, z),
                                |forks| fork(forks, y - 1, z, x),
                            );
                        (first, second.claim())
                    },
                    |forks| fork(forks, z - 1, x, y),
                );
            fork(forks, first, second, third.claim())
        }
    }
    ::divvy::__private::Forks::enter_sized(
        ::divvy::__private::Region::new(&SITE),
        x,
        |forks| fork(forks, x, y, z),
    )
}
struct Tree {
    value: u64,
    children: [Option<Box<Tree>>; 2],
}
impl Tree {
    #[inline(never)]
    fn sum(&self, limit: u64) -> Result<u64, u64> {
        if ::divvy::__private::in_twin() {
            if self.value > limit {
                return Err(self.value);
            }
            let left = self.children[0].as_ref().map_or(Ok(0), |tree| tree.sum(limit))?;
            let right = self.children[1].as_ref().map_or(Ok(0), |tree| tree.sum(limit))?;
            Ok(self.value + left + right)
        } else {
            ::divvy::__private::apart(move || -> Result<u64, u64> {
                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                    "sum",
                    ::core::file!(),
                    31u32,
                );
                let ambient = ::divvy::__private::Forks::mutual(
                    ::divvy::__private::Region::new(&SITE),
                );
                let forks = ambient.forks();
                if forks.is_leaf() {
                    return ambient.twin(|| self.sum(limit));
                }
                if self.value > limit {
                    return Err(self.value);
                }
                let (first, second) = ::divvy::__private::shared(&self.children, forks)
                    .join(
                        |forks| {
                            forks
                                .below(|| {
                                    self
                                        .children[0]
                                        .as_ref()
                                        .map_or(Ok(0), |tree| tree.sum(limit))
                                })
                        },
                        |forks| {
                            forks
                                .below(|| {
                                    self
                                        .children[1]
                                        .as_ref()
                                        .map_or(Ok(0), |tree| tree.sum(limit))
                                })
                        },
                    );
                let left = first?;
                let right = second.claim()?;
                Ok(self.value + left + right)
            })
        }
    }
}
#[test]
fn same_answer() {
    let mut v = [5, 3, 9, 1, 1, 8, 7];
    merge_sort(&mut v);
    assert_eq!(v, [1, 1, 3, 5, 7, 8, 9]);
    assert_eq!(tak(6, 4, 2), 3);
    let leaf = |value| {
        Some(
            Box::new(Tree {
                value,
                children: [None, None],
            }),
        )
    };
    let tree = Tree {
        value: 1,
        children: [leaf(20), leaf(30)],
    };
    assert_eq!((tree.sum(100), tree.sum(25), tree.sum(5)), (Ok(51), Err(30), Err(20)));
}
