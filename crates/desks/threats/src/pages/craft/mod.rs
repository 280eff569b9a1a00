//! What members do with finer tools: a copy without what its readers may not see, a pseudonym, a day of publication.

mod api;
mod copies;
mod copy;
mod days;
mod properties;
mod pseudonyms;

pub(crate) use api::{copy as api_copy, day as api_day, days as api_days, pseudonyms as api_pseudonyms};
pub(super) use copies::{Copies, copies, kept_back};
pub(super) use copy::{may_copy, source_of};
pub(super) use days::{day_of, may_have_day};
pub(super) use pseudonyms::{is_custodian, waiting};

use super::{EVERY_ROLE, MANAGERS, SHARERS};
use scr_i18n::Lang;
use scr_web::Routes;

/// The texts of these pages.
pub(super) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../../texts/craft.en.ftl")),
    (Lang::Fr, include_str!("../../../texts/craft.fr.ftl")),
    (Lang::Es, include_str!("../../../texts/craft.es.ftl")),
    (Lang::Ar, include_str!("../../../texts/craft.ar.ftl")),
];

/// The routes of these pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/threats/{community}/objects/{id}/copy", SHARERS, copy::form)
        .post("/desk/threats/{community}/objects/{id}/copy", SHARERS, copy::check)
        .post("/desk/threats/{community}/objects/{id}/copy/share", SHARERS, copy::share)
        .get("/desk/threats/{community}/objects/{id}/day", SHARERS, days::form)
        .post("/desk/threats/{community}/objects/{id}/day", SHARERS, days::set)
        .get("/desk/threats/{community}/days", EVERY_ROLE, days::list)
        .get("/desk/threats/{community}/pseudonyms", EVERY_ROLE, pseudonyms::list)
        .get("/desk/threats/{community}/pseudonyms/ask", MANAGERS, pseudonyms::form)
        .post_fresh("/desk/threats/{community}/pseudonyms/ask", MANAGERS, pseudonyms::ask)
        .get("/desk/threats/{community}/pseudonyms/{number}", EVERY_ROLE, pseudonyms::show)
        .post_fresh("/desk/threats/{community}/pseudonyms/{number}", MANAGERS, pseudonyms::answer)
}
