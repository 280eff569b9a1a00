//! Word of polling stations that do not answer, to whoever is next in the line of authority.

use super::gateway::Way;
use super::listing;
use super::words::Writer;
use crate::issued;
use crate::know::{DueCall, Teller};
use crate::network::contacts;
use scr_alerts::acks::Callee;
use scr_engine::ActError;
use scr_web::App;

/// Puts such word into the outbox.
pub(crate) struct Outbox;

impl Teller for Outbox {
    fn tell(&self, app: &App, call: &DueCall) -> Result<u64, ActError> {
        let now = app.clock.now();
        let (issued, found) = app.engine.read(|views| {
            let found = match call.callee {
                Callee::Station(number) => contacts::of_station(views, &call.election, number, now)?,
                Callee::Area(_) => contacts::of_area(views, &call.election, &call.area.0, now)?,
            };
            Ok((issued::at(views, call.alert)?, found))
        })?;
        let Some(issued) = issued else { return Ok(0) };
        let writer = Writer::new(app.config.site.as_deref(), app.config.zone.clone())?;
        let messages = found.iter().flat_map(|contact| {
            let note = writer.call(&issued, call, &contact.language);
            let all = listing::of_contact(contact, None, &call.area.0);
            all.into_iter().filter(|one| one.way != Way::Webhook).map(move |one| (one, note.clone()))
        });
        let messages: Vec<_> = messages.collect();
        listing::add(app, call.alert, &messages)?;
        Ok(messages.len() as u64)
    }
}
