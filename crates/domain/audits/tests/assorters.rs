//! Assorters against San Francisco 2019, and against what they claim.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_audits::assorter::{Assorter, ByHand, ByMachine, CardStyle, Comparison, Population, Share};
use scr_audits::raire::read_shangrla;
use scr_tabulation::cvr::columns::Builder;
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, ChoiceNo, Contest, Contests, Mark, Sink};
use serde_json::Value;
use std::io::Read as _;

fn contest(names: &[String], votes_allowed: u16, ranks: u16) -> Contests {
    let choices = names.iter().map(|name| Choice {
        id: name.clone(),
        name: name.clone(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    });
    let choices = choices.collect();
    Contests::of(vec![Contest {
        id: "1".to_owned(),
        name: "Contest".to_owned(),
        votes_allowed,
        ranks,
        choices,
    }])
    .unwrap()
}

/// SHANGRLA 9d5db92 on the vote-by-mail ballots for District Attorney, San Francisco 2019: all margins, digit for
/// digit.
#[test]
fn margins_of_san_francisco_2019_are_those_of_shangrla() {
    let Some(folder) = scr_testing::data("audit/sfda2019") else { return };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let mut text = String::new();
    let packed = read("SFDA2019_PrelimReport12VBMJustDASheets.raire.gz");
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    let names: Vec<String> = ["15", "16", "17", "18"].map(str::to_owned).into();
    let contests = contest(&names, 1, 4);
    let mut builder = Builder::new(u64::MAX);
    let mut card = Card::default();
    for (position, line) in (1..).zip(text.lines().skip(2)) {
        card.clear();
        card.position = position;
        let ranked: Vec<Mark> = (1..)
            .zip(line.split(',').skip(2).filter(|name| !name.is_empty()))
            .filter_map(|(rank, name)| {
                // Candidates written in are none of the four.
                Some(Mark::ranked(contests.find_choice(0, name)?, rank))
            })
            .collect();
        card.add(0, &ranked);
        builder.card(&contests, &card).unwrap();
    }
    let columns = builder.finish("", &contests);
    assert_eq!(columns.cards(), 146_662);
    let file = read("SFDA2019_PrelimReport12VBMJustDASheetsAssertions.json");
    let assertions: Value = serde_json::from_slice(&file).unwrap();
    let expected: Value = serde_json::from_slice(&read("expected.json")).unwrap();
    let expected = expected["assorter_margins"].as_object().unwrap();
    let audit = &assertions["audits"][0];
    let list = read_shangrla(&file, Some(&names)).unwrap().remove(0).assertions;
    assert_eq!((list.len(), expected.len()), (11, 11));
    for (assertion, said) in list.into_iter().zip(audit["assertions"].as_array().unwrap()) {
        let gone: Vec<&str> = said["already_eliminated"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one.as_str().unwrap())
            .collect();
        let name = format!(
            "{} v {} elim {}",
            said["winner"].as_str().unwrap(),
            said["loser"].as_str().unwrap(),
            gone.join(" ")
        );
        let margin = Assorter::Irv(assertion).margin(&columns, 0, Population::WithContest);
        assert_eq!(margin.to_bits(), expected[name.trim()].as_f64().unwrap().to_bits(), "{name}");
    }
}

/// What a card says in the contest; `None`: the contest is not on it.
type Said = Option<Vec<ChoiceNo>>;

fn marks() -> impl Strategy<Value = Said> {
    prop::option::weighted(
        0.9,
        prop::collection::vec(0..4_u16, 0..3).prop_map(|mut marks| {
            marks.sort_unstable();
            marks.dedup();
            marks
        }),
    )
}

fn card(marks: Option<&Vec<ChoiceNo>>) -> Card {
    let mut card = Card::default();
    if let Some(marks) = marks {
        card.add(0, &marks.iter().map(|choice| Mark::vote(*choice)).collect::<Vec<_>>());
    }
    card
}

proptest! {
    /// A mean above 1/2 says what the assertion says; a mean of comparisons above 1/2 does too, whatever the CVRs are.
    #[test]
    fn means_above_one_half_say_what_is_asserted(
        cards in prop::collection::vec((marks(), marks()), 1..60), choice in 0..4_u16, other in 0..4_u16,
        share in (1..10_u32, 11..20_u32), divisors in (1..5_u32, 1..5_u32), allowed in 1..3_u16,
    ) {
        prop_assume!(choice != other);
        let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).into();
        let contests = contest(&names, allowed, 0);
        let build = |which: fn(&(Said, Said)) -> &Said| {
            let mut builder = Builder::new(u64::MAX);
            (1..).zip(&cards).for_each(|(position, pair)| {
                let mut card = card(which(pair).as_ref());
                card.position = position;
                builder.card(&contests, &card).unwrap();
            });
            builder.finish("", &contests)
        };
        let (truth, machine) = (build(|pair| &pair.0), build(|pair| &pair.1));
        let tally = truth.tally(0);
        let (a, b) = (tally.votes[usize::from(choice)], tally.votes[usize::from(other)]);
        let valid = tally.cards - tally.blank - tally.overvoted;
        let share = Share { numerator: share.0, denominator: share.1 };
        let (up, down) = (u64::from(share.numerator), u64::from(share.denominator));
        let mut claims = vec![
            (Assorter::Plurality { winner: choice, loser: other }, a > b),
            (Assorter::AtLeastShare { choice, share }, a * down > valid * up),
            (Assorter::BelowShare { choice, share }, a * down < valid * up),
        ];
        if allowed == 1 {
            let (last_divisor, next_divisor) = divisors;
            let assorter = Assorter::LastSeat { winner: choice, last_divisor, loser: other, next_divisor };
            claims.push((assorter, a * u64::from(next_divisor) > b * u64::from(last_divisor)));
        }
        let all = Population::Of(cards.len() as u64);
        for (assorter, holds) in claims {
            let mean = assorter.mean(&truth, 0, all);
            // A tie is exactly 1/2; rounding may lift it by a little.
            prop_assert!((mean > 0.5 + 1e-12) == holds, "{:?} {} {}", assorter, mean, holds);
            let spec = &contests.list()[0];
            let margin = assorter.margin(&machine, 0, all);
            if margin <= 1e-9 {
                continue;
            }
            let comparison = Comparison { assorter: &assorter, contest: spec, number: 0, margin, style: CardStyle::Unknown };
            let values: Vec<f64> = cards.iter().map(|(truth, machine)| {
                let (truth, machine) = (card(truth.as_ref()), card(machine.as_ref()));
                let value = comparison.value(ByMachine::Card(&machine), ByHand::Card(&truth));
                prop_assert!(value >= -1e-12 && value <= comparison.upper_bound() + 1e-12);
                Ok(value)
            }).collect::<Result<_, TestCaseError>>()?;
            let compared = values.iter().sum::<f64>() / values.len() as f64;
            prop_assert!((compared > 0.5 + 1e-12) == holds, "{:?} {} {}", assorter, compared, holds);
        }
    }
}

#[test]
fn phantoms_and_missing_cards_count_against_the_assertion() {
    let names: Vec<String> = ["a", "b"].map(str::to_owned).into();
    let contests = contest(&names, 1, 0);
    let assorter = Assorter::Plurality { winner: 0, loser: 1 };
    let of = |style| Comparison {
        assorter: &assorter,
        contest: &contests.list()[0],
        number: 0,
        margin: 0.2,
        style,
    };
    let (known, unknown) = (of(CardStyle::Known), of(CardStyle::Unknown));
    let (winner, loser, without) = (card(Some(&vec![0])), card(Some(&vec![1])), card(None));
    let near = |one: f64, other: f64| (one - other).abs() < 1e-15;
    assert!(near(known.overstatement(ByMachine::Card(&winner), ByHand::Card(&loser)), 1.0));
    assert!(near(known.overstatement(ByMachine::Card(&loser), ByHand::Card(&winner)), -1.0));
    assert!(near(known.overstatement(ByMachine::Phantom, ByHand::NotFound), 0.5));
    assert!(near(known.overstatement(ByMachine::Card(&winner), ByHand::NotFound), 1.0));
    assert!(near(known.overstatement(ByMachine::Card(&winner), ByHand::Card(&without)), 1.0));
    assert!(near(unknown.overstatement(ByMachine::Card(&winner), ByHand::Card(&without)), 0.5));
    assert!(near(known.overstatement(ByMachine::Pool(0.6), ByHand::Card(&winner)), -0.4));
    assert!(near(known.value(ByMachine::Card(&winner), ByHand::Card(&winner)), 1.0 / 1.8));
}
