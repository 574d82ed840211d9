//! Any text: the first line is the attribute's arguments, the rest the item.
#![no_main]

use divvy_compiler::Attribute;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/robust/properties.rs"]
mod properties;

fuzz_target!(|input: (u8, &str)| {
    let (which, text) = input;
    let attribute = Attribute::ALL[usize::from(which) % Attribute::ALL.len()];
    let (args, item) = text.split_once('\n').unwrap_or(("", text));
    properties::check(attribute, args, item);
});
