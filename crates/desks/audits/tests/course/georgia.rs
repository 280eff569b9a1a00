//! Georgia, November 2025: 159 counties, 2,700 batches, the official seed and hand counts, through the desk.

use super::people::*;
use scr_audits::import_arlo::{import, read_bundle, read_report};
use scr_audits::record::{Counted, Decision};
use scr_audits::verify::{Order, verify};
use scr_audits::workflow::{Phase, report};
use scr_desk_audits::acts::decide;
use std::collections::BTreeMap;
use std::fs::File;

#[test]
fn georgia_goes_through_the_desk_with_the_official_figures_at_the_end() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let file = |name: &str| File::open(folder.join(name)).unwrap();
    let manifests = read_bundle(file("manifests_bundle.zip"), "manifests_bundle.zip").unwrap();
    let totals = read_bundle(file("candidate_totals_bundle.zip"), "candidate_totals_bundle.zip").unwrap();
    let report = std::fs::read(folder.join("final_audit_report.csv")).unwrap();
    let official =
        import(&manifests, &totals, &read_report(&report, "final_audit_report.csv").unwrap()).unwrap();
    let hand: BTreeMap<usize, &Counted> =
        official.rounds[0].counted.iter().map(|one| (one.batch, one)).collect();
    let extra: Vec<usize> = hand.values().filter(|one| one.extra).map(|one| one.batch).collect();

    let place = place();
    let course = Course::committed(&place.test.engine, &official, false);
    course.seed("34363370190391208563");
    let ballots = |at: usize| u64::from(official.batches[at].ballots);
    course.round((15, &extra), 1, &|board, unit| counts(hand[&board.units()[unit].batch], unit, &ballots));
    decide(course.engine, &manager(), &course.id, (Decision::Stop, "")).unwrap();

    let kept = course.kept();
    assert_eq!(kept.audit.phase(), Phase::Finished);
    // Arlo prints 0.034476286.
    assert_eq!(kept.audit.rounds()[0].measured[0].p_value, "0.0344762864");
    let record = course.record();
    assert_eq!(record.rounds[0].draws, official.rounds[0].draws, "the official draws with their tickets");
    let found = verify(&record);
    assert_eq!((found.deviations, found.order), (Vec::new(), Order::Witnessed));
    let mut sections = report::sections(&record, &report::Facts::default());
    assert_eq!(sections.pop().unwrap().rows.len(), 356, "355 batches or groups, and the totals");

    let kinds = scr_web::Desk::kinds(&scr_desk_audits::AuditsDesk);
    let views = || scr_web::Desk::views(&scr_desk_audits::AuditsDesk);
    let Place { test, folder } = place;
    let [before, rebuilt] = test.incremental_and_rebuilt(kinds, views()).unwrap();
    assert_eq!(before, rebuilt, "the views follow from the record alone");
    drop(folder);
}
