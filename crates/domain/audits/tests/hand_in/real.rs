//! Files as authorities have published them.

use super::made::{Desk, batches, compared, contest};
use scr_audits::import_arlo::{Bundle, import, read_bundle, read_report};
use scr_audits::workflow::hand_in::inputs;
use scr_audits::workflow::{What, commitment, foreseen};
use scr_tabulation::cvr::columns::Columns;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;

/// Names of folders have dashes for blanks.
fn plain(name: &str) -> String {
    name.replace(|letter: char| !letter.is_alphanumeric(), "-")
}

/// All 159 counties of Georgia hand in what they had handed in to Arlo: batches in their order, votes and the root over
/// them are those of the official audit.
#[test]
fn georgia_hands_in_what_the_official_audit_drew_from() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let bundle = |name: &str| read_bundle(File::open(folder.join(name)).unwrap(), name).unwrap();
    let (manifests, totals) = (bundle("manifests_bundle.zip"), bundle("candidate_totals_bundle.zip"));
    let report = std::fs::read(folder.join("final_audit_report.csv")).unwrap();
    let official = import(&manifests, &totals, &read_report(&report, "report.csv").unwrap()).unwrap();
    let names: BTreeSet<&str> = official.batches.iter().map(|batch| batch.jurisdiction.as_str()).collect();
    let jurisdictions: Vec<&str> = names.iter().copied().collect();
    let mut desk = Desk::of(batches(&jurisdictions, &official.contests));
    let own = |bundle: &Bundle, name: &str| {
        let found = bundle.tables.iter().find(|(folder, _)| plain(folder) == plain(name));
        found.map(|(_, table)| table.bytes.clone()).unwrap()
    };
    for name in &jurisdictions {
        desk.takes(name, What::Manifest, &own(&manifests, name));
        desk.takes(name, What::Totals, &own(&totals, name));
    }
    desk.sign();
    let prepared = inputs(&desk.audit, &desk.handed).unwrap();
    assert_eq!(prepared.inputs.batches, official.batches);
    assert_eq!(prepared.containers.len(), official.batches.len());
    let committed = commitment(&desk.audit, &prepared.inputs, "Arlo").unwrap();
    for part in ["batches", "contests", "cvrs", "settings"] {
        assert_eq!(committed.parts[part], official.commitment.parts[part], "{part}");
    }
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "Arlo").unwrap();
    assert_eq!(report.deviations, []);
    assert!(desk.audit.missing().is_empty());
}

/// A slice of San Francisco's export of November 2024, with the manifest that its cards have.
#[test]
fn san_francisco_hands_in_its_export() {
    let Some(file) = scr_testing::data("audit/cvr-dominion-json/SF2024-export-slice.zip") else { return };
    let export = std::fs::read(file).unwrap();
    let president = contest(
        "President and Vice President",
        &[
            ("Kamala D. Harris / Tim Walz", 15),
            ("Donald J. Trump / JD Vance", 2),
            ("Chase Oliver / Mike ter Maat", 1),
        ],
        18,
    );
    let mut desk = Desk::of(compared("ballot-comparison", &["San Francisco"], &[president]));
    let columns = scr_audits::inputs::exports::read(&export, "slice.zip").unwrap().input;
    let manifest = manifest(&columns);
    desk.takes("San Francisco", What::Manifest, manifest.as_bytes());
    let warned = desk.takes("San Francisco", What::Cvrs, &export);
    assert!(warned.iter().all(|line| line.starts_with("SCR-AUD-036")), "{warned:?}");
    let upload = &desk.audit.jurisdictions()["San Francisco"].uploads[&What::Cvrs];
    assert_eq!((upload.rows, upload.sha256), (74, columns.digest()));
    let prepared = inputs(&desk.audit, &desk.handed).unwrap();
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert_eq!(report.deviations, []);
    assert!(prepared.inputs.names.iter().any(|name| name.used == "PRESIDENT AND VICE PRESIDENT"));
}

fn manifest(columns: &Columns) -> String {
    let mut batches: BTreeMap<(String, String), u32> = BTreeMap::new();
    for at in 0..columns.cards() {
        let lies = columns.location(at).unwrap();
        *batches.entry((lies.tabulator.to_owned(), lies.batch.to_owned())).or_default() += 1;
    }
    let mut table = "Tabulator,Batch Name,Number of Ballot Cards\n".to_owned();
    for ((tabulator, batch), cards) in batches {
        writeln!(table, "{tabulator},{batch},{cards}").unwrap();
    }
    table
}

/// Counties of Colorado spell the columns of their manifests in their own ways.
#[test]
fn colorado_hands_in_its_manifests() {
    let Some(folder) = scr_testing::data("audit/co2024") else { return };
    let mayor = contest("Mayor", &[("Ann", 32), ("Ben", 17)], 50);
    let mut desk = Desk::of(compared("ballot-comparison-colorado", &["Boulder", "Hinsdale"], &[mayor]));
    for county in ["Boulder", "Hinsdale"] {
        let bytes = std::fs::read(folder.join(format!("{county}BallotManifest.csv"))).unwrap();
        desk.takes(county, What::Manifest, &bytes);
    }
    let boulder = &desk.audit.jurisdictions()["Boulder"].uploads[&What::Manifest];
    let hinsdale = &desk.audit.jurisdictions()["Hinsdale"].uploads[&What::Manifest];
    assert!(boulder.ballots > 300_000 && hinsdale.ballots < 2_000, "{boulder:?} {hinsdale:?}");
}
