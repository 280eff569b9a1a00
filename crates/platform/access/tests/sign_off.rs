//! Laws of the sign-off.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use scr_access::{Need, Position, SignOff, SignOffRule, SignOffState, Stand};
use scr_canon::Hash32;
use scr_core::{Actor, OrgId, PersonId, Role};
use std::collections::BTreeSet;

fn stand(person: u8, role: Role, position: Position) -> Stand {
    let actor = Actor { person: id(person), org: OrgId::new("emb").unwrap(), role, place: None };
    Stand { actor, position, over: over(), at: 1_795_514_400 }
}

fn id(person: u8) -> PersonId {
    PersonId::new(format!("p{person}")).unwrap()
}

fn over() -> Hash32 {
    SignOff::content(b"{\"votes\":7}")
}

fn rule(needs: &[(&[Role], u8)]) -> SignOffRule {
    let needs = needs.iter().map(|(roles, count)| Need { roles: roles.to_vec(), count: *count }).collect();
    SignOffRule { needs, named: BTreeSet::new(), excluded: BTreeSet::new(), dissent_blocks: false }
}

fn code(result: Result<SignOffState, scr_core::Refusal>) -> String {
    result.unwrap_err().code
}

#[test]
fn two_of_three_named_people() {
    let mut rule = rule(&[(&[Role::Supervisor], 2)]);
    rule.named = [id(1), id(2), id(3)].into();
    rule.excluded = [id(9)].into();
    let mut sign_off = SignOff::new(rule.clone(), over());
    let supervisor = |person, position| stand(person, Role::Supervisor, position);
    assert_eq!(code(sign_off.take(supervisor(4, Position::Signs))), "SCR-ACC-030");
    assert_eq!(code(sign_off.take(stand(1, Role::Clerk, Position::Signs))), "SCR-ACC-030");
    assert_eq!(code(sign_off.take(supervisor(9, Position::Signs))), "SCR-ACC-033");
    let mut other = supervisor(1, Position::Signs);
    other.over = SignOff::content(b"{\"votes\":8}");
    assert_eq!(code(sign_off.take(other)), "SCR-ACC-032");
    assert_eq!(sign_off.take(supervisor(1, Position::Signs)), Ok(SignOffState::Open { missing: 1 }));
    assert_eq!(code(sign_off.take(supervisor(1, Position::Signs))), "SCR-ACC-031");
    assert_eq!(sign_off.take(supervisor(2, Position::Recuses)), Ok(SignOffState::Open { missing: 1 }));
    assert_eq!(sign_off.take(supervisor(3, Position::Signs)), Ok(SignOffState::Complete));
    assert_eq!(code(sign_off.take(supervisor(2, Position::Signs))), "SCR-ACC-034");

    let mut sign_off = SignOff::new(rule, over());
    sign_off.take(supervisor(1, Position::Recuses)).unwrap();
    assert_eq!(sign_off.take(supervisor(2, Position::Dissents)), Ok(SignOffState::Unreachable));
}

#[test]
fn dissent_blocks_only_where_the_rule_says_so() {
    for dissent_blocks in [false, true] {
        let rule = SignOffRule { dissent_blocks, ..rule(&[(&[Role::Manager], 1)]) };
        let mut sign_off = SignOff::new(rule, over());
        let state = sign_off.take(stand(1, Role::Manager, Position::Dissents)).unwrap();
        assert_eq!(state == SignOffState::Blocked, dissent_blocks);
        let then = sign_off.take(stand(2, Role::Manager, Position::Signs));
        assert_eq!(then == Ok(SignOffState::Complete), !dissent_blocks);
    }
}

/// One manager, and one manager or supervisor: whoever comes first must not take the wrong seat.
#[test]
fn signers_serve_where_they_help_most() {
    let rule = rule(&[(&[Role::Manager, Role::Supervisor], 1), (&[Role::Manager], 1)]);
    for order in [[Role::Manager, Role::Supervisor], [Role::Supervisor, Role::Manager]] {
        let mut sign_off = SignOff::new(rule.clone(), over());
        sign_off.take(stand(1, order[0], Position::Signs)).unwrap();
        assert_eq!(sign_off.take(stand(2, order[1], Position::Signs)), Ok(SignOffState::Complete));
    }
}

fn roles() -> impl Strategy<Value = Role> {
    prop::sample::select(vec![Role::Manager, Role::Supervisor, Role::Clerk])
}

fn stands() -> impl Strategy<Value = Vec<Stand>> {
    let position = prop::sample::select(vec![Position::Signs, Position::Dissents, Position::Recuses]);
    prop::collection::vec((0u8..6, roles(), position), 0..12)
        .prop_map(|stands| stands.into_iter().map(|(p, r, s)| stand(p, r, s)).collect())
}

fn rules() -> impl Strategy<Value = SignOffRule> {
    let need = (prop::collection::vec(roles(), 1..3), 1u8..3);
    (prop::collection::vec(need, 1..3), prop::collection::btree_set(0u8..6, 0..2), any::<bool>()).prop_map(
        |(needs, excluded, dissent_blocks)| SignOffRule {
            needs: needs.into_iter().map(|(roles, count)| Need { roles, count }).collect(),
            named: BTreeSet::new(),
            excluded: excluded.into_iter().map(id).collect(),
            dissent_blocks,
        },
    )
}

proptest! {
    /// Complete means: as many different people as needed have signed, none of them excluded, each
    /// counted once.
    #[test]
    fn completeness_has_enough_distinct_signers(rule in rules(), stands in stands()) {
        let mut sign_off = SignOff::new(rule.clone(), over());
        for stand in stands {
            let before = sign_off.clone();
            if sign_off.take(stand).is_err() {
                prop_assert_eq!(&sign_off, &before, "a refusal changes nothing");
            }
        }
        let people: BTreeSet<_> = sign_off.stands().iter().map(|s| s.actor.person.clone()).collect();
        prop_assert_eq!(people.len(), sign_off.stands().len());
        prop_assert!(people.is_disjoint(&rule.excluded));
        if sign_off.state() == SignOffState::Complete {
            let signed = sign_off.stands().iter().filter(|s| s.position == Position::Signs).count();
            let needed: usize = rule.needs.iter().map(|need| usize::from(need.count)).sum();
            prop_assert!(signed >= needed);
        }
    }

    /// The order in which people sign does not matter for what is missing.
    #[test]
    fn order_does_not_matter(rule in rules(), roles in prop::collection::vec(roles(), 0..5), turn in 0usize..5) {
        let rule = SignOffRule { excluded: BTreeSet::new(), dissent_blocks: false, ..rule };
        // One seat more than people, so that the sign-off stays open whatever the order.
        let mut rule = rule;
        rule.needs.push(Need { roles: vec![Role::Administrator], count: 1 });
        let signers: Vec<Stand> =
            (0u8..).zip(roles).map(|(person, role)| stand(person, role, Position::Signs)).collect();
        let mut turned = signers.clone();
        turned.rotate_left(if signers.is_empty() { 0 } else { turn % signers.len() });
        let run = |stands: Vec<Stand>| {
            let mut sign_off = SignOff::new(rule.clone(), over());
            for stand in stands {
                drop(sign_off.take(stand));
            }
            sign_off.state()
        };
        prop_assert_eq!(run(signers), run(turned));
    }

    /// What is missing never grows, and the state survives its way through JSON.
    #[test]
    fn missing_never_grows(rule in rules(), stands in stands()) {
        let mut sign_off = SignOff::new(rule, over());
        let mut last = u32::MAX;
        for stand in stands {
            if let Ok(SignOffState::Open { missing }) = sign_off.take(stand) {
                prop_assert!(missing <= last);
                last = missing;
            }
        }
        let text = serde_json::to_string(&sign_off).unwrap();
        prop_assert_eq!(serde_json::from_str::<SignOff>(&text).unwrap(), sign_off);
    }
}
