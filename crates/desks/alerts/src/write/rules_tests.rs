use super::super::draft::tests::draft;
use super::*;
use scr_core::{OrgId, PersonId};

const NOW: i64 = 10_000;

fn said(person: &str) -> Said {
    Said { index: 7, language: "en".to_owned(), hash: String::new(), at: 1, person: person.to_owned() }
}

fn facts() -> Facts {
    Facts {
        now: NOW,
        day: Some((1_000_000, 1_086_400)),
        has_network: true,
        approved: BTreeMap::from([("en".to_owned(), said("reader"))]),
        ..Facts::default()
    }
}

fn actor(person: &str, role: Role) -> Actor {
    Actor { person: PersonId::new(person).unwrap(), org: OrgId::new("emb").unwrap(), role, place: None }
}

fn found(draft: &Draft, facts: &Facts) -> Vec<String> {
    missing(draft, facts).into_iter().map(|one| one.code).collect()
}

fn named(index: u64) -> Named {
    Named {
        place: Reference { index, leaf: [1; 8] },
        election: "ex-2026".to_owned(),
        status: Status::Actual,
        is_open: true,
    }
}

#[test]
fn a_whole_draft_misses_nothing_and_leaves_out_what_is_not_approved() {
    let (draft, facts) = (draft(), facts());
    assert_eq!(found(&draft, &facts), Vec::<String>::new());
    assert_eq!(going_out(&draft, &facts), ["en"]);
}

#[test]
fn each_thing_that_is_missing_has_its_code() {
    type Change = fn(&mut Draft, &mut Facts);
    let cases: [(&str, Change); 14] = [
        ("SCR-ALR-241", |_, facts| facts.day = None),
        ("SCR-ALR-246", |_, facts| facts.has_network = false),
        ("SCR-ALR-224", |draft, _| draft.areas.clear()),
        ("SCR-ALR-225", |_, facts| facts.unknown_areas = vec![("XX".to_owned(), None)]),
        ("SCR-ALR-226", |draft, _| draft.expires = None),
        ("SCR-ALR-226", |draft, _| draft.expires = Some(NOW)),
        ("SCR-ALR-226", |draft, _| draft.effective = Some(20_000)),
        ("SCR-ALR-227", |draft, _| draft.expires = Some(NOW + 8 * DAY)),
        ("SCR-ALR-227", |draft, facts| {
            facts.day = Some((NOW - 5, NOW + 5));
            draft.expires = Some(NOW + DAY + 1);
        }),
        ("SCR-ALR-239", |draft, _| draft.acknowledge_minutes = Some(100_000)),
        ("SCR-ALR-228", |draft, _| draft.main = "fr".to_owned()),
        ("SCR-ALR-233", |_, facts| facts.approved.clear()),
        ("SCR-ALR-234", |draft, _| draft.status = "exercise".to_owned()),
        ("SCR-ALR-236", |draft, _| draft.kind = "cancel".to_owned()),
    ];
    for (code, change) in cases {
        let (mut draft, mut facts) = (draft(), facts());
        change(&mut draft, &mut facts);
        assert_eq!(found(&draft, &facts), [code], "{code}");
    }
}

#[test]
fn grave_alerts_ask_for_acknowledgements() {
    let mut draft = draft();
    draft.acknowledge_minutes = None;
    assert!(found(&draft, &facts()).is_empty());
    draft.severity = "severe".to_owned();
    assert_eq!(found(&draft, &facts()), ["SCR-ALR-239"]);
}

#[test]
fn an_exercise_needs_its_running_drill_and_nothing_else_has_one() {
    let (mut draft, mut facts) = (draft(), facts());
    draft.drill = Some("autumn".to_owned());
    facts.drill_runs = true;
    assert_eq!(found(&draft, &facts), ["SCR-ALR-234"]);
    draft.status = "exercise".to_owned();
    assert!(found(&draft, &facts).is_empty());
    facts.drill_runs = false;
    assert_eq!(found(&draft, &facts), ["SCR-ALR-234"]);
}

#[test]
fn an_update_names_open_alerts_of_the_same_election_and_status() {
    let (mut draft, mut facts) = (draft(), facts());
    draft.kind = "update".to_owned();
    draft.names = vec![4];
    facts.named = vec![named(4)];
    assert!(found(&draft, &facts).is_empty());
    type Change = fn(&mut Named);
    let changes: [Change; 4] = [
        |one| one.is_open = false,
        |one| one.election = "other".to_owned(),
        |one| one.status = Status::Exercise,
        |one| one.place.index = 5,
    ];
    for change in changes {
        let mut other = named(4);
        change(&mut other);
        facts.named = vec![other];
        assert_eq!(found(&draft, &facts), ["SCR-ALR-236"]);
    }
    draft.kind = "alert".to_owned();
    assert_eq!(found(&draft, &facts), ["SCR-ALR-236"]);
}

#[test]
fn roles_and_places_decide_who_may_what() {
    for role in Role::ALL {
        let actor = actor("somebody", role);
        assert_eq!(may_write(&actor).is_ok(), WRITERS.contains(&role));
        assert_eq!(may_decide(&actor).is_ok(), DECIDERS.contains(&role));
        let placed = Actor { place: Some("EX-01".to_owned()), ..actor };
        assert_eq!(may_write(&placed).unwrap_err().code, "SCR-ALR-220");
        assert_eq!(may_decide(&placed).unwrap_err().code, "SCR-ALR-220");
    }
}

#[test]
fn nobody_approves_what_they_wrote_last() {
    let draft = draft();
    let code = |person: &str, language: &str| {
        may_approve(&actor(person, Role::Supervisor), &draft, language).map_err(|refusal| refusal.code)
    };
    assert_eq!(code("writer", "en"), Err("SCR-ALR-231".to_owned()));
    assert_eq!(code("reader", "en"), Ok(()));
    assert_eq!(code("reader", "fr"), Err("SCR-ALR-228".to_owned()));
    assert!(may_approve(&actor("reader", Role::Clerk), &draft, "en").is_err());
}

#[test]
fn from_severe_on_two_different_people_release() {
    let mut draft = draft();
    assert_eq!(turn(&draft, &[], "first"), Ok(Turn::Release));
    for severity in ["severe", "extreme"] {
        draft.severity = severity.to_owned();
        assert_eq!(turn(&draft, &[], "first"), Ok(Turn::First));
        assert_eq!(turn(&draft, &[said("first")], "first").unwrap_err().code, "SCR-ALR-238");
        assert_eq!(turn(&draft, &[said("first")], "second"), Ok(Turn::Release));
        assert_eq!(turn(&draft, &[said("")], "second"), Ok(Turn::First), "nobody is known to have agreed");
    }
    for (kind, status, two) in
        [("cancel", "actual", true), ("cancel", "test", false), ("update", "actual", false)]
    {
        draft.severity = "minor".to_owned();
        (draft.kind, draft.status) = (kind.to_owned(), status.to_owned());
        assert_eq!(turn(&draft, &[], "first").unwrap() == Turn::First, two, "{kind} {status}");
    }
}

#[test]
fn a_text_that_is_too_long_says_which_language_to_shorten() {
    let mut draft = draft();
    draft.words.get_mut("ar").unwrap().instruction = "ع".repeat(120);
    draft.words.get_mut("en").unwrap().instruction = "e".repeat(100);
    let refusal = compact(&draft, &["en", "ar"], 1, &[], NOW).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.args["language"].as_str()), ("SCR-ALR-230", "ar"));
    let (text, bytes) = compact(&draft, &["en"], 1, &[named(9), named(4), named(9)], NOW)
        .map_err(|refusal| refusal.code)
        .unwrap_or_else(|code| {
            assert_eq!(code, "SCR-ALR-229", "an alert names none");
            compact(&draft, &["en"], 1, &[], NOW).unwrap()
        });
    assert_eq!(AlertText::parse(&bytes).unwrap(), text);
    draft.words.get_mut("en").unwrap().headline = "two\nlines".to_owned();
    assert_eq!(compact(&draft, &["en"], 1, &[], NOW).unwrap_err().code, "SCR-ALR-229");
}
