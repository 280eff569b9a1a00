//! The card: the keys that a station trusts.

use scr_alerts::card::MAX_CARD_BYTES;
use scr_alerts::words::{Tongue, word_numbers};
use scr_alerts::{Card, Seen};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_note::{Algorithm, Policy, VerifierKey};
use scr_web::App;
use std::fmt::Write as _;

/// Words that are read aloud to compare two cards.
const WORDS: usize = 8;

/// The card of this log: its keys, the witnesses and how many of them must have cosigned, and the newest checkpoint that was
/// cosigned. Addresses are left out: a card is for those that have no network.
///
/// # Errors
/// `SCR-ALR-312`: the election's code cannot stand on a card, or the policy does not fit on it.
pub fn card(app: &App, election: &str, station: Option<u32>) -> Result<Card, ActError> {
    let refusal = || Refusal::new(RefusalKind::Conflict, "SCR-ALR-312").with("bytes", MAX_CARD_BYTES);
    let policy = policy(app).ok_or_else(refusal)?;
    let seen = app
        .board()
        .and_then(|board| board.met())
        .map(|met| Seen { size: met.size, time: u64::try_from(met.at).unwrap_or(0) });
    let card = Card { election: election.to_owned(), station, seen, policy };
    // What a device would refuse is not printed.
    let text = card.to_string();
    match text.parse::<Card>() {
        Ok(read) if read.to_string() == text => Ok(card),
        _ => Err(refusal().into()),
    }
}

/// Signatures with ML-DSA have no room in a bundle, so their keys have none on the card.
fn fits(key: &VerifierKey) -> bool {
    key.algorithm() != Algorithm::MlDsa44
}

/// Whom a card trusts; nothing where the policy of witnesses has no place on a card.
pub(crate) fn policy(app: &App) -> Option<Policy> {
    policy_text(app).parse().ok()
}

fn policy_text(app: &App) -> String {
    let mut text = String::new();
    let own = app.engine.ledger().verifiers();
    for key in own.iter().filter(|key| fits(key)) {
        let _ = writeln!(text, "log {key}");
    }
    let Some(board) = app.board() else { return text + "quorum none\n" };
    let policy = board.policy();
    for witness in policy.witnesses().iter().filter(|witness| fits(&witness.key)) {
        let _ = writeln!(text, "witness {} {}", witness.name, witness.key);
    }
    let is_there = |name: &String| {
        let witness = policy.witnesses().iter().any(|one| one.name == *name && fits(&one.key));
        witness || policy.groups().iter().any(|group| group.name == *name)
    };
    for group in policy.groups() {
        let members: Vec<&str> =
            group.members.iter().filter(|name| is_there(name)).map(String::as_str).collect();
        let _ = writeln!(text, "group {} {} {}", group.name, group.threshold, members.join(" "));
    }
    let _ = writeln!(text, "quorum {}", policy.quorum().unwrap_or("none"));
    text
}

/// The eight words of a card in a language.
pub(crate) fn words(card: &Card, tongue: Tongue) -> Vec<&'static str> {
    tongue.say(&word_numbers(&card.digest(), WORDS))
}
