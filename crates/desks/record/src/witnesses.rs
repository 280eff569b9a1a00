//! Who confirms this record, who is late, when it is enough, and which records this server confirms.

use crate::witness;
use askama::Template;
use axum::extract::State;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Visit, page};
use scr_witness::{Alarm, Board, Evidence, Seen, Standing, check_digits};
use std::sync::Arc;

/// A witness of this record.
struct Row {
    standing: Standing,
    group: String,
    digits: String,
    tag: Tag,
    why: Option<String>,
}

/// A group of the policy, in words.
struct Rule {
    name: String,
    threshold: usize,
    members: Vec<String>,
}

/// A record that this server confirms.
struct Confirmed {
    origin: String,
    seen: Option<Seen>,
}

/// What this server gives to others.
struct Own {
    digits: Vec<String>,
    qr: Option<String>,
    card: String,
}

struct Headline {
    given: u32,
    of: u32,
    size: u64,
    at: i64,
    enough: bool,
}

#[derive(Template)]
#[template(path = "record/witnesses.html")]
struct WitnessesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    headline: Option<Headline>,
    asked: bool,
    /// Whether the log has stopped because of what others keep of it.
    stopped: bool,
    rows: Vec<Row>,
    alarms: Vec<(String, Alarm)>,
    rules: Vec<Rule>,
    confirmed: Vec<Confirmed>,
    evidence: Vec<Evidence>,
    own: Option<Own>,
}

pub(crate) async fn show(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let board = app.board();
    let standings = board.map(|board| board.standings()).unwrap_or_default();
    let alarms = board.map(|board| board.alarms()).unwrap_or_default();
    let name_of = |vkey: &str| board.map(|board| board.name_of(vkey)).unwrap_or_default();
    let (seen, evidence) = app.witness().map_or_else(Default::default, |witness| {
        (witness.seen().unwrap_or_default(), witness.evidence().unwrap_or_default())
    });
    let logs = app.witness().map(|witness| witness.logs()).unwrap_or_default();
    let confirmed = logs.logs().iter().map(|log| Confirmed {
        origin: log.origin.clone(),
        seen: seen.iter().find(|seen| seen.origin == log.origin).cloned(),
    });
    let template = WitnessesPage {
        crumbs: vec![Crumb::new("/", visit.t("record-home")), Crumb::new("/record", visit.t("record-title"))],
        headline: board.and_then(headline),
        asked: !standings.is_empty(),
        stopped: app.engine.ledger().stopped().is_some_and(|reason| reason.is_shown_by_others()),
        alarms: alarms.into_iter().map(|alarm| (name_of(&alarm.vkey), alarm)).collect(),
        rules: board.map(|board| rules(board)).unwrap_or_default(),
        rows: standings.into_iter().map(|standing| row(&visit, board, standing)).collect(),
        confirmed: confirmed.collect(),
        evidence,
        own: own(&app, &visit),
        visit: &visit,
    };
    page(&template).into()
}

fn headline(board: &Arc<Board>) -> Option<Headline> {
    let latest = board.latest()?;
    let confirmation = board.confirmation(latest.size.checked_sub(1)?);
    Some(Headline {
        given: confirmation.given,
        of: confirmation.of,
        size: latest.size,
        at: latest.at,
        enough: confirmation.met,
    })
}

fn row(visit: &Visit, board: Option<&Arc<Board>>, standing: Standing) -> Row {
    let tag = match (&standing.failure, standing.size) {
        (Some(word), _) if word == "ahead" => Tag::new(Tone::Alarm, visit.t("record-wit-ahead")),
        (Some(word), _) if word == "forked" => Tag::new(Tone::Alarm, visit.t("record-wit-forked")),
        (Some(_), _) => Tag::new(Tone::Warn, visit.t("record-wit-late")),
        (None, 0) => Tag::new(Tone::Plain, visit.t("record-wit-never")),
        (None, _) => Tag::new(Tone::Good, visit.t("record-wit-current")),
    };
    // i18n: record-wit-why-*
    let why = standing.failure.as_ref().map(|word| visit.t(&format!("record-wit-why-{word}")));
    let policy = board.map(|board| board.policy());
    let mut groups = policy.iter().flat_map(|policy| policy.groups());
    let group = groups.find(|group| group.members.contains(&standing.witness.name));
    Row {
        group: group.map(|group| group.name.clone()).unwrap_or_default(),
        digits: check_digits(&standing.witness.key),
        tag,
        why,
        standing,
    }
}

/// The groups that count, from the one that decides downwards.
fn rules(board: &Board) -> Vec<Rule> {
    let policy = board.policy();
    let mut rules: Vec<Rule> = Vec::new();
    let mut open: Vec<&str> = policy.quorum().into_iter().collect();
    while let Some(name) = open.pop() {
        let (threshold, members) = match policy.groups().iter().find(|group| group.name == name) {
            Some(group) => (group.threshold, group.members.clone()),
            // A witness that decides alone.
            None if rules.is_empty() => (1, vec![name.to_owned()]),
            None => continue,
        };
        let below = policy.groups().iter().find(|group| group.name == name);
        open.extend(below.iter().flat_map(|group| group.members.iter().rev().map(String::as_str)));
        rules.push(Rule { name: name.to_owned(), threshold, members });
    }
    rules
}

fn own(app: &App, visit: &Visit) -> Option<Own> {
    let card = witness::card_of(app)?;
    let title = visit.t("record-wit-qr");
    let log = app.engine.ledger().verifiers().first().map(check_digits);
    let digits = log.into_iter().chain([check_digits(app.witness()?.verifier())]).collect();
    Some(Own { digits, qr: scr_charts::qr(&card, &title), card })
}
