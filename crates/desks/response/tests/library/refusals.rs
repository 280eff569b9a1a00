//! What is refused, by code: by the acts themselves, whoever calls them.

use crate::site::{CLERK, FOREIGN, MANAGER, SECOND, SUPERVISOR, Site, actor, hidden, site};
use scr_canon::Hash32;
use scr_core::Clock as _;
use scr_desk_response::library::{self, CrisisPlan, NewPlaybook};
use scr_engine::ActError;
use scr_playbooks::starters::STARTERS;
use scr_playbooks::{Edit, severity::Level};
use serde_json::{Value, json};

fn new<'a>(bytes: &'a [u8], code: Option<&'a str>, reason: Option<&'a str>) -> NewPlaybook<'a> {
    NewPlaybook { bytes, code, reason, is_starter: false }
}

fn refused<T: std::fmt::Debug>(done: Result<T, ActError>) -> String {
    match done {
        Err(ActError::Refused(refusal)) => refusal.code,
        other => format!("{other:?}"),
    }
}

fn hash(site: &Site, code: &str, number: u64) -> Hash32 {
    site.app.engine.read(|views| library::version(views, code, number)).unwrap().unwrap().sha256
}

/// A starter, said to be of a later time.
fn later(time: &str) -> String {
    let mut value: Value = serde_json::from_str(STARTERS[1].text).unwrap();
    value["modified"] = json!(time);
    value.to_string()
}

#[test]
fn imports() {
    let site = site();
    let engine = &site.app.engine;
    let text = STARTERS[1].text.as_bytes();
    let import = |who: &str, of: &NewPlaybook<'_>| library::import(engine, &actor(who), of);
    for who in [CLERK, SUPERVISOR] {
        assert_eq!(refused(import(who, &new(text, None, None))), "SCR-RSP-001");
    }
    assert_eq!(refused(import(MANAGER, &new(b"[]", None, None))), "SCR-RSP-003");
    for bad in ["A", "with space", "new", "-x", "é1", &"x".repeat(49)] {
        assert_eq!(refused(import(MANAGER, &new(text, Some(bad), None))), "SCR-RSP-007", "{bad}");
    }
    let done = import(MANAGER, &new(text, Some("accounts"), None)).unwrap();
    assert_eq!((done.code.as_str(), done.version), ("accounts", 1));
    assert_eq!(refused(import(MANAGER, &new(text, Some("accounts"), Some("again")))), "SCR-RSP-004");
    assert_eq!(refused(import(FOREIGN, &new(text, Some("accounts"), Some("ours")))), "SCR-RSP-008");
    let same = later("2026-11-28T00:00:00.000Z");
    assert_eq!(refused(import(MANAGER, &new(format!("{same} ").as_bytes(), None, Some("x")))), "SCR-RSP-006");
    let next = later("2026-12-01T00:00:00.000Z");
    for reason in [None, Some(" "), Some("ask ann@example.org"), Some("call +48 22 123 45 67")] {
        assert_eq!(
            refused(import(MANAGER, &new(next.as_bytes(), None, reason))),
            "SCR-RSP-005",
            "{reason:?}"
        );
    }
    let long = "x".repeat(1_001);
    assert_eq!(refused(import(MANAGER, &new(next.as_bytes(), None, Some(&long)))), "SCR-RSP-005");
    // Of the same identifier: the next version of the same playbook.
    let done = import(SECOND, &new(next.as_bytes(), None, Some("mended"))).unwrap();
    assert_eq!((done.code.as_str(), done.version), ("accounts", 2));
}

#[test]
fn adoptions() {
    let site = site();
    let engine = &site.app.engine;
    let text = STARTERS[1].text.as_bytes();
    library::import(engine, &actor(MANAGER), &new(text, Some("accounts"), None)).unwrap();
    library::import(engine, &actor(MANAGER), &new(b"{}", Some("empty"), None)).unwrap();
    let over = hash(&site, "accounts", 1);
    let adopt = |who: &str, of: (&str, u64), over: &Hash32| library::adopt(engine, &actor(who), of, over);
    assert_eq!(refused(adopt(CLERK, ("accounts", 1), &over)), "SCR-RSP-001");
    assert_eq!(refused(adopt(SECOND, ("accounts", 2), &over)), "SCR-RSP-002");
    assert_eq!(refused(adopt(FOREIGN, ("accounts", 1), &over)), "SCR-RSP-002", "not published yet");
    assert_eq!(refused(adopt(SECOND, ("empty", 1), &hash(&site, "empty", 1))), "SCR-RSP-009");
    assert_eq!(refused(adopt(MANAGER, ("accounts", 1), &over)), "SCR-RSP-010");
    assert_eq!(refused(adopt(SECOND, ("accounts", 1), &Hash32([7; 32]))), "SCR-RSP-011");
    let withdraw = |who: &str, reason: &str| library::withdraw(engine, &actor(who), "accounts", reason);
    assert_eq!(refused(withdraw(MANAGER, "why not")), "SCR-RSP-013");
    adopt(SUPERVISOR, ("accounts", 1), &over).unwrap();
    assert_eq!(refused(adopt(SECOND, ("accounts", 1), &over)), "SCR-RSP-012");
    assert_eq!(refused(withdraw(SUPERVISOR, "why not")), "SCR-RSP-001");
    assert_eq!(refused(withdraw(MANAGER, "")), "SCR-RSP-005");
    assert_eq!(refused(withdraw(FOREIGN, "not ours")), "SCR-RSP-013");
    withdraw(MANAGER, "why not").unwrap();
}

#[test]
fn changes() {
    let site = site();
    let engine = &site.app.engine;
    library::import(engine, &actor(MANAGER), &new(STARTERS[1].text.as_bytes(), Some("accounts"), None))
        .unwrap();
    let over = hash(&site, "accounts", 1);
    let change = |who: &str, code: &str, over: &Hash32, edit: Edit, reason: &str| {
        library::change(engine, &actor(who), (code, over), &[edit], reason)
    };
    let rename = |name: &str| Edit::SetText {
        step: None,
        language: None,
        name: Some(name.to_owned()),
        description: None,
        commands: None,
    };
    assert_eq!(refused(change(CLERK, "accounts", &over, rename("a"), "x")), "SCR-RSP-001");
    assert_eq!(refused(change(MANAGER, "nothing", &over, rename("a"), "x")), "SCR-RSP-002");
    assert_eq!(refused(change(FOREIGN, "accounts", &over, rename("a"), "x")), "SCR-RSP-008");
    let gone = Edit::RemoveStep("action--none".to_owned());
    assert_eq!(refused(change(MANAGER, "accounts", &over, gone, "x")), "SCR-RSP-014");
    let book = library::book(&site.app, &over).unwrap();
    let step =
        book.plan.as_ref().unwrap().steps.iter().find(|step| step.agent().is_some()).unwrap().id.clone();
    let cut = Edit::Link { step, exit: "on_completion".to_owned(), to: None };
    assert_eq!(refused(change(MANAGER, "accounts", &over, cut, "x")), "SCR-RSP-015");
    assert_eq!(refused(change(MANAGER, "accounts", &Hash32([7; 32]), rename("a"), "x")), "SCR-RSP-011");
    assert_eq!(refused(change(MANAGER, "accounts", &over, rename("a"), " ")), "SCR-RSP-005");
    change(MANAGER, "accounts", &over, rename("a"), "a better name").unwrap();
    // Two changes in one second are two versions all the same.
    change(SECOND, "accounts", &hash(&site, "accounts", 2), rename("b"), "a better one").unwrap();
    let all = engine.read(|views| library::versions(views, "accounts")).unwrap();
    assert_eq!((all.len(), all[0].id == all[1].id, all[1].id == all[2].id), (3, true, false));
}

pub(crate) fn plan(value: &Value) -> CrisisPlan {
    serde_json::from_value(value.clone()).unwrap()
}

/// A plan that is complete.
pub(crate) fn whole() -> Value {
    json!({
        "title": "Crisis plan", "review": "2027-03-01", "public": true,
        "leads": [{"level": "national", "role": "National authority", "deputy": "", "when": "Always"}],
        "triggers": [{"playbook": "accounts", "when": "An account speaks that is not ours", "severity": "high",
            "role": "Press officer"}],
        "contacts": [{"role": "Press officer", "purpose": "To answer the press"}],
        "statements": [{"subject": "Results", "role": "Head of office", "how": "Within an hour"}],
    })
}

#[test]
fn plans() {
    let site = site();
    let engine = &site.app.engine;
    let draft = |who: &str, value: &Value, reason: Option<&str>| {
        library::draft_plan(engine, &actor(who), &plan(value), reason)
    };
    assert_eq!(refused(draft(MANAGER, &whole(), None)), "SCR-RSP-021");
    library::import(engine, &actor(MANAGER), &new(STARTERS[1].text.as_bytes(), Some("accounts"), None))
        .unwrap();
    library::adopt(engine, &actor(SECOND), ("accounts", 1), &hash(&site, "accounts", 1)).unwrap();
    assert_eq!(refused(draft(CLERK, &whole(), None)), "SCR-RSP-001");
    let with = |change: &dyn Fn(&mut Value)| {
        let mut value = whole();
        change(&mut value);
        refused(draft(MANAGER, &value, None))
    };
    assert_eq!(with(&|plan| plan["title"] = json!(" ")), "SCR-RSP-018");
    assert_eq!(with(&|plan| plan["leads"] = json!([])), "SCR-RSP-018");
    assert_eq!(with(&|plan| plan["leads"][0]["when"] = json!("x".repeat(601))), "SCR-RSP-018");
    for personal in ["ann@example.org", "+48 22 123 45 67", "192.0.2.7"] {
        assert_eq!(with(&|plan| plan["contacts"][0]["role"] = json!(personal)), "SCR-RSP-019");
    }
    for day in ["2026-11-01", "2030-01-01", "2027-02-30", "soon", ""] {
        assert_eq!(with(&|plan| plan["review"] = json!(day)), "SCR-RSP-020", "{day}");
    }
    draft(MANAGER, &whole(), None).unwrap();
    assert_eq!(refused(draft(MANAGER, &whole(), Some("again"))), "SCR-RSP-004");
    let mut next = whole();
    next["title"] = json!("Crisis plan, mended");
    assert_eq!(refused(draft(MANAGER, &next, None)), "SCR-RSP-005");
    draft(MANAGER, &next, Some("a better title")).unwrap();
    let all = engine.read(|views| library::plans(views, "emb")).unwrap();
    let (newest, first) = (all[0].sha256, all[1].sha256);
    let adopt =
        |who: &str, number: u64, over: &Hash32| library::adopt_plan(engine, &actor(who), number, over);
    assert_eq!(refused(adopt(CLERK, 2, &newest)), "SCR-RSP-001");
    assert_eq!(refused(adopt(SECOND, 1, &first)), "SCR-RSP-022", "a newer one was drafted");
    assert_eq!(refused(adopt(MANAGER, 2, &newest)), "SCR-RSP-010");
    assert_eq!(refused(adopt(SECOND, 2, &first)), "SCR-RSP-011");
    adopt(SECOND, 2, &newest).unwrap();
    assert_eq!(refused(adopt(SUPERVISOR, 2, &newest)), "SCR-RSP-012");
    assert!(site.app.engine.is_public_object(&newest).unwrap());
    assert_eq!(plan(&next).triggers[0].severity, Level::High);
}

#[test]
fn keys() {
    let site = site();
    let engine = &site.app.engine;
    // RFC 8410 section 10.1: an Ed25519 public key.
    let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
    let pin = |who: &str, name: &str, text: &str| library::pin(engine, &actor(who), name, text);
    assert_eq!(refused(pin(CLERK, "CERT", pem)), "SCR-RSP-001");
    assert_eq!(refused(pin(MANAGER, "CERT", "no key")), "SCR-RSP-023");
    assert_eq!(refused(pin(MANAGER, "", pem)), "SCR-RSP-023");
    pin(MANAGER, "CERT", pem).unwrap();
    assert_eq!(refused(pin(SECOND, "CERT again", pem)), "SCR-RSP-024");
    pin(FOREIGN, "Another's own list", pem).unwrap();
    let spki = scr_canon::unb64("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=").unwrap();
    let key = scr_canon::sha256(&spki);
    assert_eq!(refused(library::unpin(engine, &actor(MANAGER), &key, "")), "SCR-RSP-005");
    library::unpin(engine, &actor(MANAGER), &key, "no longer theirs").unwrap();
    assert_eq!(refused(library::unpin(engine, &actor(MANAGER), &key, "again")), "SCR-RSP-024");
    assert!(site.clock.now() > 0);
}

/// The first starter under another identifier and name, whose first action begins other playbooks; by two people, as far as it goes.
fn begins(site: &Site, number: u8, others: &[u8], reason: Option<&str>) -> Result<(), String> {
    let id = |number: u8| format!("playbook--00000000-0000-4000-8000-0000000000{number:02}");
    let mut value: Value = serde_json::from_str(STARTERS[0].text).unwrap();
    let modified = format!("2027-11-{:02}T0{}:00:00.000Z", 10 + others.len(), others.len());
    for (name, text) in [("id", id(number)), ("name", format!("Playbook {number}")), ("modified", modified)] {
        value[name] = text.into();
    }
    let workflow = value["workflow"].as_object_mut().unwrap();
    let start = workflow.keys().find(|key| key.starts_with("start--")).unwrap().clone();
    let mut next = workflow[&start]["on_completion"].clone();
    for (at, other) in others.iter().enumerate() {
        let own = format!("playbook-action--00000000-0000-4000-8000-00000000000{at}");
        let step = json!({"type": "playbook-action", "name": "Begin", "playbook_id": id(*other), "on_completion": next});
        workflow.insert(own.clone(), step);
        next = own.into();
    }
    workflow[&start]["on_completion"] = next;
    let bytes = value.to_string();
    let (manager, supervisor) = (actor(MANAGER), actor(SUPERVISOR));
    let new = NewPlaybook { bytes: bytes.as_bytes(), code: None, reason, is_starter: false };
    let done = library::import(&site.app.engine, &manager, &new).unwrap();
    let what = (done.code.as_str(), done.version);
    let adopted = library::adopt(&site.app.engine, &supervisor, what, &scr_canon::sha256(bytes.as_bytes()));
    adopted.map(|_| ()).map_err(|error| match error {
        ActError::Refused(refusal) => {
            format!("{} {}", refusal.code, refusal.args.get("playbook").map_or("", String::as_str))
        }
        other => format!("{other:?}"),
    })
}

#[tokio::test]
async fn what_a_playbook_begins_must_be_in_force_and_lead_nowhere_back() {
    let site = site();
    let missing = "SCR-RSP-025 playbook--00000000-0000-4000-8000-000000000002";
    assert_eq!(begins(&site, 1, &[2], None), Err(missing.to_owned()));
    assert_eq!(begins(&site, 2, &[], None), Ok(()));
    assert_eq!(begins(&site, 1, &[2, 2], Some("again")), Ok(()), "now it is there");
    // A next version of the inner one that begins the outer one would go round for ever.
    assert_eq!(begins(&site, 2, &[1], Some("round")), Err("SCR-RSP-026 Playbook 1".to_owned()));
    assert_eq!(begins(&site, 3, &[3], None), Err("SCR-RSP-026 Playbook 3".to_owned()), "itself");
    // The page says it in words.
    let page = adopt_page(&site, "playbook-2").await;
    assert!(page.contains("leads back to it") && page.contains("Playbook 1"), "{page}");
}

async fn adopt_page(site: &Site, code: &str) -> String {
    let path = format!("/desk/response/playbooks/{code}/adopt?version=2");
    let page = site.get(SUPERVISOR, &path).await.body;
    let (over, version) = (hidden(&page, "over"), hidden(&page, "version"));
    let fields = [("over", over.as_str()), ("version", version.as_str()), ("looked", "yes")];
    site.post(SUPERVISOR, &path.replace("?version=2", ""), &fields).await.body
}
