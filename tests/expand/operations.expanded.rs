use numbers::gcd;
mod numbers {
    use divvy::associative;
    #[associative(identity = 0, commutative)]
    pub(super) fn gcd(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
}
fn common_divisor(xs: &[u64]) -> u64 {
    let mut common = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("common_divisor", ::core::file!(), 17u32);
        let law_common = {
            #[allow(unused_imports)]
            use rt::unknown::*;
            #[allow(unused_imports)]
            use gcd as operation;
            rt::monoid::<operation, _>(&common)
        };
        (common,) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(xs),
            (common,),
            |(mut common,), piece| {
                for &x in piece {
                    common = gcd(common, x);
                }
                (common,)
            },
            |(common,)| (law_common.fresh(common),),
            |(left_common,), (right_common,)| {
                law_common.combine(left_common, right_common);
            },
        );
    }
    common
}
fn least_and_common(xs: &[u64]) -> (u64, u64) {
    let (mut least, mut common) = (u64::MAX, 0);
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new(
            "least_and_common",
            ::core::file!(),
            26u32,
        );
        let law_common = {
            #[allow(unused_imports)]
            use rt::unknown::*;
            #[allow(unused_imports)]
            use numbers::gcd as operation;
            rt::commutative::<operation, _>(&common);
            rt::monoid::<operation, _>(&common)
        };
        rt::lattice(&least);
        (common, least) = rt::reduce(
            rt::Region::new(&SITE),
            rt::source(xs),
            (common, least),
            |(mut common, mut least), piece| {
                for &x in piece {
                    least = least.min(x);
                    common = numbers::gcd(x, common);
                }
                (common, least)
            },
            |(common, least)| (
                law_common.fresh(common),
                ::core::clone::Clone::clone(least),
            ),
            |(left_common, left_least), (right_common, right_least)| {
                law_common.combine(left_common, right_common);
                *left_least = (*left_least).min(right_least);
            },
        );
    }
    (least, common)
}
fn common_divisors(xs: &[u64]) -> Vec<u64> {
    let mut divisors = Vec::new();
    let mut common = 0;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("common_divisors", ::core::file!(), 37u32);
        let law_divisors = rt::monoid::<rt::ops::Append, _>(&divisors);
        let law_common = {
            #[allow(unused_imports)]
            use rt::unknown::*;
            #[allow(unused_imports)]
            use gcd as operation;
            rt::monoid::<operation, _>(&common)
        };
        let carried;
        (carried, (divisors,)) = rt::Scan::new(
                rt::Region::new(&SITE),
                rt::source(xs),
                (common,),
            )
            .steps(
                |(common,), piece| {
                    #[allow(unused_mut)]
                    let (mut common, mut is_set) = (law_common.fresh(common), false);
                    #[allow(unused, clippy::all)]
                    'summary: for &x in piece {
                        common = gcd(common, x);
                    }
                    rt::Lawful::new(&law_common, common, is_set)
                },
                |common_after, (common,)| common_after.apply(common),
            )
            .run(
                (divisors,),
                |(mut common,), (mut divisors,), piece| {
                    for &x in piece {
                        common = gcd(common, x);
                        divisors.push(common);
                    }
                    ((common,), (divisors,))
                },
                |(divisors,)| (law_divisors.fresh(divisors),),
                |(left_divisors,), (right_divisors,)| {
                    law_divisors.combine(left_divisors, right_divisors);
                },
            );
        #[allow(unused_assignments)]
        {
            (common,) = carried;
        }
    }
    divisors
}
#[test]
fn same_answer() {
    let xs: Vec<u64> = (1..300).map(|i| i * 12).collect();
    assert_eq!(common_divisor(& xs), 12);
    assert_eq!(least_and_common(& xs), (12, 12));
    assert_eq!(common_divisors(& xs), vec![12; 299]);
}
