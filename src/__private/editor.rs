//! One item for every option of every attribute, with its documentation: what editors show inside the parentheses.

macro_rules! options {
    ($($(#[doc = $doc:literal])* $name:ident $({ $($(#[doc = $word_doc:literal])* $word:ident)* })?)*) => {$(
        $(#[doc = $doc])*
        #[allow(non_upper_case_globals)]
        pub const $name: () = ();

        $(
            /// The words of this option.
            pub mod $name {$(
                $(#[doc = $word_doc])*
                #[allow(non_upper_case_globals)]
                pub const $word: () = ();
            )*}
        )?
    )*};
}

/// What all attributes take but `#[associative]`.
macro_rules! common {
    () => {
        options! {
            /// the `&rayon::ThreadPool` to run on; without it the current one
            ///
            /// `pool = EXPR`
            pool
            /// gives up a named promise: which match comes first, what lies behind an exit, the order of what the body locks, updates or prints
            ///
            /// `relax(any_order, late_writes, locks, atomics, io)`
            relax {
                /// any match or error will do, not only the first one
                any_order
                /// what lies behind an early exit may have been written
                late_writes
                /// locks in the body: who gets one first depends on the schedule
                locks
                /// atomic updates in the body: what an iteration sees depends on the schedule
                atomics
                /// output in the body: it comes in any order
                io
            }
            /// also keeps the original function under NAME
            ///
            /// `twin = NAME`
            twin
            /// the documentation of the function says how it was parallelised
            explain
        }
    };
}

macro_rules! of_sizes {
    () => {
        common!();
        options! {
            /// below this size the original code runs
            ///
            /// `threshold = EXPR`, an integer of any type. Left out, the cutoff is found at run time.
            threshold
            /// each leaf or child works on its own clone of these variables
            ///
            /// `private(VARIABLE, ..)`
            private
        }
    };
}

macro_rules! of_loops {
    () => {
        of_sizes!();
        options! {
            /// fewest iterations in a leaf
            ///
            /// `grain = EXPR`, an integer of any type.
            grain
        }
    };
}

macro_rules! of_writes {
    () => {
        options! {
            /// calls of methods on these, and writes to their elements, are made one after another, in the sequential order; what they are given is computed in parallel
            ///
            /// `replay(VARIABLE_OR_FIELD, ..)`
            replay
            /// the indices in these are distinct, so that `out[indices[i]]` is another element in every iteration; checked before the loop
            ///
            /// `unique(VARIABLE_OR_FIELD, ..)`
            unique
        }
    };
}

macro_rules! of_sums {
    () => {
        options! {
            /// how float `+` and `*` are rounded: as in the sequential program, in a fixed tree, once at the end, or as it comes
            ///
            /// `float = ordered`, `float = tree`, `float = exact` or `float = any`
            float {
                /// the bits of the sequential program
                ordered
                /// a fixed tree: the same bits on every run and at every thread count
                tree
                /// the exact sum, rounded once
                exact
                /// any grouping: the last bits may differ from run to run
                any
            }
            /// names the operation by which two parts of an accumulator are combined
            ///
            /// `reduce(VARIABLE: OPERATION, ..)`
            reduce
        }
    };
}

/// The options of `#[par_reduce]`.
pub mod par_reduce {
    of_loops!();
    of_sums!();
    of_writes!();
}

/// The options of `#[par_scan]`.
pub mod par_scan {
    of_loops!();
    of_sums!();
    of_writes!();
}

/// The options of `#[par_for]`.
pub mod par_for {
    of_loops!();
    of_writes!();
}

/// The options of `#[par_join]`.
pub mod par_join {
    common!();
}

/// The options of `#[par_divide]`.
pub mod par_divide {
    of_sizes!();
    options! {
        /// what the threshold is compared with
        ///
        /// `size = EXPR`, over the parameters.
        size
    }
}

/// The options of `#[associative]`.
pub mod associative {
    options! {
        /// the value that changes nothing when combined with another, on either side
        ///
        /// `identity = EXPR`
        identity
        /// the two arguments may be swapped
        commutative
    }
}

/// The options of `#[par_test]`.
pub mod par_test {
    options! {
        /// an array of the sizes of pools that the test runs in; `[1, 2, 8]` if left out
        ///
        /// `threads = ARRAY`
        threads
        /// how many adversaries the test runs under; 32 if left out
        ///
        /// `seeds = EXPR`
        seeds
    }
}
