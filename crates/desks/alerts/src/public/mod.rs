//! Alerts for everybody: no login, the same on every mirror, each with what is needed to check it.

mod codes;
mod feed;
mod files;
mod list;
mod one;
mod print;
mod stream;
mod words;

pub(crate) use files::{bundle as bundle_of, cap as cap_of};

use scr_i18n::Lang;
use scr_web::{Allow, Routes};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/public.en.ftl")),
    (Lang::Fr, include_str!("../../texts/public.fr.ftl")),
    (Lang::Es, include_str!("../../texts/public.es.ftl")),
    (Lang::Ar, include_str!("../../texts/public.ar.ftl")),
];

/// The routes of these pages. `{id}` is an alert's id or its place in the log, with `.cap`, `.bundle`, `.short` or `.txt`
/// behind it for a file.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/alerts", Allow::Public, list::show)
        .get("/alerts/feed.atom", Allow::Public, feed::show)
        .get("/alerts/signer.pem", Allow::Public, files::signer)
        .get("/alerts/stream", Allow::Public, stream::show)
        .get("/alerts/{id}", Allow::Public, one::show)
        .get("/alerts/{id}/print", Allow::Public, print::show)
}
