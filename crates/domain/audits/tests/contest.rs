//! Outcomes as lists of assertions: against Belgium 2024, against recounts of random ballots, and at the edges.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_audits::assorter::{Assorter, Population, Share};
use scr_audits::contest::{Assertion, Outcome, of_columns, of_tally};
use scr_audits::decimal::RiskLimit;
use scr_core::Problem;
use scr_tabulation::cvr::columns::{Builder, Columns, ContestTally};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, ChoiceNo, Contest, Contests, Mark, Sink};
use serde_json::Value;
use std::io::Read as _;

const MOST: u64 = 1_000_000;
const HALF: Share = Share { numerator: 1, denominator: 2 };

fn contest(names: &[&str], votes_allowed: u16, ranks: u16) -> Contest {
    let choice = |name: &&str| Choice {
        id: (*name).to_owned(),
        name: (*name).to_owned(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    };
    let choices = names.iter().map(choice).collect();
    Contest { id: "1".to_owned(), name: "Mayor".to_owned(), votes_allowed, ranks, choices }
}

/// One vote each, and blank ballots.
fn counted(votes: &[u64], blank: u64) -> ContestTally {
    let cards = votes.iter().sum::<u64>() + blank;
    ContestTally { cards, votes: votes.to_vec(), blank, overvoted: 0, undervotes: blank }
}

fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

fn refused(names: &[&str], votes: &[u64], population: u64, outcome: &Outcome) -> Vec<Problem> {
    of_tally(&contest(names, 1, 0), &counted(votes, 0), population, outcome).unwrap_err()
}

/// `None`: a lot decides the last seat.
fn seats_by_highest_averages(
    votes: &[u64],
    total: u32,
    divisors: &[u32],
    admitted: &[bool],
) -> Option<Vec<u32>> {
    let mut seats = vec![0_u32; votes.len()];
    let lists: Vec<usize> = (0..votes.len()).filter(|list| admitted[*list]).collect();
    let quotient = |list: usize, place: u32| (votes[list], divisors[place as usize]);
    let above = |one: (u64, u32), other: (u64, u32)| one.0 * u64::from(other.1) > other.0 * u64::from(one.1);
    for _ in 0..total {
        let next = |list: &usize| quotient(*list, seats[*list]);
        let best = *lists.iter().find(|one| lists.iter().all(|other| !above(next(other), next(one))))?;
        seats[best] += 1;
    }
    let certain = lists.iter().filter(|list| seats[**list] > 0).all(|won| {
        let last = quotient(*won, seats[*won] - 1);
        lists.iter().all(|other| other == won || above(last, quotient(*other, seats[*other])))
    });
    certain.then_some(seats)
}

/// Belgium, Chamber of Representatives, 9 June 2024 (federal results site): the official seats, and of rlauxe d465bfd
/// (docs/cases/Belgium2024.md) the smallest assertion of each constituency and its cards at a risk limit of 5 %.
#[test]
fn belgium_2024_has_the_published_smallest_assertions() {
    let Some(folder) = scr_testing::data("audit/belgium2024") else { return };
    let expected: Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let file = std::fs::File::open(folder.join("belgium2024-chamber-6.zip")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut seen = 0;
    for at in 0..archive.len() {
        let mut text = String::new();
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        let result: Value = serde_json::from_str(&text).unwrap();
        let label = result["Labels"][0]["Label"].as_str().unwrap();
        let wanted = ["Anvers", "Limbourg", "Namur", "Luxembourg", "Hainaut", "FlandreWest"];
        let short = label.replace("Flandre occidentale", "FlandreWest");
        let name = wanted.into_iter().find(|name| short.ends_with(name)).unwrap();
        let lists = result["ElectionLists"].as_array().unwrap();
        let of = |field: &str| lists.iter().map(|list| list[field].as_u64().unwrap()).collect::<Vec<_>>();
        let names: Vec<&str> = lists.iter().map(|list| list["PartyLabel"].as_str().unwrap()).collect();
        let seats: Vec<u32> =
            of("NrOfSeats").into_iter().map(|seats| u32::try_from(seats).unwrap()).collect();
        let valid = result["NrOfValidVotes"].as_u64().unwrap();
        let share = Share { numerator: 1, denominator: 20 };
        let outcome = Outcome::HighestAverages {
            seats: seats.clone(),
            divisors: (1..100).collect(),
            threshold: Some(share),
        };
        let found = of_tally(&contest(&names, 1, 0), &counted(&of("NrOfVotes"), 0), valid, &outcome).unwrap();
        let smallest = &found[0];
        let party = |choice: &ChoiceNo| names[usize::from(*choice)];
        let said = match &smallest.assorter {
            Assorter::LastSeat { winner, loser, .. } => format!("{}/{}", party(winner), party(loser)),
            Assorter::BelowShare { choice, .. } => format!("BelowThreshold {}", party(choice)),
            other => format!("{other:?}"),
        };
        let limit = RiskLimit::percent(5).unwrap();
        let cards = smallest.cards_without_error(&limit, valid, 1.8, 0.9).unwrap();
        let row = serde_json::json!([
            said,
            six(smallest.without_error),
            six(smallest.mean),
            six(smallest.upper_bound),
            cards
        ]);
        let published = &expected["constituencies"][name];
        let published = serde_json::json!([
            published[0],
            six(published[1].as_f64().unwrap()),
            six(published[2].as_f64().unwrap()),
            six(published[3].as_f64().unwrap()),
            published[4]
        ]);
        assert_eq!(row, published, "{name}");
        println!("{name}: {} assertions, {}", found.len(), smallest.claim);
        if name == "Anvers" {
            // The closed formula with replacement (reference of the audit, section 4.8).
            assert_eq!(smallest.draws_without_error(&limit, 1.8), Some(12_448));
        }
        seen += 1;
    }
    assert_eq!(seen, 6);
}

fn six(value: f64) -> String {
    format!("{value:.6}")
}

#[test]
fn a_journalist_can_read_what_is_asserted() {
    let found = |names: &[&str], votes: &[u64], outcome: &Outcome| -> Vec<String> {
        let list = of_tally(&contest(names, 1, 0), &counted(votes, 3), 1_000, outcome).unwrap();
        list.into_iter().map(|assertion| assertion.claim).collect()
    };
    let winners = vec![0];
    assert_eq!(
        found(&["Ann", "Ben", "Cem"], &[60, 40, 0], &Outcome::Plurality { winners: winners.clone() }),
        // The hardest first.
        ["Ann has more votes than Ben: 60 against 40", "Ann has more votes than Cem: 60 against 0"]
    );
    let share = Share { numerator: 2, denominator: 3 };
    assert_eq!(
        found(&["Yes", "No"], &[70, 30], &Outcome::Share { share, winners }),
        ["Yes has more than 2/3 of the valid ballots: 70 of 100"]
    );
    assert_eq!(
        found(&["Yes", "No"], &[60, 40], &Outcome::Share { share, winners: vec![] }),
        [
            "Yes has less than 2/3 of the valid ballots: 60 of 100",
            "No has less than 2/3 of the valid ballots: 40 of 100"
        ]
    );
    let lists = Outcome::HighestAverages { seats: vec![2, 1], divisors: vec![1, 2, 3], threshold: None };
    assert_eq!(
        found(&["Red", "Blue"], &[70, 30], &lists),
        [
            "the last seat of Blue comes before the next of Red: 30/1 against 70/3 votes",
            "the last seat of Red comes before the next of Blue: 70/2 against 30/2 votes"
        ]
    );
}

/// A majority ends it; otherwise two go on and nobody had a majority (Georgia's law; Arlo's threshold pairs).
#[test]
fn a_runoff_is_a_majority_or_two_who_go_on() {
    let names = ["Ann", "Ben", "Cem"];
    let of = |votes: &[u64], advancing: Vec<ChoiceNo>| {
        of_tally(&contest(&names, 1, 0), &counted(votes, 0), 100, &Outcome::Runoff { share: HALF, advancing })
    };
    let kinds = |list: Vec<Assertion>| list.into_iter().map(|one| one.assorter).collect::<Vec<_>>();
    assert_eq!(
        kinds(of(&[51, 30, 19], vec![0]).unwrap()),
        [Assorter::AtLeastShare { choice: 0, share: HALF }]
    );
    let two = kinds(of(&[45, 35, 20], vec![0, 1]).unwrap());
    assert_eq!(two.len(), 4);
    for wanted in [
        Assorter::BelowShare { choice: 0, share: HALF },
        Assorter::BelowShare { choice: 1, share: HALF },
        Assorter::Plurality { winner: 0, loser: 2 },
        Assorter::Plurality { winner: 1, loser: 2 },
    ] {
        assert!(two.contains(&wanted), "{wanted:?}");
    }
    // |2w - valid| votes of margin, as Arlo has it.
    let margin = of(&[51, 30, 19], vec![0]).unwrap()[0].margin;
    assert!((margin - 2.0 / 100.0).abs() < 1e-15, "{margin}");
    assert_eq!(codes(&of(&[50, 30, 20], vec![0]).unwrap_err()), ["SCR-AUD-080"]);
    assert_eq!(codes(&of(&[50, 30, 20], vec![0, 1]).unwrap_err()), ["SCR-AUD-080"]);
    assert_eq!(codes(&of(&[51, 30, 19], vec![0, 1]).unwrap_err()), ["SCR-AUD-081"]);
    assert_eq!(codes(&of(&[40, 35, 25], vec![0, 1, 2]).unwrap_err()), ["SCR-AUD-083"]);
}

#[test]
fn ties_wrong_winners_and_impossible_outcomes_are_said_at_once() {
    let names = ["Ann", "Ben", "Cem"];
    let winners = |winners: &[ChoiceNo]| Outcome::Plurality { winners: winners.to_vec() };
    let both = refused(&names, &[40, 40, 50], 200, &winners(&[0]));
    assert_eq!(codes(&both), ["SCR-AUD-080", "SCR-AUD-081"]);
    assert_eq!(
        both[0].to_string(),
        r#"SCR-AUD-080  against="Ben" against-votes="40" choice="Ann" contest="Mayor" votes="40""#
    );
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 200, &winners(&[0, 1, 2]))), ["SCR-AUD-082"]);
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 200, &winners(&[]))), ["SCR-AUD-082"]);
    assert_eq!(
        codes(&refused(&names, &[40, 30, 20], 200, &winners(&[7, 0, 0]))),
        ["SCR-AUD-083", "SCR-AUD-083"]
    );
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 89, &winners(&[0]))), ["SCR-AUD-084"]);
    assert_eq!(codes(&refused(&names, &[0, 0, 0], 0, &winners(&[0]))), ["SCR-AUD-084"]);
    assert_eq!(
        codes(&refused(&names, &[40, 30, 20], 90, &Outcome::InstantRunoff { winner: 0 })),
        ["SCR-AUD-083"]
    );
    let whole = Share { numerator: 1, denominator: 1 };
    let share = Outcome::Share { share: whole, winners: vec![0] };
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 90, &share)), ["SCR-AUD-083"]);
    let lists = |seats: &[u32], divisors: &[u32]| Outcome::HighestAverages {
        seats: seats.to_vec(),
        divisors: divisors.to_vec(),
        threshold: None,
    };
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 90, &lists(&[1, 1], &[1, 2]))), ["SCR-AUD-083"]);
    assert_eq!(codes(&refused(&["Ann"], &[40], 90, &lists(&[3], &[1, 2, 3, 4]))), ["SCR-AUD-082"]);
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 90, &lists(&[2, 0, 0], &[1, 2]))), ["SCR-AUD-083"]);
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 90, &lists(&[1, 1, 0], &[2, 1]))), ["SCR-AUD-083"]);
    // 40/2 = 20/1: the third seat was drawn by lot.
    assert_eq!(codes(&refused(&names, &[40, 30, 20], 90, &lists(&[2, 1, 0], &[1, 2, 3]))), ["SCR-AUD-080"]);
    let unknown = Outcome::choices(&contest(&names, 1, 0), &["Ann", "Benn", "Zoe"]).unwrap_err();
    assert_eq!(codes(&unknown), ["SCR-AUD-083", "SCR-AUD-083"]);
    assert_eq!(unknown[0].closest.as_deref(), Some("Ben"));
    assert_eq!(Outcome::choices(&contest(&names, 1, 0), &["Cem", "Ann"]), Ok(vec![2, 0]));
}

/// Everybody votes for one: a comparison without error is worth 1, and few cards do. Losers without a vote are losers.
#[test]
fn landslides_and_losers_without_votes() {
    let found = of_tally(
        &contest(&["Ann", "Ben"], 1, 0),
        &counted(&[100, 0], 0),
        100,
        &Outcome::Plurality { winners: vec![0] },
    )
    .unwrap();
    let [one] = &found[..] else { panic!("{found:?}") };
    let near = |one: f64, other: f64| (one - other).abs() < 1e-15;
    assert!(near(one.margin, 1.0) && near(one.without_error, 1.0) && near(one.difficulty, 1.0));
    let limit = RiskLimit::percent(5).unwrap();
    // 1.9^5 = 24.8 > 20 > 1.9^4
    assert_eq!(one.draws_without_error(&limit, 1.8), Some(5));
    assert_eq!(one.cards_without_error(&limit, 100, 3.0, 0.0).unwrap_err().code, "SCR-AUD-059");
    // A margin of one vote among many: every second card, and then it is certain.
    let found = of_tally(
        &contest(&["Ann", "Ben"], 1, 0),
        &counted(&[501, 500], 0),
        1_001,
        &Outcome::Plurality { winners: vec![0] },
    )
    .unwrap();
    let cards = found[0].cards_without_error(&limit, 1_001, 1.8, 0.9).unwrap();
    assert!((900..=1_001).contains(&cards), "{cards}");
}

#[test]
fn undeclared_write_ins_are_nobodys_rivals() {
    let mut contest = contest(&["Ann", "Ben", "written in"], 1, 0);
    contest.choices[2].kind = ChoiceKind::UndeclaredWriteIn;
    let outcome = Outcome::Plurality { winners: vec![0] };
    let found = of_tally(&contest, &counted(&[40, 30, 50], 0), 120, &outcome).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn an_assertion_of_a_record_reads_back_as_it_was() {
    let outcome = Outcome::HighestAverages {
        seats: vec![2, 1, 0],
        divisors: vec![1, 2, 3],
        threshold: Some(Share { numerator: 1, denominator: 20 }),
    };
    let found =
        of_tally(&contest(&["Red", "Blue", "Grey"], 1, 0), &counted(&[700, 301, 4], 3), 1_200, &outcome)
            .unwrap();
    let text = serde_json::to_string(&found).unwrap();
    assert!(text.contains(r#""margin":"0."#), "figures stand as decimal strings: {text}");
    assert_eq!(serde_json::from_str::<Vec<Assertion>>(&text).unwrap(), found);
    let again: Outcome = serde_json::from_str(&serde_json::to_string(&outcome).unwrap()).unwrap();
    assert_eq!(again, outcome);
}

fn columns_of(contest: &Contest, cards: &[Vec<Mark>]) -> Columns {
    let contests = Contests::of(vec![contest.clone()]).unwrap();
    let mut builder = Builder::new(u64::MAX);
    for (place, marks) in cards.iter().enumerate() {
        let mut card = Card::default();
        card.add(0, marks);
        card.id = place.to_string();
        builder.card(&contests, &card).unwrap();
    }
    builder.finish("", &contests)
}

/// Sets of marks out of four choices.
fn ballots(most: usize) -> impl Strategy<Value = Vec<Vec<Mark>>> {
    let ballot = prop::collection::btree_set(0..4_u16, 0..=most);
    let marks = ballot.prop_map(|choices| choices.into_iter().map(Mark::vote).collect());
    prop::collection::vec(marks, 1..60)
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// All subsets of the four choices.
fn subsets() -> Vec<Vec<ChoiceNo>> {
    (0..16_u16).map(|set| (0..4).filter(|choice| set & (1 << choice) != 0).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Assertions exist for exactly the outcome that the votes have, and the means are those of the cards.
    #[test]
    fn only_the_outcome_of_the_votes_has_assertions(cards in ballots(3), allowed in 1..4_u16, seats in 1..4_usize) {
        let contest = contest(&NAMES, allowed, 0);
        let columns = columns_of(&contest, &cards);
        let tally = columns.tally(0);
        let all = tally.cards + 2;
        let valid = tally.cards - tally.blank - tally.overvoted;
        for winners in subsets() {
            let least = winners.iter().map(|choice| tally.votes[usize::from(*choice)]).min();
            let others = (0..4_u16).filter(|choice| !winners.contains(choice));
            let most = others.map(|choice| tally.votes[usize::from(choice)]).max();
            if winners.len() == seats {
                let right = least.zip(most).is_some_and(|(least, most)| least > most);
                let outcome = Outcome::Plurality { winners: winners.clone() };
                let found = of_columns(&columns, 0, Population::Of(all), &outcome, MOST);
                prop_assert_eq!(found.is_ok(), right, "{:?} {:?}", tally, winners);
                for one in found.into_iter().flatten() {
                    let mean = one.assorter.mean(&columns, 0, Population::Of(all));
                    prop_assert!((mean - one.mean).abs() < 1e-12 && one.mean > 0.5);
                }
            }
            let share = Share { numerator: 2, denominator: 5 };
            let above = least.is_none_or(|least| least * 5 > valid * 2);
            let below = most.is_none_or(|most| most * 5 < valid * 2);
            let outcome = Outcome::Share { share, winners: winners.clone() };
            let found = of_columns(&columns, 0, Population::Of(all), &outcome, MOST);
            prop_assert_eq!(found.is_ok(), above && below, "{:?} {:?}", tally, winners);
            for one in found.into_iter().flatten() {
                let mean = one.assorter.mean(&columns, 0, Population::Of(all));
                prop_assert!((mean - one.mean).abs() < 1e-12 && one.mean > 0.5);
            }
        }
    }

    /// Seats are proven exactly when they are those of the votes, no lot decided, and no list is exactly at the
    /// threshold; and assertions made from reported votes are not all true of votes with other seats.
    #[test]
    fn only_the_seats_of_the_votes_have_assertions(
        reported in prop::collection::vec(0..60_u64, 4), truth in prop::collection::vec(0..60_u64, 4),
        total in 1..6_u32, with_threshold in any::<bool>(), sainte_lague in any::<bool>(),
    ) {
        let divisors: Vec<u32> = (0..7).map(|at| if sainte_lague { 2 * at + 1 } else { at + 1 }).collect();
        let share = Share { numerator: 1, denominator: 5 };
        let threshold = with_threshold.then_some(share);
        let contest = contest(&NAMES, 1, 0);
        let seats_of = |votes: &[u64]| {
            let valid: u64 = votes.iter().sum();
            let admitted: Vec<bool> = votes.iter().map(|votes| !with_threshold || votes * 5 >= valid).collect();
            seats_by_highest_averages(votes, total, &divisors, &admitted)
        };
        let Some(seats) = seats_of(&reported) else { return Ok(()) };
        let outcome = Outcome::HighestAverages { seats: seats.clone(), divisors: divisors.clone(), threshold };
        let all = 300;
        match of_tally(&contest, &counted(&reported, 3), all, &outcome) {
            Ok(found) => {
                let ballots: Vec<Vec<Mark>> = (0..4).zip(&truth).flat_map(|(list, votes)| {
                    std::iter::repeat_n(vec![Mark::vote(list)], usize::try_from(*votes).unwrap())
                }).collect();
                let columns = columns_of(&contest, &ballots);
                let all_true = found.iter().all(|one| one.assorter.mean(&columns, 0, Population::Of(all)) > 0.5 + 1e-12);
                if all_true {
                    prop_assert_eq!(seats_of(&truth), Some(seats));
                }
            }
            Err(problems) => {
                // Only ties keep seats of the votes from being proven: between quotients, or at the threshold.
                prop_assert!(problems.iter().any(|problem| problem.code == "SCR-AUD-080"), "{:?}", problems);
            }
        }
    }

    /// The ranked contest goes by the same way: assertions if and only if the winner is stated.
    #[test]
    fn the_winner_of_rankings_has_assertions(rankings in prop::collection::vec(prop::collection::vec(0..4_u16, 0..4), 1..40)) {
        let contest = contest(&NAMES, 1, 4);
        let cards: Vec<Vec<Mark>> = rankings.iter()
            .map(|ranking| (1..).zip(ranking).map(|(rank, choice)| Mark::ranked(*choice, rank)).collect()).collect();
        let columns = columns_of(&contest, &cards);
        let mut ballots = scr_audits::contest::ballots(&columns, 0).unwrap();
        let winner = ballots.winner();
        for stated in 0..4_u16 {
            let outcome = Outcome::InstantRunoff { winner: stated };
            match of_columns(&columns, 0, Population::Of(60), &outcome, MOST) {
                Ok(found) => {
                    prop_assert_eq!(winner.as_ref().copied(), Ok(usize::from(stated)));
                    for one in found {
                        let mean = one.assorter.mean(&columns, 0, Population::Of(60));
                        prop_assert!((mean - one.mean).abs() < 1e-12 && one.mean > 0.5, "{}", one.claim);
                    }
                }
                Err(problems) => {
                    prop_assert_eq!(codes(&problems), ["SCR-AUD-070"]);
                    prop_assert_ne!(winner.as_ref().copied(), Ok(usize::from(stated)));
                }
            }
        }
    }
}
