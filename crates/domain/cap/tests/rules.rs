//! Every rule is broken once, alone, and the finding names the place.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_cap::profile::{DAY, EVENT_SCHEME};
use scr_cap::{Alert, Basis, Code, Finding, Limits, Profile, Reading, check, check_profile, read};
use std::collections::BTreeSet;

/// Sound under the schema, the standard and the profile.
const SOUND: &str = r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>a-1</identifier>
<sender>emb.example</sender>
<sent>2026-11-03T20:00:00-00:00</sent>
<status>Actual</status>
<msgType>Alert</msgType>
<scope>Public</scope>
<info>
<language>en</language>
<category>Security</category>
<event>Copied site</event>
<urgency>Immediate</urgency>
<severity>Severe</severity>
<certainty>Likely</certainty>
<eventCode><valueName>scrutineer:event</valueName><value>defacement</value></eventCode>
<effective>2026-11-03T20:00:00-00:00</effective>
<onset>2026-11-03T20:00:00-00:00</onset>
<expires>2026-11-04T08:00:00-00:00</expires>
<headline>Do not use the copied site</headline>
<description>It looks like ours.</description>
<web>https://emb.example/alerts</web>
<parameter><valueName>ack-required-by</valueName><value>2026-11-03T21:00:00-00:00</value></parameter>
<parameter><valueName>tlp</valueName><value>TLP:CLEAR</value></parameter>
<parameter><valueName>log-origin</valueName><value>log.example/2026</value></parameter>
<parameter><valueName>log-index</valueName><value>7</value></parameter>
<parameter><valueName>instruction-level</valueName><value>station</value></parameter>
<resource><resourceDesc>Picture</resourceDesc><mimeType>image/png</mimeType><size>3</size><uri>https://emb.example/a.png</uri><derefUri>QUJD</derefUri><digest>3c01bdbb26f358bab27f267924aa2c9a03fcfdb8</digest></resource>
<area><areaDesc>The town</areaDesc><polygon>0,0 0,1
 1,1	0,0</polygon><circle>48.2,16.3 5</circle><geocode><valueName>districts</valueName><value>D-1</value></geocode><altitude>1</altitude><ceiling>2</ceiling></area>
</info>
</alert>"#;

fn profile() -> Profile {
    let set = |items: &[&str]| Some(items.iter().map(|one| (*one).to_owned()).collect::<BTreeSet<_>>());
    Profile {
        districts: set(&["D-1", "D-2"]),
        events: set(&["defacement"]),
        is_recorded: true,
        ..Profile::new("districts")
    }
}

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn all(text: &str) -> Vec<Finding> {
    let reading = reading(text);
    let more = reading.alert.as_ref().map(|alert| check_profile(alert, &profile())).unwrap_or_default();
    reading.check().into_iter().chain(reading.with_lines(more)).collect()
}

fn alert(text: &str) -> Alert {
    reading(text).alert.unwrap()
}

#[test]
fn what_is_sound_has_no_findings() {
    assert_eq!(all(SOUND), []);
    assert!(reading(SOUND).is_valid());
}

/// Code, where, what is replaced by what.
type Case = (Code, &'static str, &'static str, &'static str);

const SCHEMA: [Case; 18] = [
    (Code::UriForm, "alert/info[1]/web", "https://emb.example/alerts", "https://emb.example:port/"),
    (Code::UriForm, "alert/info[1]/resource[1]/uri", "https://emb.example/a.png", "1:2"),
    (Code::ElementMissing, "alert", "<scope>Public</scope>", ""),
    (Code::ElementMissing, "alert/info[1]", "<category>Security</category>", ""),
    (Code::ElementUnknown, "alert", "<scope>", "<more>x</more><scope>"),
    (
        Code::ElementUnknown,
        "alert/sender",
        "emb.example</sender>",
        "emb.example<b xmlns=\"urn:b\"/></sender>",
    ),
    (
        Code::ElementOrder,
        "alert/identifier",
        "<identifier>a-1</identifier>\n<sender>emb.example</sender>",
        "<sender>emb.example</sender>\n<identifier>a-1</identifier>",
    ),
    (
        Code::ElementRepeated,
        "alert/scope",
        "<scope>Public</scope>",
        "<scope>Public</scope><scope>Private</scope>",
    ),
    (Code::AttributeUnknown, "alert/sender", "<sender>", "<sender a=\"b\">"),
    (Code::TextStray, "alert", "<scope>", "text<scope>"),
    (Code::ValueUnknown, "alert/scope", "Public", "Everybody"),
    (Code::ValueSpaced, "alert/scope", "Public", " Public "),
    (Code::TimeForm, "alert/sent", "20:00:00-00:00</sent>", "20:00:00Z</sent>"),
    (Code::TimeForm, "alert/info[1]/onset", "2026-11-03T20:00:00-00:00</onset>", "</onset>"),
    (Code::LanguageForm, "alert/info[1]/language", "<language>en<", "<language>en_US<"),
    (Code::NumberForm, "alert/info[1]/area[1]/altitude", "<altitude>1<", "<altitude>high<"),
    (Code::NumberForm, "alert/info[1]/resource[1]/size", "<size>3<", "<size>3k<"),
    (
        Code::ElementOrder,
        "alert/info[1]",
        "<info>",
        "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/><info>",
    ),
];

const STANDARD: [Case; 55] = [
    (
        Code::ElementForeign,
        "alert",
        "</info>",
        "</info><Manifest xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>",
    ),
    (
        Code::AttributeIgnored,
        "alert",
        "<alert ",
        "<alert xmlns:x=\"http://www.w3.org/2001/XMLSchema-instance\" x:schemaLocation=\"a b\" ",
    ),
    (Code::InstructionIgnored, "alert", "<alert ", "<?xml-stylesheet href=\"a\"?><alert "),
    (Code::InstructionIgnored, "alert/sender", "<sender>", "<sender><?a?>"),
    (Code::SizeForm, "alert/info[1]/resource[1]/size", "<size>3<", "<size>-3<"),
    (Code::NumberRange, "alert/info[1]/area[1]/ceiling", "<ceiling>2<", "<ceiling>2.0000000001<"),
    (Code::RequiredEmpty, "alert/info[1]/event", "Copied site", " "),
    (Code::ElementEmpty, "alert/source", "<scope>", "<source/><scope>"),
    (Code::IdentifierCharacters, "alert/identifier", "a-1", "a 1"),
    (Code::IdentifierCharacters, "alert/sender", "emb.example</s", "emb,example</s"),
    (Code::ScopeRestriction, "alert/scope", "Public", "Restricted"),
    (Code::ScopeRestriction, "alert/scope", "</scope>", "</scope><restriction>r</restriction>"),
    (Code::ScopeAddresses, "alert/scope", "Public", "Private"),
    (Code::AddressesForm, "alert/addresses", "</scope>", "</scope><addresses>\"a</addresses>"),
    (Code::NoteMissing, "alert", "<msgType>Alert</msgType>", "<msgType>Error</msgType>"),
    (Code::ReferencesMissing, "alert", "<msgType>Alert", "<msgType>Update"),
    (
        Code::ReferencesUnexpected,
        "alert/references",
        "<info>",
        "<references>s,i,2026-11-03T19:00:00-00:00</references><info>",
    ),
    (Code::ReferenceForm, "alert/references", "<info>", "<references>s,i</references><info>"),
    (
        Code::ReferenceForm,
        "alert/references",
        "<info>",
        "<references>s,i,2026-11-03T19:00:00-00:00,x</references><info>",
    ),
    (
        Code::ReferenceSelf,
        "alert/references",
        "<info>",
        "<references>emb.example,a-1,2026-11-03T20:00:00-00:00</references><info>",
    ),
    (
        Code::ReferenceLater,
        "alert/references",
        "<info>",
        "<references>s,i,2026-11-03T20:00:01-00:00</references><info>",
    ),
    (
        Code::ReferenceRepeated,
        "alert/references",
        "<info>",
        "<references>s,i,2026-11-03T19:00:00-00:00 s,i,2026-11-03T20:00:00+01:00</references><info>",
    ),
    (Code::ExpiresSent, "alert/info[1]/expires", "2026-11-04T08", "2026-11-03T20"),
    (
        Code::ExpiresEffective,
        "alert/info[1]/expires",
        "2026-11-03T20:00:00-00:00</effective>",
        "2026-11-04T08:00:00-00:00</effective>",
    ),
    (
        Code::ExpiresOnset,
        "alert/info[1]/expires",
        "2026-11-03T20:00:00-00:00</onset>",
        "2026-11-04T09:00:00+01:00</onset>",
    ),
    (
        Code::HeadlineLong,
        "alert/info[1]/headline",
        "Do not",
        "Do not 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
    ),
    (Code::LanguageRepeated, "alert/info[2]", "</info>", "</info>SAME"),
    (Code::WebRelative, "alert/info[1]/web", "https://emb.example/alerts", "/alerts"),
    (
        Code::UriRelative,
        "alert/info[1]/resource[1]/uri",
        "https://emb.example/a.png</uri><derefUri>QUJD</derefUri>",
        "a.png</uri>",
    ),
    (Code::MimeTypeForm, "alert/info[1]/resource[1]/mimeType", "image/png", "png"),
    (Code::DigestForm, "alert/info[1]/resource[1]/digest", "3c01bdbb26f3", "3c01"),
    (Code::DerefUriForm, "alert/info[1]/resource[1]/derefUri", "QUJD", "QUJD!"),
    (Code::CeilingAltitude, "alert/info[1]/area[1]/ceiling", "<altitude>1</altitude>", ""),
    (Code::CeilingBelow, "alert/info[1]/area[1]/ceiling", "<altitude>1<", "<altitude>2.0<"),
    (Code::PointForm, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1", "0;0 0,1"),
    (Code::PointForm, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1", "0,0,0 0,1"),
    (Code::NumberRange, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1", "0,0 0,1.0000000001"),
    (Code::PointRange, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1", "0,0 0,181"),
    (Code::PolygonShort, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1\n 1,1\t0,0", "0,0 1,1 0,0"),
    (Code::PolygonShort, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1\n 1,1\t0,0", ""),
    (Code::PolygonOpen, "alert/info[1]/area[1]/polygon[1]", "1,1\t0,0", "1,1\t0,0.5"),
    (Code::PolygonCrossing, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1\n 1,1\t0,0", "0,0 1,1 0,1 1,0 0,0"),
    (Code::CircleForm, "alert/info[1]/area[1]/circle[1]", "48.2,16.3 5", "48.2,16.3"),
    (Code::CircleRadius, "alert/info[1]/area[1]/circle[1]", "16.3 5", "16.3 -5"),
    (Code::PointRange, "alert/info[1]/area[1]/circle[1]", "48.2,16.3 5", "-90.1,16.3 5"),
    (Code::NamespaceOld, "alert", "cap:1.2", "cap:1.1"),
    (Code::TimeFormOld, "alert/sent", "cap:1.2", "cap:1.1"),
    (Code::ElementOld, "alert", "cap:1.2", "cap:1.1"),
    (
        Code::PairForm,
        "alert/info[1]/area[1]/geocode[1]",
        "urn:oasis:names:tc:emergency:cap:1.2",
        "http://www.incident.com/cap/1.0",
    ),
    (Code::InfoMissing, "alert", "<info>", "NOTHING"),
    (Code::PointsTooMany, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1", "MANY"),
    (Code::PolygonUnchecked, "alert/info[1]/area[1]/polygon[1]", "0,0 0,1", "COMB"),
    (Code::More, "alert", "<scope>", "THOUSAND"),
    (
        Code::ElementEmpty,
        "alert/info[1]/parameter[1]/value",
        "<value>2026-11-03T21:00:00-00:00</value>",
        "<value/>",
    ),
    (Code::ElementEmpty, "alert/code[1]", "<info>", "<code> </code><info>"),
];

const PROFILE: [Case; 34] = [
    (Code::LanguageTwice, "alert/info[2]", "</info>", "</info>SAME"),
    (Code::MessageForm, "alert", "<info>", "NOTHING"),
    (Code::AckScope, "alert/scope", "<msgType>Alert", "<msgType>Ack"),
    (Code::Draft, "alert/status", "<status>Actual", "<status>Draft"),
    (Code::CategoryMissing, "alert/info[1]", "<category>Security", "<category>Met"),
    (Code::ExpiresMissing, "alert/info[1]", "<expires>2026-11-04T08:00:00-00:00</expires>", ""),
    (Code::ExpiresLate, "alert/info[1]/expires", "2026-11-04T08:00:00", "2026-11-04T20:00:01"),
    (Code::EventCodeMissing, "alert/info[1]", "scrutineer:event", "other:event"),
    (Code::EventCodeUnknown, "alert/info[1]/eventCode[1]", "defacement", "other"),
    (Code::AreaMissing, "alert/info[1]", "<area>", "NOWHERE"),
    (Code::GeocodeMissing, "alert/info[1]/area[1]", "districts", "SAME"),
    (Code::GeocodeUnknown, "alert/info[1]/area[1]/geocode[1]", "D-1", "D-3"),
    (Code::HeadlineMissing, "alert/info[1]", "<headline>Do not use the copied site</headline>", ""),
    (Code::MarkerMissing, "alert/info[1]/headline", "<status>Actual", "<status>Exercise"),
    (Code::MarkerMissing, "alert/info[1]/description", "<status>Actual", "<status>Test"),
    (Code::MarkerWrong, "alert/info[1]/headline", "<headline>Do", "<headline>*** Exercise: Do"),
    (Code::MarkerWrong, "alert/info[1]/headline", "<headline>Do", "<headline>[تمرين] Do"),
    (Code::MarkerWrong, "alert/info[1]/description", "<description>It", "<description>test - It"),
    (Code::LanguageMissing, "alert/info[1]", "<language>en</language>", ""),
    (Code::TranslationsDiffer, "alert/info[2]", "</info>", "</info>OTHER"),
    (Code::ParameterMissing, "alert/info[1]", "ack-required-by", "other"),
    (Code::ParameterMissing, "alert/info[1]", ">tlp<", ">pap<"),
    (Code::ParameterMissing, "alert/info[1]", "log-origin", "other"),
    (Code::ParameterMissing, "alert/info[1]", "log-index", "other"),
    (Code::ParameterMissing, "alert/info[1]", "instruction-level", "other"),
    (Code::ParameterRepeated, "alert/info[1]/parameter[3]", ">log-origin<", ">tlp<"),
    (Code::ParameterValue, "alert/info[1]/parameter[2]", "TLP:CLEAR", "TLP:WHITE"),
    (Code::ParameterValue, "alert/info[1]/parameter[1]", "2026-11-03T21:00:00-00:00", "soon"),
    (Code::ParameterValue, "alert/info[1]/parameter[3]", "log.example/2026", "log example"),
    (Code::ParameterValue, "alert/info[1]/parameter[4]", "<value>7<", "<value>07<"),
    (Code::ParameterValue, "alert/info[1]/parameter[5]", "<value>station<", "<value>everybody<"),
    (Code::AckLate, "alert/info[1]/parameter[1]", "2026-11-03T21:00", "2026-11-03T20:00"),
    (Code::AckLate, "alert/info[1]/parameter[1]", "2026-11-03T21:00:00", "2026-11-04T08:00:01"),
    (Code::ParameterValue, "alert/info[1]/parameter[4]", "<value>7<", "<value>-1<"),
];

/// What is too long to be written out in a table.
fn spoilt((code, _, from, to): Case) -> String {
    assert!(SOUND.contains(from), "{from}");
    let info = &SOUND[SOUND.find("<info>").unwrap()..SOUND.find("</alert>").unwrap()];
    let area = &SOUND[SOUND.find("<area>").unwrap()..SOUND.find("</info>").unwrap()];
    let comb = || {
        let teeth: Vec<String> =
            (0..4_000).map(|at| format!("{},{}.{:03}", at % 2, at / 1000, at % 1000)).collect();
        format!("-1,5 {} -1,5", teeth.join(" "))
    };
    match to {
        "</info>SAME" => SOUND.replace(info, &info.repeat(2)),
        "</info>OTHER" => {
            let other = info.replace(">en<", ">fr<").replace("Severe", "Minor");
            SOUND.replace(info, &format!("{info}{other}"))
        }
        "NOTHING" => SOUND.replace(info, ""),
        "NOWHERE" => SOUND.replace(area, ""),
        "MANY" => SOUND.replace(from, &"0,0 ".repeat(20_001)),
        "COMB" => SOUND.replace("0,0 0,1\n 1,1\t0,0", &comb()),
        "THOUSAND" => SOUND.replace(from, &format!("{}<scope>", "<more/>".repeat(1_000))),
        _ if code == Code::PairForm => SOUND.replace(from, to).replace(
            "<geocode><valueName>districts</valueName><value>D-1</value></geocode>",
            "<geocode>D-1</geocode>",
        ),
        _ if code == Code::ElementOld => SOUND.replace(from, to).replace("<status>", "<password/><status>"),
        _ if code == Code::TimeFormOld => SOUND.replace(from, to).replace("00-00:00</sent>", "00.5Z</sent>"),
        _ => SOUND.replacen(from, to, 1),
    }
}

#[test]
fn every_rule_has_its_finding() {
    let mut seen = BTreeSet::new();
    let cases = SCHEMA.into_iter().chain(STANDARD).chain(PROFILE);
    for case in cases {
        let (code, path, _, to) = case;
        let text = spoilt(case);
        let found = all(&text);
        let hit = found.iter().find(|one| one.code == code && one.path == path);
        let hit = hit.unwrap_or_else(|| panic!("{} at {path} ({to}): {found:#?}", code.as_str()));
        assert!(!hit.code.what().is_empty() && hit.to_string().contains(hit.code.todo()));
        if code.basis() == Basis::Schema {
            assert!(!reading(&text).is_valid(), "{to}");
        }
        seen.insert(code);
    }
    let unseen: Vec<&str> =
        Code::ALL.iter().filter(|code| !seen.contains(code)).map(|code| code.as_str()).collect();
    assert_eq!(unseen, [] as [&str; 0]);
}

#[test]
fn findings_name_the_line() {
    let found = all(&SOUND.replace("Public", "Everybody").replace("48.2,16.3 5", "48.2"));
    let lines: Vec<_> = found.iter().map(|one| (one.code, one.line)).collect();
    assert_eq!(lines, [(Code::ValueUnknown, Some(7)), (Code::CircleForm, Some(29))]);
    let found = all(&SOUND.replace("https://emb.example/alerts", "/alerts"));
    assert_eq!((found[0].code, found[0].line), (Code::WebRelative, Some(21)));
}

#[test]
fn what_cannot_be_told_has_no_message() {
    for (from, to) in [
        ("<scope>Public</scope>", "<scope>Public</scope><scope>Private</scope>"),
        ("<severity>Severe</severity>", "<severity>Severe</severity><severity>Minor</severity>"),
        ("<severity>Severe</severity>", ""),
        ("<severity>Severe</severity>", "<severity>Dreadful</severity>"),
        ("<onset>2026-11-03T20", "<onset>2026-11-31T20"),
        ("<valueName>tlp</valueName>", ""),
    ] {
        assert_eq!(reading(&SOUND.replace(from, to)).alert, None, "{to}");
    }
    // A comment is not signed and cuts no value.
    assert_eq!(alert(&SOUND.replace("Severe", "Sev<!-- -->ere")), alert(SOUND));
}

#[test]
fn an_exercise_says_so_in_every_language() {
    let exercise =
        SOUND.replace("<status>Actual", "<status>Exercise").replace("<info>", "<note>Drill</note><info>");
    let word = |language: &str, word: &str| {
        let text = exercise
            .replace("<language>en", &format!("<language>{language}"))
            .replace("Do not", &format!("{word}: Do not"))
            .replace("It looks", &format!("({}) It looks", word.to_lowercase()));
        check_profile(&alert(&text), &profile()).into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    for (language, marker) in
        [("en-GB", "EXERCISE"), ("fr", "Exercice"), ("es", "SIMULACRO"), ("ar", "تمرين"), ("de", "EXERCISE")]
    {
        assert_eq!(word(language, marker), [], "{language}");
    }
    // The word of another language, another word, or one that only begins so.
    for (language, marker) in [("fr", "EXERCISE"), ("en", "TEST"), ("en", "EXERCISES")] {
        assert!(word(language, marker).contains(&Code::MarkerMissing), "{language} {marker}");
    }
}

#[test]
fn the_profile_is_a_parameter() {
    let late = alert(&SOUND.replace("2026-11-04T08", "2026-11-08T08"));
    let codes = |profile: &Profile| -> Vec<Code> {
        check_profile(&late, profile).into_iter().map(|one| one.code).collect()
    };
    assert_eq!(codes(&profile()), [Code::ExpiresLate]);
    assert_eq!(codes(&Profile { longest_validity: 7 * DAY, ..profile() }), []);
    assert_eq!(codes(&Profile { longest_validity: 7 * DAY, ..Profile::new("districts") }), []);
    assert_eq!(
        codes(&Profile { longest_validity: 7 * DAY, ..Profile::new("others") }),
        [Code::GeocodeMissing]
    );
    let open = alert(&SOUND.replace("D-1", "D-9").replace("defacement", "else"));
    assert_eq!(check_profile(&open, &Profile::new("districts")), []);
    assert!(SOUND.contains(EVENT_SCHEME));
    // An acknowledgement needs nothing of all this.
    let ack = SOUND.replace("<msgType>Alert", "<msgType>Ack").replace("Public", "Private");
    assert_eq!(check_profile(&alert(&ack), &profile()), []);
    assert!(check(&alert(SOUND)).is_empty());
}
