/// The plainest loop.
fn sum_of_squares(xs: &[u64]) -> u64 {
    let mut sum = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("sum_of_squares", ::core::file!(), 7u32);
        let law_sum = rt::monoid::<rt::ops::Add, _>(&sum);
        (sum,) = rt::reduce(
            rt::Region::new(&SITE).threshold(4),
            rt::source(xs),
            (sum,),
            |(mut sum,), piece| {
                for x in piece {
                    sum += x * x;
                }
                (sum,)
            },
            |(sum,)| (law_sum.fresh(sum),),
            |(left_sum,), (right_sum,)| {
                law_sum.combine(left_sum, right_sum);
            },
        );
    }
    sum
}
#[test]
fn same_answer() {
    for n in 0..9 {
        let xs: Vec<u64> = (0..n).collect();
        assert_eq!(sum_of_squares(& xs), xs.iter().map(| x | x * x).sum());
    }
}
