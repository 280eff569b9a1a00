//! Rules as files, methods by name, and tables of lists.

use proptest::prelude::*;
use scr_core::{Problem, Severity};
use scr_tabulation::rules::{Procedure, Rules};
use scr_tabulation::seats::{Divisors, List, Method, Quota, Threshold, TooMany, read};
use scr_tabulation::votes::{Base, Count, Rule};

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn lists(text: &[u8]) -> (Vec<List>, Vec<String>) {
    match read::read(text, "lists.csv") {
        Ok((lists, warnings)) => {
            assert!(warnings.iter().all(|warning| warning.severity == Severity::Warning));
            (lists, said(&warnings))
        }
        Err(problems) => (Vec::new(), said(&problems)),
    }
}

fn refused(text: &[u8]) -> Vec<String> {
    read::read(text, "lists.csv").err().map(|problems| said(&problems)).unwrap_or_default()
}

fn list(name: &str, votes: u64, candidates: Option<u32>) -> List {
    List { name: name.to_owned(), votes, candidates }
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let expected = vec![list("Grüne", 1200, Some(3)), list("0012", 7, None)];
    let text = "list,votes,candidates\nGrüne,1200,3\n\n=\"0012\",7,\n";
    assert_eq!(lists(text.as_bytes()), (expected.clone(), vec![]));
    assert_eq!(lists(text.replace(',', ";").replace('\n', "\r\n").as_bytes()).0, expected);
    assert_eq!(lists(text.replace(',', "\t").as_bytes()).0, expected);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(lists(&utf16).0, expected);
    assert_eq!(lists(b"Votes,List\n5,\"Smith, Jones\"\n").0, [list("Smith, Jones", 5, None)]);
    assert_eq!(lists(b"list,votes\nGr\xfcne,1\n").0[0].name, "Grüne");
    let (_, warnings) = lists(b"list,votes,seats,candidate\n1-Mar,5,1,2\n");
    assert_eq!(
        warnings,
        [
            r#"SCR-TAB-049 lists.csv:1 column "seats""#,
            r#"SCR-TAB-049 lists.csv:1 column "candidate" closest "candidates""#,
            r#"SCR-TAB-052 lists.csv:2 column "list" value "1-Mar" what="a date, as spreadsheets make them""#,
        ]
    );
}

#[test]
fn everything_wrong_with_a_table_is_said_at_once() {
    let text = "list,votes\nA,\"1,200\"\nB,-5\nC,12.0\nD,1.2E+06\nE,12O\nF,\nG,1.234.567\nH,3.5\nI,#VALUE!\nA,5\n,6\nJ,1,200\n#NAME?,4\n";
    assert_eq!(
        refused(text.as_bytes()),
        [
            r#"SCR-TAB-048 lists.csv:2 column "votes" value "1,200" closest "1200" what="with separators of thousands""#,
            r#"SCR-TAB-048 lists.csv:3 column "votes" value "-5" what="negative""#,
            r#"SCR-TAB-048 lists.csv:4 column "votes" value "12.0" closest "12" what="with a decimal point""#,
            r#"SCR-TAB-048 lists.csv:5 column "votes" value "1.2E+06" what="rounded by a spreadsheet""#,
            r#"SCR-TAB-048 lists.csv:6 column "votes" value "12O" closest "120" what="not a number""#,
            r#"SCR-TAB-048 lists.csv:7 column "votes" value "" what="empty""#,
            r#"SCR-TAB-048 lists.csv:8 column "votes" value "1.234.567" closest "1234567" what="with separators of thousands""#,
            r#"SCR-TAB-048 lists.csv:9 column "votes" value "3.5" what="with a decimal point""#,
            r##"SCR-TAB-048 lists.csv:10 column "votes" value "#VALUE!" what="an error of a spreadsheet""##,
            r#"SCR-TAB-047 lists.csv:11 column "list" value "A" first="2""#,
            r#"SCR-TAB-046 lists.csv:12 column "list" value """#,
            r#"SCR-TAB-050 lists.csv:13 cells="3" columns="2""#,
            r##"SCR-TAB-052 lists.csv:14 column "list" value "#NAME?" what="an error of a spreadsheet""##,
        ]
    );
    assert_eq!(
        refused(b"party,vots\nA,5\n"),
        [
            r#"SCR-TAB-045 lists.csv:1 column "list""#,
            r#"SCR-TAB-045 lists.csv:1 column "votes" closest "vots""#
        ]
    );
    assert_eq!(refused(b"list,votes\n"), ["SCR-TAB-051 lists.csv"]);
    assert!(refused(b"")[0].starts_with("SCR-TAB-051"));
    assert!(refused(b"list,votes,votes\nA,1,2\n")[0].starts_with("SCR-TAB-049"));
    assert!(refused("list,votes\nA\u{fffd},1\n".as_bytes())[0].starts_with("SCR-TAB-052"));
    assert!(
        refused(b"list,votes\nA,99999999999999999999999\n")[0]
            .ends_with(r#"what="more digits than any count has""#)
    );
    let much = format!("list,votes\n{}", "A,9999999999999999999\nB,9999999999999999999\n");
    assert!(refused(much.as_bytes())[0].starts_with("SCR-TAB-044"));
    let large = vec![b'x'; (17 << 20) as usize];
    assert_eq!(refused(&large), [r#"SCR-TAB-053 lists.csv what="more than 16 MiB""#]);
    let many: String = (0..300).map(|row| format!("L{row},x\n")).collect();
    let problems = refused(format!("list,votes\n{many}").as_bytes());
    assert_eq!(problems.len(), 200);
}

#[test]
fn methods_have_the_names_that_laws_give_them() {
    let parse = |name: &str| Procedure::parse(name).unwrap();
    let averages = |divisors| Procedure::Seats(Method::HighestAverages(divisors));
    for name in ["D'Hondt", "dhondt", "d-hondt", "Jefferson"] {
        assert_eq!(parse(name), averages(Divisors::DHondt), "{name}");
    }
    assert_eq!(parse("Sainte-Laguë"), averages(Divisors::SainteLague));
    assert_eq!(parse("Huntington Hill"), averages(Divisors::HuntingtonHill));
    assert_eq!(
        parse("hamilton"),
        Procedure::Seats(Method::LargestRemainders { quota: Quota::Hare, too_many: TooMany::Refuse })
    );
    assert_eq!(parse("Tweede Kamer"), Procedure::KieswetParliament);
    assert_eq!(parse("two-round"), Procedure::Votes(Rule::Runoff { of: Base::Valid }));
    for name in Procedure::names() {
        parse(name);
    }
    let unknown = Procedure::parse("webstar").unwrap_err();
    assert_eq!(unknown.closest, Some("webster"));
    assert!(
        unknown.to_string().starts_with(r#"SCR-TAB-056 no method is called "webstar", perhaps webster; "#)
    );
    assert_eq!(Procedure::parse("zzzzzzzz").unwrap_err().closest, None);
}

#[test]
fn rules_are_read_from_toml_and_json() {
    let toml = br#"
        method = "modified-sainte-lague"
        first_divisor = "1.2"
        seats = 20
        drawn = ["A"]
        [threshold]
        share = "4%"
        valid_votes = 1000
        more_than = true
        exempt = ["B"]
    "#;
    let json = br#"{"method": "modified-sainte-lague", "first_divisor": "6/5", "seats": 20, "drawn": ["A"],
        "threshold": {"share": "1/25", "valid_votes": 1000, "more_than": true, "exempt": ["B"]}}"#;
    let rules = Rules::read(toml, "rules.toml").unwrap();
    assert_eq!(rules, Rules::read(json, "rules.json").unwrap());
    let divisors = Divisors::ModifiedSainteLague { numerator: 6, denominator: 5 };
    let expected = Rules {
        procedure: Some(Procedure::Seats(Method::HighestAverages(divisors))),
        seats: Some(20),
        threshold: Threshold {
            share: Some((1, 25)),
            valid_votes: Some(1000),
            votes: None,
            more_than: true,
            exempt: vec!["B".to_owned()],
        },
        drawn: vec!["A".to_owned()],
    };
    assert_eq!(rules, expected);
    assert_eq!(rules.unknown_names(&[list("A", 1, None)]), ["B"]);
    let two_thirds = Rules::read(b"method = \"supermajority\"\nshare = \"2/3\"\nof = \"cast\"", "r").unwrap();
    let count = Count {
        names: vec!["Yes".into(), "No".into()],
        votes: vec![200, 100],
        valid: 300,
        blank: 1,
        overvoted: 0,
    };
    assert!(two_thirds.winners_of(&count).unwrap().unwrap().elected.is_empty());
    assert!(two_thirds.seats_of(&[], 1).is_none() && rules.winners_of(&count).is_none());
    let seats = Rules::of(Procedure::Kieswet, None).seats_of(&[list("A", 5, None)], 3).unwrap().unwrap();
    assert_eq!(seats.seats, [3]);
}

#[test]
fn everything_wrong_with_rules_is_said_at_once() {
    let refused = |text: &str| said(&Rules::read(text.as_bytes(), "r").unwrap_err());
    assert_eq!(
        refused(
            "method = \"dhont\"\nseats = -3\nsaets = 4\ndrawn = \"A\"\nfirst_divisor = 1.4\n[threshold]\nshare = \"0%\"\nshar = 1\nmore_than = \"yes\"\n"
        ),
        [
            r#"SCR-TAB-055 r column "seats" value "-3" needs="a whole number from 0""#,
            r#"SCR-TAB-055 r column "drawn" value "A" needs="a list of texts""#,
            r#"SCR-TAB-055 r column "first_divisor" value "1.4" needs="a fraction in quotes, \"1/20\", \"5%\" or \"0.05\", above 0""#,
            r#"SCR-TAB-055 r column "threshold.share" value "0%" needs="a fraction in quotes, \"1/20\", \"5%\" or \"0.05\", above 0""#,
            r#"SCR-TAB-055 r column "threshold.more_than" value "yes" needs="true or false""#,
            r#"SCR-TAB-059 r column "threshold.shar" closest "share""#,
            r#"SCR-TAB-059 r column "saets" closest "seats""#,
            r#"SCR-TAB-056 r column "method" value "dhont" closest "dhondt""#,
        ]
    );
    assert_eq!(
        refused("method = \"dhondt\"\nwinners = 3\n"),
        [r#"SCR-TAB-058 r column "winners" method="dhondt""#]
    );
    assert_eq!(
        refused("method = \"supermajority\"\n"),
        [r#"SCR-TAB-057 r column "share" method="supermajority""#]
    );
    for method in ["kieswet", "plurality"] {
        let text = format!("method = \"{method}\"\n[threshold]\nvotes = 5\n");
        assert_eq!(refused(&text), [r#"SCR-TAB-058 r column "threshold""#]);
    }
    assert!(refused("method = ")[0].starts_with("SCR-TAB-054 r what="));
    assert!(refused("{\"seats\": 1, }")[0].starts_with("SCR-TAB-054 r what="));
    assert!(refused("{\"threshold\": 5}")[0].starts_with("SCR-TAB-055 r column \"threshold\""));
}

proptest! {
    /// Whatever a file has in it is read or refused with problems; what is read has names that differ.
    #[test]
    fn no_file_brings_a_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..200), head in any::<bool>()) {
        let text = if head { [b"list,votes,candidates\n".as_slice(), &bytes].concat() } else { bytes };
        match read::read(text.as_slice(), "f") {
            Ok((lists, _)) => {
                let mut names: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                prop_assert!(!lists.is_empty() && names.len() == lists.len());
            }
            Err(problems) => prop_assert!(problems.iter().any(|problem| problem.severity == Severity::Error)),
        }
        if let Err(problems) = Rules::read(&text, "f") {
            prop_assert!(!problems.is_empty());
        }
    }

    /// Tables with cells that nearly are what they should be.
    #[test]
    fn tables_are_read_whole_or_every_bad_row_is_named(rows in prop::collection::vec(("[A-D]{0,2}", "[0-9]{0,3}[,. -]?[0-9]{0,3}"), 1..12)) {
        let text: String = rows.iter().map(|(name, votes)| format!("{name},\"{votes}\"\n")).collect();
        let good = |(at, (name, votes)): (usize, &(String, String))| {
            let first = rows.iter().position(|(other, _)| other == name) == Some(at);
            let votes = votes.trim();
            first && !name.is_empty() && !votes.is_empty() && votes.bytes().all(|byte| byte.is_ascii_digit())
        };
        // A row without anything is passed over.
        let empty = rows.iter().filter(|(name, votes)| name.is_empty() && votes.trim().is_empty()).count();
        let all_good = rows.iter().enumerate().filter(|row| good(*row)).count() + empty == rows.len();
        let found = read::read(format!("list,votes\n{text}").as_bytes(), "f");
        prop_assert_eq!(found.is_ok(), all_good && empty < rows.len(), "{:?}", found);
    }
}
