//! `.raire`, Hart's archives and RCTab's CSV against real files, what was written, and what is wrong.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_core::Problem;
use scr_tabulation::cvr::{Card, ChoiceKind, Mark, Reading, Sink};
use scr_tabulation::read::rctab_csv::Layout;
use scr_tabulation::read::{Limits, hart, lines, raire, rctab_csv};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn read_raire(bytes: &[u8]) -> Result<(raire::Raire, Vec<Card>), Vec<Problem>> {
    let mut cards: Vec<Card> = Vec::new();
    let read = raire::read(bytes, "a.raire", &Limits::default(), &mut cards)?;
    Ok((read, cards))
}

fn write_raire(read: &raire::Raire, cards: &[Card]) -> Vec<u8> {
    let contests = &read.reading.contests;
    let mut writer = raire::Writer::new(Vec::new(), contests, &read.winners).unwrap();
    cards.iter().for_each(|card| writer.card(contests, card).unwrap());
    writer.finish().unwrap()
}

/// San Francisco 2019 and four elections of 2009 and 2010 (SHANGRLA 9d5db92): ballots, stated winners, and the file
/// that is written from what was read says the same.
#[test]
fn real_raire_files_are_read_and_written() {
    let Some(folder) = scr_testing::data("audit") else { return };
    let packed =
        std::fs::read(folder.join("sfda2019/SFDA2019_PrelimReport12VBMJustDASheets.raire.gz")).unwrap();
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut text).unwrap();
    let mut files = vec![(text, 146_662, None)];
    for (name, ballots, winner) in [
        ("Aspen_2009_CityCouncil", 2_487, "8"),
        ("Aspen_2009_Mayor", 2_528, "4"),
        ("Berkeley_2010_D7CityCouncil", 4_184, "387"),
        ("Berkeley_2010_D8CityCouncil", 4_601, "389"),
    ] {
        let bytes = std::fs::read(folder.join(format!("raire-us/{name}.raire"))).unwrap();
        files.push((bytes, ballots, Some(winner)));
    }
    for (bytes, ballots, winner) in files {
        let (read, cards) = read_raire(&bytes).unwrap();
        assert_eq!((read.reading.cards, cards.len()), (ballots as u64, ballots));
        let spec = &read.reading.contests.list()[0];
        let stated = read.winners[0].map(|winner| spec.choices[usize::from(winner)].id.as_str());
        assert_eq!(stated, winner);
        let (again, same) = read_raire(&write_raire(&read, &cards)).unwrap();
        assert_eq!(again.winners, read.winners);
        assert!(same == cards && again.reading.contests.list() == read.reading.contests.list());
    }
}

#[test]
fn a_ballot_of_several_contests_is_one_card() {
    let text = "2\nContest,1,2,a,b,winner,b\nContest,2,2,c,d\n1,x,a,,b\n2,y,d\n2,x,c\n1,z\n";
    let (read, cards) = read_raire(text.as_bytes()).unwrap();
    let ids: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!((ids, read.winners), (vec!["x", "y", "z"], vec![Some(1), None]));
    assert_eq!(cards[0].marks(0), Some(&[Mark::ranked(0, 1), Mark::ranked(1, 3)][..]));
    assert_eq!((cards[0].marks(1), cards[2].marks(0)), (Some(&[Mark::ranked(0, 1)][..]), Some(&[][..])));
}

#[test]
fn everything_wrong_with_a_raire_file_is_said() {
    let refused = |text: &str| said(&read_raire(text.as_bytes()).unwrap_err());
    assert_eq!(
        refused("1\nContest,1,2,Ann,Ben\n1,x,Ann\n3,y,Ann\n1,z,Bem\n1,,Ann\n"),
        [
            r#"SCR-CVR-071 a.raire:4 value "3" closest "1""#,
            r#"SCR-CVR-072 a.raire:5 column "3" value "Bem" closest "Ben" contest="1""#,
            r#"SCR-CVR-071 a.raire:6 value "1" closest "1""#,
        ]
    );
    assert_eq!(
        refused("2\nContest,1,1,a\nContest,2,1,c\n1,x,a\n1,x,a\n"),
        [r#"SCR-CVR-073 a.raire:5 value "x""#]
    );
    for wrong in [
        "",
        "x\n",
        "1\n",
        "1\nContest,1,3,a,b\n",
        "1\nContest,1,1,a,winner,b\n1,x,a\n",
        "2\nContest,1,1,a\nContest,1,1,a\n",
    ] {
        assert!(refused(wrong)[0].starts_with("SCR-CVR-070"), "{wrong:?}");
    }
    assert!(refused("1\nContest,1,1,a\n")[0].starts_with("SCR-CVR-028"));
}

/// The last line of a file that was cut is refused where anything tells, and named where nothing does.
#[test]
fn a_cut_raire_file_is_said_where_it_can_be() {
    let text = "1\nContest,1,3,1,15,16\n1,x,15,16\n1,y,16,15";
    let codes = |text: &str| -> Vec<&'static str> {
        match read_raire(text.as_bytes()) {
            Ok((read, _)) => read.reading.warnings.iter().map(|problem| problem.code).collect(),
            Err(problems) => problems.iter().map(|problem| problem.code).collect(),
        }
    };
    assert!(codes(&format!("{text}\n")).is_empty());
    let whole = text.len();
    // Within `15`, behind a comma, behind the ballot, within the ballot, within the line's contest.
    assert_eq!(codes(&text[..whole - 1]), ["SCR-CVR-086"]);
    assert_eq!(codes(&text[..whole - 2]), ["SCR-CVR-086"]);
    assert_eq!(codes(&text[..whole - 6]), ["SCR-CVR-086"]);
    assert_eq!(codes(&text[..whole - 7]), ["SCR-CVR-071"]);
    assert_eq!(codes(&text[..whole - 8]), ["SCR-CVR-071"]);
    // Behind a preference: nobody can tell. Behind a line: nothing is seen.
    assert_eq!(codes(text), ["SCR-CVR-087"]);
    assert_eq!(codes(&text[..whole - 3]), ["SCR-CVR-087"]);
    assert!(codes(&text[..whole - 9]).is_empty());
}

/// Names in quotation marks are other names than those without.
#[test]
fn quotation_marks_belong_to_names() {
    let text = "1\nContest,1,2,Skip,\"\"\"Skip\"\"\"\n1,x,\"\"\"Skip\"\"\",Skip\n";
    let (read, cards) = read_raire(text.as_bytes()).unwrap();
    assert_eq!(cards[0].marks(0), Some(&[Mark::ranked(1, 1), Mark::ranked(0, 2)][..]));
    assert_eq!(String::from_utf8(write_raire(&read, &cards)).unwrap(), text);
}

#[test]
fn everything_wrong_with_lines_is_said() {
    let head = r#"{"format":"scrutineer-cvr-lines/1","election":"E","contests":[{"id":"c","name":"Mayor","votes_allowed":1,"ranks":0,"choices":[{"id":"a","name":"Ann","kind":"regular"}]}]}"#;
    let read = |text: &str, limits: &Limits| {
        let mut cards: Vec<Card> = Vec::new();
        lines::read(text.as_bytes(), "a.jsonl", limits, &mut cards).map(|_| cards)
    };
    let refused = |text: &str| said(&read(text, &Limits::default()).unwrap_err());
    let all = refused(&format!(
        "{head}\n{}\n{}\n\n{}\n{}\n{}\n{{\n",
        r#"{"id":"1","contests":[{"id":"d","marks":[]}]}"#,
        r#"{"id":"2","contests":[{"id":"c","marks":[{"choice":"A"}]}]}"#,
        r#"{"id":"3","contests":[{"id":"c","marks":[{"rank":1,"choice":"a"}]}]}"#,
        r#"{"id":"4","contests":[{"id":"c","marks":[]},{"id":"c","marks":[]}]}"#,
        r#"{"id":"5","surprise":1,"contests":[]}"#,
    ));
    let begins = [
        r#"SCR-CVR-064 a.jsonl:2 value "d" closest "c""#,
        r#"SCR-CVR-065 a.jsonl:3 value "A" closest "a" contest="c""#,
        r#"SCR-CVR-084 a.jsonl:5 value "1""#,
        r#"SCR-CVR-085 a.jsonl:6 value "c""#,
        "SCR-CVR-084 a.jsonl:7 ",
        "SCR-CVR-084 a.jsonl:8 ",
    ];
    assert_eq!(all.len(), begins.len(), "{all:?}");
    for (line, begin) in all.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line} is not {begin}");
    }
    for wrong in [
        "",
        "{}\n",
        "[]",
        &head.replace("lines/1", "lines/2"),
        &head.replace("[{\"id\":\"a\"", "[{\"id\":\"a\",\"name\":\"B\",\"kind\":\"regular\"},{\"id\":\"a\""),
    ] {
        assert!(refused(wrong)[0].starts_with("SCR-CVR-083"), "{wrong:?}");
    }
    assert!(refused(head)[0].starts_with("SCR-CVR-028"));
    let few = Limits { record: 100, ..Limits::default() };
    let long = format!("{head}\n{{\"id\":\"{}\",\"contests\":[]}}\n", "7".repeat(200));
    assert!(said(&read(&long, &few).unwrap_err())[0].starts_with("SCR-CVR-039 a.jsonl:2"));
}

fn rctab(wanted: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let path = scr_testing::data("audit/rctab/rctab-sets.zip")?;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let (name, mut bytes) = (member.name().unwrap().into_owned(), Vec::new());
        if name.starts_with(wanted) {
            member.read_to_end(&mut bytes).unwrap();
            files.insert(name, bytes);
        }
    }
    Some(files)
}

fn zipped(files: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap()
}

fn read_hart(archive: Cursor<Vec<u8>>, scanned: Option<&str>) -> Result<(Reading, Vec<Card>), Vec<Problem>> {
    let mut cards: Vec<Card> = Vec::new();
    let mut list = scanned.map(str::as_bytes);
    let list = list.as_mut().map(|list| list as &mut dyn std::io::Read);
    let reading = hart::read(archive, list, "h.zip", &Limits::default(), &mut cards)?;
    Ok((reading, cards))
}

/// First ranks of the set that RCTab 2.0.1 reads from Hart's files, with strangers beside them.
#[test]
fn harts_first_ranks_are_those_of_rctab() {
    let (Some(cvrs), Some(set)) =
        (rctab("_shared/hart_cvr_archive/"), rctab("hart_cedar_park_school_board/"))
    else {
        return;
    };
    let mut files: Vec<(&str, &[u8])> =
        cvrs.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    files.extend([("a/.DS_Store", &b"\0\0"[..]), ("__MACOSX/._1.xml", b"x"), (".hidden.xml", b"x")]);
    let (reading, cards) = read_hart(zipped(&files), None).unwrap();
    let of = |end: &str| -> Value {
        let (_, bytes) = set.iter().find(|(name, _)| name.ends_with(end)).unwrap();
        serde_json::from_slice(bytes).unwrap()
    };
    let (config, report) = (of("_config.json"), of("_detailed_report.json"));
    let source = &config["cvrFileSources"][0];
    let number = reading.contests.find(source["contestId"].as_str().unwrap()).unwrap();
    let spec = &reading.contests.list()[usize::from(number)];
    assert!(spec.ranks > 1);
    let mut votes: BTreeMap<&str, u64> = BTreeMap::new();
    for marks in cards.iter().filter_map(|card| card.marks(number)) {
        let at_first: Vec<&Mark> = marks.iter().filter(|mark| mark.rank == 1).collect();
        if let [mark] = at_first[..] {
            *votes.entry(&spec.choices[usize::from(mark.choice)].id).or_default() += 1;
        }
    }
    for candidate in config["candidates"].as_array().unwrap() {
        let expected = report["results"][0]["tally"][candidate["name"].as_str().unwrap()].as_str().unwrap();
        let aliases = candidate["aliases"].as_array().unwrap().iter().filter_map(Value::as_str);
        let found: u64 = aliases.filter_map(|id| votes.get(id)).sum();
        assert_eq!(found.to_string(), expected, "{candidate}");
    }
}

/// The two cards of Orange County (SHANGRLA 9d5db92) in an archive with a folder and a `.DS_Store`; two contests share
/// an id there.
#[test]
fn harts_real_archive_is_read() {
    let Some(path) = scr_testing::data("audit/cvr-hart/Hart_CVRs.zip") else { return };
    let list =
        "#FormatVersion 1\nCvrId,UniqueIdentifier,Workstation\n0a7EqyblZ6CMFQbkN0kkRykS5w40Wg8q,0001_7,W3\n";
    let (reading, cards) = read_hart(Cursor::new(std::fs::read(path).unwrap()), Some(list)).unwrap();
    assert_eq!(reading.cards, 2);
    let names: Vec<&str> = reading.contests.list().iter().map(|contest| contest.name.as_str()).collect();
    assert_eq!(names, ["PRESIDENT", "GOVERNOR", "MAYOR"]);
    let votes: Vec<u16> = reading.contests.list().iter().map(|contest| contest.votes_allowed).collect();
    assert_eq!(votes, [1, 1, 1]);
    let first = cards.iter().find(|card| card.imprinted == "0001_7").unwrap();
    assert_eq!((first.tabulator.as_str(), first.batch.as_str(), first.position), ("W3", "2280", 1));
    assert_eq!(first.precinct, "68059");
    let mayor = &reading.contests.list()[2].choices[usize::from(first.marks(2).unwrap()[0].choice)];
    assert_eq!((mayor.kind, first.marks(1)), (ChoiceKind::UndeclaredWriteIn, Some(&[][..])));
}

const HART: &str = r#"<Cvr xmlns="x"><Contests><Contest><Name>Mayor</Name><Id>c</Id><Options><Option><Name>Ann</Name><Id>a</Id>
    <Value>1</Value></Option><Option><Name>Ben &amp; co</Name><Id>b</Id><Value>1</Value></Option></Options><Overvoted /></Contest>
    </Contests><BatchSequence>3</BatchSequence><BatchNumber>1</BatchNumber><CvrGuid>g</CvrGuid></Cvr>"#;

#[test]
fn harts_overvotes_are_kept_and_what_is_wrong_is_said() {
    let (reading, cards) = read_hart(zipped(&[("1.xml", HART.as_bytes())]), None).unwrap();
    assert_eq!(reading.contests.list()[0].choices[1].name, "Ben & co");
    assert_eq!(cards[0].marks(0).unwrap().last(), Some(&Mark::vote(Mark::OVERVOTE)));
    let one = |text: String| said(&read_hart(zipped(&[("1.xml", text.as_bytes())]), None).unwrap_err());
    assert_eq!(
        one(HART.replace("<BatchSequence>3", "<BatchSequence>3.0")),
        [r#"SCR-CVR-075 h.zip#1.xml column "BatchSequence" value "3.0""#]
    );
    assert!(
        one(HART.replace("<Value>1", "<Value>2"))[0]
            .starts_with(r#"SCR-CVR-075 h.zip#1.xml column "Value" value "2""#)
    );
    assert!(
        one(HART.replace("<CvrGuid>g</CvrGuid>", ""))[0]
            .starts_with(r#"SCR-CVR-075 h.zip#1.xml column "CvrGuid""#)
    );
    assert!(one(HART[..90].to_owned())[0].starts_with("SCR-CVR-075"));
    assert!(
        said(&read_hart(Cursor::new(b"no zip".to_vec()), None).unwrap_err())[0].starts_with("SCR-CVR-030")
    );
    assert!(said(&read_hart(zipped(&[("a.txt", b"x")]), None).unwrap_err())[0].starts_with("SCR-CVR-028"));
    let list = read_hart(zipped(&[("1.xml", HART.as_bytes())]), Some("a,b\n1,2\n")).unwrap_err();
    assert_eq!(list[0].code, "SCR-CVR-076");
    let few = Limits { members: 1, ..Limits::default() };
    let two = zipped(&[("1.xml", HART.as_bytes()), ("2.xml", HART.as_bytes())]);
    let problems = hart::read(two, None, "h.zip", &few, &mut Vec::<Card>::new()).unwrap_err();
    assert_eq!(problems[0].code, "SCR-CVR-031");
    let bomb = format!("<Cvr><CvrGuid>{}</CvrGuid></Cvr>", "0".repeat(5 << 20));
    assert!(one(bomb)[0].starts_with("SCR-CVR-033"));
}

/// What a card says does not depend on the cards before it, though what is allowed is learned from them.
#[test]
fn harts_overvotes_do_not_depend_on_the_order_of_cards() {
    let card = |(guid, values, end): (&str, [u8; 3], &str)| {
        let option = |(at, value): (usize, &u8)| {
            format!("<Option><Name>N{at}</Name><Id>i{at}</Id><Value>{value}</Value></Option>")
        };
        let options: String = values.iter().enumerate().map(option).collect();
        format!(
            "<Cvr><Contests><Contest><Name>Mayor</Name><Id>c</Id><Options>{options}</Options>{end}</Contest></Contests><CvrGuid>{guid}</CvrGuid></Cvr>"
        )
    };
    let files = [("a", [1, 0, 0], ""), ("b", [1, 1, 0], "<Overvoted />"), ("c", [1, 1, 1], "")].map(card);
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let names = ["1.xml", "2.xml", "3.xml"];
        let archive: Vec<(&str, &[u8])> =
            names.into_iter().zip(order.map(|at| files[at].as_bytes())).collect();
        let (_, cards) = read_hart(zipped(&archive), None).unwrap();
        let over = cards.iter().find(|card| card.id == "b").unwrap();
        assert_eq!(over.marks(0).unwrap().last(), Some(&Mark::vote(Mark::OVERVOTE)), "{order:?}");
    }
}

#[test]
fn harts_list_may_mark_its_columns_and_say_one_thing_of_a_card() {
    let head = "#FormatVersion 1\n#CvrId,UniqueIdentifier,Workstation\n";
    let read = |rows: &str| read_hart(zipped(&[("1.xml", HART.as_bytes())]), Some(&format!("{head}{rows}")));
    let (_, cards) = read("g,u1,w1\ng,u1,w1\n").unwrap();
    assert_eq!((cards[0].imprinted.as_str(), cards[0].tabulator.as_str()), ("u1", "w1"));
    let problems = said(&read("g,u1,w1\ng,u2,w1\n").unwrap_err());
    assert!(problems[0].starts_with(r#"SCR-CVR-076 h.zip:4 value "g""#), "{problems:?}");
}

/// A line without an end is not taken into memory whole.
#[test]
fn long_lines_are_refused() {
    let long = "a".repeat(5 << 20);
    let problems = read_raire(format!("1\nContest,1,1,a\n1,x,{long}\n").as_bytes()).unwrap_err();
    assert!(said(&problems)[0].starts_with("SCR-CVR-039 a.raire:3"));
    let text = format!("Ann,Ben\n1,{long}\n");
    let mut cards: Vec<Card> = Vec::new();
    let read = rctab_csv::read(text.as_bytes(), "a.csv", &layout(1), &Limits::default(), &mut cards);
    assert!(said(&read.unwrap_err())[0].starts_with("SCR-CVR-039 a.csv:2"));
}

/// Without ids of ballots a row without anything is a blank ballot (`RCTab`'s CsvCvrReader counts it); with them it is
/// what a spreadsheet leaves behind.
#[test]
fn blank_rows_are_ballots_where_ballots_have_no_ids() {
    let read = |text: &str, layout: &Layout| {
        let mut cards: Vec<Card> = Vec::new();
        rctab_csv::read(text.as_bytes(), "a.csv", layout, &Limits::default(), &mut cards).unwrap().cards
    };
    assert_eq!(read("Ann,Ben\n1,2\n,\n", &layout(1)), 2);
    assert_eq!(read("id,Ann,Ben\n7,1,2\n,,\n", &Layout { id_column: Some(1), ..layout(2) }), 1);
}

fn layout(first: usize) -> Layout {
    Layout {
        contest: "Vegetable".to_owned(),
        first_vote_column: first,
        first_vote_row: 2,
        id_column: None,
        batch_column: None,
        precinct_column: None,
        undeclared_write_in: "Write-In".to_owned(),
    }
}

/// RCTab 2.0.1's sets of this format: first ranks.
#[test]
fn first_ranks_of_rctabs_csv_are_those_of_rctab() {
    for folder in ["generic_csv_test", "csv_missing_header_test", "max_ranking_enforcement"] {
        let Some(set) = rctab(&format!("{folder}/")) else { return };
        let find = |end: &str| set.iter().find(|(name, _)| name.ends_with(end)).map(|(_, bytes)| bytes);
        let config: Value = serde_json::from_slice(find("_config.json").unwrap()).unwrap();
        let source = &config["cvrFileSources"][0];
        let column = |field: &str| source[field].as_str().unwrap().parse::<usize>().ok();
        let layout = Layout {
            id_column: column("idColumnIndex"),
            batch_column: column("batchColumnIndex"),
            precinct_column: column("precinctColumnIndex"),
            ..layout(column("firstVoteColumnIndex").unwrap())
        };
        let mut cards: Vec<Card> = Vec::new();
        let bytes = find("_cvr.csv").unwrap().as_slice();
        let reading = rctab_csv::read(bytes, "a.csv", &layout, &Limits::default(), &mut cards).unwrap();
        if folder == "generic_csv_test" {
            let first = &cards[0];
            assert_eq!(
                (first.id.as_str(), first.precinct.as_str(), first.batch.as_str()),
                ("R_3QEQ85E7gV2DuyG", "p1", "b1")
            );
        }
        let Some(report) = find("_detailed_report.json") else { continue };
        let report: Value = serde_json::from_slice(report).unwrap();
        let spec = &reading.contests.list()[0];
        let mut votes: BTreeMap<&str, u64> = BTreeMap::new();
        for card in &cards {
            let marks = card.marks(0).unwrap();
            let at_first: Vec<&Mark> = marks.iter().filter(|mark| mark.rank == 1).collect();
            if let [mark] = at_first[..] {
                *votes.entry(&spec.choices[usize::from(mark.choice)].name).or_default() += 1;
            }
        }
        for (name, expected) in report["results"][0]["tally"].as_object().unwrap() {
            let name = if name == "Undeclared Write-ins" { "Write-In" } else { name };
            assert_eq!(
                votes.get(name).unwrap_or(&0).to_string(),
                expected.as_str().unwrap(),
                "{folder} {name}"
            );
        }
        assert_eq!(report["summary"]["totalNumBallots"], cards.len().to_string(), "{folder}");
    }
}

#[test]
fn everything_wrong_with_rctabs_csv_is_said() {
    let read = |text: &str, layout: &Layout| {
        let mut cards: Vec<Card> = Vec::new();
        rctab_csv::read(text.as_bytes(), "a.csv", layout, &Limits::default(), &mut cards).map(|_| cards)
    };
    let refused = |text: &str, layout: &Layout| said(&read(text, layout).unwrap_err());
    assert_eq!(
        refused("id,Ann,Ben\n1,1,x\n2,0,2\n3,1,2,3\n", &layout(2)),
        [
            r#"SCR-CVR-024 a.csv:2 column "Ben" value "x""#,
            r#"SCR-CVR-024 a.csv:3 column "Ann" value "0""#,
            r#"SCR-CVR-024 a.csv:4 column "4" value "3""#,
        ]
    );
    assert!(refused("id\n1\n", &layout(2))[0].starts_with("SCR-CVR-074"));
    assert!(
        refused("id,Ann,Ann\n1,1,2\n", &layout(2))[0]
            .starts_with(r#"SCR-CVR-074 a.csv:1 column "3" value "Ann""#)
    );
    assert!(refused("id,Ann\n", &layout(2))[0].starts_with("SCR-CVR-028"));
    assert!(refused("a,b\n1,1\n", &Layout { id_column: Some(2), ..layout(2) })[0].starts_with("SCR-CVR-074"));
    // The same rank twice is an overvote at it; a write-in is known by its name.
    let cards = read("id,Ann,Write-In\n1,1,1\n", &layout(2)).unwrap();
    assert_eq!(cards[0].marks(0), Some(&[Mark::ranked(0, 1), Mark::ranked(1, 1)][..]));
}

proptest! {
    /// What is written is read again.
    #[test]
    fn raire_reads_what_it_writes(rankings in prop::collection::vec(prop::collection::vec(0..5_usize, 0..5), 1..20), name in "[ -~é]{1,8}") {
        let names = ["a", "b,c", "d \"e\"", "é", "5"];
        prop_assume!(!name.trim().is_empty() && name.trim() == name && !name.starts_with('='));
        let head = format!("1\nContest,\"{}\",5,a,\"b,c\",\"d \"\"e\"\"\",é,5,winner,5\n", name.replace('"', "\"\""));
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let rows = rankings.iter().enumerate().map(|(at, ranking)| {
            let prefs: String = ranking.iter().map(|one| format!(",{}", quoted(names[*one]))).collect();
            format!("{},{at}{prefs}\n", quoted(&name))
        });
        let text = head + &rows.collect::<String>();
        let (read, cards) = read_raire(text.as_bytes()).map_err(|problems| TestCaseError::fail(format!("{problems:?} {text}")))?;
        let (again, same) = read_raire(&write_raire(&read, &cards)).unwrap();
        prop_assert_eq!(&again.winners, &read.winners);
        prop_assert!(same == cards && again.reading.contests.list() == read.reading.contests.list());
    }

    /// Whatever stands in a file, there is an answer.
    #[test]
    fn no_file_ends_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[Cot1, \n\"ab]{0,60}") {
        let _ = read_raire(&bytes);
        let _ = read_raire(format!("1\nContest,1,2,a,b\n{text}").as_bytes());
        let _ = read_hart(zipped(&[("1.xml", &bytes)]), None);
        let mut cards: Vec<Card> = Vec::new();
        let _ = rctab_csv::read(bytes.as_slice(), "a.csv", &layout(1), &Limits::default(), &mut cards);
        let _ = rctab_csv::read(text.as_bytes(), "a.csv", &layout(0), &Limits::default(), &mut cards);
    }
}
