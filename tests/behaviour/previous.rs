//! What a list was given last, asked of the list itself.

mod running_totals {
    use crate::{LENGTHS, numbers, same};
    use divvy::par_scan;

    #[par_scan(threshold = 8, twin = plain)]
    fn totals(xs: &[u64], mut a: Vec<u64>, mut b: Vec<u64>, c: &mut Vec<u64>) -> (Vec<u64>, Vec<u64>) {
        for x in xs {
            a.push(a.last().unwrap() + x);
        }
        for x in xs {
            b.push(b[b.len() - 1] * 3 % 1_000_003 + *x);
        }
        for x in xs {
            if x % 3 > 0 {
                let before = *c.last().expect("a start");
                c.push(before.max(*x));
            }
        }
        (a, b)
    }

    #[par_scan(threshold = 8, twin = plain_by_number)]
    fn by_number(xs: &[u64], mut a: Vec<u64>) -> (Vec<u64>, Vec<u64>) {
        let mut b = vec![0];
        for i in 0..xs.len() {
            a.push(a[i] + xs[i]);
        }
        for i in 1..xs.len() {
            b.push(b[i - 1].max(xs[i]));
        }
        for i in 1..xs.len() {
            b.push(b[i - 1] + 1);
        }
        (a, b)
    }

    #[test]
    fn running_totals() {
        let run = |f: fn(&[u64], Vec<u64>, Vec<u64>, &mut Vec<u64>) -> (Vec<u64>, Vec<u64>), xs: &[u64], n: usize| {
            let start: Vec<u64> = (5..5 + n as u64).collect();
            let mut c = start.clone();
            let (a, b) = f(xs, start.clone(), start, &mut c);
            [a, b, c]
        };
        for &n in LENGTHS {
            for seed in 0..3 {
                let xs = numbers(seed, n, 50);
                for start in [0, 1, 2] {
                    same("totals", || run(plain, &xs, start), || run(totals, &xs, start));
                    let list = || vec![7; start];
                    same("by number", || plain_by_number(&xs, list()), || by_number(&xs, list()));
                }
            }
        }
    }
}

mod neighbours {
    use crate::{LENGTHS, numbers, same};
    use divvy::par_scan;

    #[par_scan(threshold = 8, twin = plain)]
    fn distinct(xs: &[u64], mut a: Vec<u64>) -> (Vec<u64>, Vec<u64>) {
        let mut b = Vec::new();
        for &x in xs {
            if a.last() != Some(&x) {
                a.push(x);
            }
        }
        for x in xs {
            if Some(*x) == b.last().copied() {
                continue;
            }
            b.push(*x);
        }
        (a, b)
    }

    #[test]
    fn neighbours() {
        for &n in LENGTHS {
            for seed in 0..3 {
                let xs = numbers(seed, n, 3);
                for start in [vec![], vec![0], vec![2, 1]] {
                    same(
                        "distinct",
                        || plain(&xs, start.clone()),
                        || distinct(&xs, start.clone()),
                    );
                }
            }
        }
    }
}
