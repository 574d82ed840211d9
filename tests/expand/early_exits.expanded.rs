use std::num::ParseIntError;
fn load(lines: &[&str], total: &mut i64) -> Result<usize, ParseIntError> {
    let mut rows = 0;
    let mut closed = false;
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("load", ::core::file!(), 9u32);
        let law_total = rt::monoid::<rt::ops::Add, _>(&*total);
        let law_rows = rt::monoid::<rt::ops::Add, _>(&rows);
        let closed_found;
        let exit;
        ((closed_found, *total, rows), exit) = rt::reduce_until(
            rt::Region::new(&SITE).threshold(4),
            rt::source(lines),
            (::core::option::Option::None, law_total.take(&mut *total), rows),
            |(mut closed, mut total, mut rows), piece| {
                let mut exit: ::core::option::Option<
                    rt::Exit<Result<usize, ParseIntError>>,
                > = ::core::option::Option::None;
                'lines: for line in piece {
                    if line.starts_with('#') {
                        continue;
                    }
                    for c in line.chars() {
                        if c == '!' {
                            closed = ::core::option::Option::Some(true);
                            {
                                exit = ::core::option::Option::Some(rt::Exit::Break);
                                break 'lines;
                            };
                        }
                    }
                    let n: i64 = match rt::branch(line.trim().parse()) {
                        ::core::ops::ControlFlow::Continue(value) => value,
                        ::core::ops::ControlFlow::Break(failure) => {
                            exit = rt::failed(failure);
                            break 'lines;
                        }
                    };
                    total += n;
                    rows += 1;
                }
                ((closed, total, rows), exit)
            },
            |(_, total, rows)| (
                ::core::option::Option::None,
                law_total.fresh(total),
                law_rows.fresh(rows),
            ),
            |
                (left_closed, left_total, left_rows),
                (right_closed, right_total, right_rows)|
            {
                rt::last(left_closed, right_closed);
                law_total.combine(left_total, right_total);
                law_rows.combine(left_rows, right_rows);
            },
        );
        if let ::core::option::Option::Some(closed_found) = closed_found {
            closed = closed_found;
        }
        if let ::core::option::Option::Some(rt::Exit::Return(value)) = exit {
            return value;
        }
    }
    Ok(if closed { rows + 100 } else { rows })
}
fn first_above(xs: &[u32], limit: u32) -> Option<(usize, u32)> {
    {
        use ::divvy::__private as rt;
        static SITE: rt::Site = rt::Site::new("first_above", ::core::file!(), 28u32);
        let exit;
        ((), exit) = rt::reduce_until(
            rt::Region::new(&SITE),
            rt::Source::enumerate(rt::source(xs.iter())),
            (),
            |(), piece| {
                let mut exit: ::core::option::Option<rt::Exit<Option<(usize, u32)>>> = ::core::option::Option::None;
                let limit = limit;
                'leaf: for (i, &x) in piece {
                    if x > limit {
                        {
                            exit = ::core::option::Option::Some(
                                rt::Exit::Return(Some((i, x))),
                            );
                            break 'leaf;
                        };
                    }
                }
                ((), exit)
            },
            |()| (),
            |(), ()| {},
        );
        if let ::core::option::Option::Some(rt::Exit::Return(value)) = exit {
            return value;
        }
    }
    None
}
#[allow(clippy::assign_op_pattern)]
fn sum(words: &[&str]) -> Result<u64, std::num::ParseIntError> {
    {
        let mut sum: u64 = 0;
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("sum", ::core::file!(), 1u32);
            let law_sum = rt::monoid::<rt::ops::Add, _>(&sum);
            let exit;
            ((sum,), exit) = rt::reduce_until(
                rt::Region::new(&SITE),
                rt::source(words.iter()),
                (sum,),
                |(mut sum,), piece| {
                    let mut exit: ::core::option::Option<
                        rt::Exit<Result<u64, std::num::ParseIntError>>,
                    > = ::core::option::Option::None;
                    'leaf: for word in piece {
                        sum = sum
                            + match rt::branch(word.parse::<u64>()) {
                                ::core::ops::ControlFlow::Continue(value) => value,
                                ::core::ops::ControlFlow::Break(failure) => {
                                    exit = rt::failed(failure);
                                    break 'leaf;
                                }
                            };
                    }
                    ((sum,), exit)
                },
                |(sum,)| (law_sum.fresh(sum),),
                |(left_sum,), (right_sum,)| {
                    law_sum.combine(left_sum, right_sum);
                },
            );
            if let ::core::option::Option::Some(rt::Exit::Return(value)) = exit {
                return value;
            }
        }
        Ok(sum)
    }
}
#[test]
fn same_answer() {
    let mut total = 10;
    assert_eq!(load(& ["1", "# x", "2", "4", "6"], & mut total), Ok(4));
    assert_eq!(load(& ["1", "2", "!", "x"], & mut total), Ok(102));
    assert_eq!(total, 26);
    assert!(load(& ["1", "2", "y", "!", "x"], & mut total).is_err());
    assert_eq!(total, 29);
    assert_eq!(first_above(& [1, 5, 9, 7], 6), Some((2, 9)));
    assert_eq!(first_above(& [1, 5, 9, 7], 60), None);
    assert_eq!(sum(& ["1", "2"]), Ok(3));
    assert!(sum(& ["1", "x"]).is_err());
}
