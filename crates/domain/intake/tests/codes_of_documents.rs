//! Small reports, archives, workbooks and registries, each of which brings about one code.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_intake::{Format, Input, Limits, Mapping, RegistryMapping, codes, read, registry};
use std::io::Write as _;

/// A report in the form of NIST SP 1500-100 version 2, with one contest of one candidate in one unit.
const REPORT: &str = r#"<ElectionReport xmlns="http://itl.nist.gov/ns/voting/1500-100/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Election><Candidate ObjectId="c1"><BallotName><Text Language="en">Ann</Text></BallotName></Candidate>
<Contest ObjectId="k1" xsi:type="CandidateContest"><ContestSelection ObjectId="s1" xsi:type="CandidateSelection">
<VoteCounts><GpUnitId>u1</GpUnitId><Type>election-day</Type><Count>5</Count></VoteCounts>
<CandidateIds>c1</CandidateIds></ContestSelection><Name>Mayor</Name></Contest>
<ElectionScopeId>u1</ElectionScopeId></Election>
<Format>precinct-level</Format><GeneratedDate>2026-11-22T20:00:00Z</GeneratedDate>
<GpUnit ObjectId="u1" xsi:type="ReportingUnit"><Name>Hill</Name><Type>precinct</Type></GpUnit>
<Issuer>Office</Issuer><Status>certified</Status></ElectionReport>"#;

fn said(name: &str, bytes: &[u8], mapping: &Mapping, limits: &Limits) -> Vec<&'static str> {
    read(Input { name, bytes }, mapping, limits).problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_report_that_departs_from_its_schema() {
    let of =
        |text: &str| said("report.xml", text.as_bytes(), &Mapping::new(Format::Nist), &Limits::default());
    assert_eq!(of(REPORT), Vec::<&str>::new(), "the report itself is fine");
    let votes = "<VoteCounts><GpUnitId>u1</GpUnitId><Type>election-day</Type><Count>5</Count></VoteCounts>";
    let total = votes.replace("election-day", "total");
    for (from, to, code) in [
        ("<Issuer>Office</Issuer>", "", codes::NIST_MISSING),
        ("<Status>certified</Status>", "<Status>final</Status>", codes::NIST_VALUE),
        ("<Type>election-day</Type>", "<Type>on the day</Type>", codes::NIST_VALUE),
        ("<CandidateIds>c1</CandidateIds>", "<CandidateIds>c9</CandidateIds>", codes::NIST_REFERENCE),
        ("ObjectId=\"s1\"", "ObjectId=\"k1\"", codes::NIST_ID_TWICE),
        (votes, &votes.repeat(2), codes::NIST_COUNT_TWICE),
        (votes, &format!("{votes}{total}"), codes::NIST_TOTAL_AND_PARTS),
    ] {
        assert!(REPORT.contains(from), "{from}");
        assert_eq!(of(&REPORT.replacen(from, to, 1)), [code], "{to}");
    }
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in members {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WIDE: &str = "version = 1\nformat = \"delimited\"\n[unit]\nkey = [\"Unit\"]\n[contest]\nname = \"mayor\"\n[wide]\nfrom = \"Ann\"\n";

#[test]
fn an_archive_behind_a_password() {
    let mut bytes = zip_of(&[("a.csv", b"Unit,Ann\n1,2\n")]);
    // APPNOTE 4.4.4: bit 0 of the flags, in the local header and in the central directory.
    let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    let mapping = Mapping::parse(WIDE, "m").unwrap();
    assert_eq!(said("a.zip", &bytes, &mapping, &Limits::default()), [codes::ARCHIVE_ENCRYPTED]);
}

#[test]
fn a_joined_file_without_a_partner_or_with_two() {
    let mapping = format!(
        "{}[[join]]\nalias = \"b\"\nmember = \"b.csv\"\nkey = [\"Unit\"]\nheader_rows = 1\n[fields]\nregistered = \"b!Voters\"\n",
        WIDE.replace("[unit]", "[file]\nmember = \"a.csv\"\n[unit]")
    );
    let mapping = Mapping::parse(&mapping, "m").unwrap();
    let of = |b: &str| {
        let bytes = zip_of(&[("a.csv", b"Unit,Ann\n1,2\n2,3\n"), ("b.csv", b.as_bytes())]);
        said("both.zip", &bytes, &mapping, &Limits::default())
    };
    assert_eq!(of("Unit,Voters\n1,9\n2,8\n"), Vec::<&str>::new(), "each record has its partner");
    assert_eq!(of("Unit,Voters\n1,9\n"), [codes::JOIN_UNMATCHED]);
    assert_eq!(of("Unit,Voters\n1,9\n2,8\n2,7\n"), [codes::JOIN_REPEATED]);
}

/// A workbook with these sheets, each of one unit with two votes for Ann.
fn workbook(names: &[&str]) -> Vec<u8> {
    workbook_with(names, "B2")
}

/// The same with another name of the cell that holds the votes.
fn workbook_with(names: &[&str], votes: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let links = |inner: &str| format!("<Relationships xmlns=\"{package}\">{inner}</Relationships>");
    let (mut sheets, mut targets) = (String::new(), String::new());
    for (number, name) in (1..).zip(names) {
        sheets += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>");
        targets += &format!(
            "<Relationship Id=\"r{number}\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    let text = |cell: &str, text: &str| format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let (head, row) = (text("A1", "Unit") + &text("B1", "Ann"), text("A2", "001"));
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{head}</row><row r=\"2\">{row}<c r=\"{votes}\"><v>2</v></c></row></sheetData></worksheet>"
    );
    let root =
        links(&format!("<Relationship Id=\"r1\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/>"));
    let book = format!("<workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets>{sheets}</sheets></workbook>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let paths: Vec<String> = (1..=names.len()).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
    let targets = links(&targets);
    let mut members: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", targets.as_bytes()),
    ];
    members.extend(paths.iter().map(|path| (path.as_str(), sheet.as_bytes())));
    zip_of(&members)
}

/// A cell that no sheet has, of which the library would compute a place that no number holds.
#[test]
fn cells_that_cannot_be_are_refused() {
    let mapping = Mapping::parse(&WIDE.replace("delimited", "spreadsheet"), "m").unwrap();
    for cell in ["ABCDEFGHIJ2", "B99999999999"] {
        let bytes = workbook_with(&["Day"], cell);
        assert_eq!(said("b.xlsx", &bytes, &mapping, &Limits::default()), [codes::ARCHIVE_DAMAGED]);
    }
}

#[test]
fn sheets_that_are_not_there_not_chosen_or_too_many() {
    let mut mapping = Mapping::parse(&WIDE.replace("delimited", "spreadsheet"), "m").unwrap();
    let two = workbook(&["Day", "Mail"]);
    let all = Limits::default();
    assert_eq!(said("b.xlsx", &two, &mapping, &all), [codes::SHEET_CHOICE]);
    assert_eq!(said("b.xlsx", &two, &mapping, &Limits { sheets: 1, ..all }), [codes::TOO_MANY_SHEETS]);
    mapping.file.sheets = vec!["Mial".to_owned()];
    let intake = read(Input { name: "b.xlsx", bytes: &two }, &mapping, &all);
    assert_eq!(intake.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [codes::NO_SHEET]);
    assert_eq!(intake.problems[0].closest.as_deref(), Some("Mail"));
    mapping.file.sheets = vec!["Mail".to_owned()];
    assert_eq!(said("b.xlsx", &two, &mapping, &all), Vec::<&str>::new());
}

#[test]
fn an_encoding_that_two_letters_cannot_tell() {
    let mapping = Mapping::parse(&WIDE.replace("[unit]", "[file]\ndelimiter = \";\"\n[unit]"), "m").unwrap();
    let bytes = b"Unit;Ann\n2\xd73;2\n3\xd74;3\n";
    assert_eq!(said("a.csv", bytes, &mapping, &Limits::default()), [codes::ENCODING_GUESSED]);
}

#[test]
fn places_without_a_code_of_their_own() {
    let of = |mapping: &RegistryMapping, text: &str| {
        let intake = registry(Input { name: "r.csv", bytes: text.as_bytes() }, mapping, &Limits::default());
        intake.problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let by_code = RegistryMapping { path: vec!["Region".into()], ..RegistryMapping::new(&["Code"]) };
    assert_eq!(of(&by_code, "Code,Region,Name\n1,North,Hill\n,,Dale\n"), [codes::PLACE_EMPTY]);
    let by_row = RegistryMapping { path: vec!["Region".into()], ..RegistryMapping::new(&["@row"]) };
    assert_eq!(of(&by_row, "Region,Name\nNorth,Hill\nSouth,Dale\n"), [codes::PLACES_BY_ROW]);
}
