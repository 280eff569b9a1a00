//! Alerts: read, checked, verified, written and signed again without a panic; what is taken is taken again from its
//! canonical form, and what is written is valid and says the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_cap::c14n::{self, Form, Options};
use scr_cap::xml::Document;
use scr_cap::{History, Limits, Message, Pin, Profile, Signer, State, check_profile, read, verify, write};
use std::sync::LazyLock;

const PINS: &str = include_str!("../../crates/domain/cap/tests/signed/p256.pem");

static KIT: LazyLock<(Signer, Vec<Pin>)> = LazyLock::new(|| {
    let pins = Pin::from_pem("kit", PINS).expect("a public key");
    (Signer::from_bytes(&[7; 32]).expect("a private key"), pins)
});

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 16, nodes: 2_000, points: 500, ..Limits::default() };
    let Ok(document) = Document::parse(bytes, &limits) else { return };
    for form in [Form::Exclusive, Form::Inclusive, Form::Inclusive11] {
        let options = Options { form, comments: true, inclusive_prefixes: &[], without: None };
        let canonical = c14n::document(&document, &options);
        // A canonical form is well-formed, and its own canonical form.
        let longer = Limits {
            bytes: usize::MAX,
            attribute_bytes: usize::MAX,
            attributes: 10_000,
            nodes: 100_000,
            ..limits.clone()
        };
        let again = Document::parse(canonical.as_bytes(), &longer).expect("a canonical form is well-formed");
        assert_eq!(c14n::document(&again, &options), canonical);
    }
    let Ok(reading) = read(bytes, &limits) else { return };
    let (signer, pins) = &*KIT;
    for one in verify(&reading, pins, Some(1_800_000_000), &limits) {
        // The files to begin with are signed with the pinned key; a change must not hold.
        if let State::Valid { pin } = one.state {
            assert_eq!(pin, 0);
        }
    }
    assert!(reading.check().len() <= 402);
    let Some(alert) = &reading.alert else { return };
    check_profile(alert, &Profile::new("districts"));
    let mut history = History::new();
    let message = Message::of(alert, Some(1), [0; 32]);
    history.add(message.clone());
    history.effects(&message, &|_, _| true);
    history.standings(alert.sent, &|_, _| true);
    let Ok(text) = write(alert) else { return };
    let long = Limits { bytes: usize::MAX, ..Limits::default() };
    let again = read(text.as_bytes(), &long).expect("what is written is read");
    assert!(again.is_valid(), "{:?}", again.findings);
    let written = again.alert.expect("what is written is whole");
    assert_eq!(write(&written).expect("what was read is written"), text);
    // Signing takes more time than all the rest.
    if bytes.len() % 32 != 0 {
        return;
    }
    let signed = signer.sign(alert).expect("what can be written can be signed");
    let signed = read(signed.as_bytes(), &long).expect("what is signed is read");
    assert!(matches!(verify(&signed, &[], None, &long)[..], [ref one] if one.state == State::NoKey));
});
