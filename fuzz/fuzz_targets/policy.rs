//! No text breaks the policy parser, and no policy accepts an unsigned text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(policy) = text.parse::<scr_note::Policy>() {
        assert!(!policy.logs().is_empty());
        assert!(policy.check(text).is_err());
    }
});
