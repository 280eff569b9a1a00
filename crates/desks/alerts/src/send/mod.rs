//! How alerts leave: gateways for short messages, e-mail and programs, an outbox, reports back.
//!
//! A released alert is taken up once ([`dispatch`]); its messages stand in the outbox before anything goes. Each is written
//! down before it goes and after ([`send_due`]). What was on its way when a server was killed is settled by the gateway's
//! report; without one it goes once more with the same reference, and that it may have come twice is said.
//! Interfaces: docs/reference/alert-gateways.md.

pub(crate) mod acts;
mod api;
mod attached;
mod figures;
pub(crate) mod gateway;
mod gsm;
mod kinds;
mod listing;
mod outbox;
mod pages;
mod prepare;
mod pump;
mod reports;
mod tables;
mod tell;
mod wire;
mod words;
mod works;

pub use acts::{SetUp, Wanted, remove, set_up, switch, test};
pub use figures::{Figures, figures};
pub use gateway::{Gateway, Kind, MailTls, Settings, Way};
pub use gsm::{Coding, parts};
pub use listing::{Counted, Recipient, counted, list};
pub use outbox::State;
pub use words::{MAX_PARTS, Preview, preview, spoken_in};
pub(crate) use works::nudge;
pub use works::{dispatch, send_due};

pub(crate) use api::OPERATIONS;
pub(crate) use kinds::KINDS;
pub(crate) use pages::NAV;
pub(crate) use tables::TABLE;
pub(crate) use works::works;

use scr_i18n::Lang;
use scr_web::{Allow, Routes};

/// The texts of its pages and refusals.
pub(crate) const TEXTS: [(Lang, &str); 8] = [
    (Lang::En, include_str!("../../texts/send.en.ftl")),
    (Lang::En, include_str!("../../texts/errors/send.en.ftl")),
    (Lang::Fr, include_str!("../../texts/send.fr.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/send.fr.ftl")),
    (Lang::Es, include_str!("../../texts/send.es.ftl")),
    (Lang::Es, include_str!("../../texts/errors/send.es.ftl")),
    (Lang::Ar, include_str!("../../texts/send.ar.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/send.ar.ftl")),
];

/// Pages, and the door for gateways.
pub(crate) fn routes() -> Routes {
    pages::routes().and(api::routes()).get("/sms/{gateway}/{secret}", Allow::KnownKey, reports::receive).post(
        "/sms/{gateway}/{secret}",
        Allow::KnownKey,
        reports::receive,
    )
}
