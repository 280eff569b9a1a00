//! How severe an incident is: NCISS with an election's factors, the whole formula shown with the numbers put in. What people
//! record stands on a public page. The rules are `scr_playbooks::severity`.

mod api;
mod assess;
mod page;
mod public;
mod view;
mod words;

pub(crate) use api::OPERATIONS;
pub use assess::{Answers, Assessment, Polls, assess, record};
pub(crate) use view::SeverityView;

use scr_core::Role;
use scr_engine::{FieldSpec, FieldType, KindSpec};
use scr_i18n::Lang;
use scr_web::{Allow, NavItem, Routes};

/// No such assessment.
pub(crate) const ABSENT: &str = "SCR-RSP-070";
/// A factor without an answer, or with one that is none.
pub(crate) const FACTOR: &str = "SCR-RSP-071";
/// When the polls open is not said.
pub(crate) const TIME: &str = "SCR-RSP-072";
/// No number of voters.
pub(crate) const VOTERS: &str = "SCR-RSP-073";
/// No title.
pub(crate) const TITLE: &str = "SCR-RSP-074";
/// Settings that cannot be used.
pub(crate) const SETTINGS: &str = "SCR-RSP-075";
/// No such election.
pub(crate) const ELECTION: &str = "SCR-RSP-076";
/// Another role.
pub(crate) const MAY_NOT: &str = "SCR-RSP-077";

const CHOSEN: &[FieldSpec] = &[
    FieldSpec::new("functional_impact", FieldType::Code(64)),
    FieldSpec::new("observed_activity", FieldType::Code(64)),
    FieldSpec::new("location_of_observed_activity", FieldType::Code(64)),
    FieldSpec::new("actor_characterization", FieldType::Code(64)),
    FieldSpec::new("information_impact", FieldType::Code(64)),
    FieldSpec::new("recoverability", FieldType::Code(64)),
    FieldSpec::new("cross_sector_dependency", FieldType::Code(64)),
    FieldSpec::new("potential_impact", FieldType::Code(64)),
];

const SET: &[FieldSpec] = &[
    FieldSpec::new("levels", FieldType::List(7, &FieldType::Count)),
    FieldSpec::new("half_minutes", FieldType::Count),
    FieldSpec::new("voters_from", FieldType::List(5, &FieldType::Count)),
    FieldSpec::new("voters_weight", FieldType::Count),
];

/// Somebody has said how severe an incident is. Scores are exact fractions `a/b`; `polls`: `opens`, `open` or `far`.
pub(crate) const ASSESSED: KindSpec = KindSpec {
    name: "response.severity.assessed/1",
    public: &[
        FieldSpec::new("assessment", FieldType::Code(64)),
        FieldSpec::new("org", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::optional("election", FieldType::Code(64)),
        FieldSpec::new("chosen", FieldType::Object(CHOSEN)),
        FieldSpec::new("polls", FieldType::Code(16)),
        FieldSpec::new("minutes", FieldType::Count),
        FieldSpec::new("voters", FieldType::Count),
        FieldSpec::new("settings", FieldType::Object(SET)),
        FieldSpec::new("nciss", FieldType::Code(64)),
        FieldSpec::new("level", FieldType::Code(32)),
        FieldSpec::new("result", FieldType::Code(64)),
    ],
    private: &["person"],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[ASSESSED];

/// The entry of the navigation.
pub(crate) const NAV: NavItem =
    NavItem { group: "response-nav", text: "severity-nav", href: "/desk/response/severity" };

/// The texts of these pages.
pub(crate) const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../../texts/severity.en.ftl")),
    (Lang::Fr, include_str!("../../texts/severity.fr.ftl")),
    (Lang::Es, include_str!("../../texts/severity.es.ftl")),
    (Lang::Ar, include_str!("../../texts/severity.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/severity.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/severity.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/severity.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/severity.ar.ftl")),
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const ASSESSORS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/response/severity", EVERY_ROLE, page::form)
        .post("/desk/response/severity", ASSESSORS, page::record)
        .get("/response/severity/{assessment}", Allow::Public, public::show)
        .get("/api/v1/response/severity", EVERY_ROLE, api::compute)
        .get("/api/v1/response/severity/{assessment}", Allow::Public, api::one)
        .post("/api/v1/response/severity", ASSESSORS, api::record)
}
