fn summary(xs: &[i32], bias: i32) -> (usize, i32, usize, Vec<i32>, i32) {
    let mut count = 0;
    let (mut lowest, mut at) = (i32::MAX, usize::MAX);
    let mut negative = Vec::new();
    let mut highest = i32::MIN;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("summary", ::core::file!(), 9u32);
        let law_count = rt::monoid::<rt::ops::Add, _>(&count);
        rt::lattice(&highest);
        let law_negative = rt::monoid::<rt::ops::Append, _>(&negative);
        (count, lowest, at, highest, negative) = rt::reduce(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(xs.iter())),
            (count, lowest, at, highest, negative),
            |(mut count, mut lowest, mut at, mut highest, mut negative), piece| {
                let bias = bias;
                for (i, &x) in piece {
                    if x == 0 {
                        continue;
                    }
                    let x = x - bias;
                    count += 1;
                    if x < lowest {
                        lowest = x;
                        at = i;
                    }
                    highest = highest.max(x);
                    if x < 0 {
                        negative.push(x);
                    }
                }
                (count, lowest, at, highest, negative)
            },
            |(count, lowest, at, highest, negative)| (
                law_count.fresh(count),
                ::core::clone::Clone::clone(lowest),
                ::core::clone::Clone::clone(at),
                ::core::clone::Clone::clone(highest),
                law_negative.fresh(negative),
            ),
            |
                (left_count, left_lowest, left_at, left_highest, left_negative),
                (right_count, right_lowest, right_at, right_highest, right_negative)|
            {
                law_count.combine(left_count, right_count);
                if right_lowest < (*left_lowest) {
                    *left_lowest = right_lowest;
                    *left_at = right_at;
                }
                *left_highest = (*left_highest).max(right_highest);
                law_negative.combine(left_negative, right_negative);
            },
        );
        let _ = &lowest;
        let _ = &at;
    }
    (count, lowest, at, negative, highest)
}
#[test]
fn same_answer() {
    assert_eq!(summary(& [5, 0, - 1, 3, - 1], 1), (4, - 2, 2, vec![- 2, - 2], 4));
    assert_eq!(summary(& [], 1), (0, i32::MAX, usize::MAX, vec![], i32::MIN));
}
