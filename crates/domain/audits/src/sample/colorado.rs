//! Colorado's sample: pick i is `SHA-256(seed,i) mod N + 1` (Rivest's `sampler.py`; Colorado Rule 25.2.2).

use super::digits;
use std::collections::BTreeSet;

/// Picks, from the first on, among cards 1 to `cards`, as often as is asked. The same card can be picked again.
pub fn picks(seed: &str, cards: u64) -> impl Iterator<Item = u64> {
    (1_u64..).map(move |number| {
        let text = format!("{seed},{number}");
        digits::divide(&mut digits::hash(&[text.as_bytes()]), cards.max(1)) + 1
    })
}

/// The first `count` distinct cards in the order of their first pick, and how many picks it took.
pub fn distinct(seed: &str, cards: u64, count: usize) -> (Vec<u64>, u64) {
    let mut seen = BTreeSet::new();
    let mut list = Vec::new();
    let mut taken = 0;
    if u64::try_from(count).is_ok_and(|count| count > cards) {
        return (list, taken);
    }
    for pick in picks(seed, cards) {
        if list.len() == count {
            break;
        }
        taken += 1;
        if seen.insert(pick) {
            list.push(pick);
        }
    }
    (list, taken)
}

/// The number of cards nearest to `stated`, at most `within` off, from which a published list follows: some
/// counties' lists were drawn from another number than their manifests give. `None`: there is none.
pub fn explains(seed: &str, published: &BTreeSet<u64>, stated: u64, within: u64) -> Option<u64> {
    let follows = |cards: &u64| {
        let (list, _) = distinct(seed, *cards, published.len());
        list.len() == published.len() && list.iter().all(|card| published.contains(card))
    };
    (0..=within).flat_map(|off| [stated.checked_sub(off), stated.checked_add(off)]).flatten().find(follows)
}

/// A county's share of the cards of a contest.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct County {
    /// The number of the county, which orders the manifests.
    pub id: u32,
    /// The cards in its manifest.
    pub cards: u64,
}

/// All cards of these counties: from how many a contest in several counties is drawn.
pub fn cards_of(counties: &[County]) -> u64 {
    counties.iter().map(|county| county.cards).fold(0, u64::saturating_add)
}

/// The county of a pick and the card's number in that county, from 1: manifests stand one after another by the
/// county's number, in whatever order they are given. `None`: the pick is 0 or above the last card.
pub fn in_county(counties: &[County], pick: u64) -> Option<(u32, u64)> {
    let mut sorted: Vec<&County> = counties.iter().collect();
    sorted.sort_by_key(|county| county.id);
    let mut rest = pick.checked_sub(1)?;
    for county in sorted {
        match rest.checked_sub(county.cards) {
            None => return Some((county.id, rest + 1)),
            Some(after) => rest = after,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_of_several_counties_stand_one_after_another_by_number() {
        let counties = [County { id: 7, cards: 3 }, County { id: 2, cards: 2 }, County { id: 5, cards: 0 }];
        assert_eq!(cards_of(&counties), 5);
        let found: Vec<_> = (0..=6).map(|pick| in_county(&counties, pick)).collect();
        assert_eq!(found, [None, Some((2, 1)), Some((2, 2)), Some((7, 1)), Some((7, 2)), Some((7, 3)), None]);
    }
}
