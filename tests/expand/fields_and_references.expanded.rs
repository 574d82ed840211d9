use std::collections::HashMap;
use divvy::par_reduce;
struct Ledger {
    entries: Vec<(String, u64)>,
    total: u64,
    left: u64,
    by_name: HashMap<String, u64>,
}
impl Ledger {
    fn settle(&mut self, seen: &mut usize, sizes: &mut [u32; 8], long: &mut Vec<usize>) {
        {
            static SITE: ::divvy::__private::Site = ::divvy::__private::Site::new(
                "settle",
                ::core::file!(),
                ::core::line!(),
            );
            let law_total_2 = {
                ::divvy::__private::monoid::<
                    ::divvy::__private::ops::Add,
                    _,
                >(&self.total)
            };
            let law_left_2_minus = {
                ::divvy::__private::monoid::<::divvy::__private::ops::Add, _>(&self.left)
            };
            let law_seen = {
                ::divvy::__private::monoid::<::divvy::__private::ops::Add, _>(&*seen)
            };
            let law_by_name_2 = {
                ::divvy::__private::keyed::<
                    ::divvy::__private::ops::Add,
                    _,
                >(&self.by_name)
            };
            let law_sizes = {
                ::divvy::__private::elementwise::<
                    ::divvy::__private::ops::Add,
                    _,
                    _,
                >(&*sizes)
            };
            let law_long = {
                ::divvy::__private::monoid::<::divvy::__private::ops::Append, _>(&*long)
            };
            let left_2_minus;
            (self.total, left_2_minus, *seen, self.by_name, *sizes, *long) = ::divvy::__private::reduce(
                ::divvy::__private::Region::new(&SITE),
                ::divvy::__private::Source::enumerate(
                    ::divvy::__private::source(self.entries.iter()),
                ),
                (
                    law_total_2.take(&mut self.total),
                    law_left_2_minus.fresh(&self.left),
                    law_seen.take(&mut *seen),
                    law_by_name_2.take(&mut self.by_name),
                    law_sizes.take(&mut *sizes),
                    law_long.take(&mut *long),
                ),
                |
                    (
                        mut total_2,
                        mut left_2_minus,
                        mut seen,
                        mut by_name_2,
                        mut sizes,
                        mut long,
                    ),
                    piece|
                {
                    for (i, (name, amount)) in piece {
                        total_2 += amount;
                        left_2_minus += amount / 2;
                        seen += 1;
                        *by_name_2.entry(name.clone()).or_insert(0) += amount;
                        sizes[name.len() % 8] += 1;
                        if name.len() > 3 {
                            long.push(i);
                        }
                    }
                    (total_2, left_2_minus, seen, by_name_2, sizes, long)
                },
                |(total_2, left_2_minus, seen, by_name_2, sizes, long)| (
                    law_total_2.fresh(total_2),
                    law_left_2_minus.fresh(left_2_minus),
                    law_seen.fresh(seen),
                    law_by_name_2.fresh(by_name_2),
                    law_sizes.fresh(sizes),
                    law_long.fresh(long),
                ),
                |
                    (
                        left_total_2,
                        left_left_2_minus,
                        left_seen,
                        left_by_name_2,
                        left_sizes,
                        left_long,
                    ),
                    (
                        right_total_2,
                        right_left_2_minus,
                        right_seen,
                        right_by_name_2,
                        right_sizes,
                        right_long,
                    )|
                {
                    law_total_2.combine(left_total_2, right_total_2);
                    law_left_2_minus.combine(left_left_2_minus, right_left_2_minus);
                    law_seen.combine(left_seen, right_seen);
                    law_by_name_2.combine(left_by_name_2, right_by_name_2);
                    law_sizes.combine(left_sizes, right_sizes);
                    law_long.combine(left_long, right_long);
                },
            );
            self.left -= left_2_minus;
        }
    }
}
#[test]
fn same_answer() {
    let entries = [("ab", 3), ("abcd", 4), ("ab", 5)]
        .map(|(name, n)| (name.to_string(), n))
        .into();
    let mut ledger = Ledger {
        entries,
        total: 1,
        left: 100,
        by_name: HashMap::new(),
    };
    let (mut seen, mut sizes, mut long) = (7, [0; 8], vec![9]);
    ledger.settle(&mut seen, &mut sizes, &mut long);
    assert_eq!(
        (ledger.total, ledger.left, seen, sizes[2], sizes[4], long), (13, 95, 10, 2, 1,
        vec![9, 1])
    );
    assert_eq!((ledger.by_name["ab"], ledger.by_name["abcd"]), (8, 4));
}
