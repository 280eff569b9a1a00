//! Published results of real elections. Expected figures: `forensics/PROVENANCE.md` and
//! `expected/other_reference_values.csv` beside the files, `results/PROVENANCE.md` for Boulder.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use scr_results::checks::{Input, check};
use scr_results::compare::{Pairing, compare};
use scr_results::rules::shipped_by_id;
use scr_results::{Column, Contestant, NewRow, RowKind, SourceInfo, Table, field};
use scr_testing::data;
use std::io::Read;
use std::path::PathBuf;

fn zipped(path: &PathBuf) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_index(0).unwrap().read_to_string(&mut text).unwrap();
    text.trim_start_matches('\u{feff}').to_owned()
}

/// What stands where in a wide file.
struct Wide<'a> {
    delimiter: u8,
    unit: Option<usize>,
    fields: &'a [(&'a str, usize)],
    contestants: std::ops::Range<usize>,
}

fn read(text: &str, wide: &Wide<'_>) -> Table {
    let mut reader = csv::ReaderBuilder::new().delimiter(wide.delimiter).from_reader(text.as_bytes());
    let mut table = Table::new(SourceInfo::default(), "contest");
    let heads = reader.headers().unwrap().clone();
    let mut columns: Vec<(Column, usize)> =
        wide.fields.iter().map(|(name, at)| (table.add_field(name).unwrap(), *at)).collect();
    for at in wide.contestants.clone() {
        let contestant = Contestant { id: heads[at].to_owned(), name: heads[at].to_owned(), group: None };
        columns.push((table.add_contestant(contestant).unwrap(), at));
    }
    for (number, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let unit = wide.unit.map_or_else(|| number.to_string(), |at| record[at].to_owned());
        let line = record.position().unwrap().line();
        let row = NewRow { kind: RowKind::Unit, unit: &unit, name: "", parents: &[], part: None, line };
        let row = table.push_row(&row).unwrap();
        if columns.iter().all(|(_, at)| &record[*at] == "-") {
            table.set_numberless(row).unwrap();
        }
        for (column, at) in &columns {
            table.set(row, *column, record[*at].parse().ok()).unwrap();
        }
    }
    table
}

/// Columns by position: reference for forensics, section 3.13.
fn poland(round: u8, last: usize) -> Option<Table> {
    let file = data(&format!("forensics/poland2020/round{round}_wyniki_gl_na_kand_po_obwodach_csv.zip"))?;
    let fields = [
        (field::BALLOTS_RECEIVED, 11),
        (field::REGISTERED, 12),
        (field::BALLOTS_UNUSED, 13),
        (field::BALLOTS_ISSUED, 14),
        (field::BALLOTS_CAST, 24),
        (field::BALLOTS_FROM_ENVELOPES, 25),
        (field::BALLOTS_INVALID, 26),
        (field::BALLOTS_VALID, 27),
        (field::VOTES_INVALID, 28),
        ("votes_invalid_more_than_one", 29),
        ("votes_invalid_blank", 30),
        ("votes_invalid_struck_off", 31),
        (field::VOTES_VALID, 32),
    ];
    Some(read(&zipped(&file), &Wide { delimiter: b';', unit: None, fields: &fields, contestants: 33..last }))
}

#[test]
fn poland_2020_identities_depart_as_counted() {
    for (round, last, rows, counts) in
        [(1, 44, 27_229, [806, 372, 0, 0, 0, 0]), (2, 35, 27_231, [744, 378, 0, 0, 0, 0])]
    {
        let Some(table) = poland(round, last) else { return };
        assert_eq!(table.len(), rows);
        let packs = [shipped_by_id("pl-pkw-2020").unwrap().unwrap()];
        let report = check(&Input { packs: &packs, ..Input::new(&table) });
        let rules: Vec<_> = report.groups.iter().filter(|group| group.check == "rule").collect();
        assert_eq!(rules.iter().map(|group| group.count).collect::<Vec<_>>(), counts, "round {round}");
        for (group, count) in rules.iter().zip(counts) {
            assert_eq!(group.tested, rows as u64 - 4, "{:?}", group.rule);
            let rate = &group.base_rates[usize::from(round) - 1];
            assert_eq!(
                (rate.departing, rate.tested),
                (count, group.tested),
                "the pack states its own base rate"
            );
        }
        assert_eq!(report.group("numberless").unwrap().count, 4);
        assert_eq!(report.group("valid-votes-sum").unwrap().count, 0);
    }
}

#[test]
fn russia_ballots_in_boxes_beyond_those_issued() {
    for (year, rows, count) in [(2011, 95_225, 18), (2012, 95_415, 13), (2018, 97_699, 6)] {
        let Some(file) = data(&format!("forensics/russia/russia{year}_slim.csv.zip")) else { return };
        let fields = [(field::REGISTERED, 1), (field::BALLOTS_ISSUED, 2), (field::BALLOTS_CAST, 3)];
        let table =
            read(&zipped(&file), &Wide { delimiter: b',', unit: None, fields: &fields, contestants: 4..5 });
        let packs = [shipped_by_id("ru-2011").unwrap().unwrap()];
        let report = check(&Input { packs: &packs, ..Input::new(&table) });
        let group = report.rule("ru-2011/cast-issued").unwrap();
        assert_eq!((group.count, group.tested), (count, rows), "{year}");
        assert!(group.base_rates.iter().any(|rate| (rate.departing, rate.tested) == (count, rows)));
    }
}

#[test]
fn bolivia_2019_preliminary_against_final() {
    let (Some(early), Some(last)) = (
        data("forensics/bolivia2019/trep_acta_2019-10-20_194057.zip"),
        data("forensics/bolivia2019/final_computo.zip"),
    ) else {
        return;
    };
    let early = read(
        &zipped(&early),
        &Wide { delimiter: b',', unit: Some(0), fields: &[(field::REGISTERED, 7)], contestants: 8..17 },
    );
    let last = read(
        &zipped(&last),
        &Wide { delimiter: b',', unit: Some(0), fields: &[(field::REGISTERED, 11)], contestants: 12..21 },
    );
    let comparison = compare(&early, &last, &Pairing::default());
    assert_eq!(comparison.common, 28_975);
    assert_eq!((comparison.only_left.len(), comparison.only_right.len()), (0, 5_580));
    let changed: std::collections::BTreeSet<_> = comparison
        .cells
        .iter()
        .filter(|cell| cell.column == "MAS - IPSP" || cell.column == "CC")
        .map(|cell| &cell.row.unit)
        .collect();
    assert_eq!(changed.len(), 208);
    assert_eq!(comparison.rows_differing_first_two, 208);
    assert_eq!(comparison.rows.len() as u64, comparison.rows_differing);
    assert_eq!(comparison.margin_right.unwrap().first, "MAS - IPSP");
}

/// Boulder 2023: precinct code, contest, choice, ballots, votes; a long file.
fn boulder(text: &str, contest_of: Option<&Table>) -> Table {
    let mut table = Table::new(SourceInfo::default(), "contest");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(|head| head.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (unit_at, contest_at, choice_at, votes_at) =
        (at("Precinct Code"), at("Contest Title"), at("Choice Name"), at("Total Votes"));
    let mut rows = std::collections::BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        if record.len() <= votes_at || contest_of.is_some_and(|other| record[contest_at] != other.contest) {
            continue;
        }
        table.contest = record[contest_at].to_owned();
        let row = *rows.entry(record[unit_at].to_owned()).or_insert_with(|| {
            let unit = &record[unit_at];
            table
                .push_row(&NewRow { kind: RowKind::Unit, unit, name: "", parents: &[], part: None, line: 0 })
                .unwrap()
        });
        let column =
            table.contestant_index(&record[choice_at]).map(Column::Contestant).unwrap_or_else(|| {
                let id = record[choice_at].to_owned();
                table.add_contestant(Contestant { id: id.clone(), name: id, group: None }).unwrap()
            });
        table.set(row, column, Some(record[votes_at].replace(',', "").parse().unwrap())).unwrap();
    }
    table
}

#[test]
fn boulder_2023_official_against_recount() {
    let (Some(official), Some(recount)) = (
        data("results/boulder2023-pair/official_statement_of_votes.csv"),
        data("results/boulder2023-pair/recount_statement_of_votes.csv"),
    ) else {
        return;
    };
    let recount = boulder(&std::fs::read_to_string(recount).unwrap(), None);
    let official = boulder(&std::fs::read_to_string(official).unwrap(), Some(&recount));
    assert_eq!((recount.len(), recount.contestants().len()), (60, 10));
    let comparison = compare(&official, &recount, &Pairing::default());
    assert_eq!(comparison.common * 10, 600);
    assert_eq!(comparison.cells_differing, 29);
    assert_eq!(comparison.totals_differing(), 7);
    let robins = comparison.column("Jenny Robins").unwrap();
    assert_eq!((robins.left, robins.right), (11_247, 11_249));
    let atkins = comparison.column("Silas Atkins").unwrap();
    assert_eq!((atkins.left, atkins.right), (6_831, 6_829));
}
