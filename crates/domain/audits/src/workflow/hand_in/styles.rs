//! Rare ballot styles of CVRs that were handed in, and what would be published of them with the rare ones pooled.
//!
//! A record names CVRs by the SHA-256 of what was committed to. Pooled columns have another, and their pooled cards say
//! nothing: whoever has only these can look up every other card, and cannot measure the risk again; that takes the
//! columns that were committed to. Were the pooled ones committed to, the risk could be measured from what is published
//! only where no pooled card holds a contest of the audit ([`Pooled::is_enough`]). Who wants styles hidden and the risk
//! checked by anybody hands in totals of whole batches instead (`N` in the manifest's column `CVR`), which a comparison
//! by assertions measures.

use super::cvrs::{blob, find};
use crate::inputs::names::Renamed;
use crate::record::Contest;
use crate::workflow::check::invalid;
use crate::workflow::codes;
use scr_core::Refusal;
use scr_tabulation::cvr::ContestNo;
use scr_tabulation::cvr::columns::{Columns, ContestTally};
use scr_tabulation::cvr::privacy::{Alike, Groups, Pool, Shown};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What precinct and style show beside the votes.
const SHOWN: Shown = Shown { precinct: true, style: true, group: false, batch: false };

/// Cards that look alike, and few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Their precinct, as the CVRs name it.
    pub precinct: String,
    /// Their style, as the CVRs name it.
    pub style: String,
    /// The contests on them, by name.
    pub contests: Vec<String>,
    /// How many.
    pub cards: u64,
}

/// The rare styles of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rare {
    /// Cards in all.
    pub cards: u64,
    /// Styles in all.
    pub styles: u64,
    /// Those of fewer cards than asked for, the rarest first.
    pub rare: Vec<Style>,
    /// Styles whose cards all say the same in a contest: they show every vote, and pools do not hide that.
    pub unanimous: u64,
}

/// The totals of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolTotals {
    /// Its name, which is the style of its cards in the columns.
    pub name: String,
    /// Its cards.
    pub cards: u64,
    /// The count of each contest on one of them, by the contest's name.
    pub totals: BTreeMap<String, ContestTally>,
}

/// What would be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pooled {
    /// Columns (`scrutineer/cvr/1`), in which cards of a pool say nothing but where they lie.
    pub bytes: Vec<u8>,
    /// The pools.
    pub pools: Vec<PoolTotals>,
    /// Whether no pooled card holds a contest of the audit: had these columns been committed to, they would be enough to
    /// measure the risk.
    pub is_enough: bool,
}

fn columns(cvrs: &[u8]) -> Result<Columns, Refusal> {
    Columns::read(cvrs).map_err(|error| invalid(codes::WRONG_OBJECT).with("what", error.what))
}

/// The styles of fewer cards than `smallest`, in columns that were handed in.
///
/// # Errors
/// SCR-AUD-248 where these are no columns.
pub fn rare_styles(cvrs: &[u8], smallest: u64) -> Result<Rare, Refusal> {
    let columns = columns(cvrs)?;
    let groups = Groups::of(&columns, SHOWN);
    let style = |group: &Alike| Style {
        precinct: group.likeness.precinct.clone(),
        style: group.likeness.style.clone(),
        contests: names(&columns, &group.likeness.contests),
        cards: group.cards.len() as u64,
    };
    let mut rare: Vec<Style> = groups.rare(smallest).into_iter().map(|at| style(&groups.all[at])).collect();
    rare.sort_by_key(|style| style.cards);
    let unanimous: BTreeSet<usize> = groups.unanimous(&columns).iter().map(|one| one.alike).collect();
    Ok(Rare {
        cards: columns.cards(),
        styles: groups.all.len() as u64,
        rare,
        unanimous: unanimous.len() as u64,
    })
}

fn names(columns: &Columns, contests: &[ContestNo]) -> Vec<String> {
    let name = |number: &ContestNo| columns.contests().get(usize::from(*number)).map(|one| one.name.clone());
    contests.iter().filter_map(name).collect()
}

/// What would be published with styles of fewer cards than `smallest` pooled. `contests` are those of the audit, `trail`
/// what the names in the CVRs stand for.
///
/// # Errors
/// SCR-AUD-248 where these are no columns.
pub fn pooled(
    cvrs: &[u8],
    smallest: u64,
    contests: &[Contest],
    trail: &[Renamed],
) -> Result<Pooled, Refusal> {
    let columns = columns(cvrs)?;
    let pooling = Groups::of(&columns, SHOWN).pool(&columns, smallest);
    let published = pooling
        .publishable(&columns)
        .map_err(|problem| invalid(codes::WRONG_OBJECT).with("what", problem.to_string()))?;
    let audited: BTreeSet<ContestNo> =
        contests.iter().filter_map(|contest| find(contest, &columns, trail)).collect();
    let totals = |totals: &BTreeMap<ContestNo, ContestTally>| {
        let named = |(number, tally): (&ContestNo, &ContestTally)| {
            Some((columns.contests().get(usize::from(*number))?.name.clone(), tally.clone()))
        };
        totals.iter().filter_map(named).collect()
    };
    let pools = &pooling.pools;
    let pool = |pool: &Pool| PoolTotals {
        name: pool.name.clone(),
        cards: pool.cards.len() as u64,
        totals: totals(&pool.totals),
    };
    let is_enough = !pools.iter().flat_map(|pool| pool.totals.keys()).any(|number| audited.contains(number));
    Ok(Pooled { bytes: blob(&published), pools: pools.iter().map(pool).collect(), is_enough })
}
