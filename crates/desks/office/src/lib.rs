//! The office desk: so far signing in and out, and the words in which access refuses.

mod sign_in;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_web::{Allow, Desk, NavItem, Routes};

/// The desk's texts in every language.
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct OfficeDesk;

impl Desk for OfficeDesk {
    fn name(&self) -> &'static str {
        "office"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        &[]
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        Vec::new()
    }

    fn routes(&self) -> Routes {
        Routes::new()
            .get("/desk/sign-in", Allow::Anybody, sign_in::form)
            .post("/desk/sign-in", Allow::Anybody, sign_in::submit)
            .post("/desk/sign-out", Allow::SignedIn, sign_in::leave)
    }

    fn nav(&self) -> &'static [NavItem] {
        &[]
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
