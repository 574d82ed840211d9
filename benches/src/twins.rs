//! One text, two functions: as it is written, and annotated.

/// Emits `plain::NAME`, the function as it is written, and `parallel::NAME`, the same with divvy's attribute.
///
/// After `loops` both are kept out of line, so that versions by hand call the same machine code; after `recursion` rustc
/// decides, as it would for a user.
#[macro_export]
macro_rules! twins {
    (loops #[$attribute:meta] fn $name:ident $($rest:tt)*) => {
        $crate::twins! { @ #[$attribute] #[inline(never)] fn $name $($rest)* }
    };
    (recursion #[$attribute:meta] fn $name:ident $($rest:tt)*) => {
        $crate::twins! { @ #[$attribute] #[inline] fn $name $($rest)* }
    };
    (@ #[$attribute:meta] #[$inline:meta] fn $name:ident $($rest:tt)*) => {
        mod plain {
            #[allow(unused_imports)] // of functions without types of their own
            use super::*;

            #[$inline]
            pub(super) fn $name $($rest)*
        }

        mod parallel {
            #[allow(unused_imports)] // as above
            use super::*;

            #[$attribute]
            #[$inline]
            pub(super) fn $name $($rest)*
        }
    };
}
