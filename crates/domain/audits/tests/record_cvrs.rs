//! Records whose CVRs stand beside them as columns, named by their SHA-256.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::record::{
    Batch, Commitment, Contest, Counted, CvrFile, Method, NameTrail, Record, Round, Sampler, Settings,
};
use scr_audits::verify::{Cvrs, Size, next_round, verify, verify_with};
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{self, Card, Choice, ChoiceKind, Contests, Mark, Sink as _};

const SEED: &str = "31415926535897932384";

/// Columns of 4 batches of 50 cards: 30 for the first choice, 20 for the second. Record numbers have gaps, as vendors'
/// have, and cards come in no order.
fn columns(contest: &str, choices: [&str; 2]) -> Columns {
    marked(contest, choices, 1, |position| vec![Mark::vote(u16::from(position >= 30))])
}

fn marked(
    contest: &str,
    choices: [&str; 2],
    votes_allowed: u16,
    marks: impl Fn(u32) -> Vec<Mark>,
) -> Columns {
    let choice = |name: &&str| Choice {
        id: (*name).to_owned(),
        name: (*name).to_owned(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    };
    let contests = Contests::of(vec![cvr::Contest {
        id: "1".to_owned(),
        name: contest.to_owned(),
        votes_allowed,
        ranks: 0,
        choices: choices.iter().map(choice).collect(),
    }])
    .unwrap();
    let mut builder = Builder::new(1000);
    let mut card = Card::default();
    for number in 0..200_u32 {
        let (batch, position) = (number % 4, 49 - number / 4);
        card.clear();
        card.tabulator.push_str("T1");
        card.batch.push_str(&format!("B{batch}"));
        card.position = 100 + position * 3;
        card.id.push_str(&number.to_string());
        card.add(0, &marks(position));
        builder.card(&contests, &card).unwrap();
    }
    builder.finish("Test", &contests)
}

fn record(columns: &Columns) -> Record {
    let batch = |at: usize| Batch {
        jurisdiction: "County".to_owned(),
        tabulator: Some("T1".to_owned()),
        batch: format!("B{at}"),
        ballots: 50,
        ..Batch::default()
    };
    let contest = Contest {
        name: "Mayor".to_owned(),
        choices: vec!["Ann".to_owned(), "Ben".to_owned()],
        votes: vec![120, 80],
        winners: 1,
        votes_allowed: 1,
        ballots: 200,
        risk_limit: "0.05".to_owned(),
        targeted: true,
        ..Contest::default()
    };
    let sha256 = columns.digest();
    let settings = Settings::new(Method::BallotComparison, Sampler::ConsistentWithReplacement, 20);
    let mut record = Record {
        cvr_files: vec![CvrFile { jurisdiction: "County".to_owned(), sha256, cards: 200 }],
        ..Record::new("Test", "scrutineer test", settings, vec![contest], (0..4).map(batch).collect())
    };
    record.commitment = Commitment::of(&record).unwrap();
    record
}

fn given(columns: Columns) -> Cvrs {
    Cvrs::from([(columns.digest(), columns)])
}

fn audited(record: &mut Record, cvrs: &Cvrs) {
    let draws = next_round(record, cvrs, SEED, &Size::Draws(30)).unwrap();
    let mut counted: Vec<Counted> = Vec::new();
    for draw in &draws {
        if !counted.iter().any(|one| (one.batch, one.position) == (draw.batch, draw.position)) {
            let votes = vec![Some(vec![u64::from(draw.position > Some(30))])];
            counted.push(Counted { batch: draw.batch, position: draw.position, votes, ..Counted::default() });
        }
    }
    record.rounds = vec![Round::open(1, SEED, draws, counted)];
}

/// The position of a card is the rank of its record number in its batch, as Arlo has it.
#[test]
fn cards_are_found_by_the_rank_of_their_number() {
    let columns = columns("Mayor", ["Ann", "Ben"]);
    let mut record = record(&columns);
    let cvrs = given(columns);
    audited(&mut record, &cvrs);
    let report = verify_with(&record, &cvrs);
    assert_eq!(report.deviations, []);
    let p = (1.0 - 0.2 / (2.0 * 1.03905_f64)).powi(30);
    assert_eq!(report.rounds[0].p_values, [Some(format!("{p:.10}"))]);
    // Without the file nothing can be computed, and that is said.
    let report = verify(&record);
    assert_eq!(report.deviations[0].code, "SCR-AUD-134");
    assert_eq!(report.rounds, []);
}

/// A county's own names stand for the record's only where the trail says so.
#[test]
fn names_stand_for_others_by_the_trail() {
    let columns = columns("MAYOR (vote for 1)", ["ANN", "Ben"]);
    let mut record = record(&columns);
    let cvrs = given(columns);
    let first = |record: &Record| verify_with(record, &cvrs).deviations.first().map(|one| one.what.clone());
    let without = first(&record).unwrap();
    assert!(without.contains("the CVRs say [0, 0]"), "{without}");
    let trail = |used: &str, standard: &str| NameTrail {
        jurisdiction: "County".to_owned(),
        used: used.to_owned(),
        standard: standard.to_owned(),
    };
    record.names = vec![trail("MAYOR (vote for 1)", "Mayor")];
    record.commitment = Commitment::of(&record).unwrap();
    assert!(first(&record).unwrap().contains("have votes for \"ANN\""));
    record.names.push(trail("ANN", "Ann"));
    record.commitment = Commitment::of(&record).unwrap();
    assert_eq!(first(&record), None);
    audited(&mut record, &cvrs);
    assert_eq!(first(&record), None);
}

/// More CVRs than ballots, batches that the manifest does not have, another number of CVRs than the record says.
#[test]
fn cvrs_that_do_not_lie_in_the_manifest_are_named() {
    let columns = columns("Mayor", ["Ann", "Ben"]);
    let record = record(&columns);
    let cvrs = given(columns);
    let said = |change: fn(&mut Record)| {
        let mut changed = record.clone();
        change(&mut changed);
        changed.commitment = Commitment::of(&changed).unwrap();
        let first = verify_with(&changed, &cvrs).deviations.into_iter().next().unwrap();
        assert_eq!(first.code, "SCR-AUD-123");
        first.what
    };
    assert!(
        said(|record| {
            record.batches[1].ballots = 49;
            record.batches[0].ballots = 51;
        })
        .contains("50 CVRs and 49 ballots")
    );
    assert!(
        said(|record| record.batches[2].batch = "B9".to_owned()).contains("batch \"B2\" of tabulator \"T1\"")
    );
    assert!(said(|record| record.cvr_files[0].cards = 199).contains("hold 200 CVRs"));
    let twice = said(|record| record.cvr_files.push(record.cvr_files[0].clone()));
    assert!(twice.contains("in two places"), "{twice}");
}

/// Marks that count more than once in the totals and once on a ballot, or only on a ballot: nobody who compares ballots
/// would find them.
#[test]
fn marks_count_in_the_totals_as_on_a_ballot() {
    // 20 of 50 cards for Ann, each of them twice, and 30 for Ben.
    let ann = |position| position < 20;
    let twice = |position| if ann(position) { vec![Mark::vote(0); 2] } else { vec![Mark::vote(1)] };
    let columns = marked("Mayor", ["Ann", "Ben"], 2, twice);
    let mut doubled = record(&columns);
    (doubled.contests[0].votes, doubled.contests[0].votes_allowed) = (vec![160, 120], 2);
    doubled.commitment = Commitment::of(&doubled).unwrap();
    let report = verify_with(&doubled, &given(columns));
    assert!(report.deviations[0].what.contains("twice"), "{:?}", report.deviations);
    // Ben's marks have a rank, which a contest without ranks has not.
    let ranked = |position| if ann(position) { vec![Mark::vote(0)] } else { vec![Mark::ranked(1, 1)] };
    let columns = marked("Mayor", ["Ann", "Ben"], 1, ranked);
    let mut left_out = record(&columns);
    left_out.contests[0].votes = vec![80, 0];
    left_out.commitment = Commitment::of(&left_out).unwrap();
    let report = verify_with(&left_out, &given(columns));
    assert!(report.deviations[0].what.contains("the CVRs say [80, 120]"), "{:?}", report.deviations);
}
