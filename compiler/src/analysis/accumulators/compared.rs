//! Is the best so far compared by something that the loop changes?
//!
//! In `if x + off < best + off { best = x; }` every iteration has an order of its own if `off` changes, and by none of them
//! two partial results could be compared.

use syn::Expr;
use syn::visit::{self, Visit};

use super::{Accumulator, Cluster, Law};
use crate::diagnostics;
use crate::lower::accesses::Touch;
use crate::lower::bests::Best;
use crate::lower::bindings::bindings;
use crate::lower::cells::Law as PartLaw;
use crate::lower::guards::Guard;
use crate::lower::places::{Place, place_of};
use crate::lower::uses;

impl Cluster<'_, '_, '_> {
    /// Reports the accumulators that are.
    pub(super) fn compared(&mut self, accumulators: &[Accumulator<'_>]) {
        for accumulator in accumulators {
            let compared = match &accumulator.law {
                Law::Member(number) => of_guard(&self.found.guards[*number]),
                Law::Best(number) => of_best(&self.found.bests[*number]),
                Law::Cells(numbers) => {
                    let parts = numbers.iter().flat_map(|number| &self.found.cells[*number].parts);
                    let compared = parts.flat_map(|part| match &part.law {
                        PartLaw::Guarded(guard, _) => of_guard(guard),
                        PartLaw::Best(best) => of_best(best),
                        _ => Vec::new(),
                    });
                    compared.collect()
                }
                _ => continue,
            };
            let changes = |place: &Place| {
                let mut changing = self
                    .found
                    .list
                    .iter()
                    .filter(|access| !matches!(access.touch, Touch::Read));
                changing.find(|access| access.place.overlaps(place))
            };
            let Some((place, access)) = compared.iter().find_map(|place| Some((place, changes(place)?))) else {
                continue;
            };
            let (best, at) = (accumulator.place.clone(), access.at.clone());
            let place = place.without_elements();
            if self.once(&best) {
                self.diagnostics
                    .report(
                        diagnostics::LOOP_CARRIED,
                        &at,
                        format!("`{best}` is compared by `{place}`, which the loop changes"),
                    )
                    .note("each iteration has an order of its own, so the best of two pieces can't be told by any of them")
                    .help(format!(
                        "compare by what doesn't change, or by a value that is kept beside `{best}`; else mark this loop `#[seq]`"
                    ));
            }
        }
    }
}

/// What the best so far is compared by, but for what is kept of it.
fn of_guard(guard: &Guard<'_>) -> Vec<Place> {
    let is_kept = |place: &Place| guard.members.iter().any(|member| member.place.overlaps(place));
    let mut places: Vec<Place> = guard.looked_at.iter().flat_map(|expr| of_expr(expr)).collect();
    places.retain(|place| !is_kept(place));
    places
}

fn of_best(best: &Best<'_>) -> Vec<Place> {
    let found = bindings(&best.pattern);
    let mut places = of_expr(&best.key);
    places.retain(|place| !best.place.overlaps(place) && !found.iter().any(|name| name.ident == place.root));
    places
}

/// The places that an expression looks at.
fn of_expr(expr: &Expr) -> Vec<Place> {
    struct Places(Vec<Place>);
    impl<'a> Visit<'a> for Places {
        fn visit_expr(&mut self, node: &'a Expr) {
            match place_of(node) {
                Some((place, _)) => {
                    self.0.push(place);
                    crate::lower::places::indices_of(node)
                        .into_iter()
                        .for_each(|index| self.visit_expr(index));
                }
                None => visit::visit_expr(self, node),
            }
        }

        fn visit_macro(&mut self, node: &'a syn::Macro) {
            let mut names = uses::Names::new();
            uses::of_tokens(node.tokens.clone(), &mut names);
            self.0.extend(names.iter().map(|name| Place::of_variable(name)));
        }
    }
    let mut places = Places(Vec::new());
    places.visit_expr(expr);
    places.0
}
