//! Small inputs, each of which brings about one code.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_intake::{Format, Input, Limits, Mapping, codes, read};

const LONG: &str = "version = 1\nformat = \"delimited\"\n[unit]\nkey = [\"Unit\"]\n[contest]\ncolumns = [\"Contest\"]\n[fields]\nregistered_voters = \"Registered\"\n[long]\ncontestant = \"Name\"\nvotes = \"Votes\"\nparts = [\"Post\", \"Hall\"]\n";
const HEADER: &str = "Unit,Contest,Registered,Name,Votes,Post,Hall\n";

fn said(text: &str, mapping: &Mapping, limits: &Limits) -> Vec<&'static str> {
    let intake = read(Input { name: "f", bytes: text.as_bytes() }, mapping, limits);
    intake.problems.iter().map(|problem| problem.code).collect()
}

fn said_of_rows(rows: &str) -> Vec<&'static str> {
    let mapping = Mapping::parse(LONG, "m").unwrap();
    said(&format!("{HEADER}{rows}"), &mapping, &Limits::default())
}

#[test]
fn a_good_long_file_has_no_problem() {
    assert_eq!(said_of_rows("1,Mayor,9,Ann,5,2,3\n1,Mayor,9,Bob,2,1,1\n"), Vec::<&str>::new());
}

#[test]
fn a_contestant_twice_in_a_unit() {
    assert!(said_of_rows("1,Mayor,9,Ann,5,2,3\n1,Mayor,9,Ann,4,2,2\n").contains(&codes::VOTES_TWICE));
}

#[test]
fn a_line_of_the_tally_sheet_with_two_values() {
    assert!(said_of_rows("1,Mayor,9,Ann,5,2,3\n1,Mayor,8,Bob,2,1,1\n").contains(&codes::FIELD_DIFFERS));
}

#[test]
fn a_record_without_a_contestant() {
    assert!(said_of_rows("1,Mayor,9,Ann,5,2,3\n1,Mayor,9,,2,1,1\n").contains(&codes::NO_CONTESTANT));
}

#[test]
fn a_record_without_a_contest() {
    assert!(said_of_rows("1,Mayor,9,Ann,5,2,3\n1,,9,Bob,2,1,1\n").contains(&codes::NO_CONTEST));
}

#[test]
fn votes_that_differ_from_their_parts() {
    assert!(said_of_rows("1,Mayor,9,Ann,5,2,2\n").contains(&codes::PARTS_DIFFER));
}

#[test]
fn a_header_beyond_the_end() {
    let mut mapping = Mapping::parse(LONG, "m").unwrap();
    mapping.file.header_row = Some(99);
    let text = format!("{HEADER}1,Mayor,9,Ann,5,2,3\n");
    assert!(said(&text, &mapping, &Limits::default()).contains(&codes::NO_HEADER));
}

#[test]
fn more_elements_than_the_limit() {
    let few = Limits { nodes: 3, ..Limits::default() };
    let text = "<a><b/><b/><b/><b/></a>";
    assert!(said(text, &Mapping::new(Format::Nist), &few).contains(&codes::XML_TOO_MANY_NODES));
}

#[test]
fn a_workbook_of_another_office_program() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let intake =
        read(Input { name: "f.ods", bytes: &bytes }, &Mapping::parse(LONG, "m").unwrap(), &Limits::default());
    assert_eq!(intake.problems[0].code, codes::UNKNOWN_FORMAT);
}
