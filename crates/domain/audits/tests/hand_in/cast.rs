//! Cast vote records.

use super::made::{Desk, compared, contest, step};
use scr_audits::inputs::names::Mapping;
use scr_audits::verify::verify_with;
use scr_audits::workflow::hand_in::{inputs, inputs_named, styles};
use scr_audits::workflow::{Party, Step, What, Witnessed, commitment, foreseen, record};
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink as _};
use std::fmt::Write as _;

const MANIFEST: &[u8] = b"Container,Tabulator,Batch Name,Number of Ballots\nBox 1,T1,B1,30\nBox 2,T1,B2,20\n";

/// Contests with their choices, and for each card batch, record, sheet and the choice marked in each contest.
pub(crate) fn columns(
    contests: &[(&str, &[&str])],
    cards: impl Iterator<Item = (&'static str, u32, u32, Vec<Option<u16>>)>,
) -> Vec<u8> {
    let choice = |name: &&str| Choice {
        id: (*name).to_owned(),
        name: (*name).to_owned(),
        party: String::new(),
        kind: if name.starts_with("Write") { ChoiceKind::UndeclaredWriteIn } else { ChoiceKind::Regular },
    };
    let contest = |(name, choices): &(&str, &[&str])| Contest {
        id: (*name).to_owned(),
        name: (*name).to_owned(),
        votes_allowed: 1,
        ranks: 0,
        choices: choices.iter().map(choice).collect(),
    };
    let contests = Contests::of(contests.iter().map(contest).collect()).unwrap();
    let mut builder = Builder::new(1000);
    let mut card = Card::default();
    for (batch, position, sheet, votes) in cards {
        card.clear();
        card.tabulator.push_str("T1");
        card.batch.push_str(batch);
        (card.position, card.sheet) = (position, sheet);
        write!(card.id, "{batch}-{position}-{sheet}").unwrap();
        for (number, vote) in (0..).zip(votes) {
            if let Some(choice) = vote {
                card.add(number, &[Mark::vote(choice)]);
            }
        }
        builder.card(&contests, &card).unwrap();
    }
    let mut bytes = Vec::new();
    builder
        .finish("Autumn", &contests)
        .write(|piece| {
            bytes.extend_from_slice(piece);
            Ok::<(), std::convert::Infallible>(())
        })
        .unwrap();
    bytes
}

/// Two of three cards for the first choice.
fn third(at: u32) -> Option<u16> {
    Some(u16::from(at.is_multiple_of(3)))
}

/// 28 of 30 cards in B1, 20 of 20 in B2: 32 for the first choice and 16 for the second.
fn cards() -> impl Iterator<Item = (&'static str, u32, u32, Vec<Option<u16>>)> {
    let b1 = (1..=28).map(|at| ("B1", at * 2, 0, vec![third(at)]));
    b1.chain((29..=48).map(|at| ("B2", at, 0, vec![third(at)])))
}

fn desk(jurisdictions: &[&str]) -> Desk {
    let mayor = contest("Mayor", &[("Ann", 32), ("Ben", 16)], 50);
    let mut desk = Desk::of(compared("ballot-comparison", jurisdictions, &[mayor]));
    desk.takes("North", What::Manifest, MANIFEST);
    desk
}

fn name(contest: Option<&str>, used: &str, standard: &str) -> Mapping {
    Mapping {
        jurisdiction: "North".into(),
        contest: contest.map(str::to_owned),
        used: used.into(),
        standard: standard.into(),
    }
}

#[test]
fn cast_vote_records_under_other_names_make_a_record_that_agrees() {
    let mut desk = desk(&["North"]);
    let cvrs = columns(&[("MAYOR", &["Ann", "Benjamin", "Write-in"])], cards());
    let found = desk.refuses("North", What::Cvrs, &cvrs);
    assert!(found[0].starts_with("SCR-AUD-033 a.csv column \"Mayor\" value \"Benjamin\""), "{found:?}");
    desk.names = vec![name(Some("Mayor"), "Benjamin", "Ben")];
    let warned = desk.takes("North", What::Cvrs, &cvrs);
    assert_eq!(
        warned,
        ["SCR-AUD-040 a.csv ballots=\"50\" batches=\"1\" cvrs=\"48\" phantoms=\"2\""],
        "two phantoms"
    );
    let upload = &desk.audit.jurisdictions()["North"].uploads[&What::Cvrs];
    assert_eq!((upload.rows, upload.ballots), (48, 48));
    assert_eq!(desk.handed["North"][&What::Cvrs], cvrs, "columns are their own normal form");
    desk.sign();
    let prepared = inputs_named(&desk.audit, &desk.handed, &desk.names).unwrap();
    let trail: Vec<&str> = prepared.inputs.names.iter().map(|name| name.used.as_str()).collect();
    assert_eq!(trail, ["MAYOR", "Mayor - Benjamin"]);
    assert_eq!(prepared.containers, [Some("Box 1".to_owned()), Some("Box 2".to_owned())]);
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert_eq!(report.deviations, []);
    let committed = commitment(&desk.audit, &prepared.inputs, "scrutineer test").unwrap();
    step(&mut desk.audit, &Party::Administrator, &Step::Commit(committed));
    let made = record(&desk.audit, &prepared.inputs, &Witnessed::default(), &[]).unwrap();
    assert_eq!(verify_with(&made, &prepared.cvrs).deviations, []);
    assert_eq!(made.cvr_files[0].sha256, scr_canon::sha256(&cvrs));
    // Without what the person said the file does not fit.
    let refusal = inputs(&desk.audit, &desk.handed).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["code"].as_str()), ("SCR-AUD-249", "SCR-AUD-033"));
}

/// The name of a choice stands for another in its own contest alone.
#[test]
fn a_choice_is_renamed_in_its_own_contest_alone() {
    let contests =
        [contest("One", &[("Yes", 32), ("No", 16)], 50), contest("Two", &[("For", 32), ("Against", 16)], 50)];
    let mut desk = Desk::of(compared("ballot-comparison", &["North"], &contests));
    desk.takes("North", What::Manifest, MANIFEST);
    let both = cards().map(|(batch, at, sheet, votes)| (batch, at, sheet, [votes.clone(), votes].concat()));
    let cvrs = columns(&[("One", &["Yes", "No"]), ("Two", &["Yes", "No"])], both);
    desk.names = vec![name(Some("Two"), "Yes", "For"), name(Some("Two"), "No", "Against")];
    desk.takes("North", What::Cvrs, &cvrs);
    let prepared = inputs_named(&desk.audit, &desk.handed, &desk.names).unwrap();
    let report = foreseen(&desk.audit, &prepared.inputs, &prepared.cvrs, "scrutineer test").unwrap();
    assert_eq!(report.deviations, []);
}

#[test]
fn everything_wrong_with_cast_vote_records_is_said_at_once() {
    let mut desk = desk(&["North"]);
    let strange = (1..=31).map(|at| ("B1", at, 0, vec![third(at)])).chain([("B7", 1, 0, vec![Some(2)])]);
    let cvrs = columns(&[("Mayor", &["Ann", "Ben", "Write-in 1"])], strange);
    let found = desk.refuses("North", What::Cvrs, &cvrs);
    let codes: Vec<&str> = found.iter().map(|line| &line[..11]).collect();
    assert_eq!(codes[..3], ["SCR-AUD-041", "SCR-AUD-038", "SCR-AUD-033"], "{found:?}");
    assert!(found[2].contains("Write-in 1"), "votes for a name written in would be nobody's: {found:?}");
    let found = desk.refuses("North", What::Cvrs, b"no export at all");
    assert!(found[0].starts_with("SCR-AUD-010"), "{found:?}");
    let found = desk.refuses("North", What::Cvrs, b"scrutineer/cvr/1\nbroken");
    assert!(found[0].starts_with("SCR-CVR-003"), "{found:?}");
    // Two sheets of each ballot, and a manifest that counts ballots.
    let sheets = (1..=30).flat_map(|at| [1, 2].map(|sheet| ("B1", at, sheet, vec![third(at)])));
    let cvrs = columns(&[("Mayor", &["Ann", "Ben"])], sheets);
    let found = desk.refuses("North", What::Cvrs, &cvrs);
    let lines = found.iter().filter(|line| line.starts_with("SCR-AUD-251")).collect::<Vec<_>>();
    assert_eq!(lines, ["SCR-AUD-251 a.csv value \"B1\" ballots=\"30\" cards=\"60\""], "{found:?}");
    desk.takes("North", What::Manifest, b"Tabulator,Batch Name,Number of Ballot Cards\nT1,B1,60\nT1,B2,20\n");
    assert_eq!(desk.takes("North", What::Cvrs, &cvrs).len(), 1, "20 phantoms");
}

/// Where several jurisdictions take part, one need not have every contest; alone it must.
#[test]
fn a_contest_that_is_not_there_is_missed_or_not() {
    let only = desk(&["North"]);
    let other = columns(&[("Sheriff", &["Ann", "Ben"])], cards());
    let found = only.refuses("North", What::Cvrs, &other);
    assert!(found[0].starts_with("SCR-AUD-033 a.csv value \"Mayor\""), "{found:?}");
    let clerk = contest("Clerk", &[("Cem", 1), ("Dee", 0)], 50);
    let mut several = desk(&["North", "South"]);
    step(&mut several.audit, &Party::Administrator, &Step::ChooseContest(clerk));
    assert!(several.refuses("North", What::Cvrs, &other)[0].starts_with("SCR-AUD-033"), "none at all");
    let cvrs = columns(&[("Mayor", &["Ann", "Ben"])], cards());
    let warned = several.takes("North", What::Cvrs, &cvrs);
    assert!(
        warned.contains(&"SCR-AUD-033 a.csv value \"Clerk\" jurisdiction=\"North\"".to_owned()),
        "{warned:?}"
    );
    // A manifest that is handed in after the CVRs may no longer have their batches.
    several.takes("North", What::Manifest, b"Tabulator,Batch Name,Number of Ballots\nT1,B1,30\n");
    let refusal = inputs(&several.audit, &several.handed).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["code"].as_str()), ("SCR-AUD-249", "SCR-AUD-041"));
}

#[test]
fn rare_styles_are_found_and_pooled() {
    let sheriff = |at: u32| if at <= 4 { Some(0) } else { None };
    let with = cards().zip(1..).map(|((batch, position, sheet, votes), at)| {
        (batch, position, sheet, vec![votes[0].filter(|_| at > 2), sheriff(at)])
    });
    let cvrs = columns(&[("Mayor", &["Ann", "Ben"]), ("Sheriff", &["Cem"])], with);
    let rare = styles::rare_styles(&cvrs, 10).unwrap();
    assert_eq!((rare.cards, rare.styles, rare.rare.len()), (48, 3, 2));
    assert_eq!((rare.rare[1].cards, &rare.rare[1].contests[..]), (2, &["Sheriff".to_owned()][..]));
    assert_eq!(styles::rare_styles(&cvrs, 2).unwrap().rare, []);
    let mayor = contest("Mayor", &[("Ann", 32), ("Ben", 16)], 50);
    let pooled = styles::pooled(&cvrs, 10, std::slice::from_ref(&mayor), &[]).unwrap();
    assert!(!pooled.is_enough, "cards with the audited contest are in the pool");
    assert_eq!(pooled.pools.iter().map(|pool| pool.cards).sum::<u64>(), 48, "four cards need others to hide");
    let published = Columns::read(&pooled.bytes).unwrap();
    assert_eq!(published.cards(), 48);
    let none = styles::pooled(&cvrs, 2, &[mayor], &[]).unwrap();
    assert!(none.is_enough && none.pools.is_empty());
    assert_eq!(styles::rare_styles(b"", 10).unwrap_err().code, "SCR-AUD-248");
    assert_eq!(styles::pooled(b"", 10, &[], &[]).unwrap_err().code, "SCR-AUD-248");
}
