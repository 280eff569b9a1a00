//! ES&S's workbooks of ranked votes: the bytes as a workbook, and as the sheet of a sound one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::Card;
use scr_tabulation::ranked::{config, workbook};
use std::io::{Cursor, Write as _};

const CONFIG: &[u8] = br#"{"outputSettings":{"contestName":"Mayor"},"cvrFileSources":[{"filePath":"a.xlsx","provider":"ess",
"firstVoteColumnIndex":"3","firstVoteRowIndex":"2","idColumnIndex":"1","precinctColumnIndex":"2","overvoteDelimiter":"//"}],
"candidates":[{"name":"Ann"},{"name":"Ben"}],"rules":{"tiebreakMode":"random","randomSeed":"7","overvoteRule":"exhaustImmediately",
"winnerElectionMode":"singleWinnerMajority","numberOfWinners":1,"decimalPlacesForVoteArithmetic":"4",
"maxSkippedRanksAllowed":"unlimited","maxRankingsAllowed":"3"}}"#;
const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const SHEETS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn read(bytes: &[u8]) {
    let (config, _) = config::read(CONFIG, "config.json").expect("a sound configuration");
    let mut cards: Vec<Card> = Vec::new();
    if let Ok(reading) = workbook::read(Cursor::new(bytes), &config, &config.sources[0], &mut cards) {
        assert_eq!(reading.cards, cards.len() as u64);
    }
}

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, member) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        ("xl/worksheets/sheet1.xml", bytes),
    ] {
        archive.start_file(name, stored).expect("to memory");
        archive.write_all(member).expect("to memory");
    }
    read(archive.finish().expect("to memory").get_ref());
});
