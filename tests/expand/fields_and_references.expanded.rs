use std::collections::HashMap;
struct Ledger {
    entries: Vec<(String, u64)>,
    total: u64,
    left: u64,
    by_name: HashMap<String, u64>,
}
impl Ledger {
    fn settle(&mut self, seen: &mut usize, sizes: &mut [u32; 8], long: &mut Vec<usize>) {
        {
            use ::divvy::__private as rt;
            static SITE: rt::Site = rt::Site::new("settle", ::core::file!(), 15u32);
            let law_self_total = rt::monoid::<rt::ops::Add, _>(&self.total);
            let law_self_left_minus = rt::monoid::<rt::ops::Add, _>(&self.left);
            let law_seen = rt::monoid::<rt::ops::Add, _>(&*seen);
            let law_self_by_name = rt::keyed::<rt::ops::Add, _>(&self.by_name);
            let law_sizes = rt::elementwise::<rt::ops::Add, rt::Depth1<_>>(&*sizes);
            let law_long = rt::monoid::<rt::ops::Append, _>(&*long);
            let self_left_minus_found;
            (self.total, self_left_minus_found, *seen, self.by_name, *sizes, *long) = rt::reduce(
                rt::Region::new(&SITE),
                rt::Source::enumerate(rt::source(self.entries.iter())),
                (
                    law_self_total.take(&mut self.total),
                    law_self_left_minus.fresh(&self.left),
                    law_seen.take(&mut *seen),
                    law_self_by_name.take(&mut self.by_name),
                    law_sizes.take(&mut *sizes),
                    law_long.take(&mut *long),
                ),
                |
                    (
                        mut self_total,
                        mut self_left_minus,
                        mut seen,
                        mut self_by_name,
                        mut sizes,
                        mut long,
                    ),
                    piece|
                {
                    for (i, (name, amount)) in piece {
                        self_total += amount;
                        self_left_minus += amount / 2;
                        seen += 1;
                        *self_by_name.entry(name.clone()).or_insert(0) += amount;
                        sizes[name.len() % 8] += 1;
                        if name.len() > 3 {
                            long.push(i);
                        }
                    }
                    (self_total, self_left_minus, seen, self_by_name, sizes, long)
                },
                |(self_total, self_left_minus, seen, self_by_name, sizes, long)| (
                    law_self_total.fresh(self_total),
                    law_self_left_minus.fresh(self_left_minus),
                    law_seen.fresh(seen),
                    law_self_by_name.fresh(self_by_name),
                    law_sizes.fresh(sizes),
                    law_long.fresh(long),
                ),
                |
                    (
                        left_self_total,
                        left_self_left_minus,
                        left_seen,
                        left_self_by_name,
                        left_sizes,
                        left_long,
                    ),
                    (
                        right_self_total,
                        right_self_left_minus,
                        right_seen,
                        right_self_by_name,
                        right_sizes,
                        right_long,
                    )|
                {
                    law_self_total.combine(left_self_total, right_self_total);
                    law_self_left_minus
                        .combine(left_self_left_minus, right_self_left_minus);
                    law_seen.combine(left_seen, right_seen);
                    law_self_by_name.combine(left_self_by_name, right_self_by_name);
                    law_sizes.combine(left_sizes, right_sizes);
                    law_long.combine(left_long, right_long);
                },
            );
            self.left -= self_left_minus_found;
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
