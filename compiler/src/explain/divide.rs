//! What is said about calls that run side by side.

use proc_macro2::Ident;
use syn::Expr;

use super::{Explanation, code};
use crate::plan::divide::Group;
use crate::print::print_short;

/// How long a piece of code may get in a sentence.
const MOST: usize = 60;

/// About a group of statements.
pub(crate) fn of_statements(group: &Group) -> Explanation {
    let mut about = of_tasks(group, "run side by side, in the sequential order as far as can be seen");
    if let Some(place) = group.split.first() {
        about.fact(format!(
            "that the parts of {} don't overlap is checked at run time, else the statements run in order",
            code(&place.to_string())
        ));
    }
    if group.may_leave {
        about.fact("a later one may run though an earlier one leaves: what it returns, or its panic, is never seen");
    }
    about
}

fn of_tasks(group: &Group, what: &str) -> Explanation {
    let texts: Vec<_> = group.members.iter().map(|member| member.text.clone()).collect();
    Explanation::new(texts.join(", "), what)
}

/// About a group of calls.
pub(crate) fn of_group(group: &Group) -> Explanation {
    let mut about = of_tasks(group, "run side by side; what follows them is the combine");
    for place in &group.split {
        about.fact(format!(
            "that the parts of {} don't overlap is checked at run time, else the calls run in order",
            code(&place.to_string())
        ));
    }
    if group.may_leave {
        about.fact("a later call may run though an earlier one leaves: what it returns, or its panic, is never seen");
    }
    about
}

/// About a chain that calls the function for every item.
pub(crate) fn of_children(call: &Expr) -> Explanation {
    let mut about = Explanation::new(
        print_short(call, MOST),
        "the calls run side by side, their results are taken in order",
    );
    if matches!(call, Expr::MethodCall(call) if call.method == "any" || call.method == "find_map") {
        about.fact("the first answer in the sequential order counts, later calls are told to stop");
    }
    about
}

/// About a loop whose calls are made before the rest of it.
pub(crate) fn of_gathered(rest: &syn::ExprForLoop) -> Explanation {
    let what = "the calls run side by side, the rest of the loop takes their results in order";
    let (token, source) = (&rest.for_token, &rest.expr);
    let mut about = Explanation::new(print_short(&quote::quote!(#token .. in #source), MOST), what);
    about.fact("calls may run though an earlier iteration leaves: what they return, or their panic, is never seen");
    about
}

/// About a parameter to which the calls add.
pub(crate) fn of_collector(name: &Ident) -> Explanation {
    Explanation::new(
        name.to_string(),
        "a call that runs beside an earlier one fills a collection of its own, which is added behind the earlier one's",
    )
}

/// About a parameter that the calls change and restore.
pub(crate) fn of_private(name: &Ident) -> Explanation {
    Explanation::new(
        name.to_string(),
        "a call that may run on another thread works on a clone of its own; below the cutoff there is none",
    )
}
