//! Who sees what, by TAXII: labels, circles, batches, pseudonyms, days of publication, the record itself.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod site;

use axum::http::StatusCode;
use scr_core::Role;
use scr_desk_threats::{Exchange, Share, ThreatsDesk, escrow, schedule_publication, share_under_pseudonym};
use scr_engine::ActError;
use scr_engine::testing::TestEngine;
use scr_threats::ObjectKey;
use scr_web::Desk as _;
use site::{LETTERBOX, OPEN, PUBLIC, Site, acting, malware, malware_id, manager, objects_of, org};

const CLEAR: &str = "94868c89-83c2-464b-929b-a1a8aa3c8487";
const GREEN: &str = "bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const AMBER: &str = "55d920b0-5e8b-4f79-9ee9-91f868d9b421";
const RED: &str = "e828b379-4e03-4974-9ac4-e53a884c97c1";
const NOBODY_KNOWS: &str = "00000000-1111-4000-8000-000000000000";

fn code(error: ActError) -> String {
    match error {
        ActError::Refused(refusal) => refusal.code,
        ActError::Fault(fault) => format!("fault {}", fault.id),
    }
}

#[tokio::test]
async fn each_label_reaches_whom_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let all = [
        (1, vec![CLEAR]),
        (2, vec![GREEN]),
        (3, vec![AMBER]),
        (4, vec![RED]),
        (5, vec![]),
        (6, vec![GREEN, RED]),
        (7, vec![NOBODY_KNOWS]),
    ];
    let objects: Vec<String> = all.iter().map(|(number, markings)| malware(*number, markings)).collect();
    let answer = site.add(PUBLIC, "emb", &objects).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.text());
    let status = answer.json();
    assert_eq!((status["status"].as_str(), status["success_count"].as_u64()), (Some("pending"), Some(3)));
    let pendings = status["pendings"].as_array().unwrap();
    let told = pendings.iter().find(|one| one["id"] == malware_id(7).as_str()).unwrap();
    assert!(
        told["message"].as_str().unwrap().contains("TLP:RED"),
        "the sender is told of a marking nobody knows"
    );
    let ids = |numbers: &[u32]| numbers.iter().map(|number| malware_id(*number)).collect::<Vec<_>>();
    assert_eq!(site.found_in(PUBLIC, Some("emb")).await, ids(&[1, 2, 5]), "what waits is not there yet");
    site.close_batch();
    let path = format!("/taxii2/exchange/status/{}/", status["id"].as_str().unwrap());
    let done = site.get(&path, Some("emb")).await.json();
    assert_eq!((done["status"].as_str(), done["success_count"].as_u64()), (Some("complete"), Some(7)));
    assert_eq!(site.get(&path, Some("cert")).await.status, StatusCode::NOT_FOUND);
    let mut own = site.found_in(PUBLIC, Some("emb")).await;
    own.sort();
    assert_eq!(own, ids(&[1, 2, 3, 4, 5, 6, 7]));
    assert_eq!(site.found_in(PUBLIC, Some("cert")).await, ids(&[1, 2, 5]));
    assert_eq!(site.found_in(PUBLIC, Some("outside")).await, ids(&[1]));
    assert_eq!(site.found_in(PUBLIC, None).await, ids(&[1]));
    assert_eq!(site.get(&objects_of(OPEN), None).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(site.get(&objects_of(OPEN), Some("outside")).await.status, StatusCode::NOT_FOUND);
}

/// An object that somebody may not see and one that never was are the same answer, byte for byte.
#[tokio::test]
async fn what_is_forbidden_looks_as_what_is_absent() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let empty = site.get(&objects_of(OPEN), Some("cert")).await;
    site.add(OPEN, "emb", &[malware(4, &[RED]), malware(3, &[AMBER])]).await;
    site.close_batch();
    let after = site.get(&objects_of(OPEN), Some("cert")).await;
    assert_eq!((empty.status, empty.bytes), (after.status, after.bytes));
    for (method, below) in [("GET", ""), ("GET", "versions/"), ("GET", "?match[version]=all"), ("DELETE", "")]
    {
        let ask = |number| format!("{}{}/{below}", objects_of(OPEN), malware_id(number));
        for reader in ["cert", "outside"] {
            let hidden = site.ask(method, &ask(4), Some(reader), None).await;
            let absent = site.ask(method, &ask(999), Some(reader), None).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{method} {below} {reader}");
            assert_eq!((hidden.status, &hidden.bytes), (absent.status, &absent.bytes));
        }
    }
    // Another member's object of the same id and version is taken: to say no would say that there is one.
    let other = site.add(OPEN, "cert", &[malware(4, &[GREEN]).replace("canary-4", "another")]).await.json();
    assert_eq!((other["success_count"].as_u64(), other["failure_count"].as_u64()), (Some(1), Some(0)));
    assert_eq!(site.found_in(OPEN, Some("media")).await, [malware_id(4)]);
    let own = site.add(OPEN, "emb", &[malware(4, &[RED]).replace("canary-4", "changed")]).await.json();
    assert_eq!(own["failure_count"].as_u64(), Some(1), "one's own second content under the same version");
}

/// The public log holds nothing of what is shared, but what is CLEAR; a batch looks the same whether anything is in it.
#[tokio::test]
async fn the_record_says_nothing_of_what_is_narrow() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let size = site.app.engine.log().size().unwrap();
    site.close_batch();
    site.add(OPEN, "emb", &[malware(2, &[GREEN]), malware(3, &[AMBER]), malware(4, &[RED])]).await;
    site.close_batch();
    let entries = site.app.engine.log().entries(size, 10).unwrap();
    let texts: Vec<String> =
        entries.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert_eq!(texts.len(), 3, "an empty batch, what is GREEN, and a batch");
    for text in &texts {
        assert!(!text.contains("canary") && !text.contains("malware") && !text.contains(OPEN), "{text}");
    }
    assert!(!texts[2].contains("emb"), "a batch does not say whose things are in it: {}", texts[2]);
    assert_eq!(texts[0].len(), texts[2].len(), "an empty batch has the form of a full one");
}

#[tokio::test]
async fn rights_of_collections_hold() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let put = site.add(LETTERBOX, "media", &[malware(1, &[GREEN])]).await;
    assert_eq!(put.status, StatusCode::ACCEPTED);
    assert_eq!(site.get(&objects_of(LETTERBOX), Some("media")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.found_in(LETTERBOX, Some("cert")).await, [malware_id(1)]);
    assert_eq!(site.add(OPEN, "viewer.emb", &[malware(2, &[])]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.add(OPEN, "outside", &[malware(2, &[])]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.add(OPEN, "nobody", &[malware(2, &[])]).await.status, StatusCode::UNAUTHORIZED);
    let own = format!("{}{}/", objects_of(LETTERBOX), malware_id(1));
    assert_eq!(site.ask("DELETE", &own, Some("media"), None).await.status, StatusCode::FORBIDDEN);
    let foreign = site.ask("DELETE", &own, Some("cert"), None).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "only who shared it takes it out: {}", foreign.text());
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_for_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    site.add(PUBLIC, "emb", &[malware(1, &[CLEAR]), malware(2, &[GREEN]), malware(3, &[AMBER])]).await;
    site.close_batch();
    for number in [1, 2, 3] {
        let path = format!("{}{}/", objects_of(PUBLIC), malware_id(number));
        assert_eq!(site.ask("DELETE", &path, Some("emb"), None).await.status, StatusCode::OK);
        assert_eq!(site.get(&path, Some("emb")).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.found_in(PUBLIC, None).await, Vec::<String>::new());
}

#[tokio::test]
async fn two_custodians_open_a_pseudonym_and_the_record_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let (engine, exchange) = (&site.app.engine, Exchange::of(&site.app));
    let object = [malware(1, &[GREEN])];
    share_under_pseudonym(&exchange, &manager("emb"), "exchange", OPEN, "Grey Owl", &object).unwrap();
    let taken = share_under_pseudonym(&exchange, &manager("cert"), "exchange", OPEN, "Grey Owl", &object);
    site.close_batch();
    assert!(taken.is_ok(), "before the batch nobody knows of it");
    let late = share_under_pseudonym(
        &exchange,
        &manager("media"),
        "exchange",
        OPEN,
        "Grey Owl",
        &[malware(2, &[GREEN])],
    );
    assert_eq!(code(late.unwrap_err()), "SCR-THR-023");
    assert!(!site.get(&objects_of(OPEN), Some("media")).await.text().contains("emb"));
    let why = "The newsroom doubts that a member has seen this.";
    let ask = |who: &str, name: &str| escrow::ask(engine, &manager(who), "exchange", name, why);
    assert_eq!(code(ask("emb", "Grey Owl").unwrap_err()), "SCR-THR-020");
    assert_eq!(code(ask("cert", "White Owl").unwrap_err()), "SCR-THR-021");
    ask("cert", "Grey Owl").unwrap();
    assert_eq!(code(escrow::open(engine, &manager("cert"), "exchange", 1).unwrap_err()), "SCR-THR-022");
    let requests =
        |who: &str| engine.read(|views| escrow::requests(views, "exchange", Some(&org(who)))).unwrap();
    assert!(requests("cert")[0].owners.is_empty(), "one alone does not see it");
    escrow::open(engine, &manager("media"), "exchange", 1).unwrap();
    assert_eq!(code(escrow::open(engine, &manager("media"), "exchange", 1).unwrap_err()), "SCR-THR-008");
    assert_eq!(
        requests("media")[0].owners,
        ["cert", "emb"],
        "both that chose the same name in the same minute"
    );
    assert_eq!((requests("emb")[0].owners.len(), requests("emb")[0].pseudonym.clone()), (0, None));
    assert_eq!(requests("emb")[0].reason, why, "everybody sees that it happened and why");
}

#[tokio::test]
async fn an_object_becomes_public_on_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let exchange = Exchange::of(&site.app);
    site.add(PUBLIC, "emb", &[malware(1, &[AMBER])]).await;
    site.close_batch();
    let key = ObjectKey { id: malware_id(1), version: 1_767_225_600_000_000 };
    let now = site.app.clock.now();
    let past = schedule_publication(&exchange, &manager("emb"), PUBLIC, key.clone(), Some(now - 1));
    assert_eq!(code(past.unwrap_err()), "SCR-THR-024");
    let day = scr_engine::testing::NOW + 10 * 24 * 3600;
    schedule_publication(&exchange, &manager("emb"), PUBLIC, key, Some(day)).unwrap();
    site.close_batch();
    site.wait_days(9);
    assert_eq!(site.found_in(PUBLIC, None).await, Vec::<String>::new());
    site.wait_days(2);
    let public = site.get(&objects_of(PUBLIC), None).await;
    assert_eq!(public.ids(), [malware_id(1)]);
    let object = &public.json()["objects"][0];
    assert_eq!(object["object_marking_refs"][0], format!("marking-definition--{CLEAR}").as_str());
    assert_eq!(object["modified"], "2026-12-05T10:00:00.000Z");
    site.wait_days(1);
    let all = site.get(&format!("{}?match[version]=all", objects_of(PUBLIC)), Some("emb")).await;
    assert_eq!(all.ids().len(), 2, "once, as a further version");
}

#[tokio::test]
async fn roles_that_decide_nothing_are_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let engine = &site.app.engine;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Manager) {
        let refused =
            scr_desk_threats::acts::step(engine, &acting("emb", role), "exchange", &scr_threats::Step::Leave);
        assert_eq!(code(refused.unwrap_err()), "SCR-THR-010", "{role:?}");
    }
    let nowhere = scr_desk_threats::acts::step(engine, &manager("emb"), "nowhere", &scr_threats::Step::Leave);
    assert_eq!(code(nowhere.unwrap_err()), "SCR-THR-002");
}

/// What the record says, again and from the beginning, is the same.
#[tokio::test]
async fn views_made_anew_are_the_views() {
    let folder = tempfile::tempdir().unwrap();
    {
        let site = Site::open(folder.path());
        let objects: Vec<String> = [(1, CLEAR), (2, GREEN), (3, AMBER), (4, RED)]
            .iter()
            .map(|(n, label)| malware(*n, &[label]))
            .collect();
        site.add(PUBLIC, "emb", &objects).await;
        site.add(OPEN, "cert", &objects).await;
        site.close_batch();
        let path = format!("{}{}/", objects_of(PUBLIC), malware_id(2));
        site.ask("DELETE", &path, Some("emb"), None).await;
    }
    let test = TestEngine::new(folder.path(), ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
    let [before, after] = test.incremental_and_rebuilt(ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
    assert_eq!(before, after);
    assert!(before.contains_key("threats_public"));
}

#[tokio::test]
async fn what_cannot_be_done_has_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let engine = &site.app.engine;
    let founding = |name: &str| scr_threats::Founding {
        name: name.to_owned(),
        rules: scr_threats::Rules { text: "x".into(), unmarked: scr_core::Tlp::Green, more_than_percent: 50 },
        founders: ["emb", "cert"].map(|id| (org(id), scr_threats::Sector::Other)).into(),
        collections: Vec::new(),
    };
    let found = |place: &str, name: &str| {
        code(scr_desk_threats::acts::found(engine, &manager("emb"), place, &founding(name)).unwrap_err())
    };
    assert_eq!(found("Not A Code", "Another"), "SCR-THR-003");
    assert_eq!(found("another", " "), "SCR-THR-003");
    assert_eq!(found("exchange", "Another"), "SCR-THR-004");
    let exchange = Exchange::of(&site.app);
    let share = |who: &str, collection: &str, object: String| {
        let new = Share { community: "exchange", collection, audience: None, objects: &[object] };
        exchange.share(&manager(who), &new)
    };
    assert_eq!(code(share("emb", "nowhere", malware(1, &[])).unwrap_err()), "SCR-THR-012");
    assert_eq!(code(share("emb", OPEN, "{}".into()).unwrap_err()), "SCR-THR-019");
    share("emb", OPEN, malware(1, &[])).unwrap();
    let other = malware(1, &[]).replace("canary-1", "changed");
    assert_eq!(code(share("emb", OPEN, other).unwrap_err()), "SCR-THR-019");
    for number in 0..50_u32 {
        let rules = scr_threats::Rules {
            text: format!("Rules {number}"),
            unmarked: scr_core::Tlp::Amber,
            more_than_percent: 50,
        };
        let step = scr_threats::Step::Propose(scr_threats::Change::Rules(rules));
        scr_desk_threats::acts::step(engine, &manager("emb"), "exchange", &step).unwrap();
    }
    let rules =
        scr_threats::Rules { text: "One more".into(), unmarked: scr_core::Tlp::Red, more_than_percent: 60 };
    let step = scr_threats::Step::Propose(scr_threats::Change::Rules(rules));
    let refused = scr_desk_threats::acts::step(engine, &manager("emb"), "exchange", &step);
    assert_eq!(code(refused.unwrap_err()), "SCR-THR-018");
    let watched = exchange.watch(&manager("emb"), &["vote.example".to_owned(), "300.1.2.3".to_owned()]);
    assert_eq!(code(watched.unwrap_err()), "SCR-THR-041");
    let watched = exchange.watch(&acting("emb", Role::Viewer), &["vote.example".to_owned()]);
    assert_eq!(code(watched.unwrap_err()), "SCR-THR-010");
}

/// A batch that is closed before the status of its request is written leaves nothing pending for ever.
#[tokio::test]
async fn a_status_that_comes_after_its_batch_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::open(folder.path());
    let id = "5f0c3b52-0000-4000-8000-000000000001";
    let content = format!(
        r#"{{"id":"{id}","status":"pending","request_timestamp":"2026-11-24T10:00:00.000000Z","total_count":1,"success_count":0,"failure_count":0,"pending_count":1,"pendings":[{{"id":"{}","version":"2026-01-01T00:00:00.000Z"}}]}}"#,
        malware_id(1)
    );
    let insert = scr_store::sql!(
        "INSERT INTO threats_status (id, org, community, at, state, content) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        "emb",
        "exchange",
        scr_engine::testing::NOW,
        "pending",
        content,
    );
    site.app.store().unwrap().execute(&insert).unwrap();
    let status = site.get(&format!("/taxii2/exchange/status/{id}/"), Some("emb")).await.json();
    assert_eq!((status["status"].as_str(), status["success_count"].as_u64()), (Some("complete"), Some(1)));
    assert!(status.get("pendings").is_none());
}
