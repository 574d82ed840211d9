//! Why can't a carried value be run along in parallel?

use proc_macro2::TokenStream;

use super::finite;
use crate::lower::places::Place;
use crate::lower::steps::{NoStep, Why};

/// Why a carried variable is no recurrence.
#[derive(Clone, Debug)]
pub(crate) enum Refusal {
    /// Its update is no step.
    NoStep(NoStep),
    /// Its steps belong to no common family.
    Mixed { first: TokenStream, second: TokenStream },
    /// It depends on another variable, and that one on it.
    Mutual { other: String },
    /// It depends on something else that the loop changes.
    Depends { on: String, at: TokenStream },
    /// What decides about it does more than that.
    Entangled { at: TokenStream },
    /// The states are too many.
    States { count: usize },
    /// What decides about it writes to an item and looks at it afterwards.
    Items { at: TokenStream },
}

impl Refusal {
    /// The sentence about it.
    pub(crate) fn note(&self, name: &Place) -> String {
        match self {
            Refusal::NoStep(NoStep { at, why }) => {
                let at = crate::diagnostics::short(at);
                match why {
                    Why::Twice => format!(
                        "`{at}` takes `{name}` twice, so two steps can't be made one; `a * {name} + b` and the like can"
                    ),
                    Why::Operation => format!(
                        "no rule makes two steps by `{at}` one, as there is for `+`, `*`, `max`, `min` and bit operations"
                    ),
                    Why::Division => format!(
                        "integers are rounded at each `{at}`, so two can't be made one; for floats say how: `float = tree`"
                    ),
                    Why::Condition => format!(
                        "whether `{name}` changes depends on its own value (`{at}`), and it may have many values"
                    ),
                    Why::Table => format!(
                        "`{at}` is looked up in a table, which doesn't show what states there are; if they are few, write `match ({name}, ..) {{ .. }}`"
                    ),
                    Why::Hidden => format!("no step of `{name}` can be told from what the loop does"),
                    Why::Use => format!("what `{at}` does to `{name}` can't be followed"),
                }
            }
            Refusal::Mixed { first, second } => {
                format!("`{first}` and `{second}` on one carried value can't be made one step")
            }
            Refusal::Mutual { other } => {
                format!("`{name}` and `{other}` depend on each other, so neither can be known before the other")
            }
            Refusal::Depends { on, at } => {
                format!(
                    "`{name}` depends on `{on}` (line {}), which the loop changes as well",
                    crate::diagnostics::line(at)
                )
            }
            Refusal::Entangled { at } => {
                format!(
                    "line {} changes more than `{name}` in one expression",
                    crate::diagnostics::line(at)
                )
            }
            Refusal::Items { at } => {
                format!(
                    "`{}` changes an item that `{name}` depends on, which other pieces have to find as it was: write to another slice instead",
                    crate::diagnostics::short(at)
                )
            }
            Refusal::States { count } => {
                format!(
                    "its automaton has {count} joint states, more than {}",
                    finite::MOST_STATES
                )
            }
        }
    }
}
