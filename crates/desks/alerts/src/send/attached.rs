//! Files that go with an e-mail, by which whoever gets it can check it without a network.

use crate::issued::Issued;
use crate::public::{bundle_of, cap_of};
use scr_web::App;

/// Media type of a bundle.
const BYTES: &str = "application/octet-stream";

/// What goes with an e-mail.
pub(crate) struct Files {
    /// Name, media type, bytes.
    pub(crate) all: Vec<(String, &'static str, Vec<u8>)>,
    /// Whether it is everything that there will be.
    pub(crate) is_whole: bool,
}

/// What there is at present: a bundle needs a checkpoint over the alert, the CAP message its signature.
pub(crate) fn files(app: &App, issued: &Issued) -> Files {
    let name = |ending: &str| format!("alert-{}.{ending}", issued.text.number);
    let cap = cap_of(app, issued).ok().map(|bytes| (name("cap"), "application/cap+xml", bytes));
    let bundle = bundle_of(app, issued).ok().map(|bytes| (name("bundle"), BYTES, bytes));
    let is_whole = cap.is_some() && bundle.is_some();
    Files { all: cap.into_iter().chain(bundle).collect(), is_whole }
}
