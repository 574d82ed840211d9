use divvy::{Associative, Monoid, ops, par_reduce};

/// Joined by `+`, which has an order.
#[derive(Clone)]
pub struct Word(String);

impl std::ops::Add for Word {
    type Output = Word;
    fn add(self, other: Word) -> Word {
        Word(self.0 + &other.0)
    }
}

impl Associative<ops::Add> for Word {
    fn combine(left: &mut Word, right: Word) {
        left.0.push_str(&right.0);
    }
}

impl Monoid<ops::Add> for Word {
    fn identity() -> Word {
        Word(String::new())
    }
}

#[par_reduce]
pub fn one_way(words: &[Word]) -> Word {
    let mut text = Word(String::new());
    for word in words {
        text = text + word.clone();
    }
    text
}

#[par_reduce]
pub fn both_ways(words: &[Word]) -> Word {
    let mut text = Word(String::new());
    for word in words {
        if word.0.len() > 3 {
            text = text + word.clone();
        } else {
            text = word.clone() + text;
        }
    }
    text
}

fn main() {}
