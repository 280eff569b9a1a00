//! Who is held to be behind something: each answer with who gives it, how sure they are, and who disagrees. Nothing here
//! decides between them.

use super::near::{Item, Place};
use scr_engine::rusqlite;
use std::collections::BTreeMap;

/// Attributions and opinions that are looked at.
const MOST: usize = 200;

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Hypothesis {
    /// The group or actor.
    pub(crate) who: Item,
    /// Who says so, each in its own words.
    pub(crate) claims: Vec<Claim>,
    /// What others say of it.
    pub(crate) opinions: Vec<Opinion>,
}

/// Somebody says that it is so.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// Who.
    pub(crate) by: String,
    /// When, in seconds.
    pub(crate) at: i64,
    /// How sure they are, 0 to 100.
    pub(crate) confidence: Option<u8>,
    /// Why.
    pub(crate) why: Option<String>,
}

/// Somebody agrees, or does not.
#[derive(Debug, Clone)]
pub(crate) struct Opinion {
    /// Who.
    pub(crate) by: String,
    /// When, in seconds.
    pub(crate) at: i64,
    /// As STIX has it: `strongly-disagree` to `strongly-agree`.
    pub(crate) opinion: String,
    /// Why.
    pub(crate) why: Option<String>,
}

impl Opinion {
    /// Whether it is against.
    pub(crate) fn is_against(&self) -> bool {
        self.opinion.ends_with("disagree")
    }
}

/// Whether members are of one mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Minds {
    /// Nobody has named anybody.
    Nobody,
    /// There is one answer, and nobody disagrees.
    One,
    /// There is one answer, and somebody disagrees.
    Disputed,
    /// There are several answers.
    Several,
}

/// Whether members are of one mind about these answers.
pub(crate) fn minds(all: &[Hypothesis]) -> Minds {
    match all {
        [] => Minds::Nobody,
        [one] if one.opinions.iter().any(Opinion::is_against) => Minds::Disputed,
        [_] => Minds::One,
        _ => Minds::Several,
    }
}

/// What an object is attributed to, as far as the reader may see: the surest claim first, and after it by name.
pub(crate) fn behind(place: &Place<'_>, id: &str) -> rusqlite::Result<Vec<Hypothesis>> {
    let mut all: BTreeMap<String, Hypothesis> = BTreeMap::new();
    for item in place.saying(id, &["relationship"], MOST)? {
        let is_one =
            item.text("relationship_type") == Some("attributed-to") && item.text("source_ref") == Some(id);
        let Some(target) = item.text("target_ref").filter(|_| is_one && !item.head.revoked) else { continue };
        let target = target.to_owned();
        if !all.contains_key(&target) {
            let Some(who) = place.get(&target)? else { continue };
            all.insert(target.clone(), Hypothesis { who, claims: Vec::new(), opinions: Vec::new() });
        }
        let Some(one) = all.get_mut(&target) else { continue };
        one.opinions.extend(opinions(place, item.id())?);
        one.claims.push(Claim {
            by: item.by.clone(),
            at: item.shared(),
            confidence: item.head.confidence,
            why: item.text("description").map(str::to_owned),
        });
    }
    let surest = |one: &Hypothesis| one.claims.iter().filter_map(|claim| claim.confidence).max();
    let mut all: Vec<Hypothesis> = all.into_values().collect();
    all.sort_by(|a, b| (surest(b), a.who.title(), a.who.id()).cmp(&(surest(a), b.who.title(), b.who.id())));
    Ok(all)
}

fn opinions(place: &Place<'_>, id: &str) -> rusqlite::Result<Vec<Opinion>> {
    let said = place.saying(id, &["opinion"], MOST)?;
    let opinion = |item: &Item| {
        Some(Opinion {
            by: item.by.clone(),
            at: item.shared(),
            opinion: item.text("opinion")?.to_owned(),
            why: item.text("explanation").map(str::to_owned),
        })
    };
    Ok(said.iter().filter(|item| !item.head.revoked).filter_map(opinion).collect())
}
