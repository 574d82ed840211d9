//! rayon's entries behind pointers.
//!
//! Each of them brings a hundred functions along for every pair of closures it is called with, so that they would be most of
//! what rustc has to compile for a parallel loop. Here they are compiled once; what is left is a call through a pointer for
//! each fork, and loops fork where there is work for microseconds. Recursions, which may fork at every call, use rayon's own.

use rayon::{Scope, ThreadPool};

const RAN: &str = "rayon runs what it is given, or panics";

/// Runs both, at the same time if somebody is idle; tells the second one whether it was stolen.
///
/// # Panics
/// If one of them panics; if both do, with the panic of the first one.
pub(crate) fn join<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce(bool) -> B + Send,
) -> (A, B) {
    let (mut a, mut b) = (None, None);
    once(first, &mut a, |first| {
        once_with(second, &mut b, |second| join_any(first, second))
    });
    (a.expect(RAN), b.expect(RAN))
}

#[inline(never)]
fn join_any(first: &mut (dyn FnMut() + Send + '_), second: &mut (dyn FnMut(bool) + Send + '_)) {
    rayon::join_context(|_| first(), |context| second(context.migrated()));
}

/// Runs `f` on a worker of the pool, or of the current one; stays where it is if it is on one already.
pub(crate) fn enter<R: Send>(pool: Option<&ThreadPool>, f: impl FnOnce() -> R + Send) -> R {
    let mut result = None;
    once(f, &mut result, |f| enter_any(pool, f));
    result.expect(RAN)
}

#[inline(never)]
fn enter_any(pool: Option<&ThreadPool>, f: &mut (dyn FnMut() + Send + '_)) {
    match pool {
        Some(pool) => pool.install(f),
        None if rayon::current_thread_index().is_some() => f(),
        None => rayon::scope(|_| f()),
    }
}

/// Runs `f`, and then waits for all that it has spawned.
pub(crate) fn scope<'s, R: Send>(f: impl FnOnce(&Scope<'s>) -> R + Send) -> R {
    let mut result = None;
    let mut f = Some(f);
    scope_any(&mut |scope| result = f.take().map(|f| f(scope)));
    result.expect(RAN)
}

#[inline(never)]
fn scope_any<'s>(f: &mut (dyn FnMut(&Scope<'s>) + Send + '_)) {
    rayon::scope(|scope| f(scope));
}

/// What others can help with.
pub(crate) trait Shared: Sync {
    /// Works on it until there is nothing to do; may ask for more helpers.
    fn help<'s>(&'s self, scope: &Scope<'s>);
}

/// Asks for somebody who helps before the scope ends.
#[inline(never)]
pub(crate) fn spawn<'s>(scope: &Scope<'s>, shared: &'s (dyn Shared + 's)) {
    scope.spawn(move |scope| shared.help(scope));
}

/// Lends `f` as what can be called through a pointer, once.
fn once<R: Send>(
    f: impl FnOnce() -> R + Send,
    result: &mut Option<R>,
    run: impl FnOnce(&mut (dyn FnMut() + Send + '_)),
) {
    let mut f = Some(f);
    run(&mut || *result = f.take().map(|f| f()));
}

fn once_with<T, R: Send>(
    f: impl FnOnce(T) -> R + Send,
    result: &mut Option<R>,
    run: impl FnOnce(&mut (dyn FnMut(T) + Send + '_)),
) {
    let mut f = Some(f);
    run(&mut |with| *result = f.take().map(|f| f(with)));
}
