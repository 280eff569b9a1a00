//! Real files (google/cap-library @ 67dcf203 and made ones; see the data's PROVENANCE.md) with the verdicts that stand there.

use scr_cap::{Broken, Limits, MsgType, Pin, ReadError, State, Status, Version, check, read, verify, write};
use std::fs;

/// File, version, whether it is valid under cap12.xsd, whether there is a message, and all findings by name.
const FILES: [(&str, Version, bool, bool, &[&str]); 12] = [
    ("43b080713727.cap", Version::V12, true, true, &[]),
    ("australia.cap", Version::V12, true, true, &[]),
    ("canada.cap", Version::V12, true, true, &[]),
    ("canada_errors.cap", Version::V12, true, true, &["references-missing"]),
    ("earthquake-iso8859-1.cap", Version::V12, true, true, &[]),
    ("wcatwc-warning.cap", Version::V12, true, true, &[]),
    ("invalid.cap", Version::V12, false, false, &["element-missing"]),
    ("KAR0-0306112239-SW.cap", Version::V11, false, true, &[]),
    ("earthquake.cap", Version::V11, false, true, &[]),
    ("no_optional_fields.cap", Version::V11, false, true, &[]),
    // Three elements without their word, and a point with a comma too many.
    (
        "noaa_errors.cap",
        Version::V11,
        false,
        false,
        &["value-unknown", "value-unknown", "value-unknown", "point-form"],
    ),
    ("weather.cap", Version::V11, false, true, &[]),
];

#[test]
fn files_of_agencies_are_read() {
    let Some(folder) = scr_testing::data("threats/cap") else { return };
    for (name, version, valid, whole, errors) in FILES {
        let bytes = fs::read(folder.join(name)).unwrap();
        let reading = read(&bytes, &Limits::default()).unwrap();
        println!("{name}");
        for finding in reading.check() {
            println!(
                "    {:?} {} line {:?}: {finding}",
                finding.code.severity(),
                finding.code.as_str(),
                finding.line
            );
        }
        assert_eq!(
            (reading.version, reading.is_valid(), reading.alert.is_some()),
            (version, valid, whole),
            "{name}"
        );
        let all = reading.check();
        let found: Vec<&str> = all.iter().filter(|one| one.is_error()).map(|one| one.code.as_str()).collect();
        assert_eq!(found, errors, "{name}");
        let Some(alert) = reading.alert else { continue };
        let again = read(write(&alert).unwrap().as_bytes(), &Limits::default()).unwrap();
        assert_eq!((again.alert.as_ref(), again.is_valid()), (Some(&alert), true), "{name}");
        assert_eq!(check(&alert), check(again.alert.as_ref().unwrap()));
    }
}

#[test]
fn what_the_files_say_is_in_the_model() {
    let Some(folder) = scr_testing::data("threats/cap") else { return };
    let alert = |name: &str| {
        let bytes = fs::read(folder.join(name)).unwrap();
        read(&bytes, &Limits::default()).unwrap().alert.unwrap()
    };
    let canada = alert("canada.cap");
    assert_eq!(
        (canada.msg_type, canada.status, canada.references.len()),
        (MsgType::Update, Status::Actual, 2)
    );
    assert_eq!(
        canada.infos.iter().map(|info| info.language.as_deref().unwrap()).collect::<Vec<_>>(),
        ["en-CA", "fr-CA"]
    );
    assert_eq!(canada.infos[0].areas[0].polygons[0].0.len(), 17);
    let quake = alert("earthquake-iso8859-1.cap");
    assert!(quake.infos[0].headline.as_deref().unwrap().starts_with("EQ 4.6 Usulután"));
    let tsunami = alert("wcatwc-warning.cap");
    assert_eq!(tsunami.references[0].to_string(), "PAAQ,PAAQ-1-lqw6d6,2011-09-02T10:55:55-00:00");
}

#[test]
fn feeds_and_envelopes_are_no_alerts() {
    let Some(folder) = scr_testing::data("threats/cap") else { return };
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if ["atom", "rss", "edxlde", "xsd"].contains(&kind) {
            let error = read(&fs::read(&path).unwrap(), &Limits::default()).unwrap_err();
            assert!(matches!(error, ReadError::NotAnAlert { .. }), "{}: {error}", path.display());
            count += 1;
        }
    }
    assert_eq!(count, 17);
}

#[test]
fn signed_files_are_told_apart() {
    let Some(folder) = scr_testing::data("threats/cap/signed") else { return };
    let pin = fs::read_to_string(folder.join("signer_cert.pem")).unwrap();
    let pins = Pin::from_pem("kit", &pin).unwrap();
    assert_eq!(pins[0].name(), "kit: CN=Example EMB alert signer (test)");
    let states = |name: &str, pins: &[Pin], at: Option<i64>| {
        let reading = read(&fs::read(folder.join(name)).unwrap(), &Limits::default()).unwrap();
        assert!(reading.is_valid() && reading.alert.is_some());
        let found = verify(&reading, pins, at, &Limits::default());
        assert_eq!(found.len(), 1);
        found.into_iter().next().unwrap()
    };
    let now = Some(1_800_000_000);
    assert_eq!(states("alert_signed.cap", &pins, now).state, State::Valid { pin: 0 });
    assert_eq!(states("alert_signed.cap", &pins, None).line, 38);
    // The certificate begins in 2025.
    assert_eq!(states("alert_signed.cap", &pins, Some(1_700_000_000)).state, State::PinOutOfDate { pin: 0 });
    for pins in [&pins[..], &[]] {
        assert_eq!(states("alert_tampered.cap", pins, now).state, State::Broken(Broken::Digest));
        let State::UnknownSigner { key, subject } = states("alert_other_key.cap", pins, now).state else {
            panic!("a key that came along is not trusted, and the same name does not help")
        };
        assert_ne!(key.fingerprint(), Pin::from_pem("", &pin).unwrap()[0].key().fingerprint());
        assert_eq!(subject.as_deref(), Some("CN=Example EMB alert signer (test)"));
    }
    assert!(matches!(states("alert_signed.cap", &[], now).state, State::UnknownSigner { .. }));
}
