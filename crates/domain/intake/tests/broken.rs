//! Good content, broken in one place each: every variant is refused (or warned of) with its own code.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its own input has failed")]

use proptest::prelude::*;
use scr_intake::{
    Format, Input, Intake, Limits, Mapping, RegistryMapping, codes, match_units, propose, read, registry,
};
use std::io::Write as _;

const GOOD: &str = "Unit;Place;Registered;Ann;Bob\n001;Hill;120;50;40\n002;Dale;90;30;20\n";
const MAPPING: &str = r##"
version = 1
format = "delimited"
[unit]
key = ["Unit"]
parents = ["Place"]
[contest]
name = "mayor"
[fields]
registered = "Registered"
[wide]
from = "Ann"
"##;

fn mapping() -> Mapping {
    Mapping::parse(MAPPING, "m").unwrap()
}

fn read_with(bytes: &[u8], mapping: &Mapping) -> Intake {
    read(Input { name: "f.csv", bytes }, mapping, &Limits::default())
}

fn said(intake: &Intake, code: &str) -> bool {
    intake.problems.iter().any(|problem| problem.code == code)
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn the_good_file_is_complete() {
    let intake = read_with(GOOD.as_bytes(), &mapping());
    assert!(intake.is_complete() && intake.problems.is_empty(), "{:?}", intake.problems);
    assert_eq!(intake.tables[0].units().filter_map(|row| row.votes_sum()).sum::<u64>(), 140);
}

#[test]
fn each_broken_text_has_its_code() {
    let change = |from: &str, to: &str| GOOD.replacen(from, to, 1).into_bytes();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), codes::EMPTY),
        (change("120", "1\u{0}2"), codes::NUL_BYTES),
        ([change("Hill", &"\u{e9}".repeat(30)), b"003;\xff;1;1;1\n".to_vec()].concat(), codes::UNDECODABLE),
        (change("Hill", "\"Hill"), codes::UNCLOSED_QUOTE),
        (change("Hill", "\"Hi\"ll"), codes::TEXT_AFTER_QUOTE),
        (change(";50;40", ";50;40;7"), codes::RAGGED),
        (change(";50;40", ";50"), codes::RAGGED),
        (change("Unit", "Unti"), codes::NO_COLUMN),
        (change("Place", "Unit"), codes::AMBIGUOUS_COLUMN),
        (b"Unit;Place;Registered;Ann;Bob\n".to_vec(), codes::NO_ROWS),
        (change("120", "12O"), codes::NOT_A_NUMBER),
        (change("120", "1.5"), codes::FRACTION),
        (change("120", "-5"), codes::NEGATIVE),
        (change("120", "99999999999"), codes::NUMBER_TOO_LARGE),
        (change("120", "1,20,000"), codes::GROUPING),
        (change("120", "=1+2"), codes::FORMULA),
        (change("001", ""), codes::NO_UNIT),
        (change("002", "001"), codes::UNIT_TWICE),
        (change("120;50;40", "-;;NA"), codes::NUMBERLESS),
        (change("001", "=\"001\""), codes::CODE_UNWRAPPED),
        (change("\n", "\r"), codes::MIXED_LINE_ENDS),
        ("x".repeat(70_000).into_bytes(), codes::CELL_TOO_LONG),
        (change("001;Hill", &";".repeat(2_001)), codes::TOO_MANY_COLUMNS),
        (change("Hill", &"x".repeat(1_001)), codes::MODEL_LIMIT),
    ];
    for (bytes, code) in cases {
        let intake = read_with(&bytes, &mapping());
        assert!(said(&intake, code), "{code}: {:?}", intake.problems);
        assert!(intake.is_complete() || intake.tables.is_empty(), "{code}: half imported");
    }
}

#[test]
fn the_closest_heading_is_named() {
    let intake = read_with(GOOD.replace("Registered", "Registred").as_bytes(), &mapping());
    assert_eq!(intake.problems[0].closest.as_deref(), Some("Registred"));
    assert_eq!((intake.problems[0].row, intake.problems[0].column.as_deref()), (Some(1), Some("Registered")));
}

#[test]
fn each_hostile_archive_has_its_code() {
    let good = zip_of(&[("a.csv", GOOD.as_bytes())]);
    assert!(read_with(&good, &mapping()).is_complete());
    let bomb = zip_of(&[("a.csv", &vec![b'a'; 16 << 20])]);
    let cases = [
        (good[..good.len() / 2].to_vec(), codes::ARCHIVE_DAMAGED),
        (zip_of(&[("a.csv", GOOD.as_bytes()), ("b.csv", GOOD.as_bytes())]), codes::ARCHIVE_CHOICE),
        (zip_of(&[("a.zip", &good)]), codes::ARCHIVE_NESTED),
        (bomb, codes::ARCHIVE_RATIO),
    ];
    for (bytes, code) in cases {
        let intake = read_with(&bytes, &mapping());
        assert!(said(&intake, code), "{code}: {:?}", intake.problems);
    }
    let mut named = mapping();
    named.file.member = Some("b.csv".into());
    assert!(said(&read_with(&good, &named), codes::ARCHIVE_NO_MEMBER));
    let few = Limits { unpacked_bytes: 10, archive_members: 1, ..Limits::default() };
    let read_few = |bytes: &[u8]| read(Input { name: "f", bytes }, &mapping(), &few);
    assert!(said(&read_few(&good), codes::ARCHIVE_TOO_LARGE));
    assert!(said(&read_few(&zip_of(&[("a", b"1"), ("b", b"1")])), codes::ARCHIVE_MEMBERS));
    let small = Limits { input_bytes: 10, ..Limits::default() };
    assert!(said(&read(Input { name: "f", bytes: &good }, &mapping(), &small), codes::INPUT_TOO_LARGE));
    let short = Limits { rows: 2, ..Limits::default() };
    assert!(said(
        &read(Input { name: "f", bytes: GOOD.as_bytes() }, &mapping(), &short),
        codes::TOO_MANY_ROWS
    ));
}

#[test]
fn mappings_are_strict() {
    let broken = |from: &str, to: &str| Mapping::parse(&MAPPING.replacen(from, to, 1), "m").unwrap_err().code;
    assert_eq!(broken("version = 1", "version = 2"), codes::MAPPING_VERSION);
    assert_eq!(broken("key =", "keys ="), codes::MAPPING_UNREADABLE);
    assert_eq!(broken("key = [\"Unit\"]", ""), codes::MAPPING_INVALID);
    let again = Mapping::parse(&mapping().to_toml(), "m").unwrap();
    assert_eq!(again, mapping());
    let json = serde_json::to_string(&mapping()).unwrap();
    assert_eq!(Mapping::parse(&json, "m").unwrap(), mapping());
}

#[test]
fn documents_refuse_types_entities_and_depth() {
    let nist = Mapping::new(Format::Nist);
    let cases = [
        ("<a>".to_owned(), codes::XML_SYNTAX),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_owned(), codes::XML_DOCTYPE),
        ("<a>&b;</a>".to_owned(), codes::XML_ENTITY),
        ("<a>".repeat(100) + &"</a>".repeat(100), codes::TOO_DEEP),
        ("<a/>".to_owned(), codes::NIST_NOT_A_REPORT),
        ("{\"a\":".to_owned(), codes::JSON_SYNTAX),
    ];
    for (text, code) in cases {
        let intake = read_with(text.as_bytes(), &nist);
        assert!(said(&intake, code), "{code}: {:?}", intake.problems);
    }
}

#[test]
fn a_flood_of_problems_is_counted() {
    let text = format!("{}{}", "Unit;Place;Registered;Ann;Bob\n", "1;a;x;y;z\n".repeat(2_000));
    let intake = read_with(text.as_bytes(), &mapping());
    assert!(intake.problems.len() <= 1_000);
    let counted = intake.unlisted.get(codes::NOT_A_NUMBER).copied().unwrap_or(0);
    let listed = intake.problems.iter().filter(|problem| problem.code == codes::NOT_A_NUMBER).count() as u64;
    assert_eq!(listed + counted, 6_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let input = Input { name: "f", bytes: &bytes };
        let proposal = propose(input, &Limits::default());
        let _ = read(input, &proposal.mapping, &Limits::default());
        let _ = read(input, &Mapping::new(Format::Nist), &Limits::default());
        let _ = registry(input, &RegistryMapping::new(&["#1"]), &Limits::default());
    }

    #[test]
    fn a_table_survives_every_encoding(rows in proptest::collection::vec((0_u32..5_000, 0_u32..5_000), 1..30)) {
        let mut text = String::from("Unit;Place;Registered;Ann;Bob\r\n");
        for (index, (ann, bob)) in rows.iter().enumerate() {
            text.push_str(&format!("{index:04};\"Café \"\"A\"\";\r\nhill\";{};{ann};{bob}\r\n", ann + bob));
        }
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), wide, latin] {
            let intake = read_with(&bytes, &mapping());
            prop_assert!(intake.is_complete(), "{:?}", intake.problems);
            let votes: Vec<_> = intake.tables[0].units().map(|row| (row.votes(0), row.votes(1))).collect();
            let wanted: Vec<_> = rows.iter().map(|(a, b)| (Some(u64::from(*a)), Some(u64::from(*b)))).collect();
            prop_assert_eq!(votes, wanted);
            prop_assert_eq!(intake.tables[0].units().next().and_then(|row| row.parents().next()), Some("Café \"A\"; hill"));
        }
    }
}

#[test]
fn an_unknown_unit_names_the_closest_place() {
    let bytes = b"Number,Level1\nA-001,North\nA-002,North\n";
    let mapping = RegistryMapping::propose(&["Number".into(), "Level1".into()]).unwrap();
    let places = registry(Input { name: "r", bytes }, &mapping, &Limits::default()).places;
    let matches = match_units("f", &[("B-001", 2)], &places, 10);
    assert_eq!(
        (matches.problems[0].code, matches.problems[0].closest.as_deref()),
        (codes::UNIT_UNKNOWN, Some("A-001"))
    );
}
