//! What stands behind each error: its headlines, why it is one, and the way out.
//!
//! Data, from which the compiler takes its notes where a report has none of its own, the guide its page an error, and
//! the tests what a message may look like.

/// The texts about one kind of error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The kind's name.
    pub name: &'static str,
    /// What its headlines look like, `{}` being a name, a line or a piece of the user's code.
    pub headlines: &'static [&'static str],
    /// Why it can't be done: a note.
    pub why: &'static str,
    /// What to do instead: a help.
    pub way_out: &'static str,
    /// The test in the folder of its name that shows it best.
    pub example: &'static str,
}

impl Text {
    /// The texts about the error of this name.
    pub fn of(name: &str) -> Option<&'static Text> {
        TEXTS.iter().find(|text| text.name == name)
    }
}

/// All texts, by name.
pub const TEXTS: &[Text] = &[
    Text {
        name: "accumulator_read",
        headlines: &["`{}` is read in the loop that updates it"],
        why: "what an accumulator holds inside the loop depends on all iterations before, and a piece of the loop starts without them",
        way_out: "read it only after the loop, or mark the loop `#[seq]`",
        example: "in_a_condition",
    },
    Text {
        name: "async_function",
        headlines: &["`{}` is an `async fn`"],
        why: "a future is polled piece by piece by its executor, it can't be forked on a thread pool",
        way_out: "move the computation into a plain `fn` with the attribute and call that one",
        example: "a_plain_one",
    },
    Text {
        name: "atomic_in_body",
        headlines: &[
            "`{}` updates an atomic, and so does another statement",
            "`{}` updates an atomic in the body",
        ],
        why: "what another iteration sees in an atomic depends on the schedule",
        way_out: "accumulate into a variable, which needs no atomic, or allow it by `relax(atomics)`",
        example: "a_counter",
    },
    Text {
        name: "bad_value",
        headlines: &[
            "no loop does anything with `{}`",
            "no loop writes to elements through these indices",
            "`{}` is not written like this: {}",
            "no loop sees a variable `{}`",
            "`{}` has no parameter `{}`",
            "the operation of `{}` is not written like this",
            "an option of {} starts with its name",
        ],
        why: "an option is understood exactly or not at all",
        way_out: "write it as its help shows",
        example: "several_options_at_once",
    },
    Text {
        name: "const_function",
        headlines: &["`{}` is a `const fn`"],
        why: "there are no threads while constants are computed",
        way_out: "remove `const`, or keep the function and annotate a plain `fn` beside it",
        example: "a_plain_one",
    },
    Text {
        name: "dependent_call",
        headlines: &[
            "this call needs `{}`, which the call in line {} gives",
            "this call needs the result of `{}`",
            "this call needs `{}`, which `{}` may change",
            "this call needs `{}`, which changes from call to call",
            "`{}` is used by this call and by line {} before it, and one of them changes it",
        ],
        why: "a call that needs another one's result can't run at the same time",
        way_out: "compute what the call needs without the other one, or remove the attribute",
        example: "the_first_result_is_an_argument",
    },
    Text {
        name: "duplicate_option",
        headlines: &["`{}` is given twice", "the operation of `{}` is given twice"],
        why: "which of the two counts would be a guess",
        way_out: "keep one of the two",
        example: "grain_twice",
    },
    Text {
        name: "early_exit",
        headlines: &[
            "`{}` leaves from inside a statement that could run beside others",
            "this statement writes, but the `{}` in line {} may leave before it",
            "`{}` leaves a loop that writes to elements",
            "`{}` stops a chain that writes to elements",
            "`{}` leaves the loop of a function that returns an `impl` type",
            "`{}` leaves this loop for one around it",
            "`return` moves `{}` out of the loop",
            "a macro call leaves the loop",
            "this call writes, but the `{}` in line {} may leave before it",
        ],
        why: "pieces further right may already have run when an earlier one leaves, and what they wrote would stay",
        way_out: "leave after the loop, allow late writes by `relax(late_writes)`, or mark the loop `#[seq]`",
        example: "behind_a_write",
    },
    Text {
        name: "field_without_operation",
        headlines: &["nothing says how two `{}` combine"],
        why: "`#[derive(Monoid)]` combines two values field by field, so every field needs an operation",
        way_out: "put `#[monoid(OPERATION)]` before the field",
        example: "every_wrong_field",
    },
    Text {
        name: "input_in_body",
        headlines: &[
            "`{}` reads input, and so does another statement",
            "`{}` reads input in the body",
        ],
        why: "which iteration gets which part of the input depends on the schedule",
        way_out: "read all of it before the loop, or let a reader's lines be shared out as they come by `divvy::stream(lines)`",
        example: "numbers_from_the_standard_input",
    },
    Text {
        name: "lock_held",
        headlines: &[
            "the lock `{}` is held while the calls run",
            "the lock `{}` is held while the loop runs",
            "the lock `{}` is held while the statements run",
        ],
        why: "a thread that waits for a piece runs other work meanwhile, and if that takes the lock, it waits for itself",
        way_out: "take out what is needed and release the lock before, or allow it by `relax(locks)`",
        example: "a_guard",
    },
    Text {
        name: "lock_in_body",
        headlines: &[
            "`{}` takes a lock, and so does another statement",
            "`{}` takes a lock in the body",
            "`{}` borrows what only one thread can share",
        ],
        why: "who gets a lock first depends on the schedule, and so does what is done under it",
        way_out: "accumulate into a variable, which needs no lock, or allow it by `relax(locks)`",
        example: "a_mutex",
    },
    Text {
        name: "loop_carried",
        headlines: &[
            "`{}` is compared by `{}`, which the loop changes",
            "`{}` is overwritten in the loop that updates it",
            "`{}` is carried from one iteration into the next",
            "`{}` is carried from one item of the chain to the next",
            "iterations touch each other's elements of `{}`",
        ],
        why: "an iteration needs what an earlier one wrote, so the two can't run at the same time",
        way_out: "declare the variable inside the loop if nothing is carried, read the element before from the source, use `#[par_scan]` for a running value, or mark the loop `#[seq]`",
        example: "a_generator",
    },
    Text {
        name: "missing_bound",
        headlines: &[
            "nothing says that threads may share `{}`",
            "nothing says that `{}` may go to another thread",
            "nothing says that threads may share values of type `{}`",
        ],
        why: "of a closure that is a parameter, and of a type parameter, only the bounds are known, and not every type is `Sync`",
        way_out: "add the bound: `T: PartialOrd + Sync`, `impl Fn(f64) -> f64 + Sync`, `&(dyn Fn(f64) -> f64 + Sync)`",
        example: "a_function",
    },
    Text {
        name: "mixed_operations",
        headlines: &["`{}` is updated by `{}` here and by `{}` in line {}"],
        why: "partial results of different operations can't be combined: (a + b) * c is not a + (b * c)",
        way_out: "use an accumulator of its own for each operation",
        example: "plus_and_exclusive_or",
    },
    Text {
        name: "mutable_borrow",
        headlines: &[
            "every iteration may change `{}` through `&mut`",
            "every item may change `{}` through `&mut`",
            "every call of `{}` may change what it holds",
        ],
        why: "what an iteration finds behind a `&mut` depends on the iterations before",
        way_out: "make a new one inside the loop, or name how two of them combine by `reduce(VARIABLE: OPERATION)`",
        example: "passed_on",
    },
    Text {
        name: "nested_too_deep",
        headlines: &["this is nested too deep to be looked at"],
        why: "the compiler walks through an expression by calling itself, and a thread's stack ends",
        way_out: "put parts of the expression into `let`s, or into functions of their own",
        example: "a_long_sum",
    },
    Text {
        name: "no_identity",
        headlines: &["`{}` is given no identity"],
        why: "every piece of a loop but the first starts from the value that changes nothing",
        way_out: "name it by `identity = EXPR`; if there is none, combine `Option`s of the type",
        example: "a_plain_one",
    },
    Text {
        name: "no_iterations",
        headlines: &["this `{}` has no iterations that could be shared out"],
        why: "how often it runs is known only while it runs, so it can't be cut into pieces",
        way_out: "loop with `for` over a range or a slice, or mark the loop `#[seq]` and a loop in it `#[par]`",
        example: "loops_of_unknown_length",
    },
    Text {
        name: "no_loop",
        headlines: &[
            "`{}` has no loop or iterator chain to share out",
            "every loop of `{}` is marked `#[seq]`: nothing is left to share out",
            "nothing says that `{}` can be cut into pieces",
        ],
        why: "the loop attributes share out the iterations of loops and chains that stand outside closures",
        way_out: "put the attribute on the function whose loop takes the time",
        example: "a_formula",
    },
    Text {
        name: "no_monoid",
        headlines: &[
            "`{}` on `{}` is no associative operation",
            "`{}` on parts of `{}` has no identity to start from",
            "no law says how two values of `{}` are joined",
            "a piece of the loop can't tell whether it has written `{}`",
        ],
        why: "partial results are combined by the operation itself, so it has to be associative and have an identity",
        way_out: "turn it into a sum or a product that is applied after the loop",
        example: "division",
    },
    Text {
        name: "no_recursion",
        headlines: &[
            "`{}` doesn't call itself",
            "`{}` is named inside `{}!`, which can't be seen into",
        ],
        why: "`#[par_divide]` runs the recursive calls of a function side by side",
        way_out: "remove the attribute; a loop that accumulates is for `#[par_reduce]`",
        example: "a_formula",
    },
    Text {
        name: "no_size",
        headlines: &["`{}` has no size to compare with"],
        why: "the size is the length of the first slice, `Vec`, string or range among the parameters, else the first integer, and there is none",
        way_out: "name it by `size = EXPR`, or leave the threshold out: the cutoff is then found at run time",
        example: "a_tree",
    },
    Text {
        name: "not_a_function",
        headlines: &["{} stands before {}, not a function"],
        why: "only functions and methods are rewritten",
        way_out: "put it before the function whose loops or recursive calls are to run in parallel",
        example: "a_struct",
    },
    Text {
        name: "not_a_struct",
        headlines: &["`{}` is no struct, so it has no fields to combine"],
        why: "`#[derive(Monoid)]` combines two values field by field",
        way_out: "declare how two values combine by a function with `#[associative(identity = ..)]`",
        example: "an_enum",
    },
    Text {
        name: "not_an_operation",
        headlines: &[
            "`{}` has {}, not two",
            "`{}` combines two types, `{}` and `{}`",
            "`{}` returns `{}`, not `{}`",
            "`{}` returns nothing",
            "`{}` is an operation on every `{}`",
            "`{}` takes `self`",
        ],
        why: "an operation takes two values of one type and returns one that is combined again",
        way_out: "write it as `fn merge(a: T, b: T) -> T`",
        example: "every_wrong_shape",
    },
    Text {
        name: "nothing_to_reduce",
        headlines: &["this loop accumulates nothing"],
        why: "`#[par_reduce]` needs a value that each iteration adds to, such as `sum += x` or `out.push(x)`",
        way_out: "a loop that only writes elements of its own is `#[par_for]`'s",
        example: "only_writes",
    },
    Text {
        name: "one_call",
        headlines: &[
            "`{}` is called on different paths, only one of the calls ever runs",
            "`{}` has a single recursive call",
            "`{}` is only passed on as a value",
            "`{}` is called in a loop",
            "`{}` is called in the condition of a loop",
        ],
        why: "two calls are needed to run side by side",
        way_out: "split the work in two halves with a call for each, or remove the attribute",
        example: "a_single_one",
    },
    Text {
        name: "ordered_chain",
        headlines: &[
            "`{}` remembers the items before",
            "`{}` makes the items one after another",
            "`scan` carries a value along in a way that can't be followed",
            "`{}` takes the items one after another",
            "`{}` is given a function that is made on the spot",
        ],
        why: "a piece of the chain doesn't know the items of the pieces before it",
        way_out: "collect what comes before such a step in a statement of its own, or write a `for` loop with an accumulator",
        example: "steps_that_remember",
    },
    Text {
        name: "output_in_body",
        headlines: &[
            "`{}` puts something out, and so does another statement",
            "`{}` prints in the body",
            "`{}` sends in the body",
            "`{}` ends the program in the body",
            "`{}` changes files in the body",
            "`{}` changes files, and so does another statement",
        ],
        why: "the output would come in another order on every run",
        way_out: "collect it and put it out after the loop, or allow any order by `relax(io)`",
        example: "progress",
    },
    Text {
        name: "place_written",
        headlines: &[
            "`{}` is read in the loop that writes to it through `{}`",
            "which elements of `{}` this touches can't be told",
            "every iteration touches the same element of `{}`",
            "every iteration reads elements of `{}` that others may write",
            "`{}` is used as a whole in the loop that writes to it",
        ],
        why: "two iterations at the same time may only write elements that are their own",
        way_out: "write `out[i]` with the loop's own index, or through `iter_mut()` or `chunks_mut(..)` as the source",
        example: "a_scatter",
    },
    Text {
        name: "shared_mut",
        headlines: &[
            "this statement and line {} get parts of `{}` that overlap",
            "`{}` may be changed here while line {} uses it",
            "`{}` is changed by this call and by the one before",
            "this call and the one before get parts of `{}` that overlap",
            "every call gets the same `{}` to change",
        ],
        why: "two calls at the same time can't change the same thing, and the later one may see what the earlier one wrote",
        way_out: "give each call a part of its own, as `split_at_mut` does, or let the calls return their results",
        example: "a_memo",
    },
    Text {
        name: "static_in_body",
        headlines: &[
            "`{}` is changed in the body, and all threads share it",
            "`{}` is another variable in every thread",
            "`{}` is a static variable that another statement uses, too",
        ],
        why: "a static variable is one for all threads, or another one in each, so what an iteration finds in it depends on the schedule",
        way_out: "use a variable of the function, and change the static variable after the loop",
        example: "a_counter",
    },
    Text {
        name: "two_variables",
        headlines: &["`{}` names two variables, one of a macro and one that it was given"],
        why: "variables are told apart by their names, and this one would be taken for the other",
        way_out: "give one of them another name, in the macro or where it is called",
        example: "an_index_that_a_macro_is_given",
    },
    Text {
        name: "unknown_method",
        headlines: &[
            "`{}` may change `{}`, which all iterations share",
            "`{}` may change `{}`, which all items share",
        ],
        why: "what an iteration finds in a variable that others change depends on the iterations before",
        way_out: "call the method after the loop, make a new variable inside it, or name how two of them combine by `reduce(VARIABLE: OPERATION)`",
        example: "a_setter",
    },
    Text {
        name: "unknown_operation",
        headlines: &[
            "`{}` folds the items, and nobody said that it is associative",
            "`{}` updates `{}`, and nobody said that it is associative",
        ],
        why: "pieces of the loop can be combined only if f(a, f(b, c)) is f(f(a, b), c)",
        way_out: "declare the function by `#[associative(identity = ..)]`, and update a variable by it: `acc = merge(acc, x)`",
        example: "of_a_type",
    },
    Text {
        name: "unknown_option",
        headlines: &["{} has no option `{}`"],
        why: "an option that is not understood is not passed over: it might have been meant to keep the answer right",
        way_out: "use one of the options that the help lists",
        example: "misspelt",
    },
    Text {
        name: "unsafe_function",
        headlines: &["`{}` is an `unsafe fn`"],
        why: "what its callers promise holds for one thread, nobody promised it for several",
        way_out: "annotate a safe function",
        example: "a_plain_one",
    },
    Text {
        name: "wrong_attribute",
        headlines: &[
            "every iteration's `{}` is wanted here",
            "`{}` calls itself: its calls are what could run at the same time",
            "`{}` accumulates",
        ],
        why: "each attribute takes one kind of loop, so that the reader knows which it is",
        way_out: "use the attribute that the help names",
        example: "an_accumulator_under_par_for",
    },
    Text {
        name: "wrong_attribute_option",
        headlines: &["`{}` is no option of {}"],
        why: "the option would have no effect here",
        way_out: "leave it out, or use the attribute that it belongs to",
        example: "size_on_a_loop",
    },
    Text {
        name: "dependent_statement",
        headlines: &[
            "this statement needs `{}`, which line {} gives",
            "`{}` is used here and in line {}, and one of them may change it",
        ],
        why: "a statement that needs another one's result can't run at the same time, and no other two are independent",
        way_out: "compute what the statement needs without the other one, or remove the attribute",
        example: "a_chain_of_lets",
    },
    Text {
        name: "nothing_to_scan",
        headlines: &["no carried value is written or collected here"],
        why: "`#[par_scan]` is for loops such as `sum += x; out.push(sum)`, where every intermediate value is wanted",
        way_out: "use `#[par_reduce]` where only the end result is, and `#[par_for]` where nothing is carried along",
        example: "only_the_sum_is_wanted",
    },
    Text {
        name: "one_statement",
        headlines: &[
            "this is the only statement that does enough for a thread of its own",
            "no statement of `{}` does enough for a thread of its own",
            "this is the only statement with `#[fork]`",
            "this statement and the one in line {} are on different paths",
            "this statement gives `{}` its first value",
        ],
        why: "two statements that call functions or run loops are needed to run side by side",
        way_out: "mark a second statement with `#[fork]`, or remove the attribute",
        example: "a_single_loop",
    },
    Text {
        name: "replayed_use",
        headlines: &[
            "`{}` is read in the loop that replays the calls on it",
            "`{}` is changed here otherwise than by a call that could be replayed",
            "what this call on `{}` changes isn't changed yet when the iteration goes on",
            "`{}` gives something back, but calls on `{}` are replayed",
            "`{}` is passed on as `&mut`, which can't be replayed",
        ],
        why: "the calls of the iterations before are made while this iteration runs, so what it would find isn't there yet",
        way_out: "compute what is needed before the loop, or mark the loop `#[seq]`",
        example: "a_result_is_used",
    },
    Text {
        name: "not_a_test",
        headlines: &["the test `{}` takes arguments", "the test `{}` is generic"],
        why: "the test runner calls a test without arguments",
        way_out: "make the values inside the test, or call the function from one",
        example: "with_arguments",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::ALL;

    #[test]
    fn every_error_has_its_texts() {
        let mut kinds: Vec<_> = ALL.iter().map(|kind| kind.name).collect();
        let mut texts: Vec<_> = TEXTS.iter().map(|text| text.name).collect();
        kinds.sort_unstable();
        texts.sort_unstable();
        assert_eq!(kinds, texts);
    }

    #[test]
    fn texts_are_written_as_notes_and_helps_are() {
        for text in TEXTS {
            assert!(!text.headlines.is_empty(), "{}", text.name);
            for sentence in [text.why, text.way_out] {
                assert!(
                    !sentence.ends_with('.') && !sentence.is_empty(),
                    "{}: {sentence}",
                    text.name
                );
                assert!(!sentence.starts_with(char::is_uppercase), "{}: {sentence}", text.name);
            }
        }
    }
}
