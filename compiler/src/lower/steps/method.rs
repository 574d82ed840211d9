//! The operations that a step can be.

/// The steps that there are, by the names of the runtime's methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    Set,
    Add,
    Sub,
    /// `e - v`
    Rsub,
    Neg,
    Mul,
    Rem,
    Max,
    Min,
    SaturatingAdd,
    SaturatingSub,
    And,
    Or,
    Xor,
    Not,
    Shl,
    Shr,
    RotateLeft,
    RotateRight,
    Div,
    /// `f(v) + g(v)`
    Plus,
    /// `f(v) - g(v)`
    Minus,
    /// `if v < lo { lo } else if v > hi { hi } else { v }`
    Within,
    /// `if v > floor { v - 1 } else { v }`
    Down,
    /// `if v < ceiling { v + 1 } else { v }`
    Up,
    /// `if v >= m { v - m } else { v }`
    Wrap,
    /// `if v == m { 0 } else { v }`
    Restart,
    /// `if v == e { v } else { e }`
    Meet,
}

impl Method {
    /// The method's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Method::Set => "set",
            Method::Add => "add",
            Method::Sub => "sub",
            Method::Rsub => "rsub",
            Method::Neg => "neg",
            Method::Mul => "mul",
            Method::Rem => "rem",
            Method::Max => "max",
            Method::Min => "min",
            Method::SaturatingAdd => "saturating_add",
            Method::SaturatingSub => "saturating_sub",
            Method::And => "and",
            Method::Or => "or",
            Method::Xor => "xor",
            Method::Not => "not",
            Method::Shl => "shl",
            Method::Shr => "shr",
            Method::RotateLeft => "rotate_left",
            Method::RotateRight => "rotate_right",
            Method::Div => "div",
            Method::Plus => "plus",
            Method::Minus => "minus",
            Method::Within => "within",
            Method::Down => "down",
            Method::Up => "up",
            Method::Wrap => "wrap",
            Method::Restart => "restart",
            Method::Meet => "meet",
        }
    }
}
