#![no_main]
//! Alerts as bytes and as text, with the checksum mended so that what lies behind it is reached; whatever is accepted has
//! one spelling.

use libfuzzer_sys::fuzz_target;
use scr_alerts::acks::Step;
use scr_alerts::strips::StripCode;
use scr_alerts::{
    AlertText, Bundle, Card, Limits, Scanned, Short, StationSecret, authenticate, from_armour, pack,
    to_armour, unpack,
};
use scr_verify::Trust;

fn mended(data: &[u8]) -> Vec<u8> {
    let body = &data[..data.len().saturating_sub(4)];
    [body, &scr_canon::sha256(body).0[..4]].concat()
}

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = AlertText::parse(data) {
        assert_eq!(text.to_bytes().as_deref(), Ok(data));
    }
    if let Ok(entry) = unpack(data) {
        assert_eq!(pack(&entry).as_deref(), Some(data));
    }
    if let Some(packed) = pack(data) {
        assert_eq!(unpack(&packed).as_deref(), Ok(data));
    }
    for bytes in [data.to_vec(), mended(data)] {
        if let Ok(bundle) = Bundle::parse(&bytes) {
            assert_eq!(bundle.to_bytes().as_ref(), Ok(&bytes));
        }
        if let Ok(short) = Short::parse(&bytes) {
            assert_eq!(short.to_bytes().as_ref(), Ok(&bytes));
        }
        if let Ok(scanned) = Scanned::read(&bytes) {
            for trust in trusts() {
                let _ = authenticate(&scanned, &trust, &Limits::default());
            }
        }
    }
    if let Ok(text) = std::str::from_utf8(data) {
        if let Ok((label, bytes)) = from_armour(text) {
            assert_eq!(from_armour(&to_armour(label, &bytes)), Ok((label, bytes)));
        }
        if let Ok(card) = text.parse::<Card>() {
            assert_eq!(card.to_string().trim_end(), text.trim_end());
        }
        let _ = StationSecret::parse(text);
        let _ = StripCode::parse(text).map(|code| (code.station, Step::Read));
    }
});

/// The keys of the example `alert_files`, so that seeds are genuine.
fn trusts() -> Vec<Trust> {
    const CARD: &str = include_str!("../seeds/alert_bundle/station.card");
    let card: Card = CARD.parse().expect("the card of the seeds");
    vec![Trust::Nobody, Trust::Policy(Box::new(card.policy))]
}
