use std::sync::Arc;

use divvy::{par_divide, par_reduce};

/// Nothing is known of it.
struct Weights {
    by_letter: [u64; 26],
}

impl Weights {
    fn of(&self, letter: u8) -> u64 {
        self.by_letter[usize::from(letter - b'a')]
    }
}

struct Scale {
    weights: Weights,
    factor: Arc<u64>,
}

impl Scale {
    #[par_reduce]
    fn weigh(&self, letters: &[u8]) -> u64 {
        let mut total = 0;
        for letter in letters {
            total += self.weights.of(*letter) * *self.factor;
        }
        total
    }
}

#[par_reduce]
fn weigh(letters: &[u8], weights: &Weights) -> u64 {
    letters.iter().map(|letter| weights.of(*letter)).sum()
}

/// The name alone says nothing.
type Rc<T> = Arc<T>;

#[par_divide]
fn halves(letters: &[u8], weights: Rc<Weights>) -> u64 {
    if letters.len() < 2 {
        return letters.iter().map(|letter| weights.of(*letter)).sum();
    }
    let (left, right) = letters.split_at(letters.len() / 2);
    halves(left, weights.clone()) + halves(right, weights)
}

#[test]
fn same_answer() {
    let letters: Vec<u8> = (0..10_000).map(|n| b'a' + (n * n % 26) as u8).collect();
    let weights = || Weights {
        by_letter: std::array::from_fn(|n| n as u64),
    };
    let want: u64 = letters.iter().map(|letter| u64::from(letter - b'a')).sum();
    let scale = Scale {
        weights: weights(),
        factor: Arc::new(3),
    };
    assert_eq!(scale.weigh(&letters), 3 * want);
    assert_eq!(weigh(&letters, &weights()), want);
    assert_eq!(halves(&letters, Arc::new(weights())), want);
}
