//! An alert in the words of one language and reading level, for pages and the feed.

use crate::issued::{self, Issued, Standing, Words};
use crate::write::{codes, marked};
use scr_alerts::words::{Tongue, comparing_words};
use scr_alerts::{Kind, Status};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::{App, Visit, issuer_name};

/// Reading levels, the plainest first.
pub(super) const LEVELS: [&str; 3] = ["public", "official", "expert"];

/// The alert with this id, or at this place in the log.
pub(super) fn found(app: &App, name: &str) -> Result<Issued, ActError> {
    let found = app.engine.read(|views| match name.parse::<u64>() {
        Ok(index) => issued::at(views, index),
        Err(_) => issued::find(views, name),
    })?;
    found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_ALERT).into())
}

/// What an alert says to one reader.
pub(super) struct Said {
    /// The language of its words, which may be another than the page's.
    pub(super) language: String,
    /// `rtl` or `ltr`.
    pub(super) dir: &'static str,
    /// The reading level.
    pub(super) level: String,
    /// Levels that there are in this language.
    pub(super) levels: Vec<String>,
    /// The short headline, marked where it is no earnest.
    pub(super) headline: String,
    /// What to do first.
    pub(super) first: String,
    /// The longer words.
    pub(super) words: Words,
}

impl Said {
    /// The words for a language and level, or the closest that there are.
    pub(super) fn of(one: &Issued, language: &str, level: &str) -> Self {
        let wording = one.text.wording(language);
        let language = wording.map_or("en", |wording| wording.language.as_str()).to_owned();
        let by_level = one.content.words.get(&language);
        let has = |level: &str| by_level.is_some_and(|levels| levels.contains_key(level));
        let levels: Vec<String> = LEVELS.into_iter().filter(|level| has(level)).map(str::to_owned).collect();
        let level = levels.iter().find(|one| *one == level).or(levels.first()).cloned().unwrap_or_default();
        Self {
            dir: if language == "ar" { "rtl" } else { "ltr" },
            headline: wording
                .map_or_else(String::new, |wording| marked(one.text.status, &language, &wording.headline)),
            first: wording.map_or_else(String::new, |wording| wording.instruction.clone()),
            words: by_level.and_then(|levels| levels.get(&level)).cloned().unwrap_or_default(),
            level,
            levels,
            language,
        }
    }
}

/// Names of its areas.
pub(super) fn areas(one: &Issued) -> Vec<String> {
    one.text.areas.iter().map(|code| one.content.areas.get(code).unwrap_or(code).clone()).collect()
}

/// Who released it.
pub(super) fn sender(app: &App, one: &Issued) -> String {
    let name = one.content.sender_name.clone();
    name.unwrap_or_else(|| issuer_name(app.engine.ledger().origin(), &one.issuer).to_owned())
}

/// The six words that two stations compare.
pub(super) fn compared(one: &Issued, language: &str) -> String {
    comparing_words(&one.leaf, Tongue::of_code(language).unwrap_or(Tongue::En)).join(" ")
}

/// What holds now.
pub(super) fn standing(app: &App, one: &Issued) -> Result<Standing, ActError> {
    let now = app.clock.now();
    Ok(app.engine.read(|views| issued::standing(views, one, now))?)
}

/// A visit whose page the shell marks as an exercise, where the alert is one.
pub(super) fn dressed(visit: &Visit, one: &Issued) -> Visit {
    let mut dressed = visit.clone();
    dressed.exercise = visit.exercise || one.text.status == Status::Exercise;
    dressed
}

/// Whether it takes another one back.
pub(super) fn is_cancel(one: &Issued) -> bool {
    one.text.kind == Kind::Cancel
}
