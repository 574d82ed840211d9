//! A country's hospitals: villages below villages, in each step people fall ill, are treated where they are, or are sent to
//! the village above.

use divvy::par_divide;

/// Somebody who is ill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Patient {
    id: u64,
    /// Steps of treatment left.
    left: u32,
    hospitals: u32,
}

/// A village and those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Village {
    below: Vec<Village>,
    people: u32,
    state: u64,
    beds: usize,
    treated: Vec<Patient>,
    healed: u64,
    waited: u64,
}

impl Village {
    /// A country of some levels.
    pub(crate) fn example(levels: u32, width: u64) -> Village {
        Village::at(levels, width, 1)
    }

    fn at(levels: u32, width: u64, number: u64) -> Village {
        let below = if levels == 1 { 0 } else { width };
        Village {
            below: (0..below)
                .map(|n| Village::at(levels - 1, width, number * width + n))
                .collect(),
            people: 20 + levels * 10,
            state: number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            beds: 2 * levels as usize,
            treated: Vec::new(),
            healed: 0,
            waited: 0,
        }
    }

    fn random(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    /// One step here and below; returns the patients for the village above.
    #[par_divide(twin = step_seq)]
    pub(crate) fn step(&mut self) -> Vec<Patient> {
        let mut arriving = Vec::new();
        for village in &mut self.below {
            arriving.extend(village.step());
        }
        self.fall_ill(&mut arriving);
        self.treat();
        self.admit(arriving)
    }

    fn fall_ill(&mut self, arriving: &mut Vec<Patient>) {
        for _ in 0..self.people {
            let chance = self.random();
            if chance % 16 == 0 {
                let id = chance >> 8;
                let left = 1 + (chance >> 4) as u32 % 6;
                arriving.push(Patient { id, left, hospitals: 0 });
            }
        }
    }

    fn treat(&mut self) {
        for patient in &mut self.treated {
            patient.left -= 1;
        }
        let before = self.treated.len();
        self.treated.retain(|patient| patient.left > 0);
        self.healed += (before - self.treated.len()) as u64;
    }

    /// Takes in whom there is a bed for, hard cases go up; returns those.
    fn admit(&mut self, arriving: Vec<Patient>) -> Vec<Patient> {
        let mut up = Vec::new();
        for mut patient in arriving {
            patient.hospitals += 1;
            if self.treated.len() < self.beds && patient.left < 5 {
                self.treated.push(patient);
            } else {
                self.waited += u64::from(patient.left);
                up.push(patient);
            }
        }
        up
    }
}

/// The country after some steps, and who left it.
pub(crate) fn simulate(
    mut country: Village,
    steps: u32,
    step: impl Fn(&mut Village) -> Vec<Patient>,
) -> (Village, Vec<Patient>) {
    let mut left = Vec::new();
    for _ in 0..steps {
        left = step(&mut country);
    }
    (country, left)
}
