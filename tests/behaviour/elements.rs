//! Calls on elements of one list, by constant and by variable indices, against their sequential twins.

use divvy::par_divide;

use crate::{numbers, same};

#[derive(Clone, Debug, PartialEq)]
struct T {
    v: Vec<u64>,
    kids: Vec<T>,
    four: Option<Box<[T; 2]>>,
}
impl T {
    #[par_divide(twin = a_seq)]
    fn a(&mut self, i: usize, j: usize) -> u64 {
        self.v.push(i as u64);
        if self.kids.len() <= i.max(j) || self.v.len() > 3 {
            return 1;
        }
        self.kids[i].a(j, i) + self.kids[j].a(i, j) * 3
    }
    #[par_divide(twin = b_seq)]
    fn b(&mut self) {
        match &mut self.four {
            Some(pair) => {
                pair[0].b();
                pair[1].b();
            }
            None => self.v.push(7),
        }
    }
    #[par_divide(twin = c_seq)]
    fn c(&mut self, k: u64) {
        if self.kids.len() == 2 {
            let (x, y) = (k + 1, k * 2);
            self.kids[0].c(x);
            self.v.push(x);
            self.kids[1].c(y);
        } else {
            self.v.push(k);
        }
    }
}
#[par_divide(twin = d_seq)]
fn d(t: &mut T, k: u64) {
    t.v.push(k);
    if t.kids.len() > 1 {
        let n = t.kids.len();
        d(&mut t.kids[0], k + 1);
        d(&mut t.kids[n - 1], k + 2);
    }
}

fn make(numbers: &mut impl Iterator<Item = u64>, d: u32) -> T {
    let n = numbers.next().unwrap_or(0);
    let mut some = |n: u64| -> Vec<T> { (0..n).map(|_| make(numbers, d - 1)).collect() };
    let (kids, pair) = if d == 0 {
        (vec![], vec![])
    } else {
        (some(n % 4), some(2 * (n / 4 % 2)))
    };
    let four = <[T; 2]>::try_from(pair).ok().map(Box::new);
    T { v: vec![], kids, four }
}

#[test]
fn elements_of_one_list() {
    let mut numbers = numbers(5, 4_000, 1_000).into_iter();
    for depth in [0, 1, 3, 5] {
        let t = make(&mut numbers, depth);
        for (i, j) in [(0, 1), (1, 1), (2, 0)] {
            let changed = |by: &dyn Fn(&mut T) -> u64| {
                let mut tree = t.clone();
                (by(&mut tree), tree)
            };
            same(
                "by variables",
                || changed(&|t| t.a_seq(i, j)),
                || changed(&|t| t.a(i, j)),
            );
            let unit = |by: fn(&mut T)| {
                let mut tree = t.clone();
                by(&mut tree);
                tree
            };
            same("of an array", || unit(T::b_seq), || unit(T::b));
            same("with a statement between", || unit(|t| t.c_seq(1)), || unit(|t| t.c(1)));
            same("first and last", || unit(|t| d_seq(t, 5)), || unit(|t| d(t, 5)));
        }
    }
}
