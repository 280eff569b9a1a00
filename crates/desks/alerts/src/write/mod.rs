//! Alerts are written here: drafts, approval of each language, what every channel will carry, and the release by four eyes.

mod acts;
mod api;
mod cap;
mod channels;
mod deceive;
mod draft;
mod drafts_api;
mod events;
mod kinds;
mod pages;
mod rules;
mod sign;
mod table;
mod view;
mod whole;

pub use acts::{Beginning, Done, Seen, approve, begin, release, released};
pub use sign::sign_rest;
pub use whole::{People, whole};

pub(crate) use api::{OPERATIONS, routes as api_routes};
pub(crate) use cap::marked;
pub(crate) use channels::PRICE_TABLE;
pub(crate) use drafts_api::{OPERATIONS as DRAFT_OPERATIONS, routes as draft_api_routes};
pub(crate) use kinds::{KINDS, codes};
pub(crate) use pages::{NAV, look, routes};
pub(crate) use sign::SignRest;
pub(crate) use table::{SIGNER_TABLE, TABLE};
pub(crate) use view::{WriteView, cap_of, issuer_of, signers};

use scr_i18n::Lang;

/// The texts of this part.
pub(crate) const TEXTS: [(Lang, &str); 8] = [
    (Lang::En, include_str!("../../texts/write.en.ftl")),
    (Lang::Fr, include_str!("../../texts/write.fr.ftl")),
    (Lang::Es, include_str!("../../texts/write.es.ftl")),
    (Lang::Ar, include_str!("../../texts/write.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/write.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/write.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/write.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/write.ar.ftl")),
];

/// The word of a status, for programs.
pub(crate) fn status_word(status: scr_alerts::Status) -> &'static str {
    draft::word(&draft::STATUSES, &status)
}
