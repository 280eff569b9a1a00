//! Small audits: who may do what, what a late upload does, what is private.

use super::people::*;
use scr_audits::record::{Decision, Record};
use scr_audits::verify::{Size, verify};
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::{BallotReading, BoardStep, BoardWork, ContestReading, Phase};
use scr_canon::sha256;
use scr_core::BoardKey;
use scr_core::{Actor, Role};
use scr_desk_audits::acts::{
    SeedTyped, abandon, choose_contest, create, decide, reopen, sign_uploads, type_seed,
};
use scr_desk_audits::boards::{board_step, reopen_board, resolve, take_note};
use scr_desk_audits::data;
use scr_desk_audits::rounds::{close_round, commit, deal_boards, open_round, progress};
use serde_json::json;

pub(crate) const SEED: &str = "12345678901234567890";

/// A poll of 60 ballots in two jurisdictions, which 45 to 15 decide.
pub(crate) fn polled() -> Record {
    let batch = |jurisdiction: &str, name: &str, ballots: u32| json!({"jurisdiction": jurisdiction, "batch": name, "ballots": ballots});
    serde_json::from_value(json!({
        "format": scr_audits::record::FORMAT,
        "title": "Mayor of Žilina",
        "software": "",
        "settings": {"method": "ballot-polling", "sampler": "consistent-with-replacement", "seed_digits": 20},
        "contests": [
            {"name": "Mayor", "choices": ["Ada", "Ben"], "votes": [45, 15], "winners": 1, "votes_allowed": 1,
             "ballots": 60, "risk_limit": "0.1", "targeted": true},
        ],
        "batches": [batch("North", "1", 20), batch("North", "2", 20), batch("South", "1", 20)],
        "commitment": {"parts": {}, "root": sha256(b"")},
        "rounds": [],
    }))
    .unwrap()
}

/// Three of four ballots are for Ada.
fn ballot(position: u32) -> BallotReading {
    let choices = vec![u16::from(position.is_multiple_of(4))];
    let contests = vec![ContestReading::Votes { choices, invalid_write_in: false }];
    BallotReading::Found { contests, comment: String::new() }
}

pub(crate) fn read(board: &BoardWork, unit: usize) -> Vec<BoardStep> {
    vec![BoardStep::Read { unit, reading: ballot(board.units()[unit].position.unwrap()) }]
}

#[test]
fn a_poll_ends_in_a_record_that_agrees() {
    let place = place();
    let course = Course::committed(&place.test.engine, &polled(), false);
    assert_eq!(course.id, "mayor-of-zilina");
    course.seed(SEED);
    course.round((80, &[]), 2, &read);
    let kept = course.kept();
    assert_eq!(kept.audit.phase(), Phase::RoundClosed);
    decide(course.engine, &manager(), &course.id, (Decision::Stop, "")).unwrap();
    let found = verify(&course.record());
    assert_eq!(found.deviations, Vec::new());
    // One container stayed with one board.
    let boards = course.engine.read(|views| data::boards(views, (&course.id, 1, 1), Some("North"))).unwrap();
    assert_eq!(boards.len(), 2);
    assert!(boards.iter().all(|board| board.joined && board.signed_index.is_some() && board.unread == 0));
    for line in &boards {
        let refusal = refused(board_step(course.engine, &line.key, &BoardStep::Join { names: Vec::new() }));
        assert_eq!(refusal.code, "SCR-AUD-238", "the round is over");
    }
}

#[test]
fn everybody_does_their_own() {
    let place = place();
    let engine = &place.test.engine;
    let of = polled();
    let course = Course::committed(engine, &of, false);
    let id = &course.id;
    let new = scr_desk_audits::acts::NewAudit {
        title: of.title.clone(),
        election: None,
        settings: of.settings.clone(),
        fresh_seeds: false,
    };
    assert_eq!(
        create(engine, &manager(), &new).unwrap().0,
        "mayor-of-zilina-2",
        "another audit of this title"
    );
    for role in [Role::Administrator, Role::Clerk, Role::Supervisor, Role::Observer, Role::Viewer] {
        let actor = somebody("eve", role, None);
        assert_eq!(refused(create(engine, &actor, &new)).code, "SCR-AUD-220", "{role:?}");
        assert_eq!(refused(reopen(engine, &actor, id, "late")).code, "SCR-AUD-220", "{role:?}");
        assert_eq!(refused(choose_contest(engine, &actor, id, &of.contests[0])).code, "SCR-AUD-220");
    }
    let over = course.kept().audit.to_sign("North").unwrap();
    let refusal = refused(sign_uploads(engine, &supervisor("South"), id, ("North", &over)));
    assert_eq!(refusal.code, "SCR-AUD-220");
    let mut other = manager();
    other.org = scr_core::OrgId::new("rivals").unwrap();
    assert_eq!(
        refused(reopen(engine, &other, id, "late")).code,
        "SCR-AUD-220",
        "another organisation's audit"
    );
    assert_eq!(refused(reopen(engine, &manager(), "nothing", "late")).code, "SCR-AUD-259");
    let phone = "call +421 905 123 456";
    assert_eq!(refused(reopen(engine, &manager(), id, phone)).code, "SCR-AUD-258", "nothing personal");
    course.seed(SEED);
    open_round(engine, &manager(), id, (&Size::Draws(10), &[])).unwrap();
    assert_eq!(refused(deal_boards(engine, &manager(), id, ("North", 1))).code, "SCR-AUD-220");
}

#[test]
fn a_seed_needs_a_commitment_and_two_people_who_type_the_same() {
    let place = place();
    let engine = &place.test.engine;
    let course = Course::committed(engine, &polled(), false);
    let id = &course.id;
    let observer = somebody("olga", Role::Observer, None);
    let typed = |actor: &Actor, digits| type_seed(engine, actor, id, digits).map(|(typed, _)| typed);
    assert_eq!(refused(typed(&manager(), "123")).code, "SCR-AUD-230");
    assert_eq!(typed(&manager(), SEED).unwrap(), SeedTyped::First);
    assert_eq!(refused(typed(&manager(), SEED)).code, "SCR-AUD-231");
    assert_eq!(typed(&observer, "00000678901234567890").unwrap(), SeedTyped::Differs);
    assert_eq!(typed(&observer, SEED).unwrap(), SeedTyped::First);
    assert_eq!(typed(&manager(), SEED).unwrap(), SeedTyped::Agreed);
    let acts = engine.read(|views| data::acts(views, id)).unwrap();
    let last = acts.last().unwrap();
    assert_eq!((last.kind.as_str(), &last.detail["failed"]), ("audits.seed.drawn/1", &json!(1)));
    // What was typed before both agreed is nobody's to read.
    let first = acts.iter().find(|act| act.kind == "audits.seed.typed/1").unwrap();
    assert!(!first.detail.to_string().contains("1234567890"), "{}", first.detail);

    // A late upload: the next version. Nothing has changed, so nothing is drawn again.
    reopen(engine, &manager(), id, "A manifest was late").unwrap();
    assert_eq!(refused(type_seed(engine, &manager(), id, SEED)).code, "SCR-AUD-229");
    assert_eq!(refused(commit(engine, &manager(), id, &course.prepared)).code, "SCR-AUD-233");
    let (mut inputs, containers) = (course.prepared.inputs.clone(), course.prepared.containers.clone());
    inputs.batches[0].ballots = 21;
    let later = Prepared { inputs, containers, ..Prepared::default() };
    commit(engine, &manager(), id, &later).unwrap();
    assert_eq!(refused(type_seed(engine, &manager(), id, SEED)).code, "SCR-AUD-232", "no seed serves twice");
    let record = course.record();
    assert_eq!((record.versions.len(), record.versions[0].published.is_some()), (1, true));
}

#[test]
fn nothing_is_committed_to_that_could_not_be_drawn_from() {
    let place = place();
    let engine = &place.test.engine;
    let course = Course::committed(engine, &polled(), false);
    reopen(engine, &manager(), &course.id, "A manifest was late").unwrap();
    let (mut inputs, containers) = (course.prepared.inputs.clone(), course.prepared.containers.clone());
    inputs.batches.pop();
    let fewer = Prepared { inputs, containers, ..Prepared::default() };
    let refusal = refused(commit(engine, &manager(), &course.id, &fewer));
    assert_eq!(refusal.code, "SCR-AUD-254");
    assert!(refusal.args.values().any(|what| what.starts_with("SCR-AUD-1")), "{refusal:?}");
    assert_eq!(course.kept().audit.phase(), Phase::Draft);
}

/// A round of ten draws that is dealt to one board in each jurisdiction.
fn opened(course: &Course<'_>) -> Vec<BoardKey> {
    course.seed(SEED);
    open_round(course.engine, &manager(), &course.id, (&Size::Draws(10), &[])).unwrap();
    let kept = course.kept();
    for name in kept.audit.rounds()[0].opening.units.keys() {
        deal_boards(course.engine, &supervisor(name), &course.id, (name, 1)).unwrap();
    }
    let lines = course.engine.read(|views| data::boards(views, (&course.id, 1, 1), None)).unwrap();
    lines.into_iter().map(|line| line.key).collect()
}

#[test]
fn what_members_disagree_about_waits_for_the_jurisdiction_and_observers_note_their_own() {
    let place = place();
    let engine = &place.test.engine;
    let course = Course::committed(engine, &polled(), false);
    let keys = opened(&course);
    let north = &keys[0];
    let names = vec!["Ines".to_owned(), "Omar".to_owned()];
    let step = |step: &BoardStep| board_step(engine, north, step);
    let unread = |reading: BallotReading| BoardStep::Read { unit: 0, reading };
    assert_eq!(refused(step(&unread(ballot(1)))).code, "SCR-AUD-243", "nobody has said who they are");
    step(&BoardStep::Join { names }).unwrap();
    let torn = BallotReading::Found {
        contests: vec![ContestReading::Disagreement { note: "a cross beside the box".into() }],
        comment: String::new(),
    };
    step(&unread(torn)).unwrap();
    let line =
        || engine.read(|views| data::boards(views, (&course.id, 1, 1), Some("North"))).unwrap()[0].clone();
    let units = line().units;
    assert_eq!((line().unread, line().disagreed), (units - 1, 1));
    let decided = ballot(1);
    let reason = "the intent is clear";
    let refusal = refused(resolve(engine, &manager(), north, (0, &decided, reason)));
    assert_eq!(refusal.code, "SCR-AUD-220", "whoever runs the audit does not decide for a jurisdiction");
    let again = BoardStep::Resolve { unit: 0, reading: decided.clone(), reason: reason.into() };
    assert_eq!(refused(step(&again)).code, "SCR-AUD-220");
    resolve(engine, &supervisor("North"), north, (0, &decided, reason)).unwrap();
    assert_eq!(line().disagreed, 0);
    let observer = somebody("olga", Role::Observer, None);
    take_note(engine, &observer, north, (0, &decided)).unwrap();
    assert_eq!(refused(take_note(engine, &observer, north, (999, &decided))).code, "SCR-AUD-239");
    assert_eq!(refused(take_note(engine, &manager(), north, (0, &decided))).code, "SCR-AUD-220");

    // A round that not all have signed is not closed; one that is given up stays.
    assert_eq!(refused(close_round(engine, &manager(), &course.id)).code, "SCR-AUD-235");
    let all = progress(engine, &course.kept()).unwrap();
    assert_eq!((all["North"].unread, all["North"].boards, all["North"].signed), (units - 1, 1, 0));
    abandon(engine, &manager(), &course.id, "The hall was flooded").unwrap();
    assert_eq!(course.kept().audit.rounds()[0].decision, Decision::Abandoned);
    assert_eq!(course.record().rounds[0].counted, Vec::new());
}

#[test]
fn a_list_is_given_back_with_a_reason_and_read_again() {
    let place = place();
    let engine = &place.test.engine;
    let course = Course::committed(engine, &polled(), false);
    let keys = opened(&course);
    keys.iter().for_each(|key| course.board(key, &read));
    let north = &keys[0];
    assert_eq!(refused(board_step(engine, north, &read(&course.work(north), 0)[0])).code, "SCR-AUD-246");
    assert_eq!(refused(reopen_board(engine, &manager(), north, " ")).code, "SCR-AUD-222");
    assert_eq!(refused(reopen_board(engine, &supervisor("North"), north, "why")).code, "SCR-AUD-220");
    reopen_board(engine, &manager(), north, "Two piles were exchanged").unwrap();
    let line =
        engine.read(|views| data::boards(views, (&course.id, 1, 1), Some("North"))).unwrap()[0].clone();
    assert_eq!(line.signed_index, None);
    assert_eq!(refused(close_round(engine, &manager(), &course.id)).code, "SCR-AUD-235");
    course.board(north, &read);
    close_round(engine, &manager(), &course.id).unwrap();
    // What the boards read is public now, and nobody's name.
    let log = course.record();
    assert!(!log.rounds[0].counted.is_empty());
    assert!(!serde_json::to_string(&log).unwrap().contains("Ines"));
}
