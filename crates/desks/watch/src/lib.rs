//! What a mirror has found about the log that it follows: for everybody, on the mirror's own pages.

mod page;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_mirror::Watch;
use scr_web::{Allow, App, Desk, MirrorNotice, NavItem, Routes};
use std::sync::{Arc, OnceLock};

/// The desk. It stands only where a log is followed.
#[derive(Debug, Clone, Copy, Default)]
pub struct WatchDesk;

const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];

/// Where the pages find what is known.
#[derive(Default)]
pub(crate) struct Followed(pub(crate) OnceLock<Arc<Watch>>);

/// Gives the pages what is known: the page of this desk, and the line on every other one.
pub fn follow(app: &App, watch: &Arc<Watch>) {
    let followed = app.soft::<Followed>();
    if followed.0.set(Arc::clone(watch)).is_err() {
        return;
    }
    let watch = Arc::clone(watch);
    app.use_notice(move || {
        let state = watch.now();
        MirrorNotice {
            alarms: state.open_alarms(),
            origin: state.origin,
            size: state.size,
            checked_at: state.checked_at,
            href: "/watch",
        }
    });
}

impl Desk for WatchDesk {
    fn name(&self) -> &'static str {
        "watch"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        &[]
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        Vec::new()
    }

    fn routes(&self) -> Routes {
        Routes::new().get("/watch", Allow::Public, page::watch).get(
            "/watch/evidence/{alarm}/{file}",
            Allow::Public,
            page::evidence,
        )
    }

    fn nav(&self) -> &'static [NavItem] {
        &[]
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
