//! Rare ballot styles are found, pooled and left out of what is published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::privacy::{Groups, Shown};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, ContestNo, Contests, Mark, Sink};

const PRECINCTS: Shown = Shown { precinct: true, style: false, group: false, batch: false };

fn contests() -> Contests {
    let mut contests = Contests::default();
    for name in ["Mayor", "School board", "Water district"] {
        let choices = ["Ann", "Ben"].map(|name| Choice {
            id: name.to_owned(),
            name: name.to_owned(),
            party: String::new(),
            kind: ChoiceKind::Regular,
        });
        let contest = Contest {
            id: String::new(),
            name: name.to_owned(),
            votes_allowed: 1,
            ranks: 0,
            choices: choices.into(),
        };
        contests.contest(name, || contest).unwrap();
    }
    contests
}

/// A card: precinct, contests with the choice marked.
type Listed<'a> = (&'a str, &'a [(ContestNo, u16)]);

fn listed<'a>(precinct: &'a str, marks: &'a [(ContestNo, u16)]) -> Listed<'a> {
    (precinct, marks)
}

fn columns(cards: &[Listed<'_>]) -> Columns {
    let contests = contests();
    let mut builder = Builder::new(u64::MAX);
    for (number, (precinct, marks)) in (1_u32..).zip(cards) {
        let mut card = Card::default();
        card.precinct.push_str(precinct);
        card.position = number;
        card.id = format!("1-1-{number}");
        marks.iter().for_each(|(contest, choice)| card.add(*contest, &[Mark::vote(*choice)]));
        builder.card(&contests, &card).unwrap();
    }
    builder.finish("Test", &contests)
}

#[test]
fn a_rare_style_is_pooled_with_its_like_and_its_votes_are_hidden() {
    // Ten of the city, two of the water district in precinct A and two in B, one of the school board alone.
    let mut cards = vec![listed("A", &[(0, 0)]); 6];
    cards.extend(vec![listed("A", &[(0, 1)]); 4]);
    cards.extend([listed("A", &[(0, 0), (2, 1)]), listed("A", &[(0, 1), (2, 0)])]);
    cards.extend([listed("B", &[(0, 0), (2, 1)]), listed("B", &[(0, 0), (2, 1)])]);
    cards.push(listed("B", &[(1, 0)]));
    let columns = columns(&cards);
    let groups = Groups::of(&columns, PRECINCTS);
    assert_eq!(groups.all.len(), 4);
    assert_eq!(groups.rare(4).len(), 3);

    let pooling = groups.pool(&columns, 4);
    // The water district's four would do for a pool; the one of the school board needs their company.
    assert_eq!(pooling.rare, 3);
    assert_eq!(pooling.pools.len(), 1);
    let pool = &pooling.pools[0];
    assert_eq!(pool.cards, [10, 11, 12, 13, 14]);
    assert_eq!(pool.totals[&2].votes, [1, 3]);
    assert_eq!((pool.totals[&0].cards, pool.totals[&0].votes.as_slice()), (4, [3, 1].as_slice()));

    let published = pooling.publishable(&columns).unwrap();
    let mut card = Card::default();
    assert!(published.card(11, &mut card));
    assert_eq!((card.style.as_str(), card.precinct.as_str(), card.id.as_str()), ("pool-1", "", "1-1-12"));
    assert_eq!(card.contests().count(), 0);
    assert_eq!(published.tally(0).votes, [6, 4]);
    assert_eq!(published.tally(2).cards, 0);
    // The two of precinct B vote alike in both contests.
    let unanimous: Vec<_> =
        groups.unanimous(&columns).into_iter().map(|one| (one.contest, one.cards)).collect();
    assert_eq!(unanimous, [(0, 2), (2, 2)]);
}

#[test]
fn where_nothing_is_rare_nothing_is_pooled() {
    let columns = columns(&[listed("A", &[(0, 0)]); 12]);
    let pooling = Groups::of(&columns, PRECINCTS).pool(&columns, 10);
    assert_eq!((pooling.rare, pooling.pools.len()), (0, 0));
    assert_eq!(pooling.publishable(&columns).unwrap().digest(), columns.digest());
}

#[test]
fn a_lonely_rare_style_takes_the_smallest_of_the_others_along() {
    let mut cards = vec![listed("A", &[(0, 0)]); 20];
    cards.extend(vec![listed("B", &[(0, 0)]); 5]);
    cards.push(listed("C", &[(1, 0)]));
    let columns = columns(&cards);
    let pooling = Groups::of(&columns, PRECINCTS).pool(&columns, 5);
    assert_eq!(pooling.pools[0].cards, [20, 21, 22, 23, 24, 25]);
}

proptest! {
    /// What is published has no rare style; every vote is either on a card or in the totals of a pool.
    #[test]
    fn no_vote_is_lost_and_no_rare_style_is_left(cards in prop::collection::vec(("[A-D]", prop::collection::vec(0..2_u16, 1..4)), 0..80), least in 1..12_u64) {
        let marked: Vec<Vec<(ContestNo, u16)>> = cards.iter().map(|(_, choices)| (0..).zip(choices.iter().copied()).collect()).collect();
        let all: Vec<Listed<'_>> =
            cards.iter().zip(&marked).map(|((precinct, _), marks)| (precinct.as_str(), marks.as_slice())).collect();
        let columns = columns(&all);
        let pooling = Groups::of(&columns, PRECINCTS).pool(&columns, least);
        let published = pooling.publishable(&columns).unwrap();
        for contest in 0..3 {
            let mut votes = published.tally(contest).votes;
            for total in pooling.pools.iter().filter_map(|pool| pool.totals.get(&contest)) {
                votes.iter_mut().zip(&total.votes).for_each(|(all, more)| *all += more);
            }
            prop_assert_eq!(votes, columns.tally(contest).votes);
        }
        let shown = Shown { style: true, ..PRECINCTS };
        let left = Groups::of(&published, shown);
        let enough = columns.cards() >= least;
        prop_assert!(!enough || left.rare(least).is_empty(), "{:?}", left);
    }
}
