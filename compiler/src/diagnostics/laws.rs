//! The errors that rustc reports: bounds in the generated code, with the texts that stand beside the traits in the runtime.
//!
//! Data, from which the guide its page about them, and the tests what a message may look like.

/// What may be missing in a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Law {
    /// The name of its section in the guide, and of the corrected example in `tests/corrected/laws`.
    pub name: &'static str,
    /// The headlines, as they stand in `#[diagnostic::on_unimplemented(message = ..)]`.
    pub messages: &'static [&'static str],
    /// One sentence: when it is reported.
    pub when: &'static str,
    /// Why it can't be done.
    pub why: &'static str,
    /// What to do instead.
    pub way_out: &'static str,
    /// The test in `tests/ui` that shows it best.
    pub example: &'static str,
}

/// All of them, in the order of the guide's page.
pub const LAWS: &[Law] = &[
    Law {
        name: "not_associative",
        messages: &[
            "`{Self}` is not associative under `{Op}`",
            "`{Self}` is not associative under `{Op}`, or has no identity",
        ],
        when: "An accumulator's operation may give another answer in another grouping.",
        why: "a loop is cut into pieces, and the pieces' results are combined: that is another grouping of the same operations",
        way_out: "floats: choose how they are rounded by `float = ..`; generic types: write the bound, `T: Monoid<ops::Add>`; types of your own: declare the operation by `#[associative]`, or implement `Monoid`",
        example: "laws/float_sum",
    },
    Law {
        name: "saturating",
        messages: &["saturating operations on `{T}` are not associative"],
        when: "A signed accumulator saturates.",
        why: "a signed integer is clamped at both of its ends: for `i8`, (100 + 100) - 100 is 27, but 100 + (100 - 100) is 100",
        way_out: "if only the end is to be clamped, add up in a wider type and clamp the sum after the loop; if every step is, `clamp` each step in a wider type",
        example: "laws/signed_saturating",
    },
    Law {
        name: "not_commutative",
        messages: &["`{Self}` is not commutative under `{Op}`"],
        when: "`acc = x + acc` puts what comes later in front.",
        why: "with updates on both sides the place of a piece's result in the whole isn't known unless a + b is b + a",
        way_out: "write the accumulator on one side; if the order never matters, implement `Commutative`, or write `#[associative(identity = .., commutative)]`",
        example: "laws/an_accumulator_updated_from_both_sides",
    },
    Law {
        name: "tables",
        messages: &[
            "the elements of `{Self}` are not associative under `{Op}`",
            "the elements of `{Self}` are not associative under `{Op}`, or have no identity",
            "`{Self}` can't be combined key by key under `{Op}`",
            "`{Self}` can't be combined element by element",
        ],
        when: "What is accumulated in the cells of a table or map can't be combined cell by cell.",
        why: "each thread works on a table of its own, and the tables are then combined cell by cell",
        way_out: "floats: choose `float = tree` or `float = any`; a type of your own: accumulate in an array, a `Vec` or a map in it",
        example: "laws/float_histogram",
    },
    Law {
        name: "undeclared",
        messages: &["nobody said that this function is associative"],
        when: "An accumulator is updated by a function that no law is known of.",
        why: "pieces of the loop can be combined only if f(a, f(b, c)) is f(f(a, b), c), and only who wrote the function knows that",
        way_out: "write `#[associative(identity = ..)]` before the function if it is true of it; if another function joins what two pieces make, name that one: `reduce(VARIABLE: FUNCTION)`",
        example: "laws/functions_that_nobody_declared",
    },
    Law {
        name: "no_order",
        messages: &[
            "`{Self}` has no order in which the minimum or maximum may be regrouped",
            "what `{Self}` holds has no order in which the minimum or maximum may be regrouped",
        ],
        when: "The minimum or maximum is taken of a type without `Ord`.",
        why: "a method that is called `max` may be anything; that of `Ord` is the larger of two values in a total order",
        way_out: "implement `Ord`, or compare by a number in it: `if x.price > best.price { best = x; }`",
        example: "laws/a_maximum_of_an_own_type",
    },
    Law {
        name: "kept_in_cells",
        messages: &[
            "which of two equal `{Self}`s is kept in a cell can't be told",
            "the first `{Self}` of a piece may be one that nothing can be compared with",
        ],
        when: "The best value of each cell is kept, and two of them may be equal, or not comparable.",
        why: "which of two equal values the sequential loop keeps depends on which came first, and a piece doesn't know what a cell holds before it",
        way_out: "push the values of a cell to a list in it, and pick the best of each list after the loop; floats: `low = low.min(x)`, which passes over NaN",
        example: "laws/equal_values_in_cells",
    },
    Law {
        name: "exact_sums",
        messages: &[
            "`{Self}` has no exact result under `{Op}`",
            "`{Self}` has no exact result under `{Op}` of `{Item}`",
            "`{Self}` has no exact sum",
        ],
        when: "`float = exact` is asked of something that is no sum of floats.",
        why: "a sum of floats can be kept without rounding in a few words; a product has ever more digits, and of your own types nobody says which floats they are made of",
        way_out: "products: choose `float = ordered` or `float = tree`; your own types, if they add float by float: implement `Floats`",
        example: "laws/an_exact_sum_of_an_own_type",
    },
    Law {
        name: "terms",
        messages: &["a sum of `{T}` can't keep a term of type `{Self}`"],
        when: "Under `float = ordered` or `float = exact` a term has another type than the sum.",
        why: "the terms are kept until it is their turn, as values of the sum's type",
        way_out: "make each term a value of the sum's type first",
        example: "laws/an_ordered_sum_of_other_terms",
    },
    Law {
        name: "carried_types",
        messages: &[
            "a running sum of `{Self}` can't be computed in pieces",
            "`a * x + b` on a carried `{Self}` can't be computed in pieces",
            "a sum between bounds of `{Self}` can't be computed in pieces",
            "bounds on a carried `{Self}` can't be computed in pieces",
            "shifts and masks of a carried `{Self}` can't be computed in pieces",
            "remainders of a carried `{Self}` can't be computed in pieces",
            "a carried `{Self}` that is divided can't be computed in pieces",
            "`{Self}` is no operand for a carried value of type `{T}`",
            "`{Self}` is no number that a carried value can be computed with",
            "`{Self}` is no number that sums between bounds can be computed with",
            "the values of `{Self}` have no order that a carried value can keep to",
        ],
        when: "A value that is carried along is of a type whose steps can't be made one.",
        why: "a piece is summarised before the value that it starts from is known: the steps of numbers can be made one step, those of a type of your own are unknown",
        way_out: "carry the number in it along in a variable of its own",
        example: "laws/carried_values_that_are_no_numbers",
    },
    Law {
        name: "carried_floats",
        messages: &[
            "carried sums of `{Self}` change when they are regrouped",
            "the roundings of `{Self}` can't be kept in their order here",
        ],
        when: "A float is carried along, and nothing says how it may be rounded.",
        why: "every value on the way depends on how those before it were rounded",
        way_out: "choose `float = ordered` (the bits of the sequential program), `float = tree` (the same bits at every thread count) or `float = any`",
        example: "laws/carried_floats",
    },
    Law {
        name: "sources",
        messages: &["`{Self}` can't be cut into pieces"],
        when: "The loop runs over something that has only a `next`.",
        why: "a piece would have to run through all that comes before it",
        way_out: "collect it into a `Vec` first, or read it piece by piece: `divvy::stream(items)`",
        example: "laws/source_that_cannot_be_cut",
    },
    Law {
        name: "seen_twice",
        messages: &[
            "`{Self}` can't be looked at before the loop runs over it",
            "`{Self}` can't be looked at from its end before the loop runs over it",
        ],
        when: "A loop that carries a value along runs over something that is gone once it was seen.",
        why: "the loop is run over twice: once for what it carries along, once for the rest",
        way_out: "collect the items first; items by value need `Clone`, so iterate by reference",
        example: "laws/a_stream_that_is_scanned",
    },
    Law {
        name: "items_before_an_exit",
        messages: &["items of type `{Self}` may be changed in a loop that may be left early"],
        when: "A loop with an exit is given items by `&mut`.",
        why: "pieces further right may already have changed theirs when an earlier one leaves",
        way_out: "look first and change afterwards, or allow it by `relax(late_writes)`",
        example: "laws/mutable_items_before_an_exit",
    },
    Law {
        name: "taken_along",
        messages: &["a `return` moves a `{T}` out of the loop"],
        when: "A `return` in a loop gives away what all iterations look at.",
        why: "the pieces of the loop share it, and whichever of them leaves would leave the others without it",
        way_out: "return a clone of it, or leave the loop by `break` and return it behind the loop",
        example: "laws/what_a_return_takes_along",
    },
    Law {
        name: "elements",
        messages: &["the elements of `{Self}` can't be shared out"],
        when: "The loop writes to elements of a type of your own.",
        why: "two places of it may be the same one: only slices, arrays and lists are known to have elements of their own",
        way_out: "write to a slice of its elements, or make its rows the loop's source",
        example: "laws/elements_of_an_own_type",
    },
    Law {
        name: "one_thread",
        messages: &["`{Self}` can't be shared by threads that run at the same time"],
        when: "Pieces on several threads need something that is for one thread.",
        why: "what is changed through shared references without a lock is for one thread: `Rc`, `Cell`, `RefCell`, and what has them in a field; so are raw pointers",
        way_out: "take out what is needed before the loop, or hold it by `Arc`, an atomic or a `Mutex`; type parameters need the bound `Sync`",
        example: "laws/shared_reference_to_a_cell",
    },
    Law {
        name: "question_marks",
        messages: &[
            "`?` on `{Self}` can't leave a parallel loop",
            "a function that returns `{Self}` can't have this `?`",
        ],
        when: "A `?` in a loop leaves with something that the function doesn't return.",
        why: "the failure has to become what the function returns, as it has to without the attribute",
        way_out: "`.ok()?` makes an `Option` of a `Result`, `.ok_or(ERROR)?` a `Result` of an `Option`; take other types apart by `match`",
        example: "laws/a_failure_of_another_kind",
    },
    Law {
        name: "sizes",
        messages: &["`{Self}` is no size"],
        when: "`threshold`, `grain` or `size` is no integer.",
        why: "they are counted in iterations, or in whatever the recursion's size is",
        way_out: "give an integer, of any type",
        example: "bad_value/threshold_of_a_wrong_type",
    },
];
