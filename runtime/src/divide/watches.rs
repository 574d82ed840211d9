//! What a recursion that runs as it was written hands from call to call: a [`Watch`] over the calls of a recursion on the
//! caller, or a [`Guard`] of a worker's stack below the last fork.

use super::deep;
use super::watch::Watch;
use super::{Forks, Mode, Place};
use crate::region::Region;

/// Handed on by value: a call that hands it on through memory takes a multiple of the time.
pub trait Watches<'a>: Copy {
    /// One more call: what it hands on, or how it goes on if not as it was written.
    fn tick(self) -> Result<Self, Forks<'a>>;
}

impl<'a> Watches<'a> for Watch<'a> {
    #[inline]
    fn tick(self) -> Result<Self, Forks<'a>> {
        match self.count() {
            Some(forks) => Err(forks),
            None => Ok(self),
        }
    }
}

/// So many calls one in another, and somebody looks at the stack.
const WINDOW: u32 = 64;

/// Below the last fork nobody knows how deep a recursion goes, and a worker's stack may be smaller than the caller's.
///
/// It counts how deep the calls are, not how many: that is in a register.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    region: &'a Region<'a>,
    /// Calls one in another until the next look.
    window: u32,
}

impl<'a> Guard<'a> {
    #[inline]
    pub(super) fn new(region: &'a Region<'a>) -> Self {
        deep::note_start();
        Guard { region, window: WINDOW }
    }

    /// How the call goes on if the stack is used up.
    #[cold]
    #[inline(never)]
    fn look(region: &'a Region<'a>) -> Option<Forks<'a>> {
        deep::is_stack_used().then(|| {
            region.site.set_deep();
            Forks {
                region,
                place: Place::new(Mode::Deep, 0, 0),
            }
        })
    }
}

impl<'a> Watches<'a> for Guard<'a> {
    #[inline]
    fn tick(self) -> Result<Self, Forks<'a>> {
        let window = match self.window {
            0 => match Guard::look(self.region) {
                Some(forks) => return Err(forks),
                None => WINDOW,
            },
            window => window - 1,
        };
        Ok(Guard { window, ..self })
    }
}
