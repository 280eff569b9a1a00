//! The planner: how much work an audit would be, method by method, for whoever asks.

use scr_i18n::Lang;
use scr_web::Routes;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/plan.en.ftl")),
    (Lang::Fr, include_str!("../../texts/plan.fr.ftl")),
    (Lang::Es, include_str!("../../texts/plan.es.ftl")),
    (Lang::Ar, include_str!("../../texts/plan.ar.ftl")),
];

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
}
