//! Rule packs and their expressions.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = scr_results::rules::Pack::parse(text);
    let _ = scr_results::rules::Expression::parse(text);
});
