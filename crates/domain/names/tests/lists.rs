//! Lists of names as people keep them.

use proptest::prelude::*;
use scr_names::{
    List, ListFault, ListLimits, MatchReport, NameFault, ProtectFault, Settings, match_names,
    read_protect_list,
};

fn matched(names: &str, protect: &str) -> Result<MatchReport, Vec<ListFault>> {
    match_names(names.as_bytes(), protect.as_bytes(), &Settings::default(), &ListLimits::default())
}

const PROTECT: &str = "# what we protect\nvote.gov, US\n\nkiesraad.nl # the Dutch\nallow: vote.org\nallow:*.gov.uk\nElections Canada,ca";

fn lines(report: &MatchReport) -> Vec<(u64, &str)> {
    report.hits.iter().map(|hit| (hit.line, hit.name.as_str())).collect()
}

#[test]
fn lists_of_lines_are_read() {
    let names = "\u{feff}# seen today\r\nvote-gov.com\r\nordinary.example # nothing\r\n\r\n*.ki\u{435}sraad.nl\r\nvote.org\r\nx.vote.gov.uk\r\nnot a name\r\nelectionscanada.info";
    let report = matched(names, PROTECT).unwrap();
    assert_eq!((report.protected, report.checked), (3, 6));
    assert_eq!(
        lines(&report),
        [(5, "*.xn--kisraad-8gg.nl"), (2, "vote-gov.com"), (9, "electionscanada.info")]
    );
    assert_eq!(report.hits[0].unicode.as_deref(), Some("ki\u{435}sraad.nl"));
    assert_eq!(report.hits.iter().map(|hit| hit.hit.owner.as_str()).collect::<Vec<_>>(), ["", "US", "ca"]);
    let fault = NameFault::Character { label: 1, character: ' ' };
    assert_eq!(report.not_names.iter().map(|line| (line.line, line.fault)).collect::<Vec<_>>(), [(8, fault)]);
}

#[test]
fn csv_with_a_header_is_read_with_any_delimiter() {
    for (names, protect) in [
        (
            "id,Domain,seen\n1,vote-gov.com,x\n# no\n2,\"v0te.gov\",\"a\nb\"\n3,,\n",
            "name,owner\nvote.gov,US\n",
        ),
        ("id;FQDN\n1;vote-gov.com\n\n\n2;v0te.gov\n", "owner\tDomain Name\nUS\tvote.gov\n"),
    ] {
        let report = matched(names, protect).unwrap();
        assert_eq!((report.checked, report.protected), (2, 1));
        let hits =
            report.hits.iter().map(|hit| (hit.name.as_str(), hit.hit.owner.as_str())).collect::<Vec<_>>();
        assert_eq!(hits, [("v0te.gov", "US"), ("vote-gov.com", "US")]);
        assert_eq!(lines(&report)[1].0, 2);
    }
}

#[test]
fn the_report_is_json_with_codes() {
    let report = matched("kiesrad-uitslag.com\n", PROTECT).unwrap();
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "protected": 3, "checked": 1, "more_hits": 0, "not_names": [], "more_not_names": 0,
            "hits": [{
                "line": 1, "name": "kiesrad-uitslag.com", "protected": 1, "looks_like": "kiesraad.nl", "owner": "",
                "score": 68,
                "reasons": [
                    { "code": "edits", "kind": "omission", "edits": 1, "found": "kiesrad" },
                    { "code": "election-words", "words": ["uitslag"], "languages": ["nl"] },
                    { "code": "part", "found": "kiesrad" },
                ],
            }],
        })
    );
}

#[test]
fn faults_name_the_line() {
    let faults = matched("", "vote.gov\nab\nallow: x..y\nvote..gov,us\nlocal.\n").unwrap_err();
    assert_eq!(
        faults,
        [
            ListFault::Protect { line: 2, text: "ab".to_owned(), fault: ProtectFault::Word(2) },
            ListFault::Allow { line: 3, text: "x..y".to_owned(), fault: NameFault::EmptyLabel { label: 2 } },
            ListFault::Protect {
                line: 4,
                text: "vote..gov".to_owned(),
                fault: ProtectFault::Name(NameFault::EmptyLabel { label: 2 })
            },
            ListFault::Protect { line: 5, text: "local.".to_owned(), fault: ProtectFault::OneLabel },
        ]
    );
    assert_eq!(
        faults[1].to_string(),
        "the list of protected names, line 3: \"x..y\" cannot be allowed: label 2 is empty"
    );
    assert_eq!(matched("", "# nothing\nallow: x.org\n"), Err(vec![ListFault::NothingProtected]));
    let limits = ListLimits::default();
    let bytes = match_names(b"a.example\nb\xff.example\n", b"vote.gov", &Settings::default(), &limits);
    assert_eq!(bytes, Err(vec![ListFault::NotText { list: List::Names, line: 2 }]));
    let long = format!("vote.gov\n{}\n", "a".repeat(5_000));
    let fault = ListFault::LongLine { list: List::Protect, line: 2, limit: 4_096 };
    assert_eq!(read_protect_list(long.as_bytes(), &limits), Err(vec![fault]));
}

#[test]
fn limits_hold_and_say_so() {
    let limits = ListLimits { names_bytes: 10, ..ListLimits::default() };
    let fault = ListFault::TooLong { list: List::Names, found: 11, limit: 10 };
    assert_eq!(match_names(b"abc.example", b"vote.gov", &Settings::default(), &limits), Err(vec![fault]));
    let limits = ListLimits { hits: 2, faults: 3, ..ListLimits::default() };
    let report =
        match_names("v0te.gov\n-..\n".repeat(5).as_bytes(), b"vote.gov", &Settings::default(), &limits)
            .unwrap();
    assert_eq!((report.hits.len(), report.more_hits), (2, 3));
    assert_eq!((report.not_names.len(), report.more_not_names), (3, 2));
    let many = "ab\n".repeat(200);
    assert_eq!(read_protect_list(many.as_bytes(), &limits).unwrap_err().len(), 3);
    let many: String = (0..50_001).map(|n| format!("n{n}.gov\n")).collect();
    let faults = match_names(b"", many.as_bytes(), &Settings::default(), &ListLimits::default()).unwrap_err();
    assert!(matches!(faults[..], [ListFault::TooMany(_)]));
}

proptest! {
    #[test]
    fn any_bytes_are_a_list_or_faults(names in prop::collection::vec(any::<u8>(), 0..200), protect in "[a-z.,:#\n \"]{0,80}") {
        let protect = format!("vote.gov\n{protect}");
        match match_names(&names, protect.as_bytes(), &Settings::default(), &ListLimits::default()) {
            Ok(report) => prop_assert!(report.protected > 0),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
