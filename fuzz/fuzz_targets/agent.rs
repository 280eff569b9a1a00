//! What an agent answers is read without a panic, and the file that names an agent is printed back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = scr_agent::read_identities(bytes);
    let _ = scr_agent::read_signature(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(place) = text.parse::<scr_agent::KeyPlace>()
    {
        assert_eq!(place.to_string().parse::<scr_agent::KeyPlace>().as_ref(), Ok(&place));
    }
});
