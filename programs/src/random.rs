//! Deterministic choices. Source: SplitMix64, G. Steele et al., OOPSLA 2014.

/// A stream of choices: those about a function's shape (its source, the types of its accumulators, its exits) are made by
/// another stream than those about its body, so that several bodies have one shape, whose driver rustc compiles once.
pub(crate) struct Random {
    state: u64,
    shape: u64,
}

impl Random {
    pub(crate) fn new(seed: u64, shape: u64) -> Self {
        Self { state: seed, shape }
    }

    /// The choices about the shape, from the first one on.
    pub(crate) fn shape(&self) -> Self {
        Self::new(self.shape, self.shape)
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True once in `n` times.
    pub(crate) fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}
