//! The compiler is total: whatever the tokens are, it answers, soon, with tokens that parse, and it never panics.
//!
//! `fuzz/` runs the same properties under a fuzzer; what it found is kept in `tests/robust/found`.

#[path = "robust/generator.rs"]
mod generator;
#[path = "robust/long.rs"]
mod long;
#[path = "robust/properties.rs"]
mod properties;

use std::fs;
use std::path::Path;

use divvy_compiler::Attribute;
use generator::Dice;
use properties::check;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_functions_come_back(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut dice = Dice::new(&bytes);
        let (args, item) = (dice.options(), dice.function());
        for attribute in Attribute::ALL {
            check(*attribute, &args, &item);
        }
    }

    #[test]
    fn text_of_any_kind_comes_back(text in "[a-z{}();=.,&|*<>!?:'\"#0-9 \\[\\]+-]{0,120}") {
        for attribute in Attribute::ALL {
            check(*attribute, &text, &format!("fn f(xs: &[u64]) -> u64 {{ {text} }}"));
            check(*attribute, "", &text);
        }
    }
}

#[test]
fn most_generated_functions_are_functions() {
    let mut functions = 0;
    for seed in 0..200_u64 {
        let bytes: Vec<u8> = (0..300_u64)
            .map(|n| ((seed * 1000 + n).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8)
            .collect();
        let mut dice = Dice::new(&bytes);
        let (args, item) = (dice.options(), dice.function());
        functions += usize::from(check(Attribute::Reduce, &args, &item) == Some(true));
    }
    assert!(functions > 120, "only {functions} of 200 parse");
}

#[test]
fn what_the_fuzzer_found_comes_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/robust/found");
    let mut tried = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        let (args, item) = text.split_once('\n').expect("the arguments, then the item");
        for attribute in Attribute::ALL {
            check(*attribute, args, item);
            tried += 1;
        }
    }
    assert!(tried > 0, "there are some");
}

#[test]
fn the_output_for_long_bodies_is_linear_in_the_input() {
    for (attribute, text) in long::bodies(300) {
        assert_eq!(check(attribute, "", &text), Some(true), "{attribute}: {}", &text[..80]);
    }
}
