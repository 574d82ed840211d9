//! Functions made from the bytes by a grammar: nearly all of them parse, so that every stage is reached.
#![no_main]

use divvy_compiler::Attribute;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/robust/generator.rs"]
mod generator;
#[path = "../../tests/robust/properties.rs"]
mod properties;

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let attribute = Attribute::ALL[usize::from(*which) % Attribute::ALL.len()];
    let mut dice = generator::Dice::new(bytes);
    let (args, item) = (dice.options(), dice.function());
    properties::check(attribute, &args, &item);
});
