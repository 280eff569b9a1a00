//! Audits in public: from the choice of contests over commitment, seed and the work of boards to a page that a voter
//! understands. The rules are `scr_audits::workflow`; here they meet the record, the pages and the people.

mod plan;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_web::{Desk, NavItem, Routes};

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditsDesk;

const TEXTS: &[(Lang, &str)] = &[plan::TEXTS[0], plan::TEXTS[1], plan::TEXTS[2], plan::TEXTS[3]];

impl Desk for AuditsDesk {
    fn name(&self) -> &'static str {
        "audits"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        &[]
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        Vec::new()
    }

    fn routes(&self) -> Routes {
        plan::routes()
    }

    fn nav(&self) -> &'static [NavItem] {
        &[]
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
