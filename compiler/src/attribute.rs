//! Which attribute is being expanded.

use std::fmt;

/// One of the attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// `#[associative]`
    Associative,
    /// `#[par_divide]`
    Divide,
    /// `#[par_for]`
    For,
    /// `#[par_join]`
    Join,
    /// `#[par_reduce]`
    Reduce,
    /// `#[par_scan]`
    Scan,
    /// `#[par_test]`
    Test,
}

impl Attribute {
    /// All attributes, in alphabetical order.
    pub const ALL: &[Attribute] = &[
        Attribute::Associative,
        Attribute::Divide,
        Attribute::For,
        Attribute::Join,
        Attribute::Reduce,
        Attribute::Scan,
        Attribute::Test,
    ];

    /// The name that the user writes.
    pub fn name(self) -> &'static str {
        match self {
            Attribute::Associative => "associative",
            Attribute::Divide => "par_divide",
            Attribute::For => "par_for",
            Attribute::Join => "par_join",
            Attribute::Reduce => "par_reduce",
            Attribute::Scan => "par_scan",
            Attribute::Test => "par_test",
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#[{}]", self.name())
    }
}
