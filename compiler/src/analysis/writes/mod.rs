//! Which elements of an array does each iteration touch, and are they its own?
//!
//! An array that the loop writes to is split between the iterations if every subscript has the same stride in the
//! induction variable and all elements that one iteration touches lie within one stride (a strong-SIV test with zero
//! distance, Allen and Kennedy). Anything else is a dependence between iterations, or can't be told.

mod evidence;
mod stretches;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Expr;

use crate::analysis::mutations;
use crate::diagnostics::{self, Diagnostics, ends, line};
use crate::lower::accesses::{Access, Accesses, Touch};
use crate::lower::inductions::{Induction, Step};
use crate::lower::kernels::Kernel;
use crate::lower::places::Place;
use crate::lower::subscripts::{self, AllOuter, Polynomial, Subscript};
use crate::lower::updates::Target;
use crate::names::respanned;
use crate::print::print;

/// An array of which each iteration touches its own stretch.
#[derive(Debug)]
pub(crate) struct Written {
    /// The array.
    pub(crate) place: Place,
    /// The array as the user writes it.
    pub(crate) target: Expr,
    /// The lowest element that iteration `i` touches, over the induction variable.
    pub(crate) lowest: Polynomial,
    /// How far the next iteration's elements are; not 0, and if it is no number only known to be so at run time.
    pub(crate) stride: Polynomial,
    /// How many elements an iteration touches from the lowest on; a stride that is no number is that large at run time.
    pub(crate) width: Polynomial,
    /// The other places in the array that each iteration touches: apart from each other, which is looked up at run time.
    pub(crate) others: Vec<Stretch>,
}

/// One of the places of an array that an iteration touches.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// The lowest element.
    pub(crate) lowest: Polynomial,
    /// How far the next iteration's elements are.
    pub(crate) stride: Polynomial,
    /// How many elements.
    pub(crate) width: Polynomial,
}

/// Why an array can't be split.
#[derive(Debug)]
pub(crate) enum Reason {
    /// Two iterations touch the same elements: `distance` iterations apart where it is a number.
    Dependence {
        first: Met,
        second: Met,
        distance: Option<i64>,
    },
    /// A subscript that is no polynomial of the induction variable, or needs one that the loop doesn't have.
    Subscript { at: TokenStream },
    /// Every iteration touches the same element.
    Same { at: TokenStream },
    /// Every iteration reads an element that another one may write.
    Read { at: TokenStream },
    /// The array is used as a whole.
    Whole { at: TokenStream },
}

/// An access that meets another one.
#[derive(Debug)]
pub(crate) struct Met {
    at: TokenStream,
    verb: &'static str,
}

impl Met {
    fn new(access: &Access<'_>) -> Self {
        Met {
            at: access.at.clone(),
            verb: evidence::verb(&access.touch),
        }
    }

    fn is_read(&self) -> bool {
        self.verb == "reads"
    }
}

/// The arrays whose elements are written, each split or not.
pub(crate) fn analyze(
    kernel: &Kernel<'_>,
    induction: Option<&Induction>,
    found: &Accesses<'_>,
) -> Vec<(Place, Result<Written, Reason>)> {
    let mut arrays: Vec<Place> = Vec::new();
    for access in &found.list {
        let place = array_of(access);
        if is_element(access) && changes(&access.touch) && !arrays.contains(&place) {
            arrays.push(place);
        }
    }
    arrays
        .into_iter()
        .filter(|place| kernel.variable(&place.root).is_some())
        .map(|place| {
            let split = split(&place, kernel, induction, found);
            (place, split)
        })
        .collect()
}

fn array_of(access: &Access<'_>) -> Place {
    access.place.without_elements()
}

fn is_element(access: &Access<'_>) -> bool {
    access.subscript.is_some()
}

fn changes(touch: &Touch<'_>) -> bool {
    !matches!(touch, Touch::Read)
}

/// An element's subscript: lowest element and how many there are.
struct Touched<'f> {
    access: &'f Access<'f>,
    lower: Polynomial,
    upper: Polynomial,
}

fn split(
    place: &Place,
    kernel: &Kernel<'_>,
    induction: Option<&Induction>,
    found: &Accesses<'_>,
) -> Result<Written, Reason> {
    let touched = touched(place, induction, found)?;
    one_stretch(place, &touched, induction, found).or_else(|reason| {
        let several = stretches::of(&touched, kernel, induction, found).filter(|all| all.len() > 1);
        let Some(first) = several else { return Err(reason) };
        let mut all = first.into_iter();
        let Stretch { lowest, stride, width } = all.next().expect("there are several");
        Ok(Written {
            place: place.clone(),
            target: target_of(place, touched[0].access),
            lowest,
            stride,
            width,
            others: all.collect(),
        })
    })
}

/// All elements that the loop touches.
fn touched<'f>(
    place: &Place,
    induction: Option<&Induction>,
    found: &'f Accesses<'f>,
) -> Result<Vec<Touched<'f>>, Reason> {
    let about = || found.list.iter().filter(|access| access.place.overlaps(place));
    let mut touched: Vec<Touched<'_>> = Vec::new();
    for access in about() {
        let at = access.at.clone();
        match &access.subscript {
            Some(Subscript::Elements { lower, upper }) if induction.is_some() => {
                let bounds = match (widened(lower, found, false), widened(upper, found, true)) {
                    (Some(lower), Some(upper)) => Some(vec![(lower, upper)]),
                    _ => stretches::unrolled(lower, upper, found),
                };
                let Some(bounds) = bounds else {
                    return Err(Reason::Subscript { at });
                };
                touched.extend(
                    bounds
                        .into_iter()
                        .map(|(lower, upper)| Touched { access, lower, upper }),
                );
            }
            Some(_) => return Err(Reason::Subscript { at }),
            None if is_length(access) => {}
            None => return Err(Reason::Whole { at }),
        }
    }
    Ok(touched)
}

/// The array as one stretch for each iteration.
fn one_stretch(
    place: &Place,
    touched: &[Touched<'_>],
    induction: Option<&Induction>,
    found: &Accesses<'_>,
) -> Result<Written, Reason> {
    let first = &touched[0];
    let target = target_of(place, first.access);
    let unknown = |t: &Touched<'_>| Reason::Subscript {
        at: t.access.at.clone(),
    };
    // a subscript that the loop counts up leads somewhere else each time
    let same = |t: &Touched<'_>| match unchanged(&t.lower, found) {
        true => Reason::Same {
            at: t.access.at.clone(),
        },
        false => unknown(t),
    };
    let stride = first.lower.stride().ok_or_else(|| unknown(first))?;
    let step = induction.and_then(step_of).ok_or_else(|| unknown(first))?;
    let advance = stride.times(&step).ok_or_else(|| unknown(first))?;
    if stride.number() == Some(0) {
        let writes = || touched.iter().filter(|t| changes(&t.access.touch));
        let own = writes().find(|t| own_number(t) == Some(0));
        return Err(match own {
            None if writes().next().is_some() && !changes(&first.access.touch) => Reason::Read {
                at: first.access.at.clone(),
            },
            _ => same(own.or_else(|| writes().next()).unwrap_or(first)),
        });
    }
    for other in touched {
        let own = other
            .lower
            .stride()
            .filter(|s| other.upper.stride().as_ref() == Some(s));
        if own.is_none_or(|own| own != stride) || !unchanged(&other.lower, found) || !unchanged(&other.upper, found) {
            let first = touched.iter().find(|t| changes(&t.access.touch)).unwrap_or(first);
            return Err(match own_number(other) {
                Some(0) if !changes(&other.access.touch) => Reason::Read {
                    at: other.access.at.clone(),
                },
                Some(0) => same(other),
                _ if std::ptr::eq(first, other) => unknown(other),
                _ => Reason::Subscript {
                    at: other.access.at.clone(),
                },
            });
        }
    }
    // all elements that an iteration touches must lie in [lowest, lowest + |stride|)
    let mut lowest = first.lower.clone();
    for other in touched {
        match other.lower.minus(&lowest).and_then(|d| d.number()) {
            Some(difference) if difference < 0 => lowest = other.lower.clone(),
            Some(_) => {}
            None => return Err(unknown(other)),
        }
    }
    let width = advance.number();
    let mut widest = Polynomial::constant(1);
    for other in touched {
        let reach = other.upper.minus(&lowest).ok_or_else(|| unknown(other))?;
        let fits = match (reach.number(), width) {
            (Some(reach), Some(width)) => reach <= width.abs(),
            // a number of elements: the stride is looked at when the loop starts
            (Some(_), None) => true,
            (None, _) => stretches::is_within(&reach, &advance),
        };
        if !fits {
            return Err(dependence(touched, other, width));
        }
        if reach
            .number()
            .zip(widest.number())
            .is_none_or(|(reach, widest)| reach > widest)
        {
            widest = reach;
        }
    }
    Ok(Written {
        place: place.clone(),
        target,
        lowest,
        stride: advance,
        width: widest,
        others: Vec::new(),
    })
}

/// An array of which each iteration writes one element and reads the one that the iteration before wrote.
#[derive(Debug)]
pub(crate) struct Chained {
    /// The elements written.
    pub(crate) written: Written,
    /// An iteration's own element, as it is written there.
    pub(crate) own: Expr,
    /// The texts of the own element.
    pub(crate) owns: Vec<String>,
    /// The texts of the element before.
    pub(crate) befores: Vec<String>,
    /// How two iterations meet, in words.
    pub(crate) meets: String,
}

/// The array as a chain, if it is one: a flow dependence of distance one and no other.
pub(crate) fn chained(
    place: &Place,
    kernel: &Kernel<'_>,
    induction: Option<&Induction>,
    found: &Accesses<'_>,
) -> Option<Chained> {
    // the element before may be one that no iteration has touched
    let induction = induction.filter(|induction| !induction.is_filtered);
    let advance_of = |lower: &Polynomial| lower.stride()?.times(&induction.and_then(step_of)?);
    let mut own: Option<(Expr, Polynomial)> = None;
    let mut elements = Vec::new();
    for access in found.list.iter().filter(|access| access.place.overlaps(place)) {
        let Some(Subscript::Elements { lower, upper }) = &access.subscript else {
            if is_length(access) {
                continue;
            }
            return None;
        };
        let is_one = upper.minus(lower).and_then(|d| d.number()) == Some(1);
        let depth = match &access.touch {
            Touch::Update(update) => usize::from(update.target == Target::Element(1)),
            Touch::Cells(number) => usize::from(found.cells[*number].target == Target::Element(1)),
            _ => access.place.depth(),
        };
        if !is_one || lower.has_inner() || !unchanged(lower, found) || depth != 1 {
            return None;
        }
        let element = element_of(access)?;
        if changes(&access.touch) {
            match &own {
                Some((_, known)) if known != lower => return None,
                _ => own = Some((element.clone(), lower.clone())),
            }
        }
        elements.push((access, element, lower.clone()));
    }
    let (own, lowest) = own?;
    let advance = advance_of(&lowest)?;
    let number = advance.number().filter(|number| *number != 0)?;
    let (mut owns, mut befores) = (Vec::new(), Vec::new());
    let mut read = None;
    let mut write = None;
    for (access, element, lower) in elements {
        let text = element.to_token_stream().to_string();
        match lower.minus(&lowest)?.number()? {
            0 => {
                owns.push(text);
                write = write.or_else(|| changes(&access.touch).then(|| Met::new(access)));
            }
            distance if distance == -number => {
                befores.push(text);
                read = read.or_else(|| Some(Met::new(access)));
            }
            _ => return None,
        }
    }
    let meets = meets(kernel, induction, &write?, &read?, -1);
    let target = target_of(place, found.list.iter().find(|access| access.place.overlaps(place))?);
    Some(Chained {
        written: Written {
            place: place.clone(),
            target,
            lowest,
            stride: advance,
            width: Polynomial::constant(1),
            others: Vec::new(),
        },
        own,
        owns,
        befores,
        meets,
    })
}

/// The element that an access is about, in full.
fn element_of(access: &Access<'_>) -> Option<Expr> {
    match &access.touch {
        Touch::Read => {
            // `a[i].min(x)` is about `a[i]`
            let mut element: Expr = syn::parse2(access.at.clone()).ok()?;
            while let Expr::MethodCall(call) = element {
                element = *call.receiver;
            }
            matches!(element, Expr::Index(_)).then_some(element)
        }
        Touch::Update(update) => Some(update.element.clone()),
        Touch::Write {
            node: Expr::Assign(assign),
        } => Some((*assign.left).clone()),
        Touch::Write {
            node: Expr::Binary(binary),
        } => Some((*binary.left).clone()),
        _ => None,
    }
}

fn own_number(touched: &Touched<'_>) -> Option<i64> {
    touched.lower.stride().and_then(|s| s.number())
}

/// The write and the access that collides with it.
fn dependence(touched: &[Touched<'_>], found: &Touched<'_>, stride: Option<i64>) -> Reason {
    if let Some(meeting) = stride.and_then(|stride| evidence::meeting(touched, stride)) {
        return Reason::Dependence {
            first: Met::new(touched[meeting.write].access),
            second: Met::new(touched[meeting.other].access),
            distance: Some(meeting.distance),
        };
    }
    let write = touched.iter().find(|t| changes(&t.access.touch)).unwrap_or(found);
    let other = touched.iter().find(|t| t.lower != write.lower).unwrap_or(found);
    Reason::Dependence {
        first: Met::new(write.access),
        second: Met::new(other.access),
        distance: None,
    }
}

/// The bound with each inner loop's variable at its end.
fn widened(bound: &Polynomial, found: &Accesses<'_>, upper: bool) -> Option<Polynomial> {
    if !bound.has_inner() {
        return Some(bound.clone());
    }
    let (name, factor, rest) = bound.inner()?;
    let (low, high) = found.ranges.get(&name)?;
    // the largest value is one less than the end of the range
    let end = if upper {
        high.minus(&Polynomial::constant(1))?
    } else {
        low.clone()
    };
    let reach = end.times(&Polynomial::constant(-factor))?;
    rest.minus(&reach).filter(|sum| !sum.has_inner())
}

/// The step of the induction variable.
pub(crate) fn step_of(induction: &Induction) -> Option<Polynomial> {
    match &induction.step {
        Step::One { descending } => Some(Polynomial::constant(if *descending { -1 } else { 1 })),
        Step::By(step) => subscripts::polynomial(step, &AllOuter),
    }
}

/// True if nothing that the subscript is about changes in the loop.
fn unchanged(subscript: &Polynomial, found: &Accesses<'_>) -> bool {
    let changed = |place: &Place| {
        let is_whole = |access: &&Access<'_>| {
            changes(&access.touch) && !is_taken_for_a_look(&access.touch) && access.subscript.is_none()
        };
        found
            .list
            .iter()
            .filter(is_whole)
            .any(|access| access.place.overlaps(place))
    };
    !subscript.assumes.iter().any(changed)
}

/// A method that changes nothing, or is reported for it: see [`mutations`].
fn is_taken_for_a_look(touch: &Touch<'_>) -> bool {
    matches!(touch, Touch::Method { name, is_statement: false } if !mutations::changes_by_name(&name.to_string()))
}

/// `out.len()`
fn is_length(access: &Access<'_>) -> bool {
    let is_call = || {
        let call = syn::parse2::<syn::ExprMethodCall>(access.at.clone());
        call.is_ok_and(|call| call.method == "len" && call.args.is_empty())
    };
    matches!(access.touch, Touch::Read) && is_call()
}

/// The array's expression; its names mean what they mean in an access to it.
fn target_of(place: &Place, access: &Access<'_>) -> Expr {
    let tokens = place.to_string().parse().expect("a place is tokens");
    let meant = Span::call_site().resolved_at(ends(&access.at).0);
    syn::parse2(respanned(tokens, meant)).expect("a place is an expression")
}

/// The place of an access and its subscripts, outermost first.
fn place_and_subscripts(at: &TokenStream) -> Option<(Expr, Vec<Expr>)> {
    let mut expr = match syn::parse2::<Expr>(at.clone()).ok()? {
        Expr::Assign(assign) => *assign.left,
        Expr::Binary(binary) if crate::lower::updates::is_compound(&binary.op) => *binary.left,
        other => other,
    };
    let mut subscripts = Vec::new();
    while let Expr::Index(index) = expr {
        subscripts.insert(0, *index.index);
        expr = *index.expr;
    }
    (!subscripts.is_empty()).then_some((expr, subscripts))
}

fn subscripts_of(at: &TokenStream) -> Option<Vec<String>> {
    let (_, subscripts) = place_and_subscripts(at)?;
    Some(subscripts.iter().map(print).collect())
}

/// How two iterations meet: in some iteration `second` is what `first` is `distance` iterations later.
fn meets(kernel: &Kernel<'_>, induction: Option<&Induction>, first: &Met, second: &Met, distance: i64) -> String {
    let (there, here) = (line(&second.at), line(&first.at));
    let (does, did) = (second.verb, first.verb);
    let pair = induction.map(|induction| {
        let i = induction.name.to_string();
        let exists = |_: i64, b: i64| shared_element(&first.at, &i, b).is_none_or(|(_, at)| at >= 0);
        (i.clone(), evidence::pair(kernel.node, induction, distance, exists))
    });
    match pair {
        Some((i, evidence::Pair::Values(a, b))) => {
            let element =
                shared_element(&first.at, &i, b).map_or_else(String::new, |(array, at)| format!("`{array}[{at}]`, "));
            let apart = match distance.unsigned_abs() {
                1 => String::new(),
                number => format!("{number} iterations apart, "),
            };
            format!(
                "{i} = {a} {does} in line {there} what {i} = {b} {did} in line {here}, {element}{apart}so they can't run at the same time"
            )
        }
        Some((_, evidence::Pair::Never)) => format!(
            "the element in line {there} lies {} iterations away from the one in line {here}: the loop has none there, but each piece of it is lent its own elements alone",
            distance.unsigned_abs()
        ),
        _ => format!(
            "an iteration {does} in line {there} what {} {did} in line {here}, so they can't run at the same time",
            evidence::other_iteration(distance)
        ),
    }
}

/// The array and the element that an access touches in the iteration `value`, for subscripts such as `i`, `i + 1` and
/// `i - 1`.
fn shared_element(at: &TokenStream, induction: &str, value: i64) -> Option<(String, i64)> {
    let (array, subscripts) = place_and_subscripts(at)?;
    let [subscript] = &subscripts[..] else { return None };
    let at = evaluate(subscript, induction, value)?;
    Some((print(&array), at))
}

fn evaluate(expr: &Expr, induction: &str, value: i64) -> Option<i64> {
    match expr {
        Expr::Path(path) => path.path.is_ident(induction).then_some(value),
        Expr::Paren(paren) => evaluate(&paren.expr, induction, value),
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Binary(binary) => {
            let (left, right) = (
                evaluate(&binary.left, induction, value)?,
                evaluate(&binary.right, induction, value)?,
            );
            match binary.op {
                syn::BinOp::Add(_) => left.checked_add(right),
                syn::BinOp::Sub(_) => left.checked_sub(right),
                syn::BinOp::Mul(_) => left.checked_mul(right),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Reports an array that hands values on where that can't be followed.
///
/// `own` is an iteration's own element, `meets` says how two iterations meet; `why` there is no rule for its steps, if
/// somebody looked.
pub(crate) fn report_chained(
    place: &Place,
    own: &Expr,
    meets: &str,
    why: Option<String>,
    diagnostics: &mut Diagnostics,
) {
    diagnostics
        .report(
            diagnostics::LOOP_CARRIED,
            own,
            format!("iterations touch each other's elements of `{place}`"),
        )
        .note(meets)
        .notes(why)
        .help("mark this loop `#[seq]`");
}

/// Reports a loop over the columns of what is cut by its rows: `out[j][i]` and `out[0][i]` in a loop over `i`.
fn report_columns(place: &Place, at: &TokenStream, row: &str, induction: &str, diagnostics: &mut Diagnostics) {
    let error = diagnostics.report(
        diagnostics::PLACE_WRITTEN,
        at,
        format!("which elements of `{place}` this touches can't be told"),
    );
    error.note(format!(
        "`{place}` is cut by its first subscript, `{row}`, and this loop runs over `{induction}`"
    ));
    error.help(match row.chars().all(|c| c.is_ascii_digit()) {
        true => format!(
            "write to the row alone: `let row = &mut {place}[{row}];` before the loop, and `row[{induction}]` in it"
        ),
        false => format!(
            "if `{row}` is that of an inner loop: let this loop run over `{row}` and the inner one over `{induction}`; if it stays the same: `let row = &mut {place}[{row}];` before the loop, and `row[{induction}]` in it; or name it in `replay({place})`"
        ),
    });
}

/// Reports why an array can't be split.
pub(crate) fn report(
    place: &Place,
    reason: &Reason,
    kernel: &Kernel<'_>,
    induction: Option<&Induction>,
    through: Option<&Place>,
    diagnostics: &mut Diagnostics,
) {
    let seq = "mark this loop `#[seq]`";
    match reason {
        Reason::Dependence {
            first,
            second,
            distance,
        } => {
            let error = diagnostics.report(
                diagnostics::LOOP_CARRIED,
                &first.at,
                format!("iterations touch each other's elements of `{place}`"),
            );
            match (distance, induction) {
                (Some(distance), Some(_)) => {
                    error.note(meets(kernel, induction, first, second, *distance));
                    if *distance == -1 {
                        error.note("a value handed on from element to element is a scan, which `#[par_scan]` takes if it knows the steps");
                    }
                }
                _ => {
                    error.note(format!(
                        "the element in line {} may be another iteration's",
                        line(&second.at)
                    ));
                }
            }
            error.help(match distance {
                // what an earlier iteration wrote is not in a copy
                Some(..0) if second.is_read() => {
                    format!("{seq}; a copy of `{place}` made before it would hold other values")
                }
                _ if second.is_read() => {
                    format!("read from a copy of `{place}` if what it held before the loop is meant, or {seq}")
                }
                _ => format!("if the writes may be made one after another: `replay({place})`; else {seq}"),
            });
        }
        Reason::Subscript { at } => {
            let i = induction.map(|i| i.name.to_string());
            let error = diagnostics.report(
                diagnostics::PLACE_WRITTEN,
                at,
                format!("which elements of `{place}` this touches can't be told"),
            );
            match (subscripts_of(at), i) {
                // `out[j][i]` in a loop over `i`
                (Some(subscripts), Some(i)) if subscripts.len() > 1 && subscripts[1..].contains(&i) => {
                    error
                        .note(format!(
                            "`{place}` is cut by its first subscript, `{}`, and this loop runs over `{i}`",
                            subscripts[0]
                        ))
                        .help(format!(
                            "let this loop run over `{}` and the inner one over `{i}`, or {seq}",
                            subscripts[0]
                        ));
                    return;
                }
                (Some(subscripts), _) if subscripts.iter().any(|of| of.starts_with(['(', '['])) => error.note(format!(
                    "`{place}` is indexed by a method of its own type, which may give one element for several indices"
                )),
                _ => error.note(
                    "each iteration must have elements of its own, such as `out[i]`, `out[2 * i + 1]` or `out[y * w + x]`",
                ),
            };
            match through {
                Some(array) => error.help(format!(
                    "if no two elements of `{array}` are equal: `unique({array})`; if the last write to an element is to stay: `replay({place})`"
                )),
                None => error.help(format!(
                    "if the writes may be made one after another: `replay({place})`; if `{place}` is filled from its start on, `push` to a new `Vec`; else mark this loop `#[seq]`"
                )),
            };
        }
        Reason::Same { at } => {
            let subscripts = subscripts_of(at).unwrap_or_default();
            let of_columns = induction.filter(|i| subscripts.iter().skip(1).any(|of| i.name == *of));
            if let Some(induction) = of_columns {
                return report_columns(place, at, &subscripts[0], &induction.name.to_string(), diagnostics);
            }
            diagnostics
                .report(
                    diagnostics::PLACE_WRITTEN,
                    at,
                    format!("every iteration touches the same element of `{place}`"),
                )
                .note("what is left in it would depend on which iteration comes last")
                .help(format!("use a variable for it and store it after the loop, or {seq}"));
        }
        Reason::Read { at } => {
            diagnostics
                .report(
                    diagnostics::PLACE_WRITTEN,
                    at,
                    format!("every iteration reads elements of `{place}` that others may write"),
                )
                .note("what is found in them depends on whether the iteration that writes them has run")
                .help(format!(
                    "if what they held before the loop is meant, or if no iteration writes them: read from a copy that is made before the loop; else {seq}"
                ));
        }
        Reason::Whole { at } => {
            diagnostics
                .report(
                    diagnostics::PLACE_WRITTEN,
                    at,
                    format!("`{place}` is used as a whole in the loop that writes to it"),
                )
                .note("an iteration may only touch its own elements, such as `out[i]`")
                .help(format!("pass the element, copy what is read before the loop, or {seq}"));
        }
    }
}
