use divvy::par_reduce;

struct Tally {
    sum: u32,
}

impl Tally {
    #[par_reduce]
    fn add(&mut self, xs: &[u32]) {
        for x in xs {
            self.sum += x;
        }
    }
}

#[test]
fn the_method_has_the_attribute() {
    let mut tally = Tally { sum: 1 };
    tally.add(&[2, 3]);
    assert_eq!(tally.sum, 6);
}
