//! Techniques that somebody tags with: looked for by words, chosen, and written into what is made here.

use crate::vocabulary::file::Family;
use crate::vocabulary::model::{Kind, Term};
use crate::vocabulary::shelf::{Books, Known};
use scr_web::FormState;
use serde_json::{Value, json};

/// Terms that are offered after a search.
const OFFERED: usize = 12;
/// Terms of one object.
const MOST: usize = 20;
/// The field with what somebody looks for, and the one with what they chose: `VOCABULARY/TERM`, a line each.
const SEARCH: &str = "technique-search";
pub(super) const CHOSEN: &str = "techniques";

/// A term that can be chosen.
pub(super) struct Choice {
    /// `disarm/T0002`.
    pub(super) value: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) vocabulary: String,
    pub(super) summary: String,
    pub(super) chosen: bool,
}

/// What the form shows of techniques.
pub(super) struct Tags {
    pub(super) query: String,
    pub(super) choices: Vec<Choice>,
    /// Whether there are vocabularies at all.
    pub(super) has_any: bool,
    /// Whether somebody looked for something and nothing fits.
    pub(super) is_nothing: bool,
}

fn choice(known: &Known<'_>, chosen: bool) -> Choice {
    Choice {
        value: format!("{}/{}", known.of.import.key, known.term.id),
        id: known.shown_id().to_owned(),
        name: known.term.name.clone(),
        vocabulary: known.of.vocabulary.name.clone(),
        summary: known.term.summary.clone(),
        chosen,
    }
}

/// What was chosen, as far as it is known.
fn chosen<'a>(books: &'a Books, form: &FormState) -> Vec<Known<'a>> {
    let known = |line: &str| line.split_once('/').and_then(|(key, id)| books.term(key, id));
    form.value(CHOSEN).lines().filter_map(|line| known(line.trim())).take(MOST).collect()
}

/// What a form with these values shows.
pub(super) fn tags(books: &Books, form: &FormState) -> Tags {
    let query = form.value(SEARCH).to_owned();
    let mut choices: Vec<Choice> = chosen(books, form).iter().map(|known| choice(known, true)).collect();
    let found = books.search(None, &query, 4 * OFFERED);
    // A phase is no way of attacking, and what was taken back should not be used any more.
    let found = found.into_iter().filter(|known| known.term.kind != Kind::Phase && !known.term.is_old);
    let mut offered = 0;
    for one in found.map(|known| choice(&known, false)) {
        if offered < OFFERED && !choices.iter().any(|other| other.value == one.value) {
            choices.push(one);
            offered += 1;
        }
    }
    Tags { is_nothing: !query.is_empty() && offered == 0, query, choices, has_any: !books.shelved.is_empty() }
}

/// Writes what was chosen into an object: external references and phases where a framework has ids, otherwise labels.
pub(super) fn write(books: &Books, form: &FormState, to: &mut Value) {
    let (mut references, mut phases, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for known in chosen(books, form) {
        match (known.of.import.family, &known.term.tag) {
            (Family::Attack | Family::Disarm, _) => {
                references.push(reference(&known));
                phases.extend(phases_of(&known));
            }
            (_, Some(tag)) => labels.push(json!(tag)),
            (_, None) => {}
        }
    }
    phases.sort_by_key(Value::to_string);
    phases.dedup();
    for (name, list) in
        [("external_references", references), ("kill_chain_phases", phases), ("labels", labels)]
    {
        if !list.is_empty() {
            to[name] = Value::Array(list);
        }
    }
}

/// DISARM's own files call their source `mitre-attack`; what is made here says whose id it is.
fn source(known: &Known<'_>) -> &'static str {
    if known.of.import.family == Family::Disarm { "DISARM" } else { "mitre-attack" }
}

fn reference(known: &Known<'_>) -> Value {
    let mut one = json!({"source_name": source(known), "external_id": known.term.id});
    if let Some(url) = &known.term.url {
        one["url"] = json!(url);
    }
    one
}

fn phases_of(known: &Known<'_>) -> Vec<Value> {
    let chain = match known.of.import.family {
        Family::Disarm => "disarm",
        _ => known.of.vocabulary.chain.as_deref().unwrap_or("mitre-attack"),
    };
    let short = |term: &Term| term.short.clone();
    let phases = known.term.phases.iter().filter_map(|id| known.of.vocabulary.term(id).and_then(short));
    phases.map(|phase| json!({"kill_chain_name": chain, "phase_name": phase})).collect()
}
