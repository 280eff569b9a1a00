//! Passphrases of boards: made here, shown once, on a card for each board, and ended with their round.

use super::page::{number, run};
use super::place::{Address, Place};
use crate::acts::not_yours;
use crate::data::Kept;
use askama::Template;
use axum::extract::{Path, State};
use scr_access::{Access, AccessError, BoardPass};
use scr_audits::workflow::passphrase::passphrase;
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::{App, Posted, Reply, Visit, page};
use std::sync::Arc;

/// A round that takes longer gives its boards new words.
const DAYS: i64 = 30;
const DAY: i64 = 86_400;

/// A card for a board.
struct Card {
    board: u32,
    words: String,
    units: u64,
}

#[derive(Template)]
#[template(path = "conduct/cards.html")]
struct CardsPage<'a> {
    visit: &'a Visit,
    place: &'a Place,
    cards: Vec<Card>,
    address: String,
    qr: Option<String>,
    back: String,
}

fn access(app: &App) -> Result<Arc<Access>, ActError> {
    let behind = app.gate.behind().and_then(|behind| behind.downcast_ref::<Arc<Access>>());
    let none = || Refusal::new(RefusalKind::Unavailable, "SCR-ACC-022");
    Ok(behind.cloned().ok_or_else(none)?)
}

fn act_error(error: AccessError) -> ActError {
    match error {
        AccessError::Refused(refusal) => refusal.into(),
        AccessError::Fault(what) => Fault::log(&what).into(),
    }
}

/// Ends the words of all boards of the last round, and whoever came in by them: for the end of a round. Boards whose
/// round is over can do nothing anyway; that their words do not end is a fault for the log and stops nobody.
pub(crate) fn end_passes(app: &App, kept: &Kept) {
    let round = u32::try_from(kept.audit.rounds().len()).unwrap_or(u32::MAX);
    let Ok(access) = access(app) else { return };
    let ends = Access::prepare_end_of_boards(&kept.id, kept.audit.version(), round);
    if let Err(error) = access.apply(&ends) {
        Fault::log(&error);
    }
}

/// Gives words to one board, or to all: the answer shows them, and nothing else ever does.
pub(super) async fn give(State(app): State<Arc<App>>, Path(address): Path<Address>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        let place = Place::of(&app, visit, &address)?;
        if !place.local || !place.open {
            return Err(not_yours().into());
        }
        let lines = place.lines(&app)?;
        let wanted = number(form.value("board"));
        let chosen: Vec<_> = lines
            .iter()
            .filter(|line| form.is("board", "all") || wanted == Some(u64::from(line.key.board)))
            .filter(|line| line.units > 0)
            .collect();
        let access = access(&app)?;
        let mut cards = Vec::with_capacity(chosen.len());
        for line in chosen {
            let words = words_for(&app, &access, &place, line.key.board)?;
            cards.push(Card { board: line.key.board, words, units: line.units });
        }
        let site = app.config.site.clone().unwrap_or_else(|| access.settings().origin.clone());
        let address = format!("{}/board", site.trim_end_matches('/'));
        let title = visit.t("audit-conduct-cards-qr");
        let qr = scr_charts::qr(&address, &title);
        Ok(page(&CardsPage { visit, back: place.href(), place: &place, cards, address, qr }).into())
    })
    .await
}

fn words_for(app: &App, access: &Access, place: &Place, board: u32) -> Result<String, ActError> {
    let pass = BoardPass {
        key: place.key(board),
        org: OrgId::new(place.kept.org()).map_err(|error| Fault::log(&error))?,
        until: app.clock.now() + DAYS * DAY,
    };
    let (words, statements) = access.prepare_board_pass(&pass, passphrase).map_err(act_error)?;
    access.apply(&statements).map_err(act_error)?;
    Ok(words)
}
