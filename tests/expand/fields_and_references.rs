use std::collections::HashMap;

use divvy::par_reduce;

struct Ledger {
    entries: Vec<(String, u64)>,
    total: u64,
    left: u64,
    by_name: HashMap<String, u64>,
}

impl Ledger {
    #[par_reduce]
    fn settle(&mut self, seen: &mut usize, sizes: &mut [u32; 8], long: &mut Vec<usize>) {
        for (i, (name, amount)) in self.entries.iter().enumerate() {
            self.total += amount;
            self.left -= amount / 2;
            *seen += 1;
            *self.by_name.entry(name.clone()).or_insert(0) += amount;
            sizes[name.len() % 8] += 1;
            if name.len() > 3 {
                long.push(i);
            }
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
        (ledger.total, ledger.left, seen, sizes[2], sizes[4], long),
        (13, 95, 10, 2, 1, vec![9, 1])
    );
    assert_eq!((ledger.by_name["ab"], ledger.by_name["abcd"]), (8, 4));
}
