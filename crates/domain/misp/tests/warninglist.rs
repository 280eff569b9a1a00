//! Lists of every type. `tools/interop/threats/misp_check.py` compares with `pymispwarninglists` on the real lists.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_misp::Limits;
use scr_misp::warninglist::{ListError, ListKind, Lists};
use serde_json::{Value, json};

fn lists(all: &[Value]) -> Lists {
    let mut lists = Lists::default();
    for list in all {
        lists.add(list.to_string().as_bytes(), &Limits::default()).unwrap();
    }
    lists
}

fn hits(lists: &Lists, value: &str, kind: &str) -> Vec<(String, String)> {
    lists.check(value, kind).into_iter().map(|hit| (hit.list, hit.entry)).collect()
}

#[test]
fn every_type_of_list_compares_in_its_way() {
    let lists = lists(&[
        json!({"name": "S", "version": "20", "type": "string", "list": ["Example.org", "d41d8cd98f00b204e9800998ecf8427e"]}),
        json!({"name": "U", "version": 1, "type": "substring", "list": ["office", "x"], "matching_attributes": ["filename"]}),
        json!({"name": "H", "version": 1, "type": "hostname", "list": [".gov.example", "cdn.example."],
            "matching_attributes": ["domain", "hostname", "url", "domain|ip"]}),
        json!({"name": "C", "version": 1, "type": "cidr", "list": {"0": "192.0.2.0/24", "1": "2001:db8::/32"},
            "matching_attributes": ["ip-src", "ip-dst", "domain|ip", "ip-dst|port"]}),
        json!({"name": "R", "version": 1, "type": "regex", "list": ["/^update[0-9]+\\.exe$/i", "(a)\\1"], "matching_attributes": ["filename"]}),
    ]);
    let one = |list: &str, entry: &str| vec![(list.to_owned(), entry.to_owned())];
    for (value, kind, expected) in [
        ("EXAMPLE.org", "domain", one("S", "example.org")),
        ("sub.example.org", "domain", vec![]),
        ("D41D8CD98F00B204E9800998ECF8427E", "md5", one("S", "d41d8cd98f00b204e9800998ecf8427e")),
        ("My Office.doc", "filename", one("U", "office")),
        ("https://office.example/", "url", vec![]),
        ("www.gov.example", "domain", one("H", "gov.example")),
        ("notgov.example", "domain", vec![]),
        ("GOV.example.", "hostname", one("H", "gov.example")),
        ("https://user@a.cdn.example:8443/x?y=gov.example", "url", one("H", "cdn.example")),
        ("https://evil.example/gov.example", "url", vec![]),
        ("www.gov.example", "email-src", vec![]),
        ("192.0.2.200", "ip-dst", one("C", "192.0.2.0/24")),
        ("192.0.2.200|80", "ip-dst|port", one("C", "192.0.2.0/24")),
        ("2001:db8:ffff::1", "ip-src", one("C", "2001:db8::/32")),
        ("192.0.2.0/25", "ipv4-addr", one("C", "192.0.2.0/24")),
        ("192.0.0.0/16", "ipv4-addr", one("C", "192.0.2.0/24")),
        ("192.0.3.1", "ipv4-addr", vec![]),
        ("UPDATE12.exe", "filename", [one("U", "x"), one("R", "^update[0-9]+\\.exe$")].concat()),
        ("UPDATE.com", "filename", vec![]),
        (
            "a.gov.example|192.0.2.1",
            "domain|ip",
            [one("H", "gov.example"), one("C", "192.0.2.0/24")].concat(),
        ),
        ("evil.example|192.0.2.1", "domain|ip", one("C", "192.0.2.0/24")),
        ("", "domain", vec![]),
    ] {
        assert_eq!(hits(&lists, value, kind), expected, "{kind} {value}");
    }
    assert_eq!(lists.all()[4].left_out, ["(a)\\1"]);
    assert_eq!((lists.all()[0].version, lists.all()[3].kind, lists.all()[3].len()), (20, ListKind::Cidr, 2));
}

#[test]
fn observables_of_stix_are_looked_up() {
    let lists = lists(&[
        json!({"name": "H", "version": 1, "type": "hostname", "list": ["gov.example"], "matching_attributes": ["domain", "url"]}),
        json!({"name": "S", "version": 1, "type": "string", "list": ["da39a3ee5e6b4b0d3255bfef95601890afd80709", "64496", "a.exe"]}),
    ]);
    for (object, count) in [
        (json!({"type": "domain-name", "value": "www.gov.example"}), 1),
        (json!({"type": "url", "value": "https://www.gov.example/x"}), 1),
        (json!({"type": "email-addr", "value": "somebody@gov.example"}), 0),
        (
            json!({"type": "file", "hashes": {"SHA-1": "da39a3ee5e6b4b0d3255bfef95601890afd80709", "MD5": "x"}, "name": "a.exe"}),
            2,
        ),
        (json!({"type": "autonomous-system", "number": 64496}), 1),
        (json!({"type": "mutex", "name": "a.exe"}), 0),
    ] {
        assert_eq!(lists.check_observable(&object).len(), count, "{object}");
    }
}

#[test]
fn lists_that_are_none_are_refused() {
    let limits = Limits { bytes: 1_000, entries: 3, ..Limits::default() };
    let add = |text: &str| Lists::default().add(text.as_bytes(), &limits).err();
    assert!(matches!(add("["), Some(ListError::Syntax { line: 1, .. })));
    assert!(matches!(add("{\"name\": 7}"), Some(ListError::Syntax { .. })));
    assert_eq!(add("{}"), Some(ListError::NotAList));
    assert_eq!(add("{\"name\":\"a\",\"type\":\"magic\"}"), Some(ListError::UnknownKind("magic".into())));
    assert_eq!(
        add("{\"name\":\"a\",\"type\":\"string\",\"list\":[\"1\",\"2\",\"3\",\"4\"]}"),
        Some(ListError::TooMany { entries: 4, limit: 3 })
    );
    assert_eq!(add(&" ".repeat(1_001)), Some(ListError::TooLarge { bytes: 1_001, limit: 1_000 }));
}

#[test]
fn a_list_of_the_same_name_is_replaced() {
    let lists = lists(&[
        json!({"name": "A", "version": 1, "type": "string", "list": ["old"]}),
        json!({"name": "A", "version": 2, "type": "string", "list": ["new"]}),
    ]);
    assert_eq!((lists.all().len(), lists.all()[0].version), (1, 2));
    assert_eq!((hits(&lists, "old", "text").len(), hits(&lists, "new", "text").len()), (0, 1));
}
