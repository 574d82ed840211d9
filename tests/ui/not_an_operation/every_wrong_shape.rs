use divvy::associative;

#[associative(identity = 0)]
fn one(a: u64) -> u64 {
    a
}

#[associative(identity = 0)]
fn three(a: u64, b: u64, c: u64) -> u64 {
    a + b + c
}

#[associative(identity = 0)]
fn scaled(a: u64, b: u8) -> u64 {
    a * u64::from(b)
}

#[associative(identity = 0)]
fn compared(a: u64, b: u64) -> bool {
    a < b
}

#[associative(identity = ())]
fn absorbed(a: &mut Vec<u8>, b: &mut Vec<u8>) {
    a.append(b);
}

#[associative(identity = panic!())]
fn best<T: Ord>(a: T, b: T) -> T {
    a.max(b)
}

struct Sum(u64);

impl Sum {
    #[associative(identity = Sum(0))]
    fn plus(self, other: Sum) -> Sum {
        Sum(self.0 + other.0)
    }
}

#[associative(identity = 0)]
async fn later(a: u64, b: u64) -> u64 {
    a + b
}

#[associative(identity = 0, comutative)]
fn misspelt(a: u64, b: u64) -> u64 {
    a + b
}

#[associative(identity = 0)]
struct Pair(u64, u64);

fn main() {}
