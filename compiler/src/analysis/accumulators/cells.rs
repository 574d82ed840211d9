//! What is said about a table, a map or an `Option` of which one part has no law?

use crate::diagnostics::{self, Diagnostics, line};
use crate::lower::accesses::Accesses;
use crate::lower::cells::refused::{Obstacle, Refused};
use crate::lower::places::Place;

/// Reports the part that stands in the way, if that is known; true if it is.
pub(crate) fn report(place: &Place, found: &Accesses<'_>, diagnostics: &mut Diagnostics) -> bool {
    let Some(refused) = found.refused.iter().find(|refused| refused.place.overlaps(place)) else {
        return false;
    };
    let Refused {
        place,
        part,
        at,
        obstacle,
    } = refused;
    let seq = "mark this loop `#[seq]`";
    let apart = format!(
        "each piece of the loop works on a `{place}` of its own, and the pieces' values of `{part}` are joined after it"
    );
    let list = format!(
        "or push what the updates take to a list, and make them after the loop, in a loop marked `#[seq]`; or {seq}"
    );
    match obstacle {
        Obstacle::Unknown => diagnostics
            .report(
                diagnostics::NO_MONOID,
                at,
                format!("no law says how two values of `{part}` are joined"),
            )
            .note(apart)
            .help(format!(
                "update it by one operation, such as `{part} += x`, `{part} = {part}.max(x)` or `{part}.push(x)`; {list}"
            )),
        Obstacle::Overwritten => diagnostics
            .report(
                diagnostics::NO_MONOID,
                at,
                format!("a piece of the loop can't tell whether it has written `{part}`"),
            )
            .note(apart)
            .help(format!(
                "make it an `Option`, `None` at first: `{part} = Some(..)`, of which the last one stays; or {seq}"
            )),
        Obstacle::Read(all) => diagnostics
            .report(
                diagnostics::ACCUMULATOR_READ,
                at,
                format!("`{part}` is read in the loop that updates it"),
            )
            .note(format!(
                "{apart}: what it holds here depends on all iterations before this one"
            ))
            .notes(diagnostics::also_read(all.iter().map(line), line(at)))
            .help(format!("look at `{part}` only after the loop, or {seq}")),
        Obstacle::Called(method) => diagnostics
            .report(
                diagnostics::UNKNOWN_METHOD,
                at,
                format!("`{method}` may change `{part}`, which all iterations share"),
            )
            .note(format!("{apart}: nothing says what `{method}` does to it"))
            .help(format!(
                "write what `{method}` does to each field in the place of its call, `{part}.FIELD += x`; {list}"
            )),
        Obstacle::Mixed(second, first) => diagnostics
            .report(
                diagnostics::MIXED_OPERATIONS,
                at,
                format!(
                    "`{part}` is updated by `{second}` here and by `{first}` in line {}",
                    line(first)
                ),
            )
            .note("partial results of different operations can't be joined: what comes first makes a difference")
            .help("if they are about different totals, use a field of its own for each operation")
            .help(format!(
                "if the later update builds on what the earlier one left, the order counts: {seq}"
            )),
    };
    true
}
