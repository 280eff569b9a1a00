//! What is written is read again as it was; what cannot be read again is not written.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod made;

use scr_cap::{Alert, Limits, Signer, Version, WriteFault, read, write};

#[test]
fn what_is_written_is_read_again() {
    for seed in 0..3_000 {
        let alert = made::alert(seed);
        let text = write(&alert).unwrap();
        let reading = read(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(reading.version, Version::V12);
        assert!(reading.is_valid() && reading.findings.is_empty(), "{seed}: {:?}", reading.findings);
        let again = reading.alert.unwrap();
        assert_eq!(again, alert, "{seed}");
        // Equal times may have another zone: the text has both.
        assert_eq!(write(&again).unwrap(), text, "{seed}");
    }
}

#[test]
fn a_file_of_another_order_or_version_is_written_as_1_2() {
    let old = r#"<cap:alert xmlns:cap="http://www.incident.com/cap/1.0"><cap:identifier>i</cap:identifier>
        <cap:sender>s</cap:sender><cap:password>secret</cap:password><cap:sent>2005-01-01T00:00:00.5Z</cap:sent>
        <cap:status>Actual</cap:status><cap:scope>Public</cap:scope><cap:msgType>Alert</cap:msgType>
        <cap:info><cap:category>Met</cap:category><cap:event>Storm</cap:event><cap:urgency>Immediate</cap:urgency>
        <cap:severity>Severe</cap:severity><cap:certainty>Very Likely</cap:certainty>
        <cap:eventCode>SAME=SVR</cap:eventCode><cap:resource><cap:resourceDesc>d</cap:resourceDesc></cap:resource>
        <cap:area><cap:areaDesc>here</cap:areaDesc><cap:geocode>FIPS6=006109</cap:geocode></cap:area></cap:info></cap:alert>"#;
    let reading = read(old.as_bytes(), &Limits::default()).unwrap();
    let codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(
        (reading.version, &codes[..]),
        (Version::V10, &["namespace-old", "element-old", "time-form-old"][..])
    );
    let alert = reading.alert.unwrap();
    let text = write(&alert).unwrap();
    for part in [
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">",
        "<sent>2005-01-01T00:00:00-00:00</sent>\n  <status>Actual</status>\n  <msgType>Alert</msgType>\n  <scope>Public</scope>",
        "<certainty>Likely</certainty>",
        "<eventCode>\n      <valueName>SAME</valueName>\n      <value>SVR</value>\n    </eventCode>",
        "<mimeType>application/octet-stream</mimeType>",
        "<geocode>\n        <valueName>FIPS6</valueName>\n        <value>006109</value>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("secret"));
    let again = read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((again.alert.as_ref(), again.findings.len()), (Some(&alert), 0));
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    type Spoil = fn(&mut Alert);
    let cases: [(&str, WriteFault, Spoil); 12] = [
        ("alert/identifier", WriteFault::Reference, |alert| alert.identifier = "a,b".to_owned()),
        ("alert/sender", WriteFault::Reference, |alert| alert.sender.clear()),
        ("alert/references", WriteFault::Reference, |alert| {
            let mut own = alert.reference();
            own.identifier = "a b".to_owned();
            alert.references.push(own);
        }),
        ("alert/addresses", WriteFault::Item, |alert| alert.addresses.push("a\"b".to_owned())),
        ("alert/incidents", WriteFault::Item, |alert| alert.incidents.push(String::new())),
        ("alert/note", WriteFault::Character, |alert| alert.note = Some("\u{B}".to_owned())),
        ("alert/info[1]/language", WriteFault::Language, |alert| {
            alert.infos[0].language = Some("en_US".to_owned());
        }),
        ("alert/info[1]/category", WriteFault::Category, |alert| alert.infos[0].categories.clear()),
        ("alert/info[1]/web", WriteFault::Uri, |alert| alert.infos[0].web = Some("https://a b".to_owned())),
        ("alert/info[1]/event", WriteFault::Character, |alert| alert.infos[0].event.push('\u{FFFF}')),
        ("alert/info[1]/resource[1]/uri", WriteFault::Uri, |alert| {
            alert.infos[0].resources[0].uri = Some("%".to_owned());
        }),
        ("alert/info[1]/area[1]/areaDesc", WriteFault::Character, |alert| {
            alert.infos[0].areas[0].description.push('\0');
        }),
    ];
    let mut seeds = 0_u64..;
    let whole = seeds.find_map(|seed| {
        let alert = made::alert(seed);
        let first = alert.infos.first()?;
        (!first.resources.is_empty() && !first.areas.is_empty()).then_some(alert)
    });
    let whole = whole.unwrap();
    let signer = Signer::from_bytes(&[7; 32]).unwrap();
    for (path, fault, spoil) in cases {
        let mut alert = whole.clone();
        spoil(&mut alert);
        let error = write(&alert).unwrap_err();
        assert_eq!((error.path.as_str(), error.fault), (path, fault));
        assert_eq!(signer.sign(&alert).unwrap_err().to_string(), error.to_string());
    }
}
