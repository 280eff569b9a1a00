//! Files that go with an e-mail, by which whoever gets it can check it without a network.

use crate::issued::Issued;
use scr_alerts::Bundle;
use scr_web::App;

/// Cosignatures in the bundle at most: it stays small enough for one QR code.
const COSIGNATURES: usize = 3;

/// What there is at present of an alert's files. A bundle needs a signed checkpoint that holds the alert.
pub(crate) fn files(app: &App, issued: &Issued) -> Vec<(String, &'static str, Vec<u8>)> {
    let name = |ending: &str| format!("alert-{}.{ending}", issued.text.number);
    let bundle = bundle(app, issued).map(|bytes| (name("bundle"), "application/octet-stream", bytes));
    bundle.into_iter().collect()
}

/// Whether a checkpoint holds the alert: then there is a bundle.
pub(crate) fn is_proven(app: &App, issued: &Issued) -> bool {
    app.proof(issued.index).is_ok()
}

fn bundle(app: &App, issued: &Issued) -> Option<Vec<u8>> {
    let proof = app.proof(issued.index).ok()?;
    let entry = proof.extra.clone()?;
    let made =
        Bundle::from_proof(&proof.to_string(), &entry, COSIGNATURES).and_then(|bundle| bundle.to_bytes());
    made.inspect_err(|error| tracing::warn!(%error, "an alert goes without its bundle")).ok()
}
