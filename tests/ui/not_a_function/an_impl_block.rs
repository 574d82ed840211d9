use divvy::par_divide;

struct Tally;

#[par_divide]
impl Tally {
    fn new() -> Self {
        Tally
    }
}

fn main() {
    let _ = Tally::new();
}
