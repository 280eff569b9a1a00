//! What is wrong with the sources of a ranked count is said with its code.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_core::Problem;
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink};
use scr_tabulation::ranked::config::{self, Config};
use scr_tabulation::ranked::{Gather, workbook};
use std::io::{Cursor, Write as _};

fn configured(source: &serde_json::Value) -> Config {
    let config = serde_json::json!({
        "outputSettings": { "contestName": "Mayor" },
        "cvrFileSources": [source],
        "candidates": [{ "name": "Ann" }, { "name": "Ben" }],
        "rules": {
            "tiebreakMode": "random", "randomSeed": "7", "overvoteRule": "exhaustImmediately",
            "winnerElectionMode": "singleWinnerMajority", "numberOfWinners": 1,
            "decimalPlacesForVoteArithmetic": "4", "maxSkippedRanksAllowed": "unlimited",
            "maxRankingsAllowed": "max",
        },
    });
    config::read(config.to_string().as_bytes(), "config.json").unwrap().0
}

fn codes<T: std::fmt::Debug>(found: Result<T, Vec<Problem>>) -> Vec<&'static str> {
    found.unwrap_err().iter().map(|problem| problem.code).collect()
}

fn contest(id: &str, name: &str) -> Contest {
    let choice = Choice {
        id: name.to_owned(),
        name: name.to_owned(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    };
    Contest {
        id: id.to_owned(),
        name: format!("Contest {id}"),
        votes_allowed: 1,
        ranks: 3,
        choices: vec![choice],
    }
}

#[test]
fn names_and_contests_that_are_not_configured_are_named() {
    let config = configured(&serde_json::json!({ "filePath": "a.xml", "provider": "cdf" }));
    let counted = |list: Vec<Contest>| {
        let contests = Contests::of(list).unwrap();
        let mut gather = Gather::new(&config).unwrap();
        gather.source(&config.sources[0]);
        let mut card = Card::default();
        (0..).zip(contests.list()).for_each(|(number, _)| card.add(number, &[Mark::ranked(0, 1)]));
        gather.card(&contests, &card).unwrap();
        gather.finish()
    };
    assert_eq!(codes(counted(vec![contest("1", "Anne")])), ["SCR-TAB-011"]);
    assert!(codes(counted(vec![contest("1", "Ann"), contest("2", "Ben")])).contains(&"SCR-TAB-017"));
}

/// A workbook of one sheet with these cells.
fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows: String =
        rows.iter().map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>())).collect();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let files = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Ballots\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(format!("{head}{text}").as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn workbooks_that_cannot_be_counted_are_refused() {
    let config = configured(&serde_json::json!({
        "filePath": "a.xlsx", "provider": "ess", "firstVoteColumnIndex": "2", "firstVoteRowIndex": "2", "idColumnIndex": "1",
    }));
    let read =
        |bytes: Vec<u8>| workbook::read(Cursor::new(bytes), &config, &config.sources[0], &mut Vec::new());
    assert_eq!(codes(read(b"no workbook".to_vec())), ["SCR-TAB-018"]);
    assert_eq!(read(sheet(&[&["id", "1"], &["7", "Ann"]])).unwrap().cards, 1);
    assert_eq!(codes(read(sheet(&[&["id", "1"], &["", "Ann"]]))), ["SCR-TAB-019"]);
}
