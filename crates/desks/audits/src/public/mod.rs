//! The public pages of an audit, for a voter with a telephone and a journalist with a deadline: what was checked, how
//! sure that makes us, what differs and why, and how anybody checks it again.

mod answer;
mod events;
mod files;
mod list;
mod page;
pub(crate) mod summary;

use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::{Allow, App, Reply, Routes, Visit};
use std::sync::Arc;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/public.en.ftl")),
    (Lang::Fr, include_str!("../../texts/public.fr.ftl")),
    (Lang::Es, include_str!("../../texts/public.es.ftl")),
    (Lang::Ar, include_str!("../../texts/public.ar.ftl")),
];

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/audits", Allow::Public, list::list)
        .get("/audits/{audit}", Allow::Public, page::show)
        .get("/audits/{audit}/events", Allow::Public, events::show)
        .get("/audits/{audit}/record.json", Allow::Public, files::record)
        .get("/audits/{audit}/report.csv", Allow::Public, files::report)
        .get("/audits/{audit}/sampler-inputs.json", Allow::Public, files::sampler_inputs)
        .get("/api/v1/audits", Allow::Public, files::audits)
}

/// Makes a page where blocking is allowed.
pub(crate) async fn run<F>(visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Reply, ActError> + Send + 'static,
{
    let words = visit.clone();
    match scr_web::blocking(move || work(&visit)).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => Reply::act(&words, &error),
        Err(error) => Reply::fault(&words, &scr_engine::Fault::log(&error)),
    }
}

/// The audit of the address.
pub(crate) fn kept(app: &Arc<App>, id: &str) -> Result<crate::data::Kept, ActError> {
    let found = app.engine.read(|views| crate::data::audit(views, id))?;
    found.ok_or_else(|| crate::acts::absent().into())
}
