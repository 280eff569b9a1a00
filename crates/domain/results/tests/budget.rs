//! 100,000 units with 10 contestants: `cargo test --release -p scr-results --test budget -- --ignored --nocapture`.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use scr_results::checks::{Input, check};
use scr_results::object::{Publication, read_object};
use scr_results::rules::shipped_by_id;
use scr_results::{Contestant, NewRow, RowKind, SourceInfo, Table, field};
use std::time::Instant;

const UNITS: u64 = 100_000;

fn table() -> Table {
    let mut table = Table::new(SourceInfo::default(), "president");
    for name in field::STANDARD {
        table.add_field(name).unwrap();
    }
    for id in 0..10 {
        let contestant =
            Contestant { id: format!("contestant-{id}"), name: format!("Name {id}"), group: None };
        table.add_contestant(contestant).unwrap();
    }
    for unit in 0..UNITS {
        let (code, district) = (format!("{unit:07}"), format!("District {}", unit / 300));
        let name = format!("School number {unit}");
        let parents = ["Region", district.as_str()];
        let new = NewRow {
            kind: RowKind::Unit,
            unit: &code,
            name: &name,
            parents: &parents,
            part: None,
            line: unit,
        };
        let row = table.push_row(&new).unwrap();
        for (position, column) in (0u64..).zip(table.columns().collect::<Vec<_>>()) {
            table.set(row, column, Some((unit * 31 + position * 7) % 1_000)).unwrap();
        }
    }
    table
}

/// Of the 10 s for import, check and publication together, these steps may take half.
#[test]
#[ignore = "a measurement, for release builds"]
fn checks_root_and_object_of_100_000_units() {
    let start = Instant::now();
    let lap = |what: &str| println!("{what}: {} ms since the start", start.elapsed().as_millis());
    let table = table();
    lap("table filled");
    let registry: Vec<String> = (0..UNITS).map(|unit| format!("{:07}", unit + 500)).collect();
    let packs = [shipped_by_id("generic").unwrap().unwrap()];
    let report = check(&Input { registry: Some(&registry), packs: &packs, ..Input::new(&table) });
    lap("checked");
    assert_eq!(report.group("unknown-units").unwrap().count, 500);
    let publication = Publication::of(&table).unwrap();
    lap("sorted and hashed");
    let mut bytes = Vec::new();
    publication.write(&mut bytes).unwrap();
    lap("written");
    let again = read_object(&bytes[..]).unwrap();
    lap("read back and compared");
    println!("{} bytes", bytes.len());
    assert_eq!(again.len(), table.len());
    assert!(start.elapsed().as_secs() < 5);
}
