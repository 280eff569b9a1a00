//! Batches of which only totals are known, and batches without CVRs in a hybrid audit.

use super::cast::columns;
use super::made::{Desk, compared, contest, draft};
use scr_audits::workflow::hand_in::inputs;
use scr_audits::workflow::{What, foreseen};
use serde_json::json;

const MANIFEST: &[u8] = b"Tabulator,Batch Name,Number of Ballots,CVR\nT1,B1,30,Y\nT1,B2,20,N\n";

fn cvrs() -> Vec<u8> {
    let cards = (1..=30_u32).map(|at| ("B1", at, 0, vec![Some(u16::from(at.is_multiple_of(3)))]));
    columns(&[("Mayor", &["Ann", "Ben"])], cards)
}

#[test]
fn batches_without_cvrs_are_pools_where_assertions_are_compared() {
    let mayor = contest("Mayor", &[("Ann", 32), ("Ben", 17)], 50);
    let mut desk = Desk::of(compared("assertion-comparison", &["North"], &[mayor]));
    desk.takes("North", What::Manifest, MANIFEST);
    desk.takes("North", What::Cvrs, &cvrs());
    let refusal = inputs(&desk.audit, &desk.handed).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["what"].as_str()), ("SCR-AUD-225", "totals"));
    assert!(
        desk.refuses("North", What::Totals, b"Batch Name,Ann,Ben\nB1,12,7\n")[0].starts_with("SCR-AUD-025"),
        "B1 has its CVRs"
    );
    desk.takes("North", What::Totals, b"Batch Name,Ann,Ben\nB2,12,7\n");
    let upload = &desk.audit.jurisdictions()["North"].uploads[&What::Totals];
    assert_eq!((upload.rows, upload.ballots), (1, 20));
    let prepared = inputs(&desk.audit, &desk.handed).unwrap();
    let batches = &prepared.inputs.batches;
    assert_eq!((batches[0].pool, batches[1].pool, &batches[1].votes), (false, true, &vec![vec![12, 7]]));
    assert!(batches.iter().all(|batch| batch.cvrs.is_none()));
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert_eq!(report.deviations, []);
    // Totals know a batch by its name alone.
    let twins = b"Tabulator,Batch Name,Number of Ballots,CVR\nT1,B1,30,Y\nT1,B2,20,N\nT2,B2,5,N\n";
    desk.takes("North", What::Manifest, twins);
    assert_eq!(
        desk.refuses("North", What::Totals, b"Batch Name,Ann,Ben\nB2,12,7\n"),
        ["SCR-AUD-019 a.csv value \"B2\""]
    );
}

#[test]
fn a_hybrid_audit_knows_which_batches_have_cvrs() {
    let mayor = contest("Mayor", &[("Ann", 32), ("Ben", 17)], 50);
    let settings = json!({"method": "hybrid", "sampler": "consistent-with-replacement", "seed_digits": 20});
    let mut desk = Desk::of(draft(settings, &["North"], &[mayor]));
    let without = b"Tabulator,Batch Name,Number of Ballots\nT1,B1,30\n";
    assert!(desk.refuses("North", What::Manifest, without)[0].starts_with("SCR-AUD-012"));
    desk.takes("North", What::Manifest, MANIFEST);
    desk.takes("North", What::Cvrs, &cvrs());
    let prepared = inputs(&desk.audit, &desk.handed).unwrap();
    let cvrs: Vec<Option<bool>> = prepared.inputs.batches.iter().map(|batch| batch.cvrs).collect();
    assert_eq!(cvrs, [Some(true), Some(false)]);
    assert!(prepared.inputs.batches.iter().all(|batch| !batch.pool && batch.votes.is_empty()));
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert_eq!(report.deviations, []);
}
