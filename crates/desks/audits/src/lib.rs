//! Audits in public: from the choice of contests over commitment, seed and the work of boards to a page that a voter
//! understands. The rules are `scr_audits::workflow`; here they meet the record, the pages and the people.

pub mod acts;
mod api;
pub mod assembled;
mod board;
mod board_key;
pub mod boards;
mod conduct;
pub mod data;
mod desk;
mod explain;
mod kinds;
mod notes;
mod plan;
mod prepare;
mod public;
pub mod rounds;
mod step;
mod view;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_web::api::Operation;
use scr_web::{Desk, NavItem, Routes};

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditsDesk;

const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/kinds.en.ftl")),
    (Lang::Fr, include_str!("../texts/kinds.fr.ftl")),
    (Lang::Es, include_str!("../texts/kinds.es.ftl")),
    (Lang::Ar, include_str!("../texts/kinds.ar.ftl")),
    public::TEXTS[0],
    public::TEXTS[1],
    public::TEXTS[2],
    public::TEXTS[3],
    explain::TEXTS[0],
    explain::TEXTS[1],
    explain::TEXTS[2],
    explain::TEXTS[3],
    plan::TEXTS[0],
    plan::TEXTS[1],
    plan::TEXTS[2],
    plan::TEXTS[3],
    board::TEXTS[0],
    board::TEXTS[1],
    board::TEXTS[2],
    board::TEXTS[3],
    prepare::TEXTS[0],
    prepare::TEXTS[1],
    prepare::TEXTS[2],
    prepare::TEXTS[3],
    prepare::TEXTS[4],
    prepare::TEXTS[5],
    prepare::TEXTS[6],
    prepare::TEXTS[7],
    notes::TEXTS[0],
    notes::TEXTS[1],
    notes::TEXTS[2],
    notes::TEXTS[3],
    conduct::TEXTS[0],
    conduct::TEXTS[1],
    conduct::TEXTS[2],
    conduct::TEXTS[3],
];

impl Desk for AuditsDesk {
    fn name(&self) -> &'static str {
        "audits"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        kinds::KINDS
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        vec![Box::new(view::AuditView)]
    }

    fn routes(&self) -> Routes {
        plan::routes()
            .and(prepare::routes())
            .and(public::routes())
            .and(explain::routes())
            .and(board::routes())
            .and(notes::routes())
            .and(conduct::routes())
            .and(api::routes())
    }

    fn nav(&self) -> &'static [NavItem] {
        prepare::NAV
    }

    fn operations(&self) -> &'static [Operation] {
        api::OPERATIONS
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
