//! Vocabularies: how others call ways of attacking (ATT&CK, DISARM, galaxies and taxonomies of MISP), and warning lists of
//! what nobody should block. They are imported at run time from the files that their publishers ship; each import is on the
//! record, and its file a public object.

mod api;
mod browse;
pub(crate) mod file;
mod library;
pub(crate) mod model;
pub(crate) mod record;
pub(crate) mod refer;
pub(crate) mod shelf;
mod term;
pub(crate) mod warn;
mod work;

pub use work::{FoundVocabulary, import_file, vocabulary_job};

pub(crate) use api::OPERATIONS;
pub(crate) use work::Import as ImportWork;

use crate::login::actor;
use scr_core::{Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_threats::codes;
use scr_web::components::Crumb;
use scr_web::{Allow, Routes, Visit};
use shelf::Known;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/vocabulary.en.ftl")),
    (Lang::Fr, include_str!("../../texts/vocabulary.fr.ftl")),
    (Lang::Es, include_str!("../../texts/vocabulary.es.ftl")),
    (Lang::Ar, include_str!("../../texts/vocabulary.ar.ftl")),
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const LIBRARIANS: Allow = Allow::Roles(&[Role::Administrator, Role::Manager]);

/// Where they are.
pub(crate) const PATH: &str = "/desk/threats/vocabularies";

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(PATH, EVERY_ROLE, library::show)
        .post(PATH, LIBRARIANS, library::import)
        .get("/desk/threats/vocabularies/{vocabulary}", EVERY_ROLE, browse::show)
        .get("/desk/threats/vocabularies/{vocabulary}/{term}", EVERY_ROLE, term::show)
        .and(api::routes())
}

fn absent() -> ActError {
    Refusal::new(RefusalKind::NotFound, codes::NO_TERM).into()
}

fn crumbs(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb::new("/desk/threats", visit.t("threats-nav")), Crumb::new(PATH, visit.t("vocabulary-title"))]
}

/// A term as a link: id, name, and of which vocabulary.
pub(crate) struct TermLink {
    pub(crate) href: String,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) of: String,
    /// Whether it is a phase.
    pub(crate) is_phase: bool,
}

impl TermLink {
    /// Of a known term.
    pub(crate) fn of(known: &Known<'_>) -> Self {
        Self {
            href: known.href(),
            id: known.shown_id().to_owned(),
            name: known.term.name.clone(),
            of: known.of.vocabulary.name.clone(),
            is_phase: known.term.kind == model::Kind::Phase,
        }
    }
}
