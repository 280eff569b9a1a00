//! The log's proofs in a record: whoever trusts the log's key checks offline that everything was fixed before the seed.

use scr_audits::record::{Evidence, Published, Record};
use scr_web::App;

/// Adds to each commitment and each seed its entry and the proof of it. An entry that no checkpoint covers yet has none:
/// what is downloaded seconds later has it.
pub(super) fn prove(app: &App, record: &mut Record) {
    for published in record.published_mut() {
        published.evidence = evidence(app, published);
    }
}

fn evidence(app: &App, published: &Published) -> Option<Evidence> {
    let entry = app.engine.log().entry(published.index).ok()?;
    let proof = app.proof(published.index).ok()?.to_string();
    Some(Evidence { entry: String::from_utf8(entry).ok()?, proof })
}
