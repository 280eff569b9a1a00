//! Input that is wrong, hostile or broken off: every reason, and nothing worse than a reason.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_stix::{Envelope, EnvelopeError, Limits, Object, RejectCode, Rejected, check, read_envelope};
use serde_json::Value;
use std::io::Read;
use std::ops::ControlFlow;

const GOOD: &str = r#"{"type":"identity","spec_version":"2.1","id":"identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e","created":"2016-04-06T20:03:00.000Z","modified":"2016-04-06T20:03:00.540190Z","name":"N"}"#;
const ID: &str = "identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e";

fn small() -> Limits {
    Limits { object_bytes: 2_000, depth: 10, references: 5, objects: 4, total_bytes: 20_000 }
}

fn read(text: &str) -> Result<Object, Box<Rejected>> {
    Object::read(text.as_bytes(), &small())
}

type Seen = Vec<Result<Object, Box<Rejected>>>;

fn envelope(source: impl Read) -> (Seen, Result<Envelope, EnvelopeError>) {
    let mut seen = Vec::new();
    let read = read_envelope(source, &small(), &mut |at, object| {
        assert_eq!(at, seen.len() as u64);
        assert!(object.as_ref().is_ok() || object.as_ref().is_err_and(|rejected| rejected.index == at));
        seen.push(object);
        ControlFlow::Continue(())
    });
    (seen, read)
}

fn with(more: &str) -> String {
    GOOD.replacen('{', &format!("{{{more},"), 1)
}

fn without(member: &str) -> String {
    let mut value: Value = serde_json::from_str(GOOD).unwrap();
    value.as_object_mut().unwrap().remove(member);
    value.to_string()
}

type Case = (String, RejectCode, &'static str);

fn broken_or_too_much() -> Vec<Case> {
    use RejectCode::*;
    let deep = format!("\"x_a\":{}1{}", "[".repeat(10), "]".repeat(10));
    let long = format!("\"x_a\":\"{}\"", "a".repeat(2_000));
    let refs = format!("\"x_refs\":[{}]", vec![format!("\"{ID}\""); 6].join(","));
    let name = "n".repeat(1_100);
    let path = format!("\"{name}\":{{\"x_ref\":\"{ID}\"}}");
    vec![
        ("".into(), NotJson, ""),
        ("{".into(), NotJson, ""),
        (format!("{GOOD}x"), NotJson, ""),
        (format!("{GOOD}{GOOD}"), NotJson, ""),
        (with("\"x_a\":[1,]"), NotJson, "x_a.[1]"),
        (with("\"x_a\":tru"), NotJson, "x_a"),
        ("[]".into(), NotAnObject, ""),
        ("\"x\"".into(), NotAnObject, ""),
        (long, TooLarge, ""),
        (with(&deep), TooDeep, "x_a.[0].[0].[0].[0].[0].[0].[0].[0].[0]"),
        (with(&refs), TooManyReferences, "x_refs.[5]"),
        (with(&path), PathTooLong, ""),
        (with("\"name\":\"M\""), DuplicateKey, "name"),
        (with("\"x_a\":[{\"b\":1,\"\\u0062\":2}]"), DuplicateKey, "x_a.[0].b"),
        (with("\"x_a\":1e999"), NumberOutOfRange, "x_a"),
        (with("\"x_a\":\"\\ud800\""), LoneSurrogate, "x_a"),
    ]
}

fn wrong_members() -> Vec<Case> {
    use RejectCode::*;
    vec![
        ("{}".into(), TypeMissing, "type"),
        (without("id"), IdMissing, "id"),
        (GOOD.replace("023d105b", "023D105B"), IdInvalid, "id"),
        (GOOD.replace("\"type\":\"identity\"", "\"type\":7"), TypeInvalid, "type"),
        (GOOD.replace("\"type\":\"identity\"", "\"type\":\"Identity\""), TypeInvalid, "type"),
        (GOOD.replace("\"type\":\"identity\"", "\"type\":\"indicator\""), TypeDiffers, "id"),
        (GOOD.replace("identity", "bundle"), BundleInside, "type"),
        (GOOD.replace("\"2.1\"", "2.1"), SpecVersionInvalid, "spec_version"),
        (GOOD.replace("2016-04-06T20:03:00.000Z", "2016-02-30T20:03:00.000Z"), TimestampInvalid, "created"),
        (with("\"valid_until\":\"2016-04-06\""), TimestampInvalid, "valid_until"),
        (GOOD.replace("00.540190Z", "00.540190+00:00"), TimestampInvalid, "modified"),
        (
            GOOD.replace("2016-04-06T20:03:00.540190Z", "2016-04-06T20:02:59.999Z"),
            ModifiedBeforeCreated,
            "modified",
        ),
        (with("\"revoked\":\"false\""), RevokedInvalid, "revoked"),
        (with("\"created_by_ref\":\"me\""), ReferenceInvalid, "created_by_ref"),
        (with("\"object_marking_refs\":[\"TLP:RED\"]"), ReferenceInvalid, "object_marking_refs"),
        (with("\"object_marking_refs\":null"), ReferenceInvalid, "object_marking_refs"),
        (with("\"granular_markings\":{}"), GranularInvalid, "granular_markings"),
        (
            with("\"granular_markings\":[{\"selectors\":[\"name\"]}]"),
            GranularInvalid,
            "granular_markings.[0]",
        ),
        (
            with(&format!("\"granular_markings\":[{{\"marking_ref\":\"{ID}\",\"selectors\":[]}}]")),
            GranularInvalid,
            "granular_markings.[0]",
        ),
    ]
}

#[test]
fn every_reason_is_given_with_its_place() {
    for (text, code, path) in broken_or_too_much().into_iter().chain(wrong_members()) {
        let limits =
            Limits { object_bytes: if code == RejectCode::TooLarge { 2_000 } else { 9_000 }, ..small() };
        let text = if code == RejectCode::TooLarge { with(&text) } else { text };
        let rejected = Object::read(text.as_bytes(), &limits).unwrap_err();
        assert_eq!((rejected.code, rejected.path.as_ref()), (code, path), "{text}");
        assert!(rejected.offset <= text.len() as u64);
        assert!(!rejected.message().is_empty());
    }
    let rejected = Object::read(b"{\"id\":\"\xff\"}", &small()).unwrap_err();
    assert_eq!(rejected.code, RejectCode::NotUtf8);
}

#[test]
fn what_could_be_read_is_said() {
    let rejected = read(&with("\"revoked\":0")).unwrap_err();
    assert_eq!(rejected.id.as_ref().map(|id| id.as_str()), Some(ID));
    assert_eq!(
        (rejected.kind.as_deref(), rejected.version.as_deref()),
        (Some("identity"), Some("2016-04-06T20:03:00.540190Z"))
    );
    // Of one that is too large, what stands at its beginning.
    let long = GOOD.replace("\"N\"", &format!("\"{}\"", "n".repeat(3_000)));
    let rejected = read(&long).unwrap_err();
    assert_eq!((rejected.code, rejected.id.is_some()), (RejectCode::TooLarge, true));
    let mut bytes = GOOD.as_bytes().to_vec();
    let at = bytes.len() - 3;
    bytes[at] = 0xff;
    assert!(Object::read(&bytes, &small()).unwrap_err().id.is_some());
}

#[test]
fn one_bad_object_does_not_fail_the_others() {
    let long = GOOD.replace("\"N\"", &format!("\"{}\"", "n{\\\"[".repeat(1_000)));
    let text = format!(
        "{{\"more\":false,\"objects\":[{GOOD},{{\"type\":\"x\"}}, {long} ,{GOOD}],\"next\":\"n\\u0041\",\"x_own\":[1]}}"
    );
    let (seen, read) = envelope(text.as_bytes());
    let read = read.unwrap();
    assert_eq!(
        (read.count, read.more, read.next.as_deref(), read.is_bundle),
        (4, Some(false), Some("nA"), false)
    );
    let codes: Vec<Option<&str>> = seen.iter().map(|o| o.as_ref().err().map(|r| r.code.as_str())).collect();
    assert_eq!(codes, [None, Some("type-invalid"), Some("too-large"), None]);
    assert_eq!(seen[3].as_ref().unwrap().raw(), GOOD);
    let mut bytes = format!("{{\"objects\":[{GOOD},{GOOD}]}}").into_bytes();
    bytes[60] = 0xff;
    let (seen, read) = envelope(&bytes[..]);
    assert!(
        read.is_ok() && seen[0].as_ref().is_err_and(|r| r.code == RejectCode::NotUtf8) && seen[1].is_ok()
    );
}

#[test]
fn what_is_no_envelope_is_refused_with_its_place() {
    let json = |at: u64| EnvelopeError::Json { at };
    let cases: Vec<(String, EnvelopeError)> = vec![
        ("".into(), json(0)),
        ("  nope".into(), json(2)),
        ("{".into(), json(1)),
        ("{}x".into(), json(2)),
        ("{\"objects\"}".into(), json(10)),
        ("{\"objects\":[".into(), json(12)),
        ("{\"objects\":[,]}".into(), json(12)),
        ("{\"objects\":[{}}".into(), json(14)),
        ("{\"objects\":[{\"a\":tru}]}".into(), json(17)),
        ("{\"objects\":[{\"a\":[}]}".into(), json(18)),
        ("{\"more\":tru}".into(), json(8)),
        ("{\"more\":true,}".into(), json(13)),
        (format!("{{\"objects\":[{GOOD} {GOOD}]}}"), json(13 + GOOD.len() as u64)),
    ];
    for (text, error) in cases {
        assert_eq!(envelope(text.as_bytes()).1, Err(error), "{text}");
    }
    for unknown in [&b"{\"x_own\":\"\xff\"}"[..], b"{\"x_own\":\"\\ud800\"}", b"{\"x_own\":1e999}"] {
        assert_eq!(envelope(unknown).1, Err(json(9)), "{}", String::from_utf8_lossy(unknown));
    }
    let invalid = [
        "[]",
        "7",
        "\"x\"",
        "{\"objects\":{}}",
        "{\"objects\":null}",
        "{\"objects\":[],\"objects\":[]}",
        "{\"more\":1}",
        "{\"next\":[]}",
        "{\"next\":\"a\",\"next\":\"b\"}",
        "{\"type\":\"indicator\"}",
        "{\"objects\":[],\"type\":\"indicator\"}",
        GOOD,
    ];
    for text in invalid {
        let read = envelope(text.as_bytes()).1;
        assert!(matches!(read, Err(EnvelopeError::NotAnEnvelope { .. })), "{text}: {read:?}");
    }
    let long = format!("{{\"next\":\"{}\"}}", "a".repeat(70_000));
    let read = read_envelope(long.as_bytes(), &Limits::default(), &mut |_, _| ControlFlow::Continue(()));
    assert!(matches!(read, Err(EnvelopeError::NotAnEnvelope { at: 8, .. })));
    for (text, has) in [
        ("{}", false),
        (" { } \n", false),
        ("{\"objects\":[]}", true),
        ("{\"type\":\"bundle\",\"id\":\"b\"}", false),
    ] {
        assert_eq!(
            envelope(text.as_bytes()).1.map(|read| (read.has_objects, read.count)),
            Ok((has, 0)),
            "{text}"
        );
    }
}

#[test]
fn limits_hold() {
    let five = format!("{{\"objects\":[{}]}}", [GOOD; 5].join(","));
    let (seen, read) = envelope(five.as_bytes());
    assert_eq!(
        (seen.len(), read),
        (4, Err(EnvelopeError::TooManyObjects { at: 12 + 4 * (GOOD.len() as u64 + 1), most: 4 }))
    );
    // Without end, and without anything that could be kept.
    for begin in [
        "{\"objects\":[{\"a\":\"",
        "{\"objects\":[",
        "{\"objects\":[1",
        "",
        "{\"x_a\":\"",
        "{\"objects\":[[",
        "{\"objects\":[\"\\",
    ] {
        let endless = begin.as_bytes().chain(std::io::repeat(b' ')).take(1 << 30);
        assert_eq!(envelope(endless).1, Err(EnvelopeError::TooLarge { most: 20_000 }), "{begin}");
    }
    let nested = b"{\"objects\":[".chain(std::io::repeat(b'[')).take(1 << 30);
    assert_eq!(envelope(nested).1, Err(EnvelopeError::TooLarge { most: 20_000 }));
    let ended = read_envelope(five.as_bytes(), &Limits::default(), &mut |_, _| ControlFlow::Break(()));
    assert_eq!(ended, Err(EnvelopeError::Ended { at: 12 }));
}

/// Says once that it was interrupted, and at the end that it is broken.
struct Shaky<'a>(&'a [u8], bool);

impl Read for Shaky<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if std::mem::replace(&mut self.1, false) {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        match self.0 {
            [] => Err(std::io::ErrorKind::ConnectionReset.into()),
            bytes => {
                let count = buffer.len().min(bytes.len());
                buffer[..count].copy_from_slice(&bytes[..count]);
                self.0 = &bytes[count..];
                Ok(count)
            }
        }
    }
}

#[test]
fn sources_that_break_are_reported() {
    let text = format!("{{\"objects\":[{GOOD}");
    let (seen, read) = envelope(Shaky(text.as_bytes(), true));
    assert_eq!(seen.len(), 1);
    assert!(matches!(read, Err(EnvelopeError::Io { at, .. }) if at == text.len() as u64));
}

proptest! {
    /// Bytes that are changed somewhere: whatever is taken, serde_json reads, and is kept byte for byte.
    #[test]
    fn changed_objects_are_read_or_refused(at: prop::sample::Index, with: u8, how in 0..4_u8, more in 0_usize..4) {
        let more = ["\"x_a\":[1.5e3,{\"b\":null}]", "\"object_refs\":[\"a\"]", "\"granular_markings\":[{\"lang\":\"en\",\"selectors\":[\"name\"]}]", "\"x\":\"\\ud83d\\ude00\""][more];
        let mut bytes = self::with(more).into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = with,
            1 => bytes.insert(at, with),
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, b" {}[]\",:\\u0-.e"[usize::from(with) % 14]),
        }
        let parsed = serde_json::from_slice::<Value>(&bytes);
        match Object::read(&bytes, &small()) {
            Ok(object) => {
                prop_assert_eq!(object.value(), parsed.unwrap());
                prop_assert_eq!(object.raw(), std::str::from_utf8(&bytes).unwrap().trim_matches([' ', '\t', '\n', '\r']));
                check(&object);
                let again = Object::read(object.raw().as_bytes(), &small()).unwrap();
                prop_assert_eq!(again.head(), object.head());
            }
            Err(rejected) => {
                let unreadable = [RejectCode::NotJson, RejectCode::NotUtf8, RejectCode::NumberOutOfRange, RejectCode::LoneSurrogate];
                prop_assert_eq!(parsed.is_err(), unreadable.contains(&rejected.code), "{}", rejected);
            }
        }
        let mut wrapped = b"{\"objects\":[".to_vec();
        wrapped.extend(&bytes);
        wrapped.extend(b"]}");
        let (_, read) = envelope(&wrapped[..]);
        if serde_json::from_slice::<Value>(&wrapped).is_ok() {
            prop_assert!(read.is_ok() || matches!(read, Err(EnvelopeError::NotAnEnvelope { .. })), "{:?}", read);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Object::read(&bytes, &small());
        let _ = envelope(&bytes[..]);
    }
}
