//! What the program proposes for real files, and that a proposal alone reads them.

use crate::common::{data, votes};
use scr_intake::{Format, Input, Limits, propose, read};

#[test]
fn real_files_read_as_proposed() {
    // Votes by the counts of PROVENANCE.md; rows where no vote count is stated there.
    for (path, format, rows, sum) in [
        (
            "results/boulder2023-pair/official_statement_of_votes.csv",
            Format::Delimited,
            4_975,
            Some(1_197_993),
        ),
        ("results/boulder2023-pair/recount_statement_of_votes.csv", Format::Delimited, 600, Some(113_374)),
        ("results/xlsx/boulder2025_statement_of_votes.xlsx", Format::Spreadsheet, 4_342, Some(1_122_213)),
        ("results/xlsx/boulder2025_statement_of_votes.csv", Format::Delimited, 4_342, Some(1_122_213)),
        (
            "results/openelections-de/20070505__de__special__precinct.csv",
            Format::Openelections,
            45,
            Some(4_161),
        ),
        ("forensics/bolivia2019/trep_acta_2019-10-21_182953.zip", Format::Delimited, 32_806, None),
        ("forensics/iran2009/iran2009_provinces_30.csv", Format::Delimited, 30, None),
        (
            "forensics/poland2020/round2_wyniki_gl_na_kand_po_obwodach_csv.zip",
            Format::Delimited,
            27_231,
            None,
        ),
        ("results/czech2017/pst4.csv", Format::Delimited, 14_865, None),
        ("forensics/russia/russia2011_slim.csv.zip", Format::Delimited, 95_225, None),
    ] {
        let Some(bytes) = data(path) else { return };
        let input = Input { name: path, bytes: &bytes };
        let proposal = propose(input, &Limits::default());
        println!("{path}\n{}", proposal.mapping.to_toml());
        assert_eq!(proposal.mapping.format, format, "{path}");
        let intake = read(input, &proposal.mapping, &Limits::default());
        for problem in intake.problems.iter().take(5) {
            println!("{problem}");
        }
        assert!(intake.is_complete(), "{path}");
        assert_eq!(intake.counts.records, rows, "{path}");
        if let Some(sum) = sum {
            assert_eq!(votes(&intake.tables), sum, "{path}");
        }
    }
}

#[test]
fn documents_are_known_by_their_root() {
    for (path, format) in [
        ("results/nist-err/err-gen-01.json", Format::Nist),
        ("results/nist-err/err-gen-01.xml", Format::Nist),
        ("engineering/eml-nl/documents/deserialize_eml510b_test.eml.xml", Format::EmlNl),
    ] {
        let Some(bytes) = data(path) else { return };
        let proposal = propose(Input { name: path, bytes: &bytes }, &Limits::default());
        assert_eq!(proposal.mapping.format, format, "{path}");
    }
}

/// Poland's units are numbered within a municipality, whose code (TERYT) stands beside; the lines "of these, because…"
/// before the eleven candidates of round 1 are none of them.
#[test]
fn poland_by_codes_and_candidates_only() {
    let path = "forensics/poland2020/round1_wyniki_gl_na_kand_po_obwodach_csv.zip";
    let Some(bytes) = data(path) else { return };
    let mapping = propose(Input { name: path, bytes: &bytes }, &Limits::default()).mapping;
    assert_eq!(mapping.unit.key, ["Kod TERYT", "Numer obwodu"]);
    let columns = mapping.wide.map(|wide| wide.columns).unwrap_or_default();
    let columns: Vec<&str> = columns.iter().map(|column| column.column.as_str()).collect();
    assert_eq!((columns.len(), columns[0], columns[10]), (11, "Robert BIEDROŃ", "Stanisław Józef ŻÓŁTEK"));
}
