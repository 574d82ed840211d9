use divvy::par_reduce;


struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.0 >> 60
    }
}

#[par_reduce]
fn sixes(dice: &mut Dice, rounds: usize) -> usize {
    let mut hits = 0;
    for _ in 0..rounds {
        if dice.roll() == 6 {
            hits += 1;
        }
    }
    hits
}

fn main() {
    sixes(&mut Dice(1), 9);
}
