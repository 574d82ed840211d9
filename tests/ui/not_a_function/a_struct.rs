use divvy::par_reduce;


#[par_reduce]
struct Tally {
    sum: u32,
}

fn main() {
    let tally = Tally { sum: 1 };
    assert_eq!(tally.sum, 1);
}
