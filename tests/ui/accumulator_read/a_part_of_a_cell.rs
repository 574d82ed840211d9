use divvy::par_reduce;

#[derive(Clone, Default)]
struct Seen {
    n: usize,
    sum: i64,
}

impl Seen {
    fn feed(&mut self, x: i64) {
        self.sum = self.sum * 31 + x;
    }
}

#[par_reduce]
fn crowded(xs: &[i64]) -> usize {
    let mut table = vec![Seen::default(); 8];
    let mut late = 0;
    for x in xs {
        let seen = &mut table[(x & 7) as usize];
        seen.n += 1;
        if seen.n > 3 {
            late += 1;
        }
    }
    late + table.len()
}

#[par_reduce]
fn fed(xs: &[i64]) -> Vec<Seen> {
    let mut table = vec![Seen::default(); 8];
    for x in xs {
        let seen = &mut table[(x & 7) as usize];
        seen.n += 1;
        seen.feed(*x);
    }
    table
}

#[par_reduce]
fn two_ways(xs: &[i64]) -> Vec<Seen> {
    let mut table = vec![Seen::default(); 8];
    for x in xs {
        let seen = &mut table[(x & 7) as usize];
        seen.sum += x;
        seen.sum = seen.sum.max(*x);
    }
    table
}

fn main() {}
