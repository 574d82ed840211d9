fn mean_and_rest(xs: &[f64], left: &mut f64) -> (f64, usize) {
    let mut sum = 0.0;
    let mut count = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("mean_and_rest", ::core::file!(), 7u32);
        let law_left = rt::in_order::<rt::ops::Add, rt::Compound, _>(&*left).net();
        let law_sum = rt::in_order::<rt::ops::Add, rt::Binary, _>(&sum).law();
        let law_count = rt::in_order::<rt::ops::Add, rt::Compound, _>(&count).law();
        let left_found;
        let sum_found;
        let count_found;
        (left_found, sum_found, count_found) = rt::reduce(
            rt::Region::new(&SITE).ordered(),
            rt::source(xs),
            (law_left.start_at(&mut *left), law_sum.start(sum), law_count.start(count)),
            |(mut left, mut sum, mut count), piece| {
                for x in piece {
                    if *x < 0.0 {
                        law_left.sub_assign(&mut left, x);
                        continue;
                    }
                    {
                        law_sum.add(&mut sum, x / 2.0);
                        law_sum.add(&mut sum, 1.0);
                    };
                    law_count.add_assign(&mut count, 1);
                }
                (left, sum, count)
            },
            |(left, sum, count)| (
                law_left.fresh(left),
                law_sum.fresh(sum),
                law_count.fresh(count),
            ),
            |(left_left, left_sum, left_count), (right_left, right_sum, right_count)| {
                law_left.combine(left_left, right_left);
                law_sum.combine(left_sum, right_sum);
                law_count.combine(left_count, right_count);
            },
        );
        *left = law_left.finish(left_found);
        sum = law_sum.finish(sum_found);
        count = law_count.finish(count_found);
    }
    (sum / count as f64, count)
}
fn norm(xs: &[f64]) -> f64 {
    ::divvy::__private::chain(
            ::divvy::__private::Region::new({
                    static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                        "norm",
                        ::core::file!(),
                        20u32,
                    );
                    &SITE
                })
                .ordered(),
            ::divvy::__private::source(xs.iter()),
            |piece| { ::divvy::__private::items(piece).map(|x| x * x) },
        )
        .in_order()
        .sum::<f64>()
        .sqrt()
}
fn exact_norm(xs: &[f64]) -> f64 {
    let mut sum = 0.0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("exact_norm", ::core::file!(), 26u32);
        let law_sum = rt::exactly::<rt::ops::Add, rt::Compound, _>(&sum).law();
        let sum_found;
        (sum_found,) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(xs),
            (law_sum.start(sum),),
            |(mut sum,), piece| {
                for x in piece {
                    law_sum.add_assign(&mut sum, x * x);
                }
                (sum,)
            },
            |(sum,)| (law_sum.fresh(sum),),
            |(left_sum,), (right_sum,)| {
                law_sum.combine(left_sum, right_sum);
            },
        );
        sum = law_sum.finish(sum_found);
    }
    ::divvy::__private::chain(
            ::divvy::__private::Region::new({
                static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                    "exact_norm",
                    ::core::file!(),
                    29u32,
                );
                &SITE
            }),
            ::divvy::__private::source(xs.iter()),
            |piece| { ::divvy::__private::items(piece).map(|x| x * x) },
        )
        .exactly()
        .sum::<f64>() - sum
}
#[test]
fn same_answer() {
    let mut left = 1.0;
    assert_eq!(mean_and_rest(& [1.0, 5.0, - 2.0], & mut left), (2.5, 2));
    assert_eq!(left, 3.0);
    assert_eq!(norm(& [3.0, 4.0]), 5.0);
    assert_eq!(exact_norm(& [0.1, 0.2, 0.3]), 0.0);
}
