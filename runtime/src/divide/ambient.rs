//! Recursions whose calls can't be handed an argument: methods. Where a call stands is then the thread's to know.

use super::{Claim, Forks, Guard, Mode, Place, deep, outermost, watch};
use crate::region::{Region, ToSize};
use crate::site::Site;
use std::cell::Cell;
use std::mem::MaybeUninit;

thread_local! {
    /// Calls whose frame lies above this address run the original body. A call reads it and writes nothing: what calls
    /// count in memory makes each of them wait for the one before.
    static END: Cell<usize> = const { Cell::new(NOBODY) };
    /// So many calls more run the original body; then somebody looks. For those that are watched.
    static CALLS: Cell<u32> = const { Cell::new(0) };
    /// Is the twin watched that runs on this thread?
    static IS_WATCHED: Cell<bool> = const { Cell::new(false) };
    static HERE: Cell<Option<Here>> = const { Cell::new(None) };
}

/// No frame is above this.
const NOBODY: usize = usize::MAX;

/// Every frame is.
const EVERYBODY: usize = 0;

/// The call that a closure of a join makes.
#[derive(Clone, Copy)]
struct Here {
    site: &'static Site,
    place: Place,
}

/// Does this call belong to the twin, which runs the original body?
#[inline]
pub fn in_twin() -> bool {
    let local = MaybeUninit::<u8>::uninit(); // nothing is stored
    std::ptr::from_ref(&local).addr() > END.get() || is_counted()
}

/// Is this one of the calls of a watched twin?
#[cold]
#[inline(never)]
fn is_counted() -> bool {
    let calls = CALLS.get();
    CALLS.set(calls.saturating_sub(1));
    calls > 0
}

/// Until what it returns is dropped, [`in_twin`] is true: for twins that can't call themselves.
#[inline]
pub fn as_twin() -> impl Drop {
    Restore::until(HERE.get(), EVERYBODY, 0)
}

/// Runs `f` in a frame of its own.
///
/// A method that holds its original body and the forking one in one function would pay in every frame for both; with the
/// forking body in here the twin's frames are those of the original.
#[cold]
#[inline(never)]
pub fn apart<R>(f: impl FnOnce() -> R) -> R {
    f()
}

/// [`Forks`] of a recursion whose calls take no extra argument; lasts as long as the call.
#[must_use]
pub struct Ambient<'a> {
    region: Region<'a>,
    place: Place,
    /// Of the outermost call.
    _guard: Guard,
}

impl Forks<'_> {
    /// Where this call stands in its recursion: below the join that made it, or outermost.
    #[inline]
    pub fn ambient(region: Region<'_>) -> Ambient<'_> {
        match HERE.get() {
            Some(here) if std::ptr::eq(here.site, region.site) => Ambient::below(region, here),
            _ => Ambient::watched(region),
        }
    }

    /// As [`ambient`](Self::ambient) for functions that call each other: the join above may be another function's, if
    /// both have a threshold or neither has one.
    #[inline]
    pub fn mutual(region: Region<'_>) -> Ambient<'_> {
        let has_threshold = region.threshold.is_some();
        let fits = |here: &Here| here.place.mode().has_threshold().is_none_or(|has| has == has_threshold);
        match HERE.get().filter(fits) {
            Some(here) => Ambient::below(region, here),
            None => Ambient::watched(region),
        }
    }
}

impl Forks<'_> {
    /// Runs one side of a join, whose calls find out where they stand by [`ambient`](Self::ambient).
    #[inline]
    pub fn below<R>(self, f: impl FnOnce() -> R) -> R {
        below(self, |_| f())
    }
}

impl<'a> Ambient<'a> {
    #[inline]
    fn below(region: Region<'a>, here: Here) -> Self {
        Ambient {
            region,
            place: here.place,
            _guard: Guard::Nothing,
        }
    }

    #[inline]
    pub(super) fn at(region: Region<'a>, place: Place) -> Self {
        Ambient {
            region,
            place,
            _guard: Guard::Nothing,
        }
    }

    /// The calls of a watched twin have run out: how does this one go on? Else it is an outermost one.
    #[inline]
    fn watched(region: Region<'a>) -> Self {
        if !IS_WATCHED.get() || region.threshold.is_some() {
            return Ambient::outermost(region);
        }
        let place = watch::Watch(&region).look().map(|forks| forks.place);
        let place = place.unwrap_or(Place::new(Mode::Watched, 1, 0));
        Ambient::at(region, place)
    }

    #[inline]
    fn outermost(region: Region<'a>) -> Self {
        let (place, _guard) = outermost(&region);
        Ambient { region, place, _guard }
    }
}

impl Ambient<'_> {
    /// What the call's own joins fork with; their sides run [`below`](Forks::below) them.
    #[inline]
    pub fn forks(&self) -> Forks<'_> {
        Forks {
            region: &self.region,
            place: self.place,
        }
    }

    /// Should the twin run instead of this call?
    #[inline]
    pub fn is_leaf(&self) -> bool {
        self.forks().is_leaf()
    }

    /// Should the twin run instead of this call, because `size` is below `threshold` or for other reasons?
    #[inline]
    pub fn is_below(&self, size: impl ToSize, threshold: impl ToSize) -> bool {
        self.forks().is_below(size, threshold)
    }

    /// Runs `f` as the twin: [`in_twin`] is true in it, or for some calls if they are watched.
    #[inline]
    pub fn twin<R>(&self, f: impl FnOnce() -> R) -> R {
        match self.place.mode() {
            Mode::Watched => return self.watch(f),
            Mode::Levels => return guarded(f),
            _ => {}
        }
        let _restore = Restore::until(HERE.get(), EVERYBODY, 0);
        f()
    }

    fn watch<R>(&self, f: impl FnOnce() -> R) -> R {
        let calls = watch::fuel();
        if self.place.mode() == Mode::Watched && self.place.depth() > 0 {
            // the watch over the calls above goes on
            CALLS.set(calls);
            return f();
        }
        let _restore = Restore::until(None, NOBODY, calls);
        let _unwatched = Unwatched(IS_WATCHED.replace(true));
        let _used = Used;
        f()
    }

    /// Runs both calls, as [`Forks::join`] does.
    ///
    /// # Panics
    /// If `a` panics, whatever `b` does; a panic in `b` is raised when it is claimed.
    #[inline]
    pub fn join<A: Send, B: Send>(
        &self,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: impl FnOnce(Forks<'_>) -> B + Send,
    ) -> (A, Claim<'_, B, impl FnOnce(Forks<'_>) -> B + Send>) {
        self.join_unless(|_| false, a, b)
    }

    /// Runs both calls, as [`Forks::join_unless`] does.
    ///
    /// # Panics
    /// As [`Forks::join_unless`].
    #[inline]
    pub fn join_unless<A: Send, B: Send>(
        &self,
        is_final: impl FnOnce(&A) -> bool + Send,
        a: impl FnOnce(Forks<'_>) -> A + Send,
        b: impl FnOnce(Forks<'_>) -> B + Send,
    ) -> (A, Claim<'_, B, impl FnOnce(Forks<'_>) -> B + Send>) {
        self.forks()
            .join_unless(is_final, |forks| below(forks, a), |forks| below(forks, b))
    }
}

/// Runs the twin on a worker, below the last fork: nobody knows how deep it goes.
fn guarded<R>(f: impl FnOnce() -> R) -> R {
    let _watch = watch::guard();
    let _restore = Restore::until(None, deep::end(), 0);
    let _unwatched = Unwatched(IS_WATCHED.replace(true));
    f()
}

/// Runs a side of a join, whose call finds out where it stands.
#[inline]
fn below<R>(forks: Forks<'_>, f: impl FnOnce(Forks<'_>) -> R) -> R {
    let here = Here {
        site: forks.region.site,
        place: forks.place,
    };
    let _restore = Restore::until(Some(here), NOBODY, 0);
    f(forks)
}

/// Tells the watch how many calls are left at its end.
struct Used;

impl Drop for Used {
    fn drop(&mut self) {
        watch::used_up(CALLS.get());
    }
}

/// Ends a watch.
struct Unwatched(bool);

impl Drop for Unwatched {
    fn drop(&mut self) {
        IS_WATCHED.set(self.0);
    }
}

/// Puts back what a call found.
struct Restore {
    here: Option<Here>,
    end: usize,
    calls: u32,
}

impl Restore {
    #[inline]
    fn until(here: Option<Here>, end: usize, calls: u32) -> Self {
        Restore {
            here: HERE.replace(here),
            end: END.replace(end),
            calls: CALLS.replace(calls),
        }
    }
}

impl Drop for Restore {
    #[inline]
    fn drop(&mut self) {
        HERE.set(self.here);
        END.set(self.end);
        CALLS.set(self.calls);
    }
}
