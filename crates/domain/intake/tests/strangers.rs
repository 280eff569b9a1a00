//! Files that are something else than their name says, and documents made to hurt: each refused with
//! its own code by the proposal and by the reader, within a bounded time.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its own input has failed")]

use scr_intake::{Format, Input, Limits, Mapping, RegistryMapping, codes, propose, read, registry};
use std::io::Write as _;

const MAPPING: &str =
    "version = 1\nformat = \"delimited\"\n[unit]\nkey = [\"Unit\"]\n[wide]\nfrom = \"Ann\"\n";

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with one sheet of these rows (`<row>` elements); `state` is that of the sheet.
fn workbook(rows: &str, state: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let roots = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{of}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<?xml version=\"1.0\"?><workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets><sheet name=\"S\" sheetId=\"1\" {state} r:id=\"r1\"/></sheets></workbook>"
    );
    let books = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{of}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"
    );
    zip_of(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", roots.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", books.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn text(cell: &str, text: &str) -> String {
    format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn rows(second: &str) -> String {
    format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{second}</row>",
        text("A1", "Unit"),
        text("B1", "Ann"),
        text("A2", "001")
    )
}

fn said_by_both(bytes: &[u8], name: &str) -> [Vec<&'static str>; 2] {
    let input = Input { name, bytes };
    let limits = Limits::default();
    let proposal = propose(input, &limits);
    let intake = read(input, &Mapping::parse(MAPPING, "m").unwrap(), &limits);
    assert!(intake.is_complete() || intake.tables.is_empty(), "{name}: half imported");
    [proposal.problems, intake.problems].map(|problems| problems.iter().map(|problem| problem.code).collect())
}

/// A registry of places, handed in as results.
const PLACES: &[u8] = br#"{"type": "FeatureCollection", "features": [{"type": "Feature",
 "properties": {"code": "1"}, "geometry": {"type": "Point", "coordinates": [1.5, 2.5]}}]}"#;

#[test]
fn what_is_no_table_is_named() {
    let cases: [(&str, &[u8], &str); 13] = [
        ("results.csv", b"<!DOCTYPE html>\n<html><body>404</body></html>", codes::WEB_PAGE),
        ("results.xls", b"<html><table><tr><td>1</td></tr></table></html>", codes::WEB_PAGE),
        ("results.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", codes::PDF),
        ("results.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0", codes::OLD_WORKBOOK),
        ("results.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0", codes::BINARY),
        ("results.csv", b"7z\xbc\xaf\x27\x1c\0\x04", codes::BINARY),
        ("results.csv", b"\x89PNG\r\n\x1a\n\0\0", codes::BINARY),
        ("results.db", b"SQLite format 3\0\x10\0", codes::BINARY),
        ("results.json", b"{\"rows\": [1, 2]}", codes::OTHER_DOCUMENT),
        ("results.json", b"[{\"unit\": 1}]", codes::OTHER_DOCUMENT),
        ("results.xml", b"<?xml version=\"1.0\"?><results/>", codes::OTHER_DOCUMENT),
        ("map.geojson", PLACES, codes::OTHER_DOCUMENT),
        ("results.csv", b"   \r\n  ", codes::EMPTY),
    ];
    for (name, bytes, code) in cases {
        for said in said_by_both(bytes, name) {
            assert_eq!(said, [code], "{name} {code}");
        }
        let packed = zip_of(&[("inside", bytes)]);
        for said in said_by_both(&packed, "packed.zip") {
            assert_eq!(said, [code], "{name} {code}, in an archive");
        }
    }
}

#[test]
fn formulas_without_results_are_not_lost() {
    let limits = Limits::default();
    let mapping = Mapping::parse(&MAPPING.replace("delimited", "spreadsheet"), "m").unwrap();
    let intake = |bytes: &[u8]| read(Input { name: "f.xlsx", bytes }, &mapping, &limits);
    let good = intake(&workbook(&rows("<c r=\"B2\"><v>5</v></c>"), ""));
    assert!(good.problems.is_empty(), "{:?}", good.problems);
    assert_eq!(good.tables[0].units().next().and_then(|row| row.votes(0)), Some(5));

    let result = intake(&workbook(&rows("<c r=\"B2\"><f>2+3</f><v>5</v></c>"), ""));
    assert_eq!(result.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [codes::FORMULA_RESULTS]);
    assert_eq!(result.tables[0].units().next().and_then(|row| row.votes(0)), Some(5));

    let lost = intake(&workbook(&rows("<c r=\"B2\"><f>2+3</f></c>"), ""));
    let problem = lost.problems.iter().find(|problem| problem.code == codes::FORMULA).unwrap();
    assert_eq!((problem.row, problem.column.as_deref()), (Some(2), Some("B")));
    assert!(lost.tables.is_empty());

    let hidden = intake(&workbook(&rows("<c r=\"B2\"><v>5</v></c>"), "state=\"hidden\""));
    assert_eq!(hidden.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [codes::SHEET_HIDDEN]);

    let error = intake(&workbook(&rows("<c r=\"B2\" t=\"e\"><v>#REF!</v></c>"), ""));
    assert!(error.problems.iter().any(|problem| problem.code == codes::CELL_ERROR));
    let fraction = intake(&workbook(&rows("<c r=\"B2\"><v>5.5</v></c>"), ""));
    assert!(fraction.problems.iter().any(|problem| problem.code == codes::FRACTION));
}

#[test]
fn documents_made_to_hurt_are_refused() {
    let limits = Limits::default();
    let report = |inner: &str| format!("{{\"@type\": \"ElectionResults.ElectionReport\", {inner}}}");
    let laughs = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><a>&b;</a>";
    let outside = "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><a>&a;</a>";
    let cases = [
        (laughs.to_owned(), codes::XML_DOCTYPE),
        (outside.to_owned(), codes::XML_DOCTYPE),
        (report(&format!("\"a\": {}1{}", "{\"a\":".repeat(100), "}".repeat(100))), codes::TOO_DEEP),
        (report(&format!("\"a\": {}1{}", "[".repeat(5_000), "]".repeat(5_000))), codes::JSON_SYNTAX),
        (report("\"Format\": \"a\", \"Format\": \"b\""), codes::JSON_NAME_TWICE),
        (report("\"Format\": \"a\"")[..40].to_owned(), codes::JSON_SYNTAX),
    ];
    for (text, code) in cases {
        for format in [Format::Nist, Format::EmlNl] {
            if format == Format::EmlNl && text.starts_with('{') {
                continue;
            }
            let intake = read(Input { name: "f", bytes: text.as_bytes() }, &Mapping::new(format), &limits);
            assert_eq!(intake.problems[0].code, code, "{:?}", intake.problems);
        }
    }
    let few = Limits { nodes: 10, ..limits };
    let many = report(&format!("\"a\": [{}1]", "1,".repeat(50)));
    let intake = read(Input { name: "f", bytes: many.as_bytes() }, &Mapping::new(Format::Nist), &few);
    assert_eq!(intake.problems[0].code, codes::XML_TOO_MANY_NODES);
}

#[test]
fn a_collection_of_features_is_a_registry() {
    let text = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"number": "001", "name": "Hill"},
         "geometry": {"type": "Point", "coordinates": [21.5, -3.25]}},
        {"type": "Feature", "properties": {"number": "002", "name": "Dale", "address": "Road 1"},
         "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}}]}"#;
    let headings = ["number", "name", "address"].map(str::to_owned);
    let mut mapping = RegistryMapping::propose(&headings).unwrap();
    mapping.latitude = Some("latitude".into());
    mapping.longitude = Some("longitude".into());
    let intake = registry(Input { name: "r.geojson", bytes: text.as_bytes() }, &mapping, &Limits::default());
    assert!(intake.problems.is_empty(), "{:?}", intake.problems);
    let shown: Vec<_> = intake
        .places
        .iter()
        .map(|place| (place.code.as_str(), place.name.as_str(), place.latitude, place.longitude))
        .collect();
    assert_eq!(shown, [("001", "Hill", Some(-3_250_000), Some(21_500_000)), ("002", "Dale", None, None)]);
    for (broken, code) in [
        ("{\"type\": \"FeatureCollection\", \"features\": []}", codes::GEOJSON_NOT_FEATURES),
        ("{\"type\": \"FeatureCollection\", \"features\": 5}", codes::GEOJSON_NOT_FEATURES),
        ("{\"type\": \"FeatureCollection\", \"features\": [", codes::JSON_SYNTAX),
    ] {
        let intake = registry(Input { name: "r", bytes: broken.as_bytes() }, &mapping, &Limits::default());
        assert_eq!(intake.problems[0].code, code);
    }
}
