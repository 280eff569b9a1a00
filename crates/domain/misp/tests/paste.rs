//! Text and tables as people hand them in.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_misp::Limits;
use scr_misp::paste::{Column, Doubt, Kind, Problem, Reading, Reason, classify, read_table, read_text};
use scr_stix::Tlp;

fn read(text: &str) -> Reading {
    read_text(text, &Limits::default()).unwrap()
}

fn found(reading: &Reading) -> Vec<(Kind, &str)> {
    reading.indicators.iter().map(|indicator| (indicator.kind, indicator.value.as_str())).collect()
}

/// A mail as it goes round before an election; all names and addresses are reserved for documentation.
const MAIL: &str = "\
Dear colleagues,\r
we have seen mails from someone[at]wahl-info[.]example.com and it-support (at) wahl-info [dot] example [dot] com.
They link to hxxps[:]//wahl-info[.]example[.]com/login?u=1 and to hXXp://203[.]0[.]113[.]7:8080/a.
Servers: 203.0.113.7, 198.51.100.0/24; 203.0.113.20 - 203.0.113.23 und 2001[:]db8::5.
Attachment (update.zip, MD5: 9e107d9d372bb6826bd81d3542a419d6, SHA-1 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12).
It uses CVE-2021-44228 and cve-2023-1234567. See https://www.cert.example.org/report.
Hash again: 9E107D9D372BB6826BD81D3542A419D6. Version 1.2.3.4, p. 3.5, e.g. this.Also 192.0.2.300.
abcdef0123456789abcdef0123456789ab\tx@nowhere @handle
";

#[test]
fn a_mail_is_read() {
    let reading = read(MAIL);
    assert_eq!(
        found(&reading),
        [
            (Kind::Email, "someone@wahl-info.example.com"),
            (Kind::Email, "it-support@wahl-info.example.com"),
            (Kind::Url, "https://wahl-info.example.com/login?u=1"),
            (Kind::Url, "http://203.0.113.7:8080/a"),
            (Kind::Ipv4, "203.0.113.7"),
            (Kind::Network, "198.51.100.0/24"),
            (Kind::Network, "203.0.113.20/30"),
            (Kind::Ipv6, "2001:db8::5"),
            (Kind::Domain, "update.zip"),
            (Kind::Md5, "9e107d9d372bb6826bd81d3542a419d6"),
            (Kind::Sha1, "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"),
            (Kind::Cve, "CVE-2021-44228"),
            (Kind::Cve, "CVE-2023-1234567"),
            (Kind::Url, "https://www.cert.example.org/report"),
            (Kind::Ipv4, "1.2.3.4"),
        ]
    );
    let of = |value: &str| reading.indicators.iter().find(|i| i.value == value).unwrap();
    let md5 = of("9e107d9d372bb6826bd81d3542a419d6");
    assert_eq!((md5.lines.as_slice(), md5.count), (&[5, 7][..], 2));
    assert_eq!(of("https://wahl-info.example.com/login?u=1").lines, [3]);
    assert!(of("https://wahl-info.example.com/login?u=1").defanged);
    assert_eq!(of("https://www.cert.example.org/report").doubts, [Doubt::NotDefanged]);
    assert_eq!(of("update.zip").doubts, [Doubt::FileNamePerhaps, Doubt::NotDefanged]);
    assert_eq!(of("1.2.3.4").doubts, [Doubt::VersionPerhaps, Doubt::NotDefanged]);
    assert!(of("2001:db8::5").doubts.contains(&Doubt::ReservedAddress));
    let left_out: Vec<_> = reading.left_out.iter().map(|l| (l.text.as_str(), l.line, l.reason)).collect();
    assert_eq!(
        left_out,
        [
            ("this.Also", 7, Reason::UnknownSuffix),
            ("192.0.2.300", 7, Reason::NoAddress),
            ("abcdef0123456789abcdef0123456789ab", 8, Reason::NoHashLength),
            ("x@nowhere", 8, Reason::NoEmail),
        ]
    );
}

#[test]
fn words_are_classified() {
    let kind = |word: &str| classify(word).map(|value| (value.kind, value.text));
    let is = |kind: Kind, text: &str| Ok((kind, text.to_owned()));
    for (word, expected) in [
        ("WWW.Example.ORG.", is(Kind::Domain, "www.example.org")),
        ("*.example.org", is(Kind::Domain, "example.org")),
        ("пример.рф", is(Kind::Domain, "пример.рф")),
        ("xn--e1afmkfd.xn--p1ai", is(Kind::Domain, "xn--e1afmkfd.xn--p1ai")),
        ("example.org:8080", is(Kind::Domain, "example.org")),
        ("example.org/a?b", is(Kind::Url, "http://example.org/a?b")),
        ("HTTPS://Example.ORG/Path", is(Kind::Url, "https://example.org/Path")),
        ("ftp://user:pw@example.org:21/a", is(Kind::Url, "ftp://user:pw@example.org:21/a")),
        ("http://[2001:db8::1]:80/", is(Kind::Url, "http://[2001:db8::1]:80/")),
        ("javascript://example.org", Err(Some(Reason::NoName))),
        ("http://nodots/", Err(Some(Reason::NoName))),
        ("http://example.org:99999/", Err(Some(Reason::NoName))),
        ("192.0.2.1:443", is(Kind::Ipv4, "192.0.2.1")),
        ("[2001:db8::1]:443", is(Kind::Ipv6, "2001:db8::1")),
        ("::ffff:192.0.2.1", is(Kind::Ipv4, "192.0.2.1")),
        ("192.0.2.77/24", is(Kind::Network, "192.0.2.0/24")),
        ("192.0.2.7/32", is(Kind::Ipv4, "192.0.2.7")),
        ("192.0.2.7/33", Err(Some(Reason::NoAddress))),
        ("192.0.2.7/a", is(Kind::Url, "http://192.0.2.7/a")),
        ("2001:db8::/32", is(Kind::Network, "2001:db8::/32")),
        ("192.0.2.1-192.0.2.9", is(Kind::Network, "192.0.2.1-192.0.2.9")),
        ("192.0.2.0-255", is(Kind::Network, "192.0.2.0/24")),
        ("192.0.2.9-192.0.2.1", Err(Some(Reason::BadRange))),
        ("192.0.2.9-2001:db8::", Err(Some(Reason::BadRange))),
        ("1.2.3.4.5", Err(Some(Reason::NoAddress))),
        ("mailto:a@b.example", is(Kind::Email, "a@b.example")),
        ("a@B.Example", is(Kind::Email, "a@b.example")),
        ("@handle", Err(None)),
        ("a@b@c.example", Err(Some(Reason::NoEmail))),
        ("cve-2024-1", Err(Some(Reason::NoCve))),
        ("CVE–2024–12345", is(Kind::Cve, "CVE-2024-12345")),
        ("word", Err(None)),
        ("3.5", Err(None)),
        ("e.g", Err(None)),
        ("12:30", Err(None)),
        ("", Err(None)),
    ] {
        assert_eq!(kind(word), expected, "{word}");
    }
}

#[test]
fn doubts_say_why() {
    let doubts = |word: &str| classify(word).unwrap().doubts;
    assert_eq!(doubts("example.org"), []);
    assert_eq!(doubts("co.uk"), [Doubt::PublicSuffix]);
    assert_eq!(doubts("evil.notld"), [Doubt::UnknownSuffix]);
    assert_eq!(doubts("exаmple.org"), [Doubt::MixedScripts], "a Cyrillic letter");
    assert_eq!(doubts("10.0.0.1"), [Doubt::ReservedAddress]);
    assert_eq!(doubts("8.8.8.8"), [Doubt::VersionPerhaps]);
    assert_eq!(doubts("93.184.216.34"), []);
    assert_eq!(doubts("93.0.0.0/8"), [Doubt::WideNetwork]);
    assert_eq!(doubts("d41d8cd98f00b204e9800998ecf8427e"), [Doubt::HashOfNothing]);
    assert_eq!(doubts("00000000000000000000000000000000"), [Doubt::HashOfNothing]);
    assert_eq!(doubts("example.org/a"), [Doubt::SchemeAdded]);
}

#[test]
fn indicators_stand_apart_in_lists_and_brackets() {
    for (text, expected) in [
        (
            "a.example.org,b.example.org;c.example.org",
            vec!["a.example.org", "b.example.org", "c.example.org"],
        ),
        (
            "http://a.example.org/x,http://b.example.org/y",
            vec!["http://a.example.org/x", "http://b.example.org/y"],
        ),
        ("http://a.example.org/x?y=1,2;z=3", vec!["http://a.example.org/x?y=1,2;z=3"]),
        ("<http://a.example.org/x>.", vec!["http://a.example.org/x"]),
        ("(see http://a.example.org/x_(y))", vec!["http://a.example.org/x_(y)"]),
        ("http://a.example.org/x).", vec!["http://a.example.org/x"]),
        ("ip=203.0.113.7 domain:a.example.org", vec!["203.0.113.7", "a.example.org"]),
        ("| a.example.org | 203.0.113.7 |", vec!["a.example.org", "203.0.113.7"]),
        ("„a.example.org“", vec!["a.example.org"]),
        ("* a.example.org", vec!["a.example.org"]),
        (
            "http://a.example.org/r?u=http://b.example.org",
            vec!["http://a.example.org/r?u=http://b.example.org"],
        ),
    ] {
        let reading = read(text);
        let values: Vec<_> = reading.indicators.iter().map(|i| i.value.as_str()).collect();
        assert_eq!(values, expected, "{text}");
        assert_eq!(reading.left_out, [], "{text}");
    }
}

#[test]
fn indicators_are_stix() {
    let reading = read(
        "a.example.org 203.0.113.20-203.0.113.26 9e107d9d372bb6826bd81d3542a419d6 CVE-2021-44228 http://a.example.org/it's\\x",
    );
    let patterns: Vec<_> = reading.indicators.iter().map(scr_misp::paste::Indicator::pattern).collect();
    assert_eq!(
        patterns,
        [
            Some("[domain-name:value = 'a.example.org']".to_owned()),
            Some("[ipv4-addr:value ISSUBSET '203.0.113.20/30' OR ipv4-addr:value ISSUBSET '203.0.113.24/31' OR ipv4-addr:value = '203.0.113.26']".to_owned()),
            Some("[file:hashes.MD5 = '9e107d9d372bb6826bd81d3542a419d6']".to_owned()),
            None,
            Some("[url:value = 'http://a.example.org/it\\'s\\\\x']".to_owned()),
        ]
    );
    for pattern in patterns.into_iter().flatten() {
        let read = scr_patterns::Pattern::parse(&pattern, &scr_patterns::Limits::default()).unwrap();
        assert_eq!(read.to_string(), pattern);
    }
    let counts: Vec<_> = reading.indicators.iter().map(|i| i.observables().len()).collect();
    assert_eq!(counts, [1, 3, 1, 0, 1]);
    for indicator in &reading.indicators {
        assert!(indicator.is_well_formed(), "{}", indicator.value);
        // An indicator finds the very observable that is made of it.
        for observable in indicator.observables() {
            let pattern =
                scr_patterns::Pattern::parse(&indicator.pattern().unwrap(), &scr_patterns::Limits::default())
                    .unwrap();
            assert!(
                pattern.matches_object(&observable, &scr_patterns::EvalLimits::default()).unwrap(),
                "{observable}"
            );
        }
    }
}

const TABLE: &str = "\u{feff}Indicator;Type;Comment;First seen;TLP\r
evil[.]example[.]com;domain;seen in mails;2026-11-01;amber\r
203.0.113.7;ip;;;\r
\"hxxp://evil[.]example[.]com/a;b\";url;\"two; parts\";2026-11-01T10:00:00Z;TLP:AMBER+STRICT\r
9e107d9d372bb6826bd81d3542a419d6;sha1;wrong;;\r
nonsense;domain;;;\r
evil.example.com;virus;;;\r
203.0.113.8;ipv4;;yesterday;purple\r
;;only words;;\r
;;;;\r
evil.example.com;;again;;red\r
";

#[test]
fn a_table_is_read_row_by_row() {
    let table = read_table(TABLE, &Limits::default()).unwrap();
    let columns: Vec<_> = table.columns.iter().map(|(_, column)| *column).collect();
    assert_eq!(columns, [Column::Value, Column::Type, Column::Comment, Column::FirstSeen, Column::Tlp]);
    assert_eq!(
        found(&table.reading),
        [
            (Kind::Domain, "evil.example.com"),
            (Kind::Ipv4, "203.0.113.7"),
            (Kind::Url, "http://evil.example.com/a;b")
        ]
    );
    let [domain, ip, url] = table.reading.indicators.as_slice() else { panic!() };
    assert_eq!((domain.comment.as_str(), domain.tlp, domain.count), ("seen in mails", Some(Tlp::Red), 2));
    assert_eq!(domain.first_seen.unwrap().to_string(), "2026-11-01T00:00:00Z");
    assert_eq!(domain.lines, [2, 11]);
    assert_eq!((ip.tlp, ip.doubts.as_slice()), (None, &[Doubt::ReservedAddress][..]));
    assert_eq!((url.comment.as_str(), url.tlp), ("two; parts", Some(Tlp::AmberStrict)));
    let errors: Vec<_> = table.errors.iter().map(|e| (e.row, e.column.as_str(), e.problem.clone())).collect();
    assert_eq!(
        errors,
        [
            (5, "Indicator", Problem::OtherType { looks_like: Kind::Md5 }),
            (6, "Indicator", Problem::NoIndicator { reason: None }),
            (7, "Type", Problem::UnknownType),
            (8, "First seen", Problem::BadTime),
            (8, "TLP", Problem::UnknownTlp),
            (9, "Indicator", Problem::Empty),
        ]
    );
    assert_eq!(table.rows, 9);
}

#[test]
fn tables_with_a_column_for_each_kind_are_read() {
    let text =
        "file name,md5,SHA-256,notes\na.exe,9e107d9d372bb6826bd81d3542a419d6,,x\nb.exe,203.0.113.7,,y\n";
    let table = read_table(text, &Limits::default()).unwrap();
    assert_eq!(found(&table.reading), [(Kind::Md5, "9e107d9d372bb6826bd81d3542a419d6")]);
    assert_eq!(table.errors.len(), 1);
    assert_eq!((table.errors[0].row, table.errors[0].column.as_str()), (3, "md5"));
    for text in ["", "no,header\n1,2\n", "a.example.org\nb.example.org\n"] {
        assert!(read_table(text, &Limits::default()).is_err(), "{text}");
    }
}

#[test]
fn limits_hold() {
    let limits = Limits { attributes: 2, text: 65, warnings: 1, ..Limits::default() };
    let text = format!(
        "{} a.example.org\n1.2.3.4.5 1.2.3.4.6 b.example.org c.example.org d.example.org\ne.example.org",
        "x".repeat(70)
    );
    let reading = read_text(&text, &limits).unwrap();
    assert_eq!(found(&reading), [(Kind::Domain, "b.example.org"), (Kind::Domain, "c.example.org")]);
    assert_eq!(
        (reading.left_out[0].reason, reading.left_out.len(), reading.unlisted),
        (Reason::LineTooLong, 1, 3)
    );
    assert!(read_text(&"x".repeat(101), &Limits { bytes: 100, ..limits }).is_err());
    assert!(read_table(&"x".repeat(101), &Limits { bytes: 100, ..limits }).is_err());
}
