//! Counterexamples as texts, put together while constants are computed.

/// Longest text.
const ROOM: usize = 1024;

/// A text that grows; what doesn't fit is left out.
#[derive(Debug)]
pub struct Text {
    bytes: [u8; ROOM],
    len: usize,
}

impl Text {
    /// The empty text.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self {
            bytes: [0; ROOM],
            len: 0,
        }
    }

    /// Appends words.
    #[must_use]
    pub const fn words(mut self, words: &str) -> Self {
        let words = words.as_bytes();
        let mut at = 0;
        while at < words.len() && self.len < ROOM {
            self.bytes[self.len] = words[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    /// Appends a number by its sign and magnitude.
    #[must_use]
    pub const fn number(self, is_negative: bool, magnitude: u128) -> Self {
        let mut digits = [0; 39];
        let mut rest = magnitude;
        let mut at = digits.len();
        while at == digits.len() || rest > 0 {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        let mut text = if is_negative { self.words("-") } else { self };
        while at < digits.len() && text.len < ROOM {
            text.bytes[text.len] = digits[at];
            text.len += 1;
            at += 1;
        }
        text
    }

    /// What was put together.
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "a counterexample with a long name",
        }
    }
}
