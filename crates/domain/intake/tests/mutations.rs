//! Good input of every format, changed at random places: no reader panics, and none gives tables beside an
//! error. A few seconds; `SCRUTINEER_MUTATION_SECONDS` lets it run for longer.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its own input has failed")]

use scr_intake::{
    Encoding, FileSpec, Format, Input, Limits, Mapping, RegistryMapping, propose, propose_with, read,
    registry,
};
use std::io::Write as _;
use std::time::{Duration, Instant};

const COUNT: &str = include_str!("../../../../fixtures/eml-nl/510b_telling.eml.xml");
const LISTS: &str = include_str!("../../../../fixtures/eml-nl/230b_kandidaten.eml.xml");
const STATIONS: &str = include_str!("../../../../fixtures/eml-nl/110b_stembureaus.eml.xml");
const DEFINITION: &str = include_str!("../../../../fixtures/eml-nl/110a_definitie.eml.xml");
const WIDE: &str = "Unit;Place;Registered;Valid votes;Ann;Bob\r\n001;\"Hill; \"\"A\"\"\";120;90;50;40\r\n002;Dale;90;50;30;20\r\nTotal;;210;140;80;60\r\n";
const LONG: &str =
    "Precinct,Contest,Candidate,Party,Votes\n1,Mayor,Ann,A,5\n1,Mayor,Bob,B,\"1,004\"\n2,Mayor,Ann,A,=1+2\n";
const REPORT: &str = r#"{"@type":"ElectionResults.ElectionReport","Format":"summary-contest","GeneratedDate":"2026-01-01T00:00:00Z","Issuer":"x","Status":"certified","GpUnit":[{"@id":"u1","@type":"ElectionResults.ReportingUnit","Type":"county","ComposingGpUnitIds":["u2"]},{"@id":"u2","Type":"precinct"}],"Election":[{"ElectionScopeId":"u1","Contest":[{"@id":"c","Name":"Mayor","ContestSelection":[{"@id":"s","VoteCounts":[{"GpUnitId":"u2","Type":"total","Count":5}]}]}]}]}"#;
const FEATURES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"number":"1","name":"Hill"},"geometry":{"type":"Point","coordinates":[21.5,-3.25]}},{"type":"Feature","properties":null,"geometry":null}]}"#;
/// Pieces that parsers trip over.
const PIECES: [&[u8]; 24] = [
    b"\0",
    b"\"",
    b"\"\"",
    b"\r",
    b"\n",
    b";",
    b",",
    b"\t",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"-1",
    b"99999999999999999999",
    b"1.5",
    b"1,000",
    b"=1+1",
    b"<",
    b">",
    b"&",
    b"&#x0;",
    b"]]>",
    b"<!--",
    b"{",
    b"[",
    b"Total",
];

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }
}

fn changed(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(40)).min(bytes.len());
        match dice.roll(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied())),
            4 => bytes.truncate(at),
            _ => {
                let from = dice.roll(other.len() + 1);
                let to = (from + dice.roll(80)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    bytes
}

fn sheet_of(rows: &[u8]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in &parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    writer.write_all(rows).unwrap();
    writer.finish().unwrap().into_inner()
}

fn feed(bytes: &[u8], limits: &Limits) {
    let input = Input { name: "f", bytes };
    let proposal = propose(input, limits);
    let stated =
        FileSpec { encoding: Some(Encoding::Windows1251), header_row: Some(2), ..FileSpec::default() };
    let forced = propose_with(input, &stated, limits);
    let formats = [Format::Nist, Format::EmlNl, Format::Openelections].map(Mapping::new);
    for mapping in formats.iter().chain([&proposal.mapping, &forced.mapping]) {
        let intake = read(input, mapping, limits);
        assert!(intake.is_complete() || intake.tables.is_empty());
    }
    for code in ["#1", "number", "@row"] {
        let places = registry(input, &RegistryMapping::new(&[code]), limits);
        assert!(places.is_complete() || places.places.is_empty());
    }
    let text = String::from_utf8_lossy(bytes);
    let _ = (Mapping::parse(&text, "m"), RegistryMapping::parse(&text, "m"));
    let _ = (scr_results::rules::Pack::parse(&text), scr_results::published::read(bytes));
}

#[expect(clippy::disallowed_methods, reason = "how long a test runs comes from outside")]
fn seconds() -> u64 {
    std::env::var("SCRUTINEER_MUTATION_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3)
}

#[test]
fn changed_input_never_panics_and_is_never_half_imported() {
    let rows = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Unit</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Ann</t></is></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>1+1</f><v>2</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>";
    let pack = "id = \"x\"\nversion = 1\n[[rule]]\nid = \"a\"\ntest = \"votes_valid == sum(contestants)\"\n";
    let mapping = Mapping::new(Format::EmlNl).to_toml();
    let seeds: Vec<&[u8]> =
        [WIDE, LONG, REPORT, FEATURES, COUNT, LISTS, STATIONS, DEFINITION, rows, pack, &mapping]
            .map(str::as_bytes)
            .into();
    let limits = Limits {
        input_bytes: 1 << 20,
        unpacked_bytes: 4 << 20,
        rows: 2_000,
        columns: 200,
        cells: 50_000,
        nodes: 20_000,
        problems: 50,
        ..Limits::default()
    };
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (start, time) = (Instant::now(), Duration::from_secs(seconds()));
    let mut fed = 0_u64;
    while start.elapsed() < time {
        let (seed, other) = (seeds[dice.roll(seeds.len())], seeds[dice.roll(seeds.len())]);
        let bytes = changed(seed, other, &mut dice);
        match dice.roll(6) {
            0 => feed(&sheet_of(&bytes), &limits),
            1 => {
                let whole = sheet_of(&bytes);
                feed(&changed(&whole, other, &mut dice), &limits);
            }
            _ => feed(&bytes, &limits),
        }
        fed += 1;
    }
    println!("{fed} inputs");
    assert!(fed > 0);
}
