//! The seed: dice are thrown in a public room, two people type them, and a wall says what happens.

use super::page::{actor, audit_of, crumbs, form_page, href, just_recorded, recorded, run, western};
use crate::acts::{SeedTyped, type_seed};
use crate::data::{self, Act, Kept};
use crate::kinds as k;
use crate::view::read_ceremony;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::Phase;
use scr_engine::{ActError, Fault};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, page};
use std::sync::Arc;

/// Acts that are looked back on: more typings than any ceremony has.
const LOOK_BACK: u32 = 200;

/// How far a ceremony is, as everybody may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Ceremony {
    /// One of two has typed.
    half: bool,
    /// How often two had typed different digits.
    failed: u64,
}

impl Ceremony {
    /// From the acts, the newest first: what was typed since the last act that is none of typing.
    fn of(acts: &[Act]) -> Self {
        let ends = [
            k::COMMITTED.name,
            k::REOPENED.name,
            k::SEED_DRAWN.name,
            k::ROUND_DECIDED.name,
            k::ROUND_ABANDONED.name,
        ];
        let since = acts.iter().take_while(|act| !ends.contains(&act.kind.as_str()));
        let outcomes: Vec<&str> = since
            .filter(|act| act.kind == k::SEED_TYPED.name)
            .map(|act| act.detail["outcome"].as_str().unwrap_or_default())
            .collect();
        let failed = outcomes.iter().filter(|outcome| **outcome == "differs").count() as u64;
        Self { half: outcomes.first() == Some(&"first"), failed }
    }
}

/// What was committed to, and by which entry.
struct Committed {
    root: String,
    seal: Seal,
}

/// A seed that two people agreed on.
struct Drawn {
    /// Its digits, by fives.
    groups: Vec<String>,
    seal: Option<Seal>,
}

/// By fives, as dice lie on a table.
fn groups(digits: &str) -> Vec<String> {
    let letters: Vec<char> = digits.chars().collect();
    letters.chunks(5).map(|five| five.iter().collect()).collect()
}

/// Everything that the room may see.
struct Room {
    ceremony: Ceremony,
    committed: Option<Committed>,
    drawn: Option<Drawn>,
    /// The round that the seed draws, or has drawn.
    round: usize,
}

impl Room {
    fn of(app: &App, kept: &Kept) -> Result<Self, Fault> {
        let audit = &kept.audit;
        let seed = audit.seed().map(str::to_owned);
        let (acts, commit, seeded) = app.engine.read(|views| {
            let seeded = match &seed {
                Some(seed) => data::seed(views, &kept.id, seed)?,
                None => None,
            };
            let acts = data::newest_acts(views, &kept.id, LOOK_BACK)?;
            Ok((acts, data::commit(views, &kept.id, audit.version())?, seeded))
        })?;
        let committed = audit.committed().zip(commit);
        let open = matches!(audit.phase(), Phase::Committed | Phase::Seeded);
        Ok(Self {
            ceremony: Ceremony::of(&acts),
            committed: committed.map(|(what, (_, index, at))| Committed {
                root: what.root.to_hex(),
                seal: app.seal(index, at),
            }),
            drawn: seed.map(|seed| Drawn {
                groups: groups(&seed),
                seal: seeded.map(|(index, at)| app.seal(index, at)),
            }),
            round: audit.rounds().len() + usize::from(open),
        })
    }
}

#[derive(Template)]
#[template(path = "conduct/seed_wall.html")]
struct WallPage<'a> {
    visit: &'a Visit,
    title: &'a str,
    room: Room,
    dice: u32,
    version: u32,
    now: i64,
}

/// What the room sees while dice are thrown. It never holds what one person typed.
pub(super) async fn wall(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let template = WallPage {
            visit,
            title: kept.audit.title(),
            room: Room::of(&app, &kept)?,
            dice: kept.audit.settings().seed_digits,
            version: kept.audit.version(),
            now: app.clock.now(),
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "conduct/seed_form.html")]
struct SeedPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    room: Room,
    digits: u32,
    /// A seed is due.
    due: bool,
    /// The reader was the first of two.
    mine: bool,
    wall: String,
    rounds: String,
    outcome: &'static str,
    recorded: Option<Seal>,
}

fn show(app: &App, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let kept = audit_of(app, id)?;
    let person = &actor(visit)?.person;
    let ceremony = app.engine.read(|views| read_ceremony(views, id))?.unwrap_or_default();
    let outcome =
        ["first", "differs", "agreed"].into_iter().find(|one| visit.query.get("typed") == Some(one));
    let template = SeedPage {
        visit,
        crumbs: crumbs(visit, &kept, &[]),
        form,
        room: Room::of(app, &kept)?,
        digits: kept.audit.settings().seed_digits,
        due: kept.audit.phase() == Phase::Committed,
        mine: ceremony.typed_by(person),
        wall: format!("/audits/{}/seed", super::page::in_address(id)),
        rounds: format!("{}/rounds", href(id)),
        outcome: outcome.unwrap_or_default(),
        recorded: just_recorded(app, visit)?,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| show(&app, visit, &id, &FormState::new())).await
}

pub(super) async fn enter(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let digits = western(form.value("seed"));
        match type_seed(&app.engine, actor(visit)?, &id, &digits) {
            Ok((typed, receipts)) => {
                let outcome = match typed {
                    SeedTyped::First => "first",
                    SeedTyped::Differs => "differs",
                    SeedTyped::Agreed => "agreed",
                };
                Ok(recorded(&app, &format!("{}/seed?typed={outcome}", href(&id)), &receipts))
            }
            Err(ActError::Refused(refusal)) => {
                let at_field = refusal.field.is_some();
                form.refuse(visit, &refusal);
                if at_field { show(&app, visit, &id, &form) } else { refused(&app, visit, &id, &form) }
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}

/// Whoever may not type now has no use for what they typed, and nobody else may read it over their shoulder.
fn refused(app: &App, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let mut bare = FormState::new();
    bare.errors.clone_from(&form.errors);
    show(app, visit, id, &bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn act(kind: &str, outcome: &str) -> Act {
        let detail = json!({"outcome": outcome});
        Act { index: 0, at: 0, kind: kind.to_owned(), version: 1, detail }
    }

    #[test]
    fn a_ceremony_begins_anew_after_each_seed_and_each_commitment() {
        let typed = k::SEED_TYPED.name;
        let before = [act(k::COMMITTED.name, ""), act(typed, "first")];
        assert_eq!(Ceremony::of(&before), Ceremony::default());
        let acts =
            [act(typed, "first"), act(typed, "differs"), act(typed, "first"), act(k::COMMITTED.name, "")];
        assert_eq!(Ceremony::of(&acts), Ceremony { half: true, failed: 1 });
        assert_eq!(Ceremony::of(&acts[1..]), Ceremony { half: false, failed: 1 });
    }

    #[test]
    fn digits_stand_by_fives() {
        assert_eq!(groups("123456789012"), ["12345", "67890", "12"]);
    }
}
