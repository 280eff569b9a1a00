//! Assets of members, and the patterns and objects that are about them.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_patterns::assets::{Asset, AssetError, Assets, Relation, Touched, Unchecked};
use scr_patterns::{EvalLimits, Limits, Pattern};
use serde_json::{Value, json};

#[test]
fn the_kind_of_an_asset_is_seen_from_its_form() {
    for (text, kind, written) in [
        ("Vote.Example.", "Domain", "vote.example"),
        ("*.vote.example", "Domain", "vote.example"),
        ("wähl.example", "Domain", "xn--whl-qla.example"),
        ("_dmarc.vote.example", "Domain", "_dmarc.vote.example"),
        ("https://Results.vote.example:8443/a?b#c", "Host", "host:results.vote.example"),
        ("https://user@results.vote.example", "Host", "host:results.vote.example"),
        ("host:results.vote.example", "Host", "host:results.vote.example"),
        ("http://192.0.2.7/x", "Addresses", "192.0.2.7"),
        ("http://[2001:db8::1]:80/", "Addresses", "2001:db8::1"),
        ("192.0.2.7", "Addresses", "192.0.2.7"),
        ("192.0.2.77/24", "Addresses", "192.0.2.0/24"),
        ("2001:DB8::/32", "Addresses", "2001:db8::/32"),
        ("192.0.2.1 - 192.0.2.9", "Addresses", "192.0.2.1-192.0.2.9"),
        ("192.0.2.0-192.0.2.255", "Addresses", "192.0.2.0/24"),
        ("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "Addresses", "::/0"),
        ("Info@Vote.Example", "Email", "info@vote.example"),
        ("@vote.example", "EmailDomain", "@vote.example"),
        ("CEAD3F77F6CDA6EC00F57D76C9A6879F", "Hash", "cead3f77f6cda6ec00f57d76c9a6879f"),
        ("AS64500", "AutonomousSystem", "AS64500"),
        ("asn64500", "AutonomousSystem", "AS64500"),
        ("Central  Election\tCommission (CEC)", "Name", "name:central election commission cec"),
        ("Kiesraad", "Name", "name:kiesraad"),
        ("name:vote.example", "Name", "name:vote example"),
        ("AS Tallinna", "Name", "name:as tallinna"),
    ] {
        let asset = Asset::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        assert!(format!("{asset:?}").starts_with(kind), "{text}: {asset:?}");
        assert_eq!(asset.to_string(), written);
        assert_eq!(Asset::parse(written), Ok(asset));
    }
}

#[test]
fn what_looks_like_an_asset_and_is_none_is_refused() {
    for (text, why) in [
        ("", AssetError::Name),
        ("ab", AssetError::Name),
        ("!!!", AssetError::Name),
        ("a b c d e f g h i j k l m", AssetError::Name),
        ("192.0.2.0/33", AssetError::Address),
        ("192.0.2", AssetError::Address),
        ("256.0.2.1", AssetError::Address),
        ("192.0.2.9-192.0.2.1", AssetError::Address),
        ("192.0.2.9-2001:db8::1", AssetError::Address),
        ("2001:db8::/129", AssetError::Address),
        ("fe80:::1", AssetError::Address),
        ("a..b", AssetError::Domain),
        ("a b.c.d@", AssetError::Email),
        ("https:///x", AssetError::Domain),
        ("https://localhost/", AssetError::Domain),
        ("a@b", AssetError::Email),
        ("a b@vote.example", AssetError::Email),
        ("@", AssetError::Email),
        ("AS99999999999", AssetError::AutonomousSystem),
        ("v/ote.example", AssetError::Domain),
    ] {
        assert_eq!(Asset::parse(text), Err(why), "{text}");
    }
    assert_eq!(Asset::parse(&"a".repeat(1_001)), Err(AssetError::TooLong));
    assert_eq!(Asset::parse(&format!("{}.example", "a".repeat(64))), Err(AssetError::Domain));
}

const OURS: [&str; 10] = [
    "vote.example",
    "host:portal.gov.example",
    "192.0.2.0/24",
    "2001:db8:1::/48",
    "198.51.100.10-198.51.100.20",
    "info@mail.example",
    "@election.example",
    "cead3f77f6cda6ec00f57d76c9a6879f",
    "AS64500",
    "Central Election Commission",
];

fn ours() -> Assets<&'static str> {
    let mut assets = Assets::new();
    for text in OURS {
        assets.insert(text, Asset::parse(text).unwrap());
    }
    assets
}

/// Key and relation of all that is found.
fn found(touched: &Touched<&'static str>) -> Vec<(&'static str, Relation)> {
    touched.found.iter().map(|touch| (touch.key, touch.relation)).collect()
}

fn by_pattern(text: &str) -> Touched<&'static str> {
    let pattern = Pattern::parse(text, &Limits::default()).unwrap();
    ours().touched_by_pattern(&pattern, &EvalLimits::default())
}

#[test]
fn patterns_are_about_what_their_constants_name() {
    use Relation::{Around, Below, Matched, Mentioned, Same, Within};
    let cases: [(&str, &[(&str, Relation)]); 31] = [
        ("[domain-name:value = 'vote.example']", &[("vote.example", Same)]),
        ("[domain-name:value = 'WWW.Vote.Example.']", &[("vote.example", Below)]),
        ("[domain-name:value = 'evilvote.example']", &[]),
        ("[domain-name:value = 'vote.example.invalid']", &[]),
        ("[domain-name:value != 'vote.example']", &[]),
        ("[domain-name:value NOT IN ('vote.example')]", &[]),
        ("[domain-name:value IN ('a.invalid', 'x.y.vote.example')]", &[("vote.example", Below)]),
        ("[domain-name:value = 'portal.gov.example']", &[("host:portal.gov.example", Same)]),
        ("[domain-name:value = 'www.portal.gov.example']", &[]),
        ("[url:value = 'http://vote.example:8080/login?x=1']", &[("vote.example", Same)]),
        ("[url:value = 'http://a@192.0.2.7/']", &[("192.0.2.0/24", Within)]),
        ("[network-traffic:dst_ref.value = '192.0.2.0/24']", &[("192.0.2.0/24", Same)]),
        ("[ipv4-addr:value ISSUBSET '192.0.0.0/16']", &[("192.0.2.0/24", Around)]),
        ("[ipv4-addr:value ISSUPERSET '192.0.2.128/25']", &[("192.0.2.0/24", Within)]),
        ("[ipv6-addr:value = '2001:db8:1:2::3/128']", &[("2001:db8:1::/48", Within)]),
        ("[ipv4-addr:value = '198.51.100.20']", &[("198.51.100.10-198.51.100.20", Within)]),
        ("[ipv4-addr:value = '198.51.100.21']", &[]),
        ("[ipv4-addr:value LIKE '192.0.%']", &[("192.0.2.0/24", Around)]),
        ("[email-addr:value = 'INFO@mail.example']", &[("info@mail.example", Same)]),
        ("[email-message:from_ref.value = 'x@a.election.example']", &[("@election.example", Below)]),
        ("[email-addr:value = 'x@vote.example']", &[("vote.example", Same)]),
        (
            "[file:hashes.MD5 = 'CEAD3F77F6CDA6EC00F57D76C9A6879F']",
            &[("cead3f77f6cda6ec00f57d76c9a6879f", Same)],
        ),
        ("[x:md5_hex = h'cead3f77f6cda6ec00f57d76c9a6879f']", &[("cead3f77f6cda6ec00f57d76c9a6879f", Same)]),
        ("[autonomous-system:number = 64500]", &[("AS64500", Same)]),
        ("[ipv4-addr:belongs_to_refs[*].number IN (1, 64500)]", &[("AS64500", Same)]),
        ("[file:size = 64500]", &[]),
        (
            "[email-message:subject LIKE '%the central-election COMMISSION%']",
            &[("Central Election Commission", Mentioned)],
        ),
        ("[domain-name:value LIKE '%.vote.example']", &[("vote.example", Same)]),
        ("[domain-name:value LIKE 'vot_.ex%']", &[("vote.example", Matched)]),
        (r"[domain-name:value MATCHES '^v[o0]te\\.example$']", &[("vote.example", Matched)]),
        (r"[url:value MATCHES '^https?://(www\\.)?(a|vote\\.example)/']", &[("vote.example", Same)]),
    ];
    for (text, expected) in cases {
        let touched = by_pattern(text);
        let mut found = found(&touched);
        found.dedup();
        assert_eq!(found, expected, "{text} {touched:?}");
    }
}

#[test]
fn what_is_too_general_is_said() {
    let unchecked = |text: &str| by_pattern(text).unchecked;
    let place = || "domain-name:value".to_owned();
    assert_eq!(unchecked("[domain-name:value LIKE '%e%']"), [Unchecked::TooGeneral { place: place() }]);
    assert_eq!(unchecked("[domain-name:value MATCHES 'a|b']"), [Unchecked::TooGeneral { place: place() }]);
    assert!(matches!(
        unchecked(r"[domain-name:value MATCHES '(vote)\\1']").as_slice(),
        [Unchecked::Unsupported { .. }]
    ));
    assert!(matches!(
        unchecked("[ipv4-addr:value MATCHES '^192']").as_slice(),
        [Unchecked::AddressText { .. }]
    ));
    assert!(unchecked("[domain-name:value = 'vote.example']").is_empty());
}

#[test]
fn objects_are_searched_all_through() {
    let bundle = json!({"type": "bundle", "id": "bundle--1", "objects": [
        {"type": "indicator", "id": "indicator--1", "pattern_type": "stix",
         "pattern": "[domain-name:value = 'www.vote.example' AND domain-name:value != 'info.election.example']"},
        {"type": "indicator", "id": "indicator--2", "pattern_type": "snort",
         "pattern": "alert tcp any any -> 192.0.2.9 80 (content:\"x\"; sid:1;)"},
        {"type": "autonomous-system", "id": "autonomous-system--1", "number": 64500},
        {"type": "report", "id": "report--1", "name": "Fake site",
         "description": "hxxps://login[.]vote[.]example was sent to info[at]mail[.]example.",
         "external_references": [{"source_name": "x", "url": "https://portal.gov.example/x"}]},
        {"type": "observed-data", "objects": {"0": {"type": "ipv4-addr", "value": "198.51.100.8/30"}}},
    ]});
    let touched = ours().touched_by_object(&bundle, &EvalLimits::default());
    let found: Vec<_> = touched
        .found
        .iter()
        .map(|touch| (touch.key, touch.place.as_str(), touch.value.as_str(), touch.relation))
        .collect();
    assert_eq!(
        found,
        [
            ("192.0.2.0/24", "objects[1].pattern", "192.0.2.9", Relation::Within),
            (
                "198.51.100.10-198.51.100.20",
                "objects[4].objects.0.value",
                "198.51.100.8/30",
                Relation::Around
            ),
            ("AS64500", "objects[2]", "AS64500", Relation::Same),
            (
                "host:portal.gov.example",
                "objects[3].external_references[0].url",
                "portal.gov.example",
                Relation::Same
            ),
            ("info@mail.example", "objects[3].description", "info@mail.example", Relation::Same),
            ("vote.example", "objects[0].pattern domain-name:value", "www.vote.example", Relation::Below),
            ("vote.example", "objects[3].description", "login.vote.example", Relation::Below),
        ]
    );
    assert!(touched.unchecked.is_empty());
}

#[test]
fn a_search_has_an_end() {
    let mut deep = json!("vote.example");
    for _ in 0..1_000 {
        deep = json!([deep]);
    }
    let limits = EvalLimits { steps: 500, ..EvalLimits::default() };
    let touched = ours().touched_by_object(&deep, &limits);
    assert_eq!((touched.found.len(), touched.unchecked), (0, vec![Unchecked::TooMuch]));
    assert_eq!(ours().touched_by_object(&deep, &EvalLimits::default()).found.len(), 1);
    let long = Value::String("vote.example ".repeat(100_000));
    assert!(ours().touched_by_object(&long, &limits).unchecked.contains(&Unchecked::TooMuch));
}

#[test]
fn what_is_taken_out_is_found_no_more() {
    let mut assets = ours();
    assert_eq!(assets.get(&"AS64500"), Some(&Asset::AutonomousSystem(64_500)));
    for text in OURS {
        assert_eq!(assets.remove(&text), Asset::parse(text).ok());
        assert_eq!(assets.remove(&text), None);
    }
    assert!(assets.is_empty());
    let shown = format!("{assets:?}");
    for list in ["domains", "hosts", "emails", "email_domains", "hashes", "systems", "names", "grams"] {
        assert!(shown.contains(&format!("{list}: {{}}")), "{shown}");
    }
}

fn domain() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-c]{1,2}", 1..5).prop_map(|labels| format!("{}.x", labels.join(".")))
}

proptest! {
    #[test]
    fn domains_are_found_as_by_looking_at_all(owned in prop::collection::btree_set(domain(), 0..20), seen in domain()) {
        let mut assets = Assets::new();
        for name in &owned {
            assets.insert(name.clone(), Asset::parse(name).unwrap());
        }
        let object = json!({"type": "domain-name", "value": seen});
        let touched = assets.touched_by_object(&object, &EvalLimits::default());
        let found: Vec<String> = touched.found.into_iter().map(|touch| touch.key).collect();
        let is_below = |name: &&String| seen == **name || seen.ends_with(&format!(".{name}"));
        prop_assert_eq!(found, owned.iter().filter(is_below).cloned().collect::<Vec<_>>());
    }

    #[test]
    fn ranges_are_found_as_by_looking_at_all(
        owned in prop::collection::btree_set((0_u32..64, 0_u32..64), 0..12),
        (low, length) in (0_u32..64, 26_u8..33),
    ) {
        let address = |number: u32| std::net::Ipv4Addr::from(0xC000_0200 + number).to_string();
        let mut assets = Assets::new();
        for (first, last) in owned.iter().filter(|(first, last)| first <= last) {
            let asset = Asset::parse(&format!("{}-{}", address(*first), address(*last))).unwrap();
            assets.insert((*first, *last), asset);
        }
        let size = 1 << (32 - length);
        let start = low / size * size;
        let object = json!({"type": "ipv4-addr", "value": format!("{}/{length}", address(low))});
        let touched = assets.touched_by_object(&object, &EvalLimits::default());
        let mut found: Vec<(u32, u32)> = touched.found.into_iter().map(|touch| touch.key).collect();
        found.dedup();
        let meets = |(first, last): &&(u32, u32)| first <= last && *first < start + size && *last >= start;
        prop_assert_eq!(found, owned.iter().filter(meets).copied().collect::<Vec<_>>());
    }

    #[test]
    fn no_text_makes_the_search_panic(text in any::<String>()) {
        if let Ok(asset) = Asset::parse(&text) {
            prop_assert_eq!(Asset::parse(&asset.to_string()), Ok(asset.clone()), "{}", asset);
            let mut assets = Assets::new();
            assets.insert(0, asset);
            let _ = assets.touched_by_object(&json!({"a": text}), &EvalLimits::default());
        }
        let _ = ours().touched_by_object(&json!({"a": [text]}), &EvalLimits::default());
    }
}
