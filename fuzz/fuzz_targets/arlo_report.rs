//! Arlo's audit report and bundles: a record or errors, and a record that is checked without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::import_arlo::{Bundle, Table, import, read_bundle, read_report};
use scr_audits::verify::verify;

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn bundle(report: &scr_audits::import_arlo::Report, columns: &[&str], votes: bool) -> Bundle {
    let line = |cells: Vec<String>| (cells.join(",") + "\n").into_bytes();
    let mut bundle = Bundle::default();
    for row in &report.sampled {
        let table = bundle.tables.entry(row.jurisdiction.clone()).or_insert_with(|| Table {
            file: "t.csv".to_owned(),
            bytes: line(columns.iter().map(|name| quoted(name)).collect()),
        });
        let mut cells = vec![quoted(&row.batch)];
        match (votes, row.audited.first()) {
            (true, Some(votes)) => cells.extend(votes.iter().map(u64::to_string)),
            _ => cells.push("1000".to_owned()),
        }
        cells.resize(columns.len(), "0".to_owned());
        table.bytes.extend(line(cells));
    }
    bundle
}

fuzz_target!(|bytes: &[u8]| {
    let _ = read_bundle(std::io::Cursor::new(bytes), "b.zip");
    let Ok(report) = read_report(bytes, "r.csv") else { return };
    let manifests = bundle(&report, &["Batch Name", "Number of Ballots"], false);
    let choices = report.contests.first().map(|contest| contest.votes.as_slice()).unwrap_or_default();
    let mut columns = vec!["Batch Name"];
    columns.extend(choices.iter().map(|(name, _)| name.as_str()));
    let totals = bundle(&report, &columns, true);
    if let Ok(record) = import(&manifests, &totals, &report) {
        let _ = verify(&record);
    }
});
