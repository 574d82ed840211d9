//! What a recursion that runs as it was written hands from call to call: a [`Watch`] over the calls of a recursion on the
//! caller, or a [`Guard`] of a worker's stack below the last fork.

use super::deep;
use super::watch::Watch;
use super::{Forks, Mode, Place};
use crate::region::Region;
use crate::site::Site;
use std::cell::Cell;
use std::marker::PhantomData;

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
/// It counts how deep the calls are, not how many: that is in a register, and in no more than one.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    /// Calls one in another until the next look.
    window: u32,
    region: PhantomData<&'a Region<'a>>,
}

thread_local! {
    /// Whose recursion runs below its last fork on this worker, as of the last time that one began to.
    static GUARDED: Cell<Option<&'static Site>> = const { Cell::new(None) };
}

impl<'a> Guard<'a> {
    const ANEW: Self = Guard {
        window: WINDOW,
        region: PhantomData,
    };

    #[inline]
    pub(super) fn new(region: &'a Region<'a>) -> Self {
        deep::note_start();
        GUARDED.set(Some(region.site));
        Self::ANEW
    }

    /// How the call goes on if the stack is used up.
    #[cold]
    #[inline(never)]
    fn look() -> Option<Forks<'a>> {
        static NOBODY: Site = Site::new("", file!(), line!());
        static REGION: Region<'static> = Region::new(&NOBODY);
        deep::is_stack_used().then(|| {
            if let Some(site) = GUARDED.get() {
                site.set_deep();
            }
            // what goes on with a large stack asks its region nothing
            Forks {
                region: &REGION,
                place: Place::new(Mode::Deep, 0, 0),
            }
        })
    }
}

impl<'a> Watches<'a> for Guard<'a> {
    #[inline]
    fn tick(self) -> Result<Self, Forks<'a>> {
        match self.window {
            0 => match Guard::look() {
                Some(forks) => Err(forks),
                None => Ok(Guard::ANEW),
            },
            window => Ok(Guard {
                window: window - 1,
                ..self
            }),
        }
    }
}
