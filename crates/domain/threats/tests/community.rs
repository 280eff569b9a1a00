//! No single member changes a community.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_core::{OrgId, Tlp};
use scr_threats::{Change, Collection, Community, Founding, Members, Outcome, Rules, Sector, Step};
use std::collections::BTreeSet;

fn org(name: &str) -> OrgId {
    OrgId::new(name).unwrap()
}

fn rules() -> Rules {
    Rules { text: "What is shared here stays here.".into(), unmarked: Tlp::Amber, more_than_percent: 50 }
}

fn collection(digit: char) -> Collection {
    Collection {
        id: format!("0000000{digit}-0000-4000-8000-000000000000"),
        title: "Indicators".into(),
        description: String::new(),
        alias: Some(format!("indicators-{digit}")),
        readers: Members::All,
        writers: Members::All,
        circle: Vec::new(),
        is_public: false,
        is_closed: false,
    }
}

fn founding(names: &[&str]) -> Founding {
    Founding {
        name: "Exchange".into(),
        rules: rules(),
        founders: names.iter().map(|name| (org(name), Sector::Other)).collect(),
        collections: vec![collection('1')],
    }
}

fn active(names: &[&str]) -> Community {
    let first = Community::found(&org(names[0]), founding(names), 1).unwrap();
    names[1..].iter().fold(first, |community, name| community.step(&org(name), Step::Join, 2).unwrap())
}

fn code(result: Result<Community, scr_core::Refusal>) -> String {
    result.unwrap_err().code
}

#[test]
fn nobody_founds_alone_and_nothing_changes_before_all_have_joined() {
    assert_eq!(code(Community::found(&org("emb"), founding(&["emb"]), 1)), "SCR-THR-005");
    assert_eq!(code(Community::found(&org("emb"), founding(&["cert", "party"]), 1)), "SCR-THR-005");
    let community = Community::found(&org("emb"), founding(&["emb", "cert"]), 1).unwrap();
    assert!(!community.is_active() && community.has(&org("emb")) && !community.has(&org("cert")));
    let propose = Step::Propose(Change::Admit { org: org("party"), sector: Sector::Party });
    assert_eq!(code(community.clone().step(&org("emb"), propose, 2)), "SCR-THR-016");
    assert_eq!(code(community.clone().step(&org("party"), Step::Join, 2)), "SCR-THR-001");
    assert_eq!(code(community.clone().step(&org("emb"), Step::Join, 2)), "SCR-THR-006");
    assert!(community.step(&org("cert"), Step::Join, 2).unwrap().is_active());
}

#[test]
fn a_change_holds_when_more_than_half_want_it() {
    let change = Change::Admit { org: org("party"), sector: Sector::Party };
    let community = active(&["emb", "cert", "media", "ngo"]);
    assert_eq!(community.needed(&change), 3);
    let community = community.step(&org("emb"), Step::Propose(change), 3).unwrap();
    let stand = |is_for| Step::Stand { proposal: 1, is_for };
    let community = community.step(&org("cert"), stand(true), 4).unwrap();
    assert!(!community.has(&org("party")), "two of four are not enough");
    assert_eq!(code(community.clone().step(&org("cert"), stand(true), 5)), "SCR-THR-008");
    let community = community.step(&org("media"), stand(true), 5).unwrap();
    assert!(community.has(&org("party")));
    assert_eq!(community.proposals[0].outcome, Some((Outcome::Adopted, 5)));
    assert_eq!(code(community.clone().step(&org("ngo"), stand(false), 6)), "SCR-THR-008");
    let none = Step::Stand { proposal: 2, is_for: true };
    assert_eq!(code(community.step(&org("ngo"), none, 6)), "SCR-THR-007");
}

#[test]
fn a_change_that_cannot_have_enough_ends() {
    let community = active(&["emb", "cert", "media"]);
    let other = Rules { unmarked: Tlp::Green, ..rules() };
    let community = community.step(&org("emb"), Step::Propose(Change::Rules(other)), 3).unwrap();
    let against = Step::Stand { proposal: 1, is_for: false };
    let community = community.step(&org("cert"), against.clone(), 4).unwrap();
    assert_eq!(community.proposals[0].outcome, None, "the third may still be for it");
    let community = community.step(&org("media"), against, 5).unwrap();
    assert_eq!(community.proposals[0].outcome, Some((Outcome::Rejected, 5)));
    assert_eq!(community.rules, rules());
}

#[test]
fn whoever_it_is_about_has_no_say() {
    let community = active(&["emb", "cert", "party"]);
    let exclude = Change::Exclude { org: org("party"), reason: "It passed on what was RED.".into() };
    assert_eq!(community.needed(&exclude), 2);
    let community = community.step(&org("emb"), Step::Propose(exclude), 3).unwrap();
    let stand = |is_for| Step::Stand { proposal: 1, is_for };
    assert_eq!(code(community.clone().step(&org("party"), stand(false), 4)), "SCR-THR-009");
    let community = community.step(&org("cert"), stand(true), 4).unwrap();
    assert!(!community.has(&org("party")));
    assert_eq!(community.former[&org("party")], 4);
    assert_eq!(code(community.step(&org("party"), Step::Leave, 5)), "SCR-THR-001");
}

#[test]
fn who_leaves_takes_their_vote_along_but_not_the_last_word() {
    let community = active(&["emb", "cert", "media", "ngo"]);
    let propose = Step::Propose(Change::Collection(collection('2')));
    let community = community.step(&org("emb"), propose, 3).unwrap();
    let community = community.step(&org("cert"), Step::Stand { proposal: 1, is_for: true }, 4).unwrap();
    assert_eq!(community.collections.len(), 1);
    let community = community.step(&org("ngo"), Step::Leave, 5).unwrap();
    assert_eq!(community.collections.len(), 2, "two of three are enough");
    let community = community.step(&org("cert"), Step::Leave, 6).unwrap();
    let community = community.step(&org("media"), Step::Leave, 7).unwrap();
    let other = Change::Rules(Rules { unmarked: Tlp::Clear, ..rules() });
    let community = community.step(&org("emb"), Step::Propose(other), 8).unwrap();
    assert_eq!(community.rules.unmarked, Tlp::Amber, "one alone changes nothing");
}

#[test]
fn collections_have_names_of_their_own() {
    let community = active(&["emb", "cert"]);
    assert_eq!(community.collection("indicators-1").unwrap().id, collection('1').id);
    let same = Collection { alias: Some("indicators-1".into()), ..collection('3') };
    let refused =
        community.clone().step(&org("emb"), Step::Propose(Change::Collection(same)), 3).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("SCR-THR-014", Some("alias")));
    for (wrong, field) in [
        (Collection { id: "x".into(), ..collection('3') }, "id"),
        (Collection { title: " ".into(), ..collection('3') }, "title"),
        (Collection { alias: Some("A b".into()), ..collection('3') }, "alias"),
        (Collection { description: "x".repeat(2_001), ..collection('3') }, "description"),
    ] {
        assert_eq!(wrong.check().unwrap_err().field.as_deref(), Some(field));
    }
    let again = Step::Propose(Change::Collection(collection('1')));
    assert_eq!(code(community.clone().step(&org("emb"), again, 3)), "SCR-THR-006");
    let strangers = Change::Custodians([org("emb"), org("nobody")].into_iter().collect::<BTreeSet<_>>());
    assert_eq!(code(community.step(&org("emb"), Step::Propose(strangers), 3)), "SCR-THR-001");
}

fn any_step() -> impl Strategy<Value = (usize, Step)> {
    let names = ["emb", "cert", "media", "ngo", "party"];
    let any_org = prop::sample::select(names.to_vec()).prop_map(org);
    let change = prop_oneof![
        any_org.clone().prop_map(|org| Change::Admit { org, sector: Sector::Other }),
        any_org.prop_map(|org| Change::Exclude { org, reason: "why".into() }),
        (0..2u8).prop_map(|green| Change::Rules(Rules {
            unmarked: if green == 0 { Tlp::Green } else { Tlp::Red },
            ..rules()
        })),
    ];
    let step = prop_oneof![
        change.prop_map(Step::Propose),
        (1..6u32, any::<bool>()).prop_map(|(proposal, is_for)| Step::Stand { proposal, is_for }),
        Just(Step::Leave),
        Just(Step::Join),
    ];
    (0..names.len(), step)
}

proptest! {
    /// Whatever members do, what was adopted had two of them for it, and whoever it was about was not among those.
    #[test]
    fn two_have_wanted_whatever_was_adopted(steps in prop::collection::vec(any_step(), 0..40)) {
        let names = ["emb", "cert", "media", "ngo", "party"];
        let mut community = active(&["emb", "cert", "media"]);
        for (time, (who, step)) in (3..).zip(steps) {
            if let Ok(after) = community.clone().step(&org(names[who]), step, time) {
                community = after;
            }
        }
        for proposal in community.proposals.iter().filter(|one| matches!(one.outcome, Some((Outcome::Adopted, _)))) {
            let wanting = proposal.stands.iter().filter(|(org, is_for)| **is_for && proposal.change.concerned() != Some(org));
            prop_assert!(wanting.count() >= 2, "{proposal:?}");
        }
    }
}
