//! Part of divvy.
#![forbid(unsafe_code)]
