//! Bodies of messages: what is the same for many is made once.

use super::attached::{self, Files};
use super::gateway::Way;
use super::gsm;
use super::outbox::Going;
use super::wire::Ready;
use super::words::{Draft, Writer};
use crate::issued::{self, Issued};
use crate::network::secrets::{self, Master};
use scr_alerts::strips::link_token;
use scr_engine::ActError;
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Alerts whose words are kept.
const KEPT: usize = 16;
/// How long, in seconds, e-mail waits for the files that go with it.
const FILES_WAIT: i64 = 30;

/// What was prepared, for the threads of one node.
pub(crate) struct Cache<'a> {
    app: &'a App,
    writer: Writer,
    kept: Mutex<BTreeMap<u64, Arc<Prepared>>>,
}

/// One alert, ready to be put into messages.
pub(crate) struct Prepared {
    issued: Issued,
    master: Master,
    facts: String,
    files: Files,
    drafts: Mutex<BTreeMap<(String, String), Arc<Draft>>>,
}

/// A message.
pub(crate) struct Made {
    reference: String,
    text: String,
    draft: Arc<Draft>,
    prepared: Arc<Prepared>,
    site: String,
    report_to: String,
    parts: u64,
    way: Way,
}

impl<'a> Cache<'a> {
    pub(crate) fn new(app: &'a App) -> Result<Self, ActError> {
        let writer = Writer::new(app.config.site.as_deref(), app.config.zone.clone())?;
        Ok(Self { app, writer, kept: Mutex::default() })
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// An alert; `None` where it cannot be read at present.
    pub(crate) fn get(&self, alert: u64) -> Option<Arc<Prepared>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.get(&alert) {
            return Some(Arc::clone(found));
        }
        let made = Arc::new(self.prepare(alert).ok().flatten()?);
        if kept.len() >= KEPT {
            kept.pop_first();
        }
        kept.insert(alert, Arc::clone(&made));
        Some(made)
    }

    fn prepare(&self, alert: u64) -> Result<Option<Prepared>, ActError> {
        let Some(issued) = self.app.engine.read(|views| issued::at(views, alert))? else { return Ok(None) };
        Ok(Some(Prepared {
            master: secrets::of(self.app, &issued.election)?,
            facts: self.writer.facts(&issued),
            files: attached::files(self.app, &issued),
            drafts: Mutex::default(),
            issued,
        }))
    }
}

impl Prepared {
    /// Whether an e-mail had better wait a moment for its files.
    pub(crate) fn is_early(&self, now: i64) -> bool {
        !self.files.is_whole && now < self.issued.at.saturating_add(FILES_WAIT)
    }

    fn draft(&self, writer: &Writer, language: &str, level: &str) -> Arc<Draft> {
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (language.to_owned(), level.to_owned());
        let made = || Arc::new(writer.draft(&self.issued, language, level));
        Arc::clone(drafts.entry(key).or_insert_with(made))
    }

    /// The link of a recipient: a station's own, or the page for everybody.
    fn link(&self, site: &str, station: Option<u32>) -> String {
        if site.is_empty() {
            return String::new();
        }
        match station.and_then(|number| self.master.station(number)) {
            Some(secret) => {
                let token = link_token(&secret, self.issued.text.status, &self.issued.leaf);
                format!("{site}/a/{}/{}/{token}", self.issued.index, secret.station())
            }
            None => format!("{site}/alerts/{}", self.issued.id),
        }
    }

    /// The message for one recipient.
    pub(crate) fn make(self: &Arc<Self>, writer: &Writer, way: Way, going: &Going, report_to: &str) -> Made {
        let draft = self.draft(writer, &going.language, &going.level);
        let link = self.link(writer.site(), going.station);
        let (text, parts) = match way {
            Way::Sms | Way::Email if !going.note.is_empty() => {
                (going.note.clone(), gsm::parts(&going.note).1 as u64)
            }
            Way::Sms => {
                let text = format!("{} {link}", draft.short).trim_end().to_owned();
                let parts = gsm::parts(&text).1 as u64;
                (text, parts)
            }
            Way::Email => (draft.body.replace("{link}", &link), 1),
            Way::Webhook => (self.facts.clone(), 1),
        };
        Made {
            reference: going.reference.clone(),
            text,
            draft,
            prepared: Arc::clone(self),
            site: writer.site().to_owned(),
            report_to: report_to.to_owned(),
            parts,
            way,
        }
    }
}

impl Made {
    /// Parts that are paid.
    pub(crate) fn parts(&self) -> u64 {
        self.parts
    }

    pub(crate) fn ready<'m>(&'m self, to: &'m str, now: i64) -> Ready<'m> {
        Ready {
            reference: &self.reference,
            to,
            text: &self.text,
            subject: &self.draft.subject,
            files: if self.way == Way::Email { &self.prepared.files.all } else { &[] },
            site: &self.site,
            report_to: &self.report_to,
            now,
        }
    }
}
