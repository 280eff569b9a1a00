//! The normalised form of a table: what is published, proven and rebuilt from.
//!
//! `application/x-ndjson`, canonical JSON (RFC 8785) line by line: a header, then one row a line,
//! in order of (unit, part). The leaf of a row is the RFC 6962 leaf hash of its line without the
//! line end, and the root over them stands in the header and in the event of the import.

mod line;
mod reader;
mod tree;
mod writer;

pub use line::{OBJECT_TYPE, ObjectHeader, RowRecord};
pub use reader::{MAX_LINE, ObjectError, ObjectReader, read_object};
pub use tree::{NUMBER_RECEIPT, NumberReceipt, RowTree};
pub use writer::Publication;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RowKind, Table};
    use crate::testing::table;
    use scr_canon::{Hash32, canonical_value, parse_canonical};
    use scr_merkle::{leaf_hash, root_of, verify_inclusion};

    const SAMPLE: &str = "unit,part,place,registered,voters,#b,#a\n10,,N/\"Hill\",9,8,,3\n2,paper,N,5,4,2,2\n\
                          2,electronic,N,,1,0,1\n3,,S,-,-,-,-\n=North,,N,14,13,2,6\n";

    fn bytes(table: &Table) -> Vec<u8> {
        let mut out = Vec::new();
        Publication::of(table).unwrap().write(&mut out).unwrap();
        out
    }

    #[test]
    fn every_line_is_canonical_and_the_root_is_the_one_of_rfc_6962() {
        let table = table(SAMPLE);
        let text = String::from_utf8(bytes(&table)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for line in &lines {
            parse_canonical(line.as_bytes()).unwrap();
        }
        assert_eq!(
            lines[1],
            r#"{"fields":{"registered":9,"voters":8},"places":["N","\"Hill\""],"unit":"10","votes":{"a":3}}"#
        );
        assert_eq!(lines[4], r#"{"fields":{},"numberless":true,"places":["S"],"unit":"3","votes":{}}"#);
        let leaves: Vec<Hash32> = lines[1..].iter().map(|line| leaf_hash(line.as_bytes())).collect();
        let publication = Publication::of(&table).unwrap();
        assert_eq!(publication.root(), root_of(&leaves));
        let header: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!(header["rows_root"], publication.root().to_string());
        assert_eq!(header["rows"], 4);
    }

    #[test]
    fn a_table_reads_back_and_writes_the_same_bytes() {
        let first = bytes(&table(SAMPLE));
        let again = read_object(&first[..]).unwrap();
        assert_eq!(bytes(&again), first);
        assert_eq!(again.totals().count(), 1);
        assert_eq!(again.units().map(|row| row.key()).collect::<Vec<_>>()[1], ("2", Some("electronic")));
        assert!(again.units().next_back().unwrap().numberless());
        assert_eq!(again.rows().filter(|row| row.kind() == RowKind::Unit).count(), 4);
    }

    #[test]
    fn the_order_of_the_source_does_not_matter() {
        let shuffled = "unit,part,place,registered,voters,#b,#a\n3,,S,-,-,-,-\n2,electronic,N,,1,0,1\n\
                        =North,,N,14,13,2,6\n2,paper,N,5,4,2,2\n10,,N/\"Hill\",9,8,,3\n";
        assert_eq!(bytes(&table(SAMPLE)), bytes(&table(shuffled)));
    }

    #[test]
    fn every_row_has_a_path_that_verifies_and_no_other_row_takes_it() {
        let table = table(SAMPLE);
        let publication = Publication::of(&table).unwrap();
        let rows = publication.len() as u64;
        for index in 0..publication.len() {
            let receipt = publication.receipt(index, "proof".into()).unwrap();
            let check = |row: &str| {
                let leaf = leaf_hash(row.as_bytes());
                verify_inclusion(&receipt.path, receipt.row_index, rows, &leaf, &publication.root())
            };
            assert!(check(&receipt.row).is_ok());
            assert!(check(&receipt.row.replace("unit", "unit ")).is_err());
        }
        assert!(publication.receipt(publication.len(), String::new()).is_none());
        assert_eq!(publication.find("2", Some("paper")), Some(2));
        assert_eq!(publication.find("2", None), None);
    }

    #[test]
    fn row_by_row_gives_the_same_rows_and_bytes() {
        let table = table(SAMPLE);
        let publication = Publication::of(&table).unwrap();
        let bytes = bytes(&table);
        let mut reader = ObjectReader::open(&bytes[..]).unwrap();
        assert_eq!(reader.header().rows, 4);
        let mut count = 0;
        while let Some((row, line)) = reader.next_row().unwrap() {
            assert_eq!(publication.line(count).unwrap(), line);
            assert_eq!(
                publication.row(count).unwrap().values().collect::<Vec<_>>(),
                row.values().collect::<Vec<_>>()
            );
            count += 1;
        }
        assert_eq!(count, 4);
    }

    #[test]
    fn each_defect_of_an_object_has_its_code() {
        let text = String::from_utf8(bytes(&table(SAMPLE))).unwrap();
        let code = |text: &str| read_object(text.as_bytes()).unwrap_err().code();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(code(""), "SCR-RES-201");
        assert_eq!(code("{}\n"), "SCR-RES-201");
        assert_eq!(code(&text.replace("results-table/1", "results-table/2")), "SCR-RES-201");
        assert_eq!(code(&text.replace(r#"{"registered":9,"#, r#"{ "registered":9,"#)), "SCR-RES-202");
        assert_eq!(code(&text.replace(r#""votes":{"a":3}"#, r#""votes":{"z":3}"#)), "SCR-RES-202");
        assert_eq!(code(&text.replace(r#""votes":{"a":3}"#, r#""votes":{"a":4294967295}"#)), "SCR-RES-202");
        let swapped = [lines[0], lines[2], lines[1], lines[3], lines[4]].join("\n") + "\n";
        assert_eq!(code(&swapped), "SCR-RES-203");
        assert_eq!(code(&text.replace(r#""votes":{"a":3}"#, r#""votes":{"a":4}"#)), "SCR-RES-204");
        assert_eq!(code(&(lines[..4].join("\n") + "\n")), "SCR-RES-204");
        assert_eq!(code(text.trim_end()), "SCR-RES-202");
        assert_eq!(code(&format!("{}\n{}\n", lines[0], "x".repeat(MAX_LINE + 1))), "SCR-RES-205");
    }

    #[test]
    fn bytes_that_cannot_be_read_are_said_to_be() {
        struct Broken;
        impl std::io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the disk is gone"))
            }
        }
        assert_eq!(read_object(std::io::BufReader::new(Broken)).unwrap_err().code(), "SCR-RES-206");
    }

    proptest::proptest! {
        #[test]
        fn any_text_in_a_row_is_written_canonically(unit in "\\PC{0,12}[\u{0}-\u{1f}]?", place in "\\PC{0,9}", a in 0u64..=crate::model::MAX_VALUE) {
            let mut table = table("unit,#é,#😀,#z\n");
            let row = crate::model::NewRow { kind: RowKind::Unit, unit: &unit, name: &place, parents: &[&place], part: Some(&place), line: 3 };
            let row = table.push_row(&row).unwrap();
            for column in table.columns().collect::<Vec<_>>() {
                table.set(row, column, Some(a)).unwrap();
            }
            let publication = Publication::of(&table).unwrap();
            let line = publication.line(0).unwrap();
            let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
            proptest::prop_assert_eq!(canonical_value(&value).unwrap(), line);
            proptest::prop_assert_eq!(bytes(&read_object(&bytes(&table)[..]).unwrap()), bytes(&table));
        }

        #[test]
        fn no_bytes_make_the_reader_stop(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = read_object(&bytes[..]);
        }
    }
}
