//! NIST SP 1500-100 version 2, JSON and XML of the same reports (counts of `results/PROVENANCE.md`).

use crate::common::{intake, problems};
use scr_intake::{Format, Intake, Mapping, codes};
use scr_results::CountStatus;

fn both(name: &str) -> Option<[Intake; 2]> {
    let mapping = Mapping::new(Format::Nist);
    let json = intake(&format!("results/nist-err/{name}.json"), &mapping)?;
    let xml = intake(&format!("results/nist-err/{name}.xml"), &mapping)?;
    for (a, b) in json.tables.iter().zip(&xml.tables) {
        // Not the ids: Cambridge's JSON says `bms-question-1-yes` where its XML says `bmc-question-1-yes`.
        let names = |table: &scr_results::Table| -> Vec<String> {
            table.contestants().iter().map(|contestant| contestant.name.clone()).collect()
        };
        assert_eq!((&a.contest, names(a)), (&b.contest, names(b)));
        assert!(
            a.rows()
                .zip(b.rows())
                .all(|(a, b)| a.unit() == b.unit() && a.kind() == b.kind() && a.values().eq(b.values()))
        );
    }
    Some([json, xml])
}

fn all_votes(intake: &Intake) -> u64 {
    intake.tables.iter().flat_map(|table| table.rows()).filter_map(|row| row.votes_sum()).sum()
}

fn selections(intake: &Intake) -> usize {
    intake.tables.iter().map(|table| table.contestants().len()).sum()
}

#[test]
fn a_report_with_several_levels_is_not_added_up() {
    let Some(both) = both("err-gen-01") else { return };
    for report in &both {
        assert_eq!((report.tables.len(), selections(report), report.counts.records), (19, 58, 202));
        assert_eq!(all_votes(report), 776);
        // The county states the sum of its precincts: half of all counts are totals.
        let units: u64 = report.tables.iter().flat_map(|t| t.units()).filter_map(|row| row.votes_sum()).sum();
        let totals: u64 =
            report.tables.iter().flat_map(|t| t.totals()).filter_map(|row| row.votes_sum()).sum();
        assert_eq!((units, totals), (388, 388));
        assert_eq!(problems(report, codes::NIST_LEVELS), 1);
        assert_eq!(report.tables[0].source.status, Some(CountStatus::UnofficialComplete));
    }
}

#[test]
fn a_certified_report_of_a_city() {
    let Some(both) = both("err-2022-11-08-Massachusetts-Cambridge") else { return };
    for report in &both {
        assert_eq!((report.tables.len(), selections(report), report.counts.records), (26, 64, 2_160));
        assert_eq!((all_votes(report), report.counts.totals), (533_917, 0));
        assert_eq!(report.tables[0].source.status, Some(CountStatus::Certified));
    }
}

#[test]
fn a_report_from_before_the_vote_has_no_zeros() {
    let Some(both) = both("pe-err-gen-01") else { return };
    for report in &both {
        assert_eq!((report.tables.len(), selections(report), report.counts.records), (19, 58, 0));
        assert!(report.tables.iter().all(|table| table.is_empty()));
        assert_eq!(problems(report, codes::NIST_NO_RESULTS), 1);
    }
}
