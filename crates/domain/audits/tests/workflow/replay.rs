//! Whole audits through all hands: the record that comes out is checked by what checks anybody's record.

use super::course::*;
use scr_audits::import_arlo::{import, read_bundle, read_report};
use scr_audits::record::{Counted, Decision, FullCount, Published, Record};
use scr_audits::verify::{Cvrs, Order, Size, Standing, recorded, verify};
use scr_audits::workflow::discrepancy::compare;
use scr_audits::workflow::report::{Facts, sections};
use scr_audits::workflow::{
    Audit, BallotReading, BoardStep, BoardWork, Ceremony, ContestForm, ContestReading, Inputs, Party, Phase,
    RoundWork, Step, Typed, Unit, Upload, What, Witnessed, commitment, counted, hash_of, measure, open,
    record,
};
use scr_core::PersonId;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

fn witnessed() -> Witnessed {
    Witnessed { published: published(1), ..Witnessed::default() }
}

fn published(index: u64) -> Option<Published> {
    Some(Published {
        at: format!("2025-11-12T20:{index:02}:00Z"),
        origin: "log.example/audit".into(),
        index,
        evidence: None,
    })
}

/// From a draft with these contests to the commitment: every jurisdiction hands in and signs.
fn prepared(of: &Record, fresh: bool) -> (Audit, Inputs) {
    let inputs = Inputs { batches: of.batches.clone(), cvrs: of.cvrs.clone(), ..Inputs::default() };
    let names: BTreeSet<String> = of.batches.iter().map(|batch| batch.jurisdiction.clone()).collect();
    let mut audit = Audit::new(&of.title, of.settings.clone(), fresh).unwrap();
    audit = take(&audit, &AA, &Step::NameJurisdictions(names.clone()));
    for contest in &of.contests {
        audit = take(&audit, &AA, &Step::ChooseContest(contest.clone()));
    }
    for jurisdiction in names {
        let by = Party::Jurisdiction(jurisdiction.clone());
        let own: Vec<_> = of.batches.iter().filter(|batch| batch.jurisdiction == jurisdiction).collect();
        for what in What::needed(of.settings.method) {
            let upload = Upload {
                sha256: hash_of(&own).unwrap(),
                rows: own.len() as u64,
                ballots: own.iter().map(|batch| u64::from(batch.ballots)).sum(),
            };
            audit =
                take(&audit, &by, &Step::Upload { jurisdiction: jurisdiction.clone(), what: *what, upload });
        }
        let over = audit.to_sign(&jurisdiction).unwrap();
        audit = take(&audit, &by, &Step::SignUploads { jurisdiction, over });
    }
    let fixed = commitment(&audit, &inputs, "scrutineer test").unwrap();
    (take(&audit, &AA, &Step::Commit(fixed)), inputs)
}

/// Two people throw and type.
fn seeded_by(audit: &Audit, seed: &str) -> Audit {
    let [ada, ben] = ["ada", "ben"].map(|name| PersonId::new(name).unwrap());
    let Typed::First(half) = Ceremony::default().typed(audit, &ada, seed).unwrap() else { panic!() };
    let Typed::Agreed { seed, failed } = half.typed(audit, &ben, seed).unwrap() else { panic!() };
    take(audit, &AA, &Step::Seed { seed, failed })
}

/// One round: drawn, dealt to one board in each jurisdiction, read by `read`, signed, measured and closed.
fn round(
    audit: &Audit,
    inputs: &Inputs,
    rounds: &mut Vec<RoundWork>,
    (draws, extra): (usize, &[usize]),
    read: &dyn Fn(&BoardWork, usize) -> Vec<BoardStep>,
) -> Audit {
    let before = record(audit, inputs, &witnessed(), rounds).unwrap();
    let seed = audit.seed().unwrap();
    let (drawn, opened) = open(&before, &Cvrs::new(), seed, &Size::Draws(draws), extra).unwrap();
    let mut audit = take(audit, &AA, &Step::OpenRound(opened.clone()));
    let known: BTreeSet<_> =
        rounds.iter().flat_map(|round| &round.draws).map(|one| (one.batch, one.position)).collect();
    let new: BTreeSet<_> =
        drawn.iter().map(|one| (one.batch, one.position)).filter(|place| !known.contains(place)).collect();
    let new: BTreeSet<_> = new.into_iter().chain(opened.extra.iter().map(|at| (*at, None))).collect();
    let mut all: Vec<Counted> = Vec::new();
    for (jurisdiction, units) in &opened.units {
        let by = Party::Jurisdiction(jurisdiction.clone());
        audit =
            take(&audit, &by, &Step::DealBoards { jurisdiction: jurisdiction.clone(), units: vec![*units] });
        let own = new.iter().filter(|(at, _)| inputs.batches[*at].jurisdiction == *jurisdiction);
        let unit = |(batch, position): &(usize, Option<u32>)| Unit {
            batch: *batch,
            position: *position,
            ballots: position.map_or(u64::from(inputs.batches[*batch].ballots), |_| 1),
            extra: opened.extra.contains(batch),
        };
        let forms = audit.contests().iter().map(ContestForm::of).collect();
        let names = vec!["Ines".to_owned(), "Omar".to_owned()];
        let empty = BoardWork::new(forms, own.map(unit).collect());
        let mut board = empty.step(&BoardStep::Join { names: names.clone() }).unwrap();
        for unit in 0..board.units().len() {
            for step in read(&board, unit) {
                board = board.step(&step).unwrap();
            }
        }
        let over = board.to_sign().unwrap();
        board = board.step(&BoardStep::Sign { names, over }).unwrap();
        let by = Party::Board { jurisdiction: jurisdiction.clone(), board: 1 };
        audit = take(&audit, &by, &Step::SignBoard { jurisdiction: jurisdiction.clone(), board: 1, over });
        all.extend(counted(&board, &format!("{jurisdiction} 1")));
    }
    let counted = hash_of(&all).unwrap();
    let seeded = published(2 + rounds.len() as u64);
    rounds.push(RoundWork { draws: drawn, counted: all, seeded, ..RoundWork::default() });
    let measured = measure(&record(&audit, inputs, &witnessed(), rounds).unwrap(), &Cvrs::new()).unwrap();
    take(&audit, &AA, &Step::CloseRound { counted, measured })
}

/// Georgia, November 2025: the official batches, contest, seed and hand counts, gone through by 159 jurisdictions and
/// the boards of those that were drawn. Draws, tickets and risk are the official ones.
#[test]
fn georgia_goes_through_all_hands_with_the_official_figures_at_the_end() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let file = |name: &str| File::open(folder.join(name)).unwrap();
    let manifests = read_bundle(file("manifests_bundle.zip"), "manifests_bundle.zip").unwrap();
    let totals = read_bundle(file("candidate_totals_bundle.zip"), "candidate_totals_bundle.zip").unwrap();
    let report = std::fs::read(folder.join("final_audit_report.csv")).unwrap();
    let official =
        import(&manifests, &totals, &read_report(&report, "final_audit_report.csv").unwrap()).unwrap();
    let hand: BTreeMap<usize, &Counted> =
        official.rounds[0].counted.iter().map(|one| (one.batch, one)).collect();
    let extra: Vec<usize> = hand.values().filter(|one| one.extra).map(|one| one.batch).collect();
    let (audit, inputs) = prepared(&official, false);
    assert_eq!(audit.jurisdictions().len(), 159);
    let audit = seeded_by(&audit, "34363370190391208563");
    let mut rounds = Vec::new();
    let audit = round(&audit, &inputs, &mut rounds, (15, &extra), &|board, unit| {
        let counted = hand[&board.units()[unit].batch];
        let ballots = |at: &usize| (*at, u64::from(inputs.batches[*at].ballots));
        let others = counted.together.iter().filter(|at| **at != counted.batch);
        let with: BTreeMap<usize, u64> = others.map(ballots).collect();
        let reason = "they lay in one box".to_owned();
        let votes: Vec<Vec<u64>> = counted.votes.iter().map(|votes| votes.clone().unwrap()).collect();
        let counts = (0..2).map(|member| BoardStep::Count { unit, member, votes: votes.clone() });
        let combine = (!with.is_empty()).then_some(BoardStep::Combine { unit, with, reason });
        combine.into_iter().chain(counts).collect()
    });
    assert_eq!(rounds[0].draws, official.rounds[0].draws, "the official draws with their tickets");
    // 0.034476286380833616 by Arlo's own math; printed officially as 0.034476286.
    assert_eq!(audit.rounds()[0].measured[0].p_value, "0.0344762864");
    let audit = take(&audit, &AA, &Step::Decide { decision: Decision::Stop, reason: String::new() });
    assert_eq!(audit.phase(), Phase::Finished);
    let made = record(&audit, &inputs, &witnessed(), &rounds).unwrap();
    let found = verify(&made);
    assert_eq!((found.deviations, found.order), (Vec::new(), Order::Witnessed));
    // Every batch that was counted, drawn or extra, alone or together, has the official row in the report.
    let sampled = |record: &Record| {
        let mut all = sections(record, &Facts::default());
        all.pop().unwrap().rows
    };
    assert_eq!(sampled(&made).len(), 356, "355 batches or groups, and the totals");
    assert_eq!(sampled(&made), sampled(&official));

    // Whatever is not what was committed to, drawn or closed with makes no record.
    let mut other = inputs.clone();
    other.batches[7].votes[0][0] += 1;
    let refusal = record(&audit, &other, &witnessed(), &rounds).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["part"].as_str()), ("SCR-AUD-248", "batches"));
    for change in [
        |round: &mut RoundWork| round.draws.swap(0, 1),
        |round: &mut RoundWork| round.counted[3].votes[0] = None,
        |round: &mut RoundWork| round.draws.truncate(14),
    ] {
        let mut changed = rounds.clone();
        change(&mut changed[0]);
        assert_eq!(record(&audit, &inputs, &witnessed(), &changed).unwrap_err().code, "SCR-AUD-248");
    }
    assert_eq!(record(&audit, &inputs, &witnessed(), &[]).unwrap_err().code, "SCR-AUD-248");
}

/// 40 ballots in two jurisdictions with their cast vote records.
fn compared() -> Record {
    let batch = |jurisdiction: &str| json!({"jurisdiction": jurisdiction, "tabulator": "T1", "batch": "1", "ballots": 20});
    let cvrs: Vec<_> = (0..40)
        .map(|at| {
            let choice = if at % 4 == 3 { 1 } else { 0 };
            json!({"batch": at / 20, "position": at % 20 + 1, "votes": [[choice]]})
        })
        .collect();
    formed(json!({
        "format": scr_audits::record::FORMAT,
        "title": "Mayor",
        "software": "",
        "settings": {"method": "ballot-comparison", "sampler": "consistent-with-replacement", "seed_digits": 20},
        "contests": [
            {"name": "Mayor", "choices": ["Ada", "Ben"], "votes": [30, 10], "winners": 1, "votes_allowed": 1,
             "ballots": 40, "risk_limit": "0.05", "targeted": true},
        ],
        "batches": [batch("North"), batch("South")],
        "cvrs": cvrs,
        "commitment": {"parts": {}, "root": scr_canon::sha256(b"")},
        "rounds": [],
    }))
}

/// Reads what the cast vote records say, but for one ballot that lies elsewhere.
fn read_ballot(of: &Record, missing: (usize, u32)) -> impl Fn(&BoardWork, usize) -> Vec<BoardStep> {
    let marks: BTreeMap<(usize, u32), Vec<u16>> =
        of.cvrs.iter().map(|cvr| ((cvr.batch, cvr.position), cvr.votes[0].clone().unwrap())).collect();
    move |board, unit| {
        let place = (board.units()[unit].batch, board.units()[unit].position.unwrap());
        let reading = if place == missing {
            BallotReading::NotFound { comment: String::new() }
        } else {
            let choices = marks[&place].clone();
            let mayor = ContestReading::Votes { choices, invalid_write_in: false };
            BallotReading::Found { contests: vec![mayor], comment: String::new() }
        };
        vec![BoardStep::Read { unit, reading }]
    }
}

/// Round 2 goes on with the same seed, or is drawn with its own; either way the record agrees. Rounds in which every
/// draw was read before close without anybody.
#[test]
fn ballots_are_compared_over_rounds_until_the_limit_is_met() {
    for fresh in [false, true] {
        let of = compared();
        let (audit, inputs) = prepared(&of, fresh);
        let mut rounds = Vec::new();
        let mut audit = seeded_by(&audit, &seed(0));
        let read = read_ballot(&of, (9, 9));
        let mut sizes = Vec::new();
        for number in 1..=12_u8 {
            audit = round(&audit, &inputs, &mut rounds, (6, &[]), &read);
            sizes.push(audit.rounds().last().unwrap().opening.units.values().sum::<u64>());
            if audit.all_met() {
                break;
            }
            let next = Step::Decide { decision: Decision::NextRound, reason: String::new() };
            audit = take(&audit, &AA, &next);
            if fresh {
                audit = seeded_by(&audit, &seed(number));
            }
        }
        let audit = take(&audit, &AA, &Step::Decide { decision: Decision::Stop, reason: String::new() });
        let made = record(&audit, &inputs, &witnessed(), &rounds).unwrap();
        let found = verify(&made);
        assert_eq!((found.deviations, found.order), (Vec::new(), Order::Witnessed));
        // A margin of half the ballots: each clean draw leaves 1 - 0.5 / (2 * 1.03905) = 0.7594 of the risk, and 11 of
        // them 0.0485; two rounds of six draws.
        assert_eq!(audit.rounds().len(), 2);
        assert!(sizes[0] > 0 && sizes[0] <= 6, "{sizes:?}");
    }
}

#[test]
fn a_ballot_that_is_not_found_speaks_against_the_outcome() {
    let of = compared();
    let (audit, inputs) = prepared(&of, false);
    let audit = seeded_by(&audit, &seed(0));
    let first = {
        let before = record(&audit, &inputs, &Witnessed::default(), &[]).unwrap();
        open(&before, &Cvrs::new(), &seed(0), &Size::Draws(1), &[]).unwrap().0[0].clone()
    };
    let read = read_ballot(&of, (first.batch, first.position.unwrap()));
    let mut rounds = Vec::new();
    let audit = round(&audit, &inputs, &mut rounds, (12, &[]), &read);
    assert!(!audit.all_met(), "{:?}", audit.rounds()[0].measured);
    assert!(rounds[0].counted.iter().any(|one| one.votes.is_empty()));
    let closed = record(&audit, &inputs, &witnessed(), &rounds).unwrap();
    let places: Vec<_> = rounds[0].counted.iter().map(|one| (one.batch, one.position.unwrap())).collect();
    let machines = recorded(&closed, &Cvrs::new(), places.clone());
    assert!(machines.iter().all(|cvr| of.cvrs.contains(cvr)) && machines.len() == places.len());
    let found = compare(&closed, &machines);
    assert_eq!((found.read, found.compared, found.differ), (places.len() as u64, found.read, 1));
    let missing = &found.all[0];
    assert_eq!((missing.batch, missing.position, missing.missing), (first.batch, first.position, true));
    assert_eq!(missing.change.margin, 2);
    // A risk is measured of nothing that does not agree with itself.
    let mut made = record(&audit, &inputs, &witnessed(), &rounds).unwrap();
    made.rounds[0].draws.swap(0, 1);
    let refusal = measure(&made, &Cvrs::new()).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["code"].as_str()), ("SCR-AUD-248", "SCR-AUD-127"));
    assert_eq!(record(&draft(false), &inputs, &Witnessed::default(), &[]).unwrap_err().code, "SCR-AUD-221");
}

/// A late correction, a limit that is not met, and a full count by hand: all of it stands in the record.
#[test]
fn a_full_count_ends_an_audit_and_earlier_versions_stay() {
    let of = compared();
    let (first, inputs) = prepared(&of, false);
    let first = seeded_by(&first, &seed(0));
    let before = record(&first, &inputs, &Witnessed::default(), &[]).unwrap();
    let extra = open(&before, &Cvrs::new(), &seed(0), &Size::Draws(2), &[0]).unwrap_err();
    assert_eq!((extra.code.as_str(), extra.field.as_deref()), ("SCR-AUD-234", Some("extra")));

    let reason = "a name was spelt in two ways".to_owned();
    let draft = take(&first, &AA, &Step::Reopen { reason: reason.clone() });
    let root = first.committed().unwrap().root;
    let trail = formed(json!({"jurisdiction": "North", "used": "Mayr", "standard": "Mayor"}));
    let inputs = Inputs { names: vec![trail], ..inputs };
    let fixed = commitment(&draft, &inputs, "scrutineer test").unwrap();
    let audit = seeded_by(&take(&draft, &AA, &Step::Commit(fixed)), &seed(1));
    let mut rounds = Vec::new();
    let audit = round(&audit, &inputs, &mut rounds, (3, &[]), &read_ballot(&of, (9, 9)));
    let decision = Step::Decide { decision: Decision::FullHandCount, reason: String::new() };
    let full_counts: Vec<FullCount> = vec![formed(json!({"contest": 0, "votes": [30, 10], "winners": [0]}))];
    let result = hash_of(&full_counts).unwrap();
    let audit = take(&take(&audit, &AA, &decision), &AA, &Step::Finish { result });
    let all = Witnessed { full_counts, past: vec![published(0)], ..witnessed() };
    let made = record(&audit, &inputs, &all, &rounds).unwrap();
    let found = verify(&made);
    assert_eq!((found.deviations, found.standing), (Vec::new(), Standing::FullHandCount));
    let version = &made.versions[0];
    assert_eq!((version.root, &version.reason, &version.published), (root, &reason, &published(0)));
    let silent = Witnessed { full_counts: Vec::new(), ..all };
    let refusal = record(&audit, &inputs, &silent, &rounds).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["what"].as_str()), ("SCR-AUD-248", "full_counts"));
}
