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
