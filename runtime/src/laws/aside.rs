//! Best values that a leaf can't judge: whether they are the best so far depends on what comes before.

/// What a leaf with `if best.is_none() || x < least { best = Some(i); least = x; }` carries along besides the two.
///
/// A NaN gets in only where there is no best value yet, and then nothing replaces it. A leaf that is run apart doesn't know
/// whether there was one: it notes the NaN, and goes on as if it hadn't been there. The same is done with values that are
/// better than others by a part that comes before the NaN, and with those that say that there is no best value. What is
/// noted is compared, in order, when it is known what comes before.
#[derive(Debug, Clone)]
pub enum Aside<T> {
    /// All that came before is known.
    Running,
    /// The leaf is run apart, from a start of its own.
    Apart {
        /// The start.
        start: T,
        /// What it can't judge.
        noted: Vec<T>,
    },
}

impl<T: Clone> Aside<T> {
    /// For a leaf that is run apart.
    pub fn apart(start: T) -> Self {
        Aside::Apart {
            start,
            noted: Vec::new(),
        }
    }

    /// Notes the best value, if the leaf is run apart, and gives what it goes on with.
    #[cold]
    pub fn put(&mut self, best: impl FnOnce() -> T) -> Option<T> {
        match self {
            Aside::Running => None,
            Aside::Apart { start, noted } => {
                noted.push(best());
                Some(start.clone())
            }
        }
    }

    /// All that the leaf has found, `best` being the last of it.
    pub fn then(self, best: Option<T>) -> impl Iterator<Item = T> {
        let noted = match self {
            Aside::Running => Vec::new(),
            Aside::Apart { noted, .. } => noted,
        };
        noted.into_iter().chain(best)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_comes_first() {
        let mut aside = Aside::apart(0);
        assert_eq!(aside.put(|| 1), Some(0));
        assert_eq!(aside.put(|| 2), Some(0));
        assert!(aside.then(Some(3)).eq([1, 2, 3]));
        let mut running = Aside::Running;
        assert_eq!(running.put(|| 1), None);
        assert!(running.then(None).eq([]));
    }
}
