//! An audit's course: what is refused, by which code, and what stays visible.

use super::course::*;
use scr_audits::record::{Contest, Decision, Measured, Method, Sampler, Settings};
use scr_audits::workflow::{Audit, Ceremony, Committed, Opening, Party, Phase, Step, Typed, What};
use scr_canon::sha256;
use scr_core::PersonId;
use std::collections::{BTreeMap, BTreeSet};

fn person(name: &str) -> PersonId {
    PersonId::new(name).unwrap()
}

#[test]
fn a_whole_audit_of_two_rounds_ends_when_the_limit_is_met() {
    let audit = take(&closed(false, false), &AA, &decide(Decision::NextRound, ""));
    assert_eq!(audit.phase(), Phase::Seeded);
    assert_eq!(audit.seed(), Some(seed(0).as_str()));
    // Everything that round 2 draws was read in round 1: nobody has to do anything, and it closes.
    let audit = take(&audit, &AA, &Step::OpenRound(opening(0)));
    assert!(audit.may_measure().is_ok());
    let audit = take(&audit, &AA, &close(true));
    let audit = take(&audit, &AA, &decide(Decision::Stop, ""));
    assert_eq!(audit.phase(), Phase::Finished);
    let decisions: Vec<Decision> = audit.rounds().iter().map(|round| round.decision).collect();
    assert_eq!(decisions, [Decision::NextRound, Decision::Stop]);
    assert_eq!(audit.rounds()[1].number, 2);
}

#[test]
fn each_does_what_is_theirs() {
    let audit = draft(false);
    let south = Party::Jurisdiction("South".into());
    let signing = Step::SignUploads { jurisdiction: "North".into(), over: audit.to_sign("North").unwrap() };
    let wrong = [
        (&south, upload(What::Totals, "forged")),
        (&Party::Observer, upload(What::Totals, "forged")),
        (&south, signing.clone()),
        (&AA, signing),
        (&south, Step::Commit(commitment())),
        (&Party::Observer, Step::ChooseContest(contest())),
    ];
    for (by, step) in wrong {
        assert_eq!(refused(&audit, by, &step).code, "SCR-AUD-220", "{step:?}");
    }
    let opened = opened(false);
    for by in [&board(2), &north(), &AA, &Party::Observer] {
        assert_eq!(refused(&opened, by, &sign_board(1)).code, "SCR-AUD-220");
    }
    assert_eq!(refused(&opened, &board(1), &close(true)).code, "SCR-AUD-220");
    let seeding = Step::Seed { seed: seed(1), failed: 0 };
    assert_eq!(refused(&committed(false), &board(1), &seeding).code, "SCR-AUD-220");
}

#[test]
fn nothing_is_committed_to_before_it_is_whole_and_signed() {
    let step = Step::Commit(commitment());
    let empty = Audit::new("Mayor of North", settings(), false).unwrap();
    let codes: Vec<String> = empty.missing().into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["SCR-AUD-223", "SCR-AUD-224"], "all at once");
    assert_eq!(refused(&empty, &AA, &step).code, "SCR-AUD-223");
    let named = take(&empty, &AA, &Step::ChooseContest(contest()));
    assert_eq!(refused(&named, &AA, &step).code, "SCR-AUD-224");
    let named =
        take(&named, &AA, &Step::NameJurisdictions(BTreeSet::from(["North".to_owned(), "South".to_owned()])));
    let lacking = refused(&named, &AA, &step);
    assert_eq!((lacking.code.as_str(), lacking.args["what"].as_str()), ("SCR-AUD-225", "manifest"));
    assert_eq!(named.missing().len(), 4, "both files of both");
    let over = named.to_sign("North").unwrap();
    let early = Step::SignUploads { jurisdiction: "North".into(), over };
    assert_eq!(refused(&named, &north(), &early).code, "SCR-AUD-225");

    // What is handed in after the signature takes the signature away.
    let changed = take(&draft(false), &north(), &upload(What::Totals, "corrected"));
    assert_eq!(refused(&changed, &AA, &step).code, "SCR-AUD-226");
    let old =
        Step::SignUploads { jurisdiction: "North".into(), over: draft(false).to_sign("North").unwrap() };
    assert_eq!(refused(&changed, &north(), &old).code, "SCR-AUD-227");
    assert_eq!(take(&sign_uploads(&changed), &AA, &step).phase(), Phase::Committed);

    let untargeted = Step::ChooseContest(Contest { targeted: false, ..contest() });
    assert_eq!(refused(&take(&draft(false), &AA, &untargeted), &AA, &step).code, "SCR-AUD-223");
}

#[test]
fn a_commitment_names_every_part_under_its_root() {
    let audit = draft(false);
    let mut less = commitment();
    less.parts.remove("cvrs");
    let other_root = Committed { root: sha256(b"other"), ..commitment() };
    for (wrong, field) in [(less, "parts"), (other_root, "root")] {
        let refusal = refused(&audit, &AA, &Step::Commit(wrong));
        assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("SCR-AUD-228", Some(field)));
    }
    let nameless = Committed { software: " ".into(), ..commitment() };
    assert_eq!(refused(&audit, &AA, &Step::Commit(nameless)).code, "SCR-AUD-247");
}

#[test]
fn a_contest_that_cannot_be_decided_is_refused_with_its_field() {
    let audit = draft(false);
    let wrong: [(Contest, &str); 8] = [
        (Contest { choices: vec!["Ada".into(), "Ada".into(), "Ben".into()], ..contest() }, "choices"),
        (Contest { choices: vec!["Ada".into()], votes: vec![5], ..contest() }, "choices"),
        (Contest { votes: vec![1, 2], ..contest() }, "votes"),
        (Contest { winners: 3, ..contest() }, "winners"),
        (Contest { votes_allowed: 0, ..contest() }, "votes_allowed"),
        (Contest { ballots: 849, ..contest() }, "ballots"),
        (Contest { risk_limit: "5".into(), ..contest() }, "risk_limit"),
        (Contest { ballots: 0, votes: vec![0; 3], ..contest() }, "ballots"),
    ];
    for (contest, field) in wrong {
        let refusal = refused(&audit, &AA, &Step::ChooseContest(contest));
        assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("SCR-AUD-223", Some(field)));
    }
    let nameless = Step::ChooseContest(Contest { name: String::new(), ..contest() });
    assert_eq!(refused(&audit, &AA, &nameless).code, "SCR-AUD-247");
    let unknown = Step::DropContest { name: "Sheriff".into() };
    assert_eq!(refused(&audit, &AA, &unknown).code, "SCR-AUD-223");
}

#[test]
fn two_people_read_the_dice_and_must_read_the_same() {
    let audit = committed(false);
    let (ada, ben) = (person("ada"), person("ben"));
    let spaced = "34363 37019 03912 08560";
    let Typed::First(half) = Ceremony::default().typed(&audit, &ada, spaced).unwrap() else { panic!() };
    assert!(half.is_half() && half.typed_by(&ada) && !half.typed_by(&ben));
    assert_eq!(half.typed(&audit, &ada, spaced).unwrap_err().code, "SCR-AUD-231");
    let agreed = half.typed(&audit, &ben, &seed(0)).unwrap();
    assert_eq!(agreed, Typed::Agreed { seed: seed(0), failed: 0 });
    // One digit off: both type again, and it is remembered that they differed.
    let Typed::Differs(again) = half.typed(&audit, &ben, &seed(1)).unwrap() else { panic!() };
    assert!(!again.is_half());
    let Typed::First(half) = again.typed(&audit, &ben, &seed(0)).unwrap() else { panic!() };
    let agreed = half.typed(&audit, &ada, &seed(0)).unwrap();
    assert_eq!(agreed, Typed::Agreed { seed: seed(0), failed: 1 });
    let text = serde_json::to_string(&half).unwrap();
    assert_eq!(serde_json::from_str::<Ceremony>(&text).unwrap(), half);
}

#[test]
fn a_seed_comes_after_the_commitment_has_twenty_digits_and_serves_once() {
    let (ada, start) = (person("ada"), Ceremony::default());
    assert_eq!(start.typed(&draft(false), &ada, &seed(0)).unwrap_err().code, "SCR-AUD-229");
    assert_eq!(start.typed(&seeded(false), &ada, &seed(1)).unwrap_err().code, "SCR-AUD-221");
    assert_eq!(refused(&draft(false), &AA, &Step::Seed { seed: seed(0), failed: 0 }).code, "SCR-AUD-229");
    let audit = committed(false);
    for wrong in ["", "1234567890123456789", "1234567890123456789x", &"1".repeat(101), "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠"]
    {
        let refusal = start.typed(&audit, &ada, wrong).unwrap_err();
        assert_eq!(
            (refusal.code.as_str(), refusal.field.as_deref()),
            ("SCR-AUD-230", Some("seed")),
            "{wrong}"
        );
        let step = Step::Seed { seed: wrong.to_owned(), failed: 0 };
        assert_eq!(refused(&audit, &AA, &step).code, "SCR-AUD-230");
    }
    assert_eq!(
        Audit::new("x", Settings { seed_digits: 6, ..settings() }, false).unwrap_err().code,
        "SCR-AUD-230"
    );

    // Each round takes a seed of its own, and never one that was stated before.
    let next = take(&closed(true, false), &AA, &decide(Decision::NextRound, ""));
    assert_eq!((next.phase(), next.seed()), (Phase::Committed, None));
    assert_eq!(refused(&next, &AA, &Step::Seed { seed: seed(0), failed: 0 }).code, "SCR-AUD-232");
    assert_eq!(start.typed(&next, &ada, &seed(0)).unwrap_err().code, "SCR-AUD-232");
    let second = take(&next, &AA, &Step::Seed { seed: seed(1), failed: 0 });
    assert_eq!(second.seed(), Some(seed(1).as_str()));
}

#[test]
fn a_late_upload_is_a_new_version_with_a_reason_and_a_new_seed() {
    let audit = opened(false);
    assert_eq!(refused(&audit, &north(), &upload(What::Manifest, "late")).code, "SCR-AUD-221");
    let why = |reason: &str| Step::Reopen { reason: reason.to_owned() };
    assert_eq!(refused(&audit, &AA, &why(" ")).code, "SCR-AUD-222");
    assert_eq!(refused(&audit, &AA, &why(&"x".repeat(1_001))).code, "SCR-AUD-247");
    let next = take(&audit, &AA, &why("a box was found"));
    assert_eq!((next.phase(), next.version(), next.seed()), (Phase::Draft, 2, None));
    let past = &next.past()[0];
    assert_eq!((past.version, past.root, past.reason.as_str()), (1, commitment().root, "a box was found"));
    assert_eq!(past.rounds[0].decision, Decision::Abandoned, "what was open is no evidence");
    // Who changed nothing need not sign again; who hands in something does.
    assert!(next.missing().is_empty());
    let next = take(&next, &north(), &upload(What::Manifest, "late"));
    assert_eq!(next.missing()[0].code, "SCR-AUD-226");
    let next = sign_uploads(&next);
    assert_eq!(refused(&next, &AA, &Step::Commit(commitment())).code, "SCR-AUD-233", "nothing has changed");
    let next = take(&next, &AA, &Step::Commit(commitment_to("late")));
    assert_eq!(refused(&next, &AA, &Step::Seed { seed: seed(0), failed: 0 }).code, "SCR-AUD-232");
    let next = take(&next, &AA, &Step::Seed { seed: seed(5), failed: 0 });
    let next = take(&next, &AA, &Step::OpenRound(opening(1)));
    assert_eq!(next.rounds()[0].number, 1, "rounds begin anew");
    // A closed round keeps its decision when the version is replaced.
    let later = take(&closed(false, true), &AA, &why("totals were of another election"));
    assert_eq!(later.past()[0].rounds[0].decision, Decision::Open);
    assert!(later.past()[0].rounds[0].counted.is_some());
}

#[test]
fn no_risk_is_measured_before_everything_drawn_is_signed() {
    let audit = take(&seeded(false), &AA, &Step::OpenRound(opening(3)));
    let waiting = refused(&audit, &AA, &close(true));
    assert_eq!((waiting.code.as_str(), waiting.args["jurisdiction"].as_str()), ("SCR-AUD-235", "North"));
    assert_eq!(seeded(false).may_measure().unwrap_err().code, "SCR-AUD-221");
    for wrong in [&[] as &[u64], &[2], &[2, 2]] {
        assert_eq!(refused(&audit, &north(), &deal(wrong)).code, "SCR-AUD-241", "{wrong:?}");
    }
    let elsewhere = Step::DealBoards { jurisdiction: "South".into(), units: vec![3] };
    assert_eq!(refused(&audit, &Party::Jurisdiction("South".into()), &elsewhere).code, "SCR-AUD-224");
    // More boards than there is to read: the third has nothing to sign.
    let audit = take(&audit, &north(), &deal(&[2, 1, 0]));
    assert_eq!(
        refused(
            &audit,
            &board(4),
            &Step::SignBoard { jurisdiction: "North".into(), board: 4, over: sha256(b"x") }
        )
        .code,
        "SCR-AUD-238"
    );
    assert_eq!(refused(&audit, &board(0), &sign_board(0)).code, "SCR-AUD-238");
    let audit = take(&audit, &board(1), &sign_board(1));
    assert_eq!(refused(&audit, &board(1), &sign_board(1)).code, "SCR-AUD-246");
    assert_eq!(
        refused(&audit, &north(), &deal(&[3])).code,
        "SCR-AUD-246",
        "nothing is dealt again under a signature"
    );
    assert_eq!(audit.may_measure().unwrap_err().code, "SCR-AUD-235");
    let audit = take(&audit, &board(2), &sign_board(2));
    assert!(audit.may_measure().is_ok());
    // A list that is given back holds the round open again.
    let back =
        |reason: &str| Step::ReopenBoard { jurisdiction: "North".into(), board: 1, reason: reason.into() };
    assert_eq!(refused(&audit, &AA, &back("")).code, "SCR-AUD-222");
    let open = take(&audit, &AA, &back("one ballot was read under a wrong number"));
    assert_eq!(refused(&open, &AA, &close(true)).code, "SCR-AUD-235");
    assert_eq!(take(&take(&open, &board(1), &sign_board(1)), &AA, &close(true)).phase(), Phase::RoundClosed);
}

#[test]
fn what_is_measured_fits_the_contests_and_their_limits() {
    let audit = opened(false);
    let close = |measured: Vec<Measured>| Step::CloseRound { counted: sha256(b"read"), measured };
    let one = |contest, p_value: &str, met| Measured { contest, p_value: p_value.into(), met };
    let wrong = [
        vec![],
        vec![one(1, "0.01", true)],
        vec![one(0, "0.01", true), one(0, "0.01", true)],
        vec![one(0, "0.01", false)],
        vec![one(0, "0.06", true)],
        vec![one(0, "1e-3", true)],
        vec![one(0, "", true)],
    ];
    for measured in wrong {
        assert_eq!(refused(&audit, &AA, &close(measured)).code, "SCR-AUD-236");
    }
    for (p_value, met) in
        [("<0.0000000001", true), ("0.0500000000", true), ("0.0500000000", false), ("1.0000000000", false)]
    {
        assert!(audit.step(&AA, &close(vec![one(0, p_value, met)])).is_ok(), "{p_value}");
    }
}

#[test]
fn rounds_have_draws_in_known_jurisdictions() {
    let audit = seeded(false);
    let none = Opening { draws: 0, units: BTreeMap::new(), ..opening(0) };
    let more = Opening { draws: 1, ..opening(2) };
    for wrong in [none, more] {
        assert_eq!(refused(&audit, &AA, &Step::OpenRound(wrong)).code, "SCR-AUD-234");
    }
    let elsewhere = Opening { units: BTreeMap::from([("South".to_owned(), 1)]), ..opening(1) };
    assert_eq!(refused(&audit, &AA, &Step::OpenRound(elsewhere)).code, "SCR-AUD-224");
}

#[test]
fn the_end_follows_from_the_limits_or_from_a_reason() {
    let open = closed(false, false);
    assert_eq!(refused(&open, &AA, &decide(Decision::Stop, "we are tired")).code, "SCR-AUD-237");
    for no_decision in [Decision::Open, Decision::Abandoned] {
        assert_eq!(refused(&open, &AA, &decide(no_decision, "x")).code, "SCR-AUD-221");
    }
    let met = closed(false, true);
    for further in [Decision::NextRound, Decision::FullHandCount] {
        assert_eq!(refused(&met, &AA, &decide(further, "")).code, "SCR-AUD-222");
        assert!(met.step(&AA, &decide(further, "a recount was asked for")).is_ok());
    }
    let counted = take(&counting(false), &AA, &Step::Finish { result: sha256(b"result") });
    assert_eq!((counted.phase(), counted.result()), (Phase::Finished, Some(&sha256(b"result"))));
}

#[test]
fn an_abandoned_round_stays_and_counts_for_nothing() {
    let abandon = |reason: &str| Step::Abandon { reason: reason.into() };
    let audit = opened(false);
    assert_eq!(refused(&audit, &AA, &abandon("")).code, "SCR-AUD-222");
    let audit = take(&audit, &AA, &abandon("a list was printed twice"));
    assert_eq!((audit.phase(), audit.seed()), (Phase::Seeded, Some(seed(0).as_str())));
    let round = &audit.rounds()[0];
    assert_eq!((round.decision, round.reason.as_str()), (Decision::Abandoned, "a list was printed twice"));
    assert!(!audit.all_met());
    assert_eq!(take(&audit, &AA, &Step::OpenRound(opening(1))).rounds()[1].number, 2);
    let fresh = take(&opened(true), &AA, &abandon("a list was printed twice"));
    assert_eq!((fresh.phase(), fresh.seed()), (Phase::Committed, None));
}

#[test]
fn each_method_asks_for_its_own_files_and_seeds() {
    let with = |method, sampler| Audit::new("x", Settings::new(method, sampler, 20), false);
    let minerva = with(Method::Minerva, Sampler::ConsistentWithReplacement).unwrap();
    assert!(minerva.fresh_seeds(), "the method needs it, whatever is asked for");
    let on = Audit::new("x", Settings::new(Method::AssertionComparison, Sampler::Cryptorandom, 20), true);
    assert_eq!(on.unwrap_err().field.as_deref(), Some("fresh_seeds"));
    assert!(with(Method::AssertionComparison, Sampler::Cryptorandom).is_ok());
    assert_eq!(What::needed(Method::BatchComparison), [What::Manifest, What::Totals]);
    assert_eq!(What::needed(Method::BallotPolling), [What::Manifest]);
    assert_eq!(What::needed(Method::BallotComparison), [What::Manifest, What::Cvrs]);
}

#[test]
fn jurisdictions_that_stay_keep_what_they_handed_in() {
    let audit = draft(false);
    let names =
        |names: &[&str]| Step::NameJurisdictions(names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(refused(&audit, &AA, &names(&[])).code, "SCR-AUD-224");
    assert_eq!(refused(&audit, &AA, &names(&["North", " "])).code, "SCR-AUD-247");
    let both = take(&audit, &AA, &names(&["North", "South"]));
    assert_eq!(both.jurisdictions()["North"].uploads.len(), 2);
    assert!(both.jurisdictions()["North"].signed.is_some());
    assert_eq!(both.missing().len(), 2);
    let south = take(&both, &AA, &names(&["South"]));
    assert_eq!(refused(&south, &AA, &upload(What::Totals, "totals")).code, "SCR-AUD-224");
}
