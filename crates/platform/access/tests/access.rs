//! The life of people, links, logins and tokens, on tables in memory with a clock that stands still.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use scr_access::testing::{PASSWORD, TestAccess};
use scr_access::{AccessError, FirstAdministrator, Grant, Invite, InviteKind, PeopleFilter, SignIn};
use scr_core::{OrgId, Role};

const NOW: i64 = 1_795_514_400;
const DAY: i64 = 24 * 3600;

fn emb() -> OrgId {
    OrgId::new("emb").unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, AccessError>) -> String {
    match result.unwrap_err() {
        AccessError::Refused(refusal) => refusal.code,
        AccessError::Fault(fault) => panic!("{fault}"),
    }
}

fn grant(role: Role) -> Grant {
    Grant { org: emb(), role, place: None }
}

fn form<'a>(email: &'a str, password: &'a str) -> SignIn<'a> {
    SignIn { email, password, address: "192.0.2.7" }
}

#[test]
fn the_first_administrators_link_works_once() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let access = &test.access;
    let stale = access.first_link().unwrap().unwrap();
    let link = access.first_link().unwrap().unwrap();
    assert_eq!(code(access.open_invitation(stale.reveal())), "SCR-ACC-008");
    assert_eq!(access.open_invitation(link.reveal()).unwrap().kind, InviteKind::First);
    let org = emb();
    let mut details = FirstAdministrator {
        name: "Ada Lovelace",
        email: "ada@emb.example",
        language: "fr",
        password: "ada@emb.example",
        org: &org,
    };
    assert_eq!(code(access.prepare_first(link.reveal(), &details)), "SCR-ACC-007");
    details.password = PASSWORD;
    let (actor, statements) = access.prepare_first(link.reveal(), &details).unwrap();
    assert_eq!((actor.role, &actor.org), (Role::Administrator, &org));
    access.apply(&statements).unwrap();
    assert_eq!(code(access.prepare_first(link.reveal(), &details)), "SCR-ACC-008");
    assert!(access.first_link().unwrap().is_none(), "there is an administrator now");
    let login = access.sign_in(&form("ADA@emb.example ", PASSWORD)).unwrap().login;
    assert_eq!((login.name.as_str(), login.language.as_str(), login.actor), ("Ada Lovelace", "fr", actor));
}

#[test]
fn an_invitation_is_good_for_seven_days_and_one_password() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let invite = Invite {
        name: "Grace Hopper".to_owned(),
        email: "grace@emb.example".to_owned(),
        language: "en".to_owned(),
        grants: vec![grant(Role::Clerk)],
    };
    let prepared = test.access.prepare_invitation(&invite).unwrap();
    test.access.apply(&prepared.statements).unwrap();
    let link = prepared.link.unwrap();
    assert_eq!(code(test.access.sign_in(&form("grace@emb.example", ""))), "SCR-ACC-004", "no password yet");
    assert_eq!(code(test.access.accept(link.reveal(), "short")), "SCR-ACC-006");
    assert_eq!(test.access.accept(link.reveal(), PASSWORD).unwrap(), prepared.person);
    assert_eq!(code(test.access.accept(link.reveal(), PASSWORD)), "SCR-ACC-008");
    assert_eq!(code(test.access.prepare_invitation(&invite)), "SCR-ACC-014");

    let (again, statements) = test.access.prepare_link(&prepared.person).unwrap();
    test.access.apply(&statements).unwrap();
    test.clock.advance(7 * DAY + 1);
    assert_eq!(code(test.access.accept(again.reveal(), PASSWORD)), "SCR-ACC-008");
    assert_eq!(code(test.access.open_invitation("' OR 1=1 --")), "SCR-ACC-008");
}

#[test]
fn somebody_known_gets_the_new_role_without_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let person = test.person(Role::Clerk, &emb()).unwrap();
    let prepared = test
        .access
        .prepare_invitation(&Invite {
            name: "Other spelling".to_owned(),
            email: "Clerk@emb.example".to_owned(),
            language: "en".to_owned(),
            grants: vec![grant(Role::Clerk), grant(Role::Supervisor)],
        })
        .unwrap();
    assert_eq!(prepared.person, person);
    assert!(prepared.link.is_none());
    assert_eq!(prepared.grants, [grant(Role::Supervisor)]);
    test.access.apply(&prepared.statements).unwrap();
    let roles: Vec<Role> = test.access.grants(&person).unwrap().into_iter().map(|g| g.role).collect();
    assert_eq!(roles, [Role::Clerk, Role::Supervisor]);
    assert_eq!(
        test.access.people(&PeopleFilter { org: "emb", ..PeopleFilter::default() }, None, 10).unwrap().len(),
        1
    );
    assert_eq!(
        test.access
            .people(&PeopleFilter::default(), Some(("Test clerk", person.as_str())), 10)
            .unwrap()
            .len(),
        0
    );
}

#[test]
fn a_login_ends_when_idle_and_in_any_case_after_twelve_hours() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let signed_in = test.signed_in(Role::Manager, &emb()).unwrap();
    let cookie = signed_in.token.reveal();
    for _ in 0..24 {
        test.clock.advance(30 * 60);
        assert!(test.access.login(cookie).unwrap().is_some());
    }
    test.clock.advance(1);
    assert!(test.access.login(cookie).unwrap().is_none(), "12 hours are over");

    let signed_in = test.access.sign_in(&form("manager@emb.example", PASSWORD)).unwrap();
    test.clock.advance(30 * 60 + 1);
    assert!(test.access.login(signed_in.token.reveal()).unwrap().is_none(), "idle");
    assert!(test.access.login("not a token").unwrap().is_none());
}

#[test]
fn a_wall_screen_stays_signed_in_for_a_week() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let signed_in = test.signed_in(Role::Viewer, &emb()).unwrap();
    for _ in 0..7 {
        test.clock.advance(DAY);
        assert!(test.access.login(signed_in.token.reveal()).unwrap().is_some());
    }
    test.clock.advance(1);
    assert!(test.access.login(signed_in.token.reveal()).unwrap().is_none());
}

#[test]
fn wrong_passwords_and_unknown_accounts_get_the_same_answers() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    test.person(Role::Clerk, &emb()).unwrap();
    let answers = |email: &str, address: &str| -> Vec<String> {
        let sign_in = SignIn { email, password: "not this one at all", address };
        (0..7).map(|_| code(test.access.sign_in(&sign_in))).collect()
    };
    let known = answers("clerk@emb.example", "192.0.2.8");
    let unknown = answers("nobody@emb.example", "192.0.2.9");
    assert_eq!(known, unknown);
    assert_eq!(known[4..], ["SCR-ACC-004", "SCR-ACC-005", "SCR-ACC-005"]);
    let here = SignIn { email: "clerk@emb.example", password: PASSWORD, address: "192.0.2.8" };
    assert_eq!(code(test.access.sign_in(&here)), "SCR-ACC-005", "even the right one, from there");
    assert!(test.access.sign_in(&form("clerk@emb.example", PASSWORD)).is_ok(), "but from elsewhere");
    test.clock.advance(60);
    assert!(test.access.sign_in(&here).is_ok());
}

#[test]
fn one_address_cannot_try_many_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let codes: Vec<String> = (0..31)
        .map(|n| code(test.access.sign_in(&form(&format!("person-{n}@emb.example"), "guess guess guess"))))
        .collect();
    assert!(codes[..30].iter().all(|code| code == "SCR-ACC-004"));
    assert_eq!(codes[30], "SCR-ACC-005");
}

#[test]
fn signing_acts_need_a_fresh_confirmation() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let login = test.signed_in(Role::Supervisor, &emb()).unwrap();
    assert!(test.access.require_fresh(&login.login).is_ok());
    test.clock.advance(301);
    assert_eq!(test.access.require_fresh(&login.login).unwrap_err().code, "SCR-ACC-009");
    assert_eq!(code(test.access.confirm(&login.login, "something else", "192.0.2.1")), "SCR-ACC-004");
    test.access.confirm(&login.login, PASSWORD, "192.0.2.1").unwrap();
    let now = test.access.login(login.token.reveal()).unwrap().unwrap();
    assert!(test.access.require_fresh(&now).is_ok());
}

#[test]
fn another_role_is_another_login() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let old = test.signed_in(Role::Manager, &emb()).unwrap();
    assert_eq!(code(test.access.switch_role(&old.login, &grant(Role::Viewer))), "SCR-ACC-017");
    let person = old.login.actor.person.clone();
    let add = test.access.prepare_grant(&person, &grant(Role::Viewer)).unwrap();
    test.access.apply(&[add]).unwrap();
    assert_eq!(code(test.access.prepare_grant(&person, &grant(Role::Viewer))), "SCR-ACC-014");
    let new = test.access.switch_role(&old.login, &grant(Role::Viewer)).unwrap();
    assert_eq!(new.login.actor.role, Role::Viewer);
    assert_ne!(new.token.reveal(), old.token.reveal());
    assert!(test.access.login(old.token.reveal()).unwrap().is_none());
    test.access.sign_out(&new.login).unwrap();
    assert!(test.access.login(new.token.reveal()).unwrap().is_none());
}

#[test]
fn withdrawing_a_role_ends_what_acts_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    test.person(Role::Administrator, &emb()).unwrap();
    let clerk = test.signed_in(Role::Clerk, &emb()).unwrap();
    let token = test.access.new_api_token(&clerk.login, "entry program", DAY).unwrap();
    let person = clerk.login.actor.person.clone();
    let statements = test.access.prepare_revocation(&person, &grant(Role::Clerk)).unwrap();
    test.access.apply(&statements).unwrap();
    assert!(test.access.login(clerk.token.reveal()).unwrap().is_none());
    assert!(test.access.bearer(token.reveal()).unwrap().is_none());
    assert_eq!(code(test.access.sign_in(&form("clerk@emb.example", PASSWORD))), "SCR-ACC-017");
}

#[test]
fn the_last_administrator_stays() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let first = test.person(Role::Administrator, &emb()).unwrap();
    assert_eq!(code(test.access.prepare_revocation(&first, &grant(Role::Administrator))), "SCR-ACC-019");
    let other = OrgId::new("observers").unwrap();
    test.person(Role::Administrator, &other).unwrap();
    assert!(test.access.prepare_revocation(&first, &grant(Role::Administrator)).is_ok());
}

#[test]
fn a_new_password_ends_the_other_logins() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let here = test.signed_in(Role::Manager, &emb()).unwrap();
    let there = test.access.sign_in(&form("manager@emb.example", PASSWORD)).unwrap();
    let change = |old: &str, new: &str| test.access.change_password(&here.login, old, new, "192.0.2.1");
    assert_eq!(code(change("wrong wrong wrong", "nine herons by the weir")), "SCR-ACC-004");
    assert_eq!(code(change(PASSWORD, "manager@emb.example")), "SCR-ACC-007");
    change(PASSWORD, "nine herons by the weir").unwrap();
    assert!(test.access.login(here.token.reveal()).unwrap().is_some());
    assert!(test.access.login(there.token.reveal()).unwrap().is_none());
    assert_eq!(code(test.access.sign_in(&form("manager@emb.example", PASSWORD))), "SCR-ACC-004");
    assert!(test.access.sign_in(&form("manager@emb.example", "nine herons by the weir")).is_ok());
}

#[test]
fn api_tokens_act_in_one_role_and_never_sign() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let login = test.signed_in(Role::Manager, &emb()).unwrap().login;
    let token = test.access.new_api_token(&login, "import", 10 * DAY).unwrap();
    let program = test.access.bearer(token.reveal()).unwrap().unwrap();
    assert_eq!(program.actor, login.actor);
    assert_eq!(test.access.require_fresh(&program).unwrap_err().code, "SCR-ACC-009");
    assert!(test.access.login(token.reveal()).unwrap().is_none(), "no cookie");
    let listed = test.access.api_tokens(&login.actor.person).unwrap();
    assert_eq!((listed[0].label.as_str(), listed[0].used_at), ("import", Some(NOW)));
    test.access.revoke_api_token(&login.actor.person, &listed[0].id).unwrap();
    assert!(test.access.bearer(token.reveal()).unwrap().is_none());

    let token = test.access.new_api_token(&login, "short-lived", DAY).unwrap();
    for _ in 1..20 {
        test.access.new_api_token(&login, "more", DAY).unwrap();
    }
    assert_eq!(code(test.access.new_api_token(&login, "too many", DAY)), "SCR-ACC-020");
    test.clock.advance(DAY);
    assert!(test.access.bearer(token.reveal()).unwrap().is_none(), "ended");
}

#[test]
fn nothing_that_could_be_used_stands_in_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestAccess::new(folder.path(), NOW).unwrap();
    let signed_in = test.signed_in(Role::Manager, &emb()).unwrap();
    let debug = format!("{:?}", signed_in);
    assert!(!debug.contains(signed_in.token.reveal()));
    assert!(test.access.sweep().is_ok());
    assert!(test.access.login(signed_in.token.reveal()).unwrap().is_some(), "sweeping spares the living");
}
