//! Cards to columns and back, whatever they are.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_tabulation::cvr::columns::{Builder, Columns, Told};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, ContestNo, Contests, Mark, Sink};

const CHOICES: u16 = 5;

fn contests(count: u16, ranks: u16) -> Contests {
    let mut contests = Contests::default();
    for number in 0..count {
        let choices = (0..CHOICES).map(|choice| Choice {
            id: format!("c{choice}"),
            name: format!("Choice {choice}"),
            party: String::new(),
            kind: ChoiceKind::Regular,
        });
        let choices = choices.collect();
        let contest = Contest {
            id: String::new(),
            name: format!("Contest {number}"),
            votes_allowed: 2,
            ranks,
            choices,
        };
        contests.contest(&number.to_string(), || contest).unwrap();
    }
    contests
}

fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let choice = prop_oneof![9 => 0..CHOICES, 1 => Just(Mark::OVERVOTE)];
    prop::collection::vec((0..3_u16, choice).prop_map(|(rank, choice)| Mark { rank, choice }), 0..4)
}

fn card() -> impl Strategy<Value = Card> {
    let on_card = prop::collection::vec((0..4 as ContestNo, marks()), 0..4);
    let names = prop::collection::vec("[ab]{0,2}|é", 7);
    (on_card, names, 0..1000_u32).prop_map(|(contests, names, position)| {
        let mut card = Card::default();
        card.position = position;
        card.tabulator.clone_from(&names[0]);
        card.batch.clone_from(&names[1]);
        card.id.clone_from(&names[2]);
        card.imprinted.clone_from(&names[3]);
        card.group.clone_from(&names[4]);
        card.precinct.clone_from(&names[5]);
        card.style.clone_from(&names[6]);
        for (contest, marks) in contests {
            card.add(contest, &marks);
        }
        card
    })
}

/// Cards that lie in places of their own.
fn cards() -> impl Strategy<Value = Vec<Card>> {
    prop::collection::vec(card(), 0..60).prop_map(|mut cards| {
        (1..).zip(&mut cards).for_each(|(sheet, card)| card.sheet = sheet);
        cards
    })
}

fn build(contests: &Contests, cards: &[Card]) -> Builder {
    let mut builder = Builder::new(u64::MAX);
    cards.iter().for_each(|card| builder.card(contests, card).unwrap());
    builder
}

fn blob(columns: &Columns) -> Vec<u8> {
    let mut bytes = Vec::new();
    columns
        .write(|piece| {
            bytes.extend_from_slice(piece);
            Ok::<(), ()>(())
        })
        .unwrap();
    bytes
}

fn cards_of(columns: &Columns) -> Vec<Card> {
    let mut card = Card::default();
    (0..columns.cards())
        .map(|number| {
            assert!(columns.card(number, &mut card));
            card.clone()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn cards_come_back_from_columns_and_from_their_blob(cards in cards()) {
        let contests = contests(4, 0);
        let columns = build(&contests, &cards).finish("Test", &contests);
        prop_assert_eq!(&cards_of(&columns), &cards);
        let bytes = blob(&columns);
        let read = Columns::read(&bytes).unwrap();
        prop_assert_eq!(&cards_of(&read), &cards);
        prop_assert_eq!(read.digest(), scr_canon::sha256(&bytes));
        prop_assert_eq!(blob(&read), bytes);
    }

    #[test]
    fn two_builders_appended_are_one(cards in cards(), cut in 0..60_usize) {
        let contests = contests(4, 0);
        let cut = cut.min(cards.len());
        let mut first = build(&contests, &cards[..cut]);
        first.append(build(&contests, &cards[cut..])).unwrap();
        let whole = build(&contests, &cards).finish("Test", &contests);
        prop_assert_eq!(blob(&first.finish("Test", &contests)), blob(&whole));
    }

    #[test]
    fn a_tally_is_what_counting_card_by_card_gives(cards in cards(), ranks in 0..2_u16) {
        let contests = contests(4, ranks);
        let columns = build(&contests, &cards).finish("Test", &contests);
        for contest in 0..4 {
            let tally = columns.tally(contest);
            let spec = &contests.list()[usize::from(contest)];
            let first: Vec<Vec<Mark>> = cards.iter().filter_map(|card| card.marks(contest)).map(|marks| {
                marks.iter().filter(|mark| mark.rank <= ranks.min(1)).copied().collect()
            }).collect();
            let count = |told| first.iter().filter(|marks| spec.told(marks) == told).count() as u64;
            prop_assert_eq!(tally.cards, first.len() as u64);
            prop_assert_eq!(tally.blank, count(Told::Blank));
            prop_assert_eq!(tally.overvoted, count(Told::Overvote));
            for choice in 0..CHOICES {
                let votes: usize = first.iter().filter(|marks| spec.told(marks) == Told::Votes)
                    .map(|marks| marks.iter().filter(|mark| mark.choice == choice).count()).sum();
                prop_assert_eq!(tally.votes[usize::from(choice)], votes as u64);
            }
            let unused: usize = first.iter().filter(|marks| spec.told(marks) != Told::Overvote).map(|marks| 2 - marks.len()).sum();
            prop_assert_eq!(tally.undervotes, unused as u64);
        }
    }

    /// Damage is named or leaves something that can be counted; it never stops the program.
    #[test]
    fn damaged_blobs_are_refused_or_counted(cards in cards(), at in 0..4000_usize, byte in any::<u8>(), cut in any::<bool>()) {
        let contests = contests(4, 0);
        let mut bytes = blob(&build(&contests, &cards).finish("Test", &contests));
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(columns) = Columns::read(&bytes) {
            for contest in 0..columns.contests().len() {
                columns.tally(ContestNo::try_from(contest).unwrap());
            }
            cards_of(&columns);
        }
    }
}

#[test]
fn chunks_of_every_form_come_back() {
    let contests = contests(4, 0);
    let mut builder = Builder::new(u64::MAX);
    let mut card = Card::default();
    let fill = |number: u32, card: &mut Card| {
        card.clear();
        card.position = number * 7_000;
        card.id = number.to_string();
        // All cards; one in 1,000; more than 256 patterns; some.
        card.add(0, &[]);
        if number.is_multiple_of(1000) {
            card.add(1, &[Mark::vote(3)]);
        }
        let rank = u16::try_from(number % 700).unwrap();
        card.add(2, &[Mark::ranked(u16::try_from(number % 3).unwrap(), rank)]);
        if number % 7 < 3 {
            card.add(3, &[Mark::vote(u16::try_from(number % 5).unwrap())]);
        }
    };
    for number in 0..150_000 {
        fill(number, &mut card);
        builder.card(&contests, &card).unwrap();
    }
    let columns = Columns::read(&blob(&builder.finish("Test", &contests))).unwrap();
    assert_eq!(columns.cards(), 150_000);
    let (mut expected, mut found) = (Card::default(), Card::default());
    for number in (0..150_000).step_by(11).chain([65_535, 65_536, 131_071, 149_999]) {
        fill(number, &mut expected);
        assert!(columns.card(u64::from(number), &mut found));
        assert_eq!(found, expected);
        assert_eq!(columns.marks(u64::from(number), 3), expected.marks(3));
    }
    assert!(!columns.card(150_000, &mut found));
    assert_eq!(columns.tally(1).votes, [0, 0, 0, 150, 0]);
    assert_eq!(columns.patterns(2).iter().map(|pattern| pattern.cards).sum::<u64>(), 150_000);
    assert_eq!(columns.cells(3).filter(|cell| *cell != 0).count() as u64, columns.tally(3).cards);
}

#[test]
fn what_is_too_much_is_refused() {
    let contests = contests(1, 0);
    let mut builder = Builder::new(1);
    let second = {
        let mut card = Card::default();
        card.sheet = 2;
        card
    };
    builder.card(&contests, &Card::default()).unwrap();
    assert_eq!(builder.card(&contests, &second).unwrap_err().code, "SCR-CVR-001");
    let other = build(&contests, std::slice::from_ref(&second));
    assert_eq!(builder.append(other).unwrap_err().code, "SCR-CVR-001");
    let mut twice = build(&contests, std::slice::from_ref(&second));
    assert_eq!(twice.card(&contests, &second).unwrap_err().code, "SCR-CVR-005");
    assert_eq!(twice.append(build(&contests, &[second])).unwrap_err().code, "SCR-CVR-005");
    let mut long = Card::default();
    long.batch = "x".repeat(257);
    assert_eq!(Builder::new(9).card(&contests, &long).unwrap_err().code, "SCR-CVR-002");
}

#[test]
fn what_is_no_blob_is_refused_with_the_reason() {
    let contests = contests(1, 0);
    let mut second = Card::default();
    second.sheet = 2;
    let bytes = blob(&build(&contests, &[Card::default(), second]).finish("Test", &contests));
    let said = |bytes: &[u8]| Columns::read(bytes).unwrap_err().to_string();
    assert_eq!(said(b"x"), "SCR-CVR-003 these are no ballots as columns: they do not begin as such");
    assert_eq!(
        said(&bytes[..bytes.len() - 8]),
        "SCR-CVR-003 these are no ballots as columns: the foot is longer than the file"
    );
    let mut more = bytes;
    let at = b"scrutineer/cvr/1\n".len();
    more[at] = 3;
    assert_eq!(
        said(&more),
        "SCR-CVR-003 these are no ballots as columns: chunk 0: column 8: as many cells as cards are wanted"
    );
}
