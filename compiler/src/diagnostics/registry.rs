//! The registry of errors: every error that the compiler reports is one of these.
//!
//! The broken laws are not here: they are trait bounds in the generated code, so rustc reports them, with the texts
//! that stand beside the traits in the runtime. [`LAWS`](super::LAWS) lists those.

/// What kind of obstacle an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// What was written in the attribute, or where it stands.
    Written,
    /// What the function does.
    Meaning,
}

impl Category {
    /// The heading of the guide's list of its errors.
    pub fn heading(self) -> &'static str {
        match self {
            Category::Written => "What is written in the attribute, or where it stands",
            Category::Meaning => "What the function does",
        }
    }
}

/// One kind of error.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The name in brackets behind the headline, and of the folder of its tests.
    pub name: &'static str,
    /// What it is about.
    pub category: Category,
    /// One sentence: when it is reported.
    pub when: &'static str,
}

macro_rules! errors {
    ($($constant:ident $name:literal $category:ident $when:literal;)*) => {
        $(
            #[doc = $when]
            pub(crate) const $constant: &Kind = &Kind { name: $name, category: Category::$category, when: $when };
        )*
        /// All kinds of errors, by name.
        pub const ALL: &[&Kind] = &[$($constant),*];
    };
}

errors! {
    ACCUMULATOR_READ "accumulator_read" Meaning "An accumulator is read in the loop that updates it.";
    ASYNC_FUNCTION "async_function" Written "The function is `async`.";
    ATOMIC_IN_BODY "atomic_in_body" Meaning "The body updates an atomic.";
    BAD_VALUE "bad_value" Written "An option has a value of the wrong kind.";
    CONST_FUNCTION "const_function" Written "The function is `const`.";
    DEPENDENT_CALL "dependent_call" Meaning "A recursive call uses the result of an earlier one.";
    DEPENDENT_STATEMENT "dependent_statement" Meaning "A statement needs what an earlier one gives or changes.";
    DUPLICATE_OPTION "duplicate_option" Written "An option is given twice.";
    EARLY_EXIT "early_exit" Meaning "The loop may end before its source does.";
    FIELD_WITHOUT_OPERATION "field_without_operation" Written "Nothing says how a field is combined.";
    INPUT_IN_BODY "input_in_body" Meaning "The body reads input.";
    LOCK_HELD "lock_held" Meaning "A lock is held while a loop, calls or statements run in parallel.";
    LOCK_IN_BODY "lock_in_body" Meaning "The body takes a lock.";
    LOOP_CARRIED "loop_carried" Meaning "An iteration needs what an earlier one wrote.";
    MISSING_BOUND "missing_bound" Meaning "Nothing says that threads may share what calls are given or pieces look at.";
    MIXED_OPERATIONS "mixed_operations" Meaning "One accumulator is updated by different operations.";
    MUTABLE_BORROW "mutable_borrow" Meaning "Every iteration borrows the same variable mutably.";
    NESTED_TOO_DEEP "nested_too_deep" Written "An expression has too many operators, or blocks stand in too many others.";
    NO_ITERATIONS "no_iterations" Meaning "A `loop` or `while` has no iterations that could be shared out.";
    NO_IDENTITY "no_identity" Written "The operation is given no identity.";
    NO_LOOP "no_loop" Meaning "The function has no loop.";
    NO_MONOID "no_monoid" Meaning "An update is no associative operation.";
    NO_RECURSION "no_recursion" Meaning "The function does not call itself.";
    NO_SIZE "no_size" Written "There is a threshold but nothing to compare it with.";
    NOTHING_TO_REDUCE "nothing_to_reduce" Meaning "A loop accumulates nothing.";
    NOTHING_TO_SCAN "nothing_to_scan" Meaning "No carried value is written or collected.";
    NOT_A_FUNCTION "not_a_function" Written "The attribute stands before something that is no function.";
    NOT_A_STRUCT "not_a_struct" Written "The derived law is for something without fields.";
    NOT_A_TEST "not_a_test" Written "The function takes arguments, so nobody could call it as a test.";
    NOT_AN_OPERATION "not_an_operation" Written "The function doesn't combine two values of one type.";
    ONE_CALL "one_call" Meaning "No two recursive calls could run at the same time.";
    ONE_STATEMENT "one_statement" Meaning "No two statements could run at the same time.";
    ORDERED_CHAIN "ordered_chain" Meaning "A step of an iterator chain needs the items before.";
    OUTPUT_IN_BODY "output_in_body" Meaning "The body prints.";
    PLACE_WRITTEN "place_written" Meaning "The loop writes to elements of a variable.";
    REPLAYED_USE "replayed_use" Meaning "The loop needs something of a variable whose calls are made after it.";
    SHARED_MUT "shared_mut" Meaning "Two recursive calls get the same `&mut`.";
    STATIC_IN_BODY "static_in_body" Meaning "The body changes a static variable, or uses one of its thread's.";
    TWO_VARIABLES "two_variables" Meaning "A macro's variable and one that it was given have one name.";
    UNKNOWN_METHOD "unknown_method" Meaning "A method may change a variable that all iterations share.";
    UNKNOWN_OPERATION "unknown_operation" Meaning "An accumulator is updated by a function of unknown laws.";
    UNKNOWN_OPTION "unknown_option" Written "The attribute has no option of this name.";
    UNSAFE_FUNCTION "unsafe_function" Written "The function is `unsafe`.";
    WRONG_ATTRIBUTE "wrong_attribute" Meaning "The loop is of the kind of another attribute.";
    WRONG_ATTRIBUTE_OPTION "wrong_attribute_option" Written "The option belongs to another attribute.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_distinct() {
        let mut names: Vec<_> = ALL.iter().map(|k| k.name.replace('_', " ")).collect();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }
}
