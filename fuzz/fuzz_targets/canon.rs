//! What is read as canonical is written back byte for byte, and the readers that build no value judge alike.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let value = scr_canon::parse_canonical(bytes);
    if let Ok(value) = &value {
        assert_eq!(scr_canon::canonical_value(value).expect("it was read"), bytes);
    }
    let mut walk = scr_canon::Walk::new(bytes);
    // A walk is inside an object from the beginning, so that it goes one level less deep.
    assert!(!(walk.value().is_some() && walk.is_done()) || value.is_ok());
    let scanned = scr_canon::scan_object(bytes);
    let object = value.map(|value| value.as_object().map(serde_json::Map::len));
    assert_eq!(scanned.map(|members| members.map(|members| members.iter().count())), object);
});
