//! Entry by hand, used as clerks and supervisors use it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use proptest::prelude::*;
use scr_core::{Actor, ElectionId, OrgId, PersonId, Role};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{NewContest, NewElection, create_election, define_contest};
use scr_desk_results::entry::{NewEntry, SheetKey, Station, open_entry, publish_signed, take_steps};
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, Engine};
use scr_i18n::{Sources, check_texts};
use scr_results::Contestant;
use scr_results::sheet::{Numbers, Sheet, SheetStep};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

/// `clerk-ann`: role and person; `clerk-ann@North`: limited to a place; `clerk-eve!other`: another
/// organisation.
fn actor(who: &str) -> Actor {
    let (who, org) = who.split_once('!').unwrap_or((who, "emb"));
    let (name, place) = who.split_once('@').map_or((who, None), |(name, place)| (name, Some(place)));
    let role = Role::parse(name.split('-').next().unwrap()).unwrap();
    Actor {
        person: PersonId::new(name).unwrap(),
        org: OrgId::new(org).unwrap(),
        role,
        place: place.map(str::to_owned),
    }
}

struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = actor(token);
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
    }
}

fn stations() -> Vec<Station> {
    let station = |unit: &str, region: &str, registered: u64| Station {
        unit: unit.to_owned(),
        name: format!("School {unit}"),
        parents: vec![region.to_owned()],
        registered: Some(registered),
    };
    vec![station("0101", "North", 100), station("0102", "North", 200), station("0201", "South", 300)]
}

/// An election with one contest that is open for entry; gives the entry.
fn prepare(engine: &Engine) -> u64 {
    let manager = actor("manager-mia");
    let election = ElectionId::new("e-2026").unwrap();
    let new = NewElection {
        id: election.clone(),
        title: "Election".into(),
        day: "2026-11-24".into(),
        zone: "UTC".into(),
    };
    create_election(engine, &manager, &new).unwrap();
    let contestant = |id: &str| Contestant { id: id.into(), name: id.to_uppercase(), group: None };
    let contest = NewContest {
        election,
        id: "president".into(),
        title: "President".into(),
        votes_per_ballot: 1,
        contestants: vec![contestant("ann"), contestant("bob")],
    };
    define_contest(engine, &manager, &contest).unwrap();
    open_entry(engine, &manager, &entry(), &stations()).unwrap().last().unwrap().index
}

fn entry() -> NewEntry {
    NewEntry {
        election: ElectionId::new("e-2026").unwrap(),
        contest: "president".into(),
        source: "entry".into(),
        source_name: "Typed by hand".into(),
        fields: vec!["registered".into(), "votes_valid".into()],
        pack: Some("generic".into()),
    }
}

const COLUMNS: [&str; 4] = ["f-registered", "f-votes_valid", "c-ann", "c-bob"];

fn numbers(values: [u64; 4]) -> Numbers {
    COLUMNS.iter().zip(values).map(|(column, value)| ((*column).to_owned(), Some(value))).collect()
}

const FINE: [u64; 4] = [100, 50, 30, 20];

struct Site {
    app: Arc<App>,
    entry: u64,
    _folder: tempfile::TempDir,
}

fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let entry = prepare(&engine);
    let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&ResultsDesk]).unwrap();
    Site { app, entry, _folder: folder }
}

struct Answer {
    status: StatusCode,
    to: String,
    body: String,
}

impl Site {
    async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ResultsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        assert!(!body.contains("[entry-") && !body.contains("style=\""), "{body}");
        Answer { status: parts.status, to, body }
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
        let mut form = vec![("csrf", token)];
        form.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    fn sheet(&self, station: u64) -> String {
        format!("/desk/entry/{}/sheets/{station}", self.entry)
    }

    async fn types(&self, who: &str, station: u64, values: [&str; 4], more: &[(&str, &str)]) -> Answer {
        let mut fields: Vec<(&str, &str)> = COLUMNS.into_iter().zip(values).collect();
        fields.extend(more);
        self.post(who, &format!("{}/type", self.sheet(station)), &fields).await
    }

    fn take(&self, who: &str, station: u64, step: SheetStep) -> Result<(), String> {
        take(&self.app.engine, who, SheetKey { entry: self.entry, station }, step)
    }

    fn state(&self, station: u64) -> String {
        let sql = "SELECT state FROM entry_sheet WHERE pos = ?1";
        self.app.engine.read(|views| views.query_row(sql, [station.cast_signed()], |row| row.get(0))).unwrap()
    }

    fn size(&self) -> u64 {
        self.app.engine.progress().0
    }

    /// The `over` of the sign page.
    async fn over(&self, who: &str, station: u64) -> String {
        let page = self.get(who, &format!("{}/sign", self.sheet(station))).await;
        let rest = page.body.split("name=\"over\" value=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().replace("&#43;", "+").replace("&#x2b;", "+")
    }
}

fn take(engine: &Engine, who: &str, key: SheetKey, step: SheetStep) -> Result<(), String> {
    match take_steps(engine, &actor(who), key, &[step], None) {
        Ok(_) => Ok(()),
        Err(ActError::Refused(refusal)) => Err(refusal.code),
        Err(ActError::Fault(fault)) => Err(fault.to_string()),
    }
}

#[test]
fn every_text_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: ResultsDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    let ours: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    let ours: Vec<&String> = ours.iter().filter(|text| text.contains("\"entry-")).collect();
    assert_eq!(ours, Vec::<&String>::new());
}

#[tokio::test]
async fn the_whole_way_of_a_sheet_that_differs_and_warns() {
    let site = site();
    // Two digits swapped in the second entry; the paper itself does not add up by one.
    let first = site.types("clerk-ann", 0, ["100", "51", "30", "20"], &[]).await;
    assert_eq!(first.status, StatusCode::OK, "the warning is shown before anything is recorded");
    assert!(first.body.contains("51 against 50") || first.body.contains("50"), "{}", first.body);
    assert_eq!(site.state(0), "empty");
    let looked = [("asked", "yes"), ("looked", "yes")];
    let first = site.types("clerk-ann", 0, ["100", "51", "30", "20"], &looked).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let done = site.get("clerk-ann", &first.to).await;
    assert!(done.body.contains("class=\"entered\"><bdi>50</bdi>"), "the sum is shown: {}", done.body);
    let second = site.types("clerk-bob", 0, ["100", "51", "30", "02"], &looked).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
    assert_eq!(site.state(0), "differs");

    let differences = format!("{}/differences", site.sheet(0));
    let page = site.get("supervisor-sue", &differences).await;
    assert!(
        page.body.contains("1 of 4") || page.body.contains("<bdi>1</bdi> of <bdi>4</bdi>"),
        "{}",
        page.body
    );
    let picked = site.post("supervisor-sue", &differences, &[("pick-c-bob", "first")]).await;
    assert_eq!(picked.status, StatusCode::SEE_OTHER, "{}", picked.body);
    assert_eq!(site.state(0), "warned");

    let warnings = format!("{}/warnings", site.sheet(0));
    let page = site.get("clerk-ann", &warnings).await;
    assert!(page.body.contains("generic/valid-contestants"), "{}", page.body);
    let id = "generic/valid-contestants";
    let seen = format!("seen-{id}");
    for wrong in [&[][..], &[(id, "as on the paper")], &[(id, ""), (&seen, "yes")]] {
        let answer = site.post("clerk-ann", &warnings, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let personal = [(id, "ask ann@example.org"), (&*seen, "yes")];
    let answer = site.post("clerk-ann", &warnings, &personal).await;
    assert!(answer.body.contains("cannot be published"), "SCR-RES-314: {}", answer.body);
    let words = [(id, "One ballot paper without a mark, says the commission"), (&*seen, "yes")];
    let explained = site.post("clerk-ann", &warnings, &words).await;
    assert_eq!(explained.status, StatusCode::SEE_OTHER, "{}", explained.body);
    assert_eq!(site.state(0), "ready");

    // Sue decided a line, so another supervisor signs.
    let over = site.over("supervisor-sam", 0).await;
    let sign = format!("{}/sign", site.sheet(0));
    let answer = site.post("supervisor-sam", &sign, &[("over", &over)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "not without having looked");
    let done = site.post("supervisor-sam", &sign, &[("over", &over), ("looked", "yes")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = site.get("viewer-vera", &site.sheet(0)).await;
    assert!(page.body.contains("One ballot paper without a mark"), "{}", page.body);
    assert!(page.body.contains("<bdi>4</bdi> different people"), "{}", page.body);
    let print = site.get("viewer-vera", &format!("{}/print", site.sheet(0))).await;
    assert!(print.body.contains("<bdi>51</bdi>"), "{}", print.body);

    let form = site.get("manager-mia", &format!("/desk/entry/{}/publish", site.entry)).await;
    assert!(form.body.contains("One sheet was signed"), "{}", form.body);
    let done = site.post("manager-mia", &format!("/desk/entry/{}/publish", site.entry), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let public = site.get("viewer-vera", "/elections/e-2026/contests/president").await;
    assert!(public.body.contains("<bdi>1</bdi> of <bdi>3</bdi>"), "{}", public.body);
}

#[tokio::test]
async fn who_types_second_meets_nothing_of_the_first_entry() {
    let site = site();
    site.take("clerk-ann", 0, SheetStep::Enter(numbers([7_777, 5_555, 3_333, 2_222]))).unwrap();
    for path in ["", "/type", "/print", "/done", "/differences", "/warnings"] {
        for who in ["clerk-bob", "supervisor-sue", "manager-mia"] {
            let page = site.get(who, &format!("{}{path}", site.sheet(0))).await;
            for number in ["7,777", "7777", "5,555", "5555", "3,333", "3333", "2,222", "2222", "clerk-ann"] {
                assert!(!page.body.contains(number), "{who} {path} {number}");
            }
        }
    }
    let sql = "SELECT group_concat(public) FROM engine_event";
    let all: String = site.app.engine.read(|views| views.query_row(sql, [], |row| row.get(0))).unwrap();
    assert!(all.contains("entered-once"), "{all}");
    for private in ["clerk-ann", "7777", "5555", "3333", "2222"] {
        assert!(!all.contains(private), "{private}: {all}");
    }
}

#[tokio::test]
async fn a_number_that_neither_typed_is_typed_by_two_who_do_not_see_each_other() {
    let site = site();
    site.take("clerk-ann", 0, SheetStep::Enter(numbers([100, 50, 30, 21]))).unwrap();
    site.take("clerk-bob", 0, SheetStep::Enter(numbers([100, 50, 30, 22]))).unwrap();
    let path = format!("{}/differences", site.sheet(0));
    let own = site.get("clerk-bob", &path).await;
    assert!(!own.body.contains("<bdi>21</bdi>"), "who typed one does not choose: {}", own.body);
    let anew = [("pick-c-bob", "neither"), ("c-bob", "20")];
    assert_eq!(site.post("supervisor-sue", &path, &anew).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.state(0), "differs");
    let page = site.get("clerk-cyd", &path).await;
    assert!(page.body.contains("name=\"c-bob\"") && !page.body.contains("<bdi>20</bdi>"), "{}", page.body);
    let again = site.post("supervisor-sue", &path, &[("c-bob", "20")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "not twice by one");
    assert_eq!(site.post("clerk-cyd", &path, &[("c-bob", "20")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.state(0), "ready");
}

#[tokio::test]
async fn two_second_entries_at_once_are_one_entry_and_one_clear_conflict() {
    let site = site();
    for station in 0..3 {
        site.take("clerk-ann", station, SheetStep::Enter(numbers(FINE))).unwrap();
        let before = site.size();
        let engine = &site.app.engine;
        let key = SheetKey { entry: site.entry, station };
        let results: Vec<Result<(), String>> = std::thread::scope(|scope| {
            let second = |who: &'static str| {
                scope.spawn(move || take(engine, who, key, SheetStep::Enter(numbers(FINE))))
            };
            let all = ["clerk-bob", "clerk-cyd", "clerk-dan"].map(second);
            all.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        let refused = results.iter().filter(|result| **result == Err("SCR-RES-301".to_owned())).count();
        assert_eq!((refused, site.size()), (2, before + 1), "{results:?}");
    }
    // What the slower one typed is still on the page that says so.
    let late = site.types("clerk-eli", 0, ["100", "50", "31", "19"], &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("value=\"31\"") && late.body.contains("error-summary"), "{}", late.body);
    // The same form sent twice is one entry.
    let twice = site.types("clerk-ann", 0, ["100", "50", "30", "20"], &[]).await;
    assert_eq!((twice.status, twice.to), (StatusCode::SEE_OTHER, format!("{}/done", site.sheet(0))));
}

#[tokio::test]
async fn the_queue_gives_two_clerks_two_sheets_and_half_typed_ones_first() {
    let site = site();
    let next = format!("/desk/entry/{}/next", site.entry);
    let asks = |who: &'static str| site.post(who, &next, &[("task", "type")]);
    assert_eq!(asks("clerk-ann").await.to, format!("{}/type", site.sheet(0)));
    assert_eq!(asks("clerk-bob").await.to, format!("{}/type", site.sheet(1)));
    site.types("clerk-ann", 0, ["100", "50", "30", "20"], &[]).await;
    assert_eq!(asks("clerk-cyd").await.to, format!("{}/type", site.sheet(0)), "one entry is missing");
    assert_eq!(asks("clerk-ann").await.to, format!("{}/type", site.sheet(2)));
    let held = site.get("clerk-dan", &format!("{}/type", site.sheet(1))).await;
    assert!(held.body.contains("A colleague has this sheet open"), "{}", held.body);
    assert!(asks("clerk-dan").await.to.ends_with("?nothing=yes"));
    let home = site.get("clerk-dan", "/desk/entry?nothing=yes").await;
    assert!(home.body.contains("Nothing is left of this for you"), "{}", home.body);
    let found = site.get("clerk-dan", &format!("/desk/entry/{}/find?q=0201", site.entry)).await;
    assert_eq!(found.to, site.sheet(2));
}

#[tokio::test]
async fn a_role_for_a_place_sees_and_types_that_place_only() {
    let site = site();
    let who = "clerk-sol@South";
    let next = site.post(who, &format!("/desk/entry/{}/next", site.entry), &[("task", "type")]).await;
    assert_eq!(next.to, format!("{}/type", site.sheet(2)));
    let list = site.get(who, &format!("/desk/entry/{}/sheets", site.entry)).await;
    assert!(list.body.contains("0201") && !list.body.contains("0101"), "{}", list.body);
    let answer = site.types(who, 0, ["100", "50", "30", "20"], &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(site.take(who, 0, SheetStep::Enter(numbers(FINE))), Err("SCR-ACC-003".to_owned()));
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    let site = site();
    let enter = || SheetStep::Enter(numbers(FINE));
    let refused = |who: &str, station: u64, step: SheetStep| site.take(who, station, step).unwrap_err();
    assert_eq!(refused("supervisor-sue", 0, SheetStep::Sign), "SCR-RES-301");
    assert_eq!(refused("clerk-ann", 0, SheetStep::Enter(Numbers::new())), "SCR-RES-303");
    assert_eq!(refused("viewer-vera", 0, enter()), "SCR-RES-001");
    assert_eq!(refused("clerk-ann", 9, enter()), "SCR-RES-310");
    assert_eq!(refused("clerk-eve!other", 0, enter()), "SCR-RES-315");
    let mut large = numbers(FINE);
    large.insert("c-ann".into(), Some(u64::from(u32::MAX)));
    assert_eq!(refused("clerk-ann", 0, SheetStep::Enter(large)), "SCR-RES-313");
    site.take("clerk-ann", 0, enter()).unwrap();
    assert_eq!(refused("clerk-ann", 0, enter()), "SCR-RES-302");
    site.take("clerk-bob", 0, SheetStep::Enter(numbers([100, 51, 30, 20]))).unwrap();
    let resolve = |value| SheetStep::Resolve { column: "f-votes_valid".into(), value: Some(value) };
    assert_eq!(refused("supervisor-sue", 0, resolve(9)), "SCR-RES-304");
    assert_eq!(refused("clerk-bob", 0, resolve(51)), "SCR-RES-302");
    site.take("supervisor-sue", 0, resolve(51)).unwrap();
    let explain = |id: &str| SheetStep::Explain(BTreeMap::from([(id.to_owned(), "so it is".to_owned())]));
    assert_eq!(refused("clerk-ann", 0, explain("nothing")), "SCR-RES-305");
    site.take("clerk-ann", 0, explain("generic/valid-contestants")).unwrap();
    assert_eq!(refused("supervisor-sue", 0, SheetStep::Sign), "SCR-RES-302");
    site.take("supervisor-sam", 0, SheetStep::Sign).unwrap();
    let correct = |reason: &str| SheetStep::Correct { numbers: numbers(FINE), reason: reason.into() };
    assert_eq!(refused("supervisor-sam", 0, correct(" ")), "SCR-RES-306");
    assert_eq!(refused("supervisor-sam", 0, correct("call +48 123 456 789")), "SCR-RES-314");

    let engine = &site.app.engine;
    let code = |result: Result<Vec<scr_engine::Receipt>, ActError>| match result {
        Err(ActError::Refused(refusal)) => refusal.code,
        other => format!("{other:?}"),
    };
    let manager = actor("manager-mia");
    assert_eq!(code(open_entry(engine, &manager, &entry(), &stations())), "SCR-RES-311");
    let other = NewEntry { source: "recount".into(), ..entry() };
    assert_eq!(code(open_entry(engine, &manager, &other, &[])), "SCR-RES-312");
    let twice = [stations(), stations()].concat();
    assert_eq!(code(open_entry(engine, &manager, &other, &twice)), "SCR-RES-312");
    publish_signed(engine, &manager, site.entry, "").unwrap();
    assert_eq!(code(publish_signed(engine, &manager, site.entry, "again")), "SCR-RES-316");
    // A signer who looked at other numbers does not sign these.
    site.take("supervisor-sam", 0, correct("recount")).unwrap();
    let stale = scr_canon::sha256(b"other numbers");
    let signed = take_steps(
        engine,
        &actor("supervisor-sue"),
        SheetKey { entry: site.entry, station: 0 },
        &[SheetStep::Sign],
        Some(&stale),
    );
    assert_eq!(code(signed), "SCR-RES-301");
}

#[tokio::test]
async fn a_sheet_of_another_station_is_given_back_and_a_correction_is_signed_anew() {
    let site = site();
    site.take("clerk-ann", 0, SheetStep::Enter(numbers(FINE))).unwrap();
    site.take("clerk-bob", 0, SheetStep::Enter(numbers(FINE))).unwrap();
    let back = format!("{}/give-back", site.sheet(0));
    assert_eq!(site.post("supervisor-sue", &back, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = site.post("supervisor-sue", &back, &[("reason", "Sheet of station 0102")]).await;
    assert_eq!((done.status, site.state(0).as_str()), (StatusCode::SEE_OTHER, "empty"));
    for who in ["clerk-ann", "clerk-bob"] {
        site.take(who, 0, SheetStep::Enter(numbers(FINE))).unwrap();
    }
    site.take("supervisor-sue", 0, SheetStep::Sign).unwrap();
    let path = format!("{}/correct", site.sheet(0));
    let fields: Vec<(&str, &str)> = COLUMNS.into_iter().zip(["100", "52", "32", "20"]).collect();
    let page = site.get("supervisor-sue", &path).await;
    assert!(page.body.contains("name=\"c-ann\"") && page.body.contains("value=\"30\""), "{}", page.body);
    assert_eq!(site.post("supervisor-sue", &path, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reasoned = [&fields[..], &[("reason", "Recount of 25 November")]].concat();
    let done = site.post("supervisor-sue", &path, &reasoned).await;
    assert_eq!((done.status, site.state(0).as_str()), (StatusCode::SEE_OTHER, "ready"), "{}", done.body);
    assert_eq!(site.take("supervisor-sue", 0, SheetStep::Sign), Err("SCR-RES-302".to_owned()));
    let page = site.get("viewer-vera", &site.sheet(0)).await;
    assert!(
        page.body.contains("<bdi>30</bdi>") && page.body.contains("Recount of 25 November"),
        "{}",
        page.body
    );
    site.take("supervisor-sam", 0, SheetStep::Sign).unwrap();
    let page = site.get("viewer-vera", &site.sheet(0)).await;
    assert!(page.body.contains("<bdi>32</bdi>"), "{}", page.body);
}

#[tokio::test]
async fn progress_and_wall_show_everybody_how_far_it_is() {
    let site = site();
    for who in ["clerk-ann", "clerk-bob"] {
        site.take(who, 2, SheetStep::Enter(numbers([300, 50, 30, 20]))).unwrap();
    }
    site.take("supervisor-sue", 2, SheetStep::Sign).unwrap();
    let page = site.get("viewer-vera", &format!("/desk/entry/{}", site.entry)).await;
    assert!(page.body.contains("<bdi>1</bdi> of <bdi>3</bdi> sheets"), "{}", page.body);
    let (north, south) = (page.body.find(">North<").unwrap(), page.body.find(">South<").unwrap());
    assert!(north < south, "the region that lags stands first");
    let wall = site.get("viewer-vera", "/elections/e-2026/wall").await;
    assert_eq!(wall.status, StatusCode::OK);
    assert!(wall.body.contains("http-equiv=\"refresh\"") && !wall.body.contains("<form"), "{}", wall.body);
    assert!(
        wall.body.contains("North") && wall.body.contains("class=\"wall-big\"><bdi>1</bdi>"),
        "{}",
        wall.body
    );
    let list = site.get("viewer-vera", &format!("/desk/entry/{}/sheets?state=signed", site.entry)).await;
    assert!(list.body.contains("0201") && !list.body.contains("0101"), "{}", list.body);
}

#[tokio::test]
async fn an_empty_line_is_asked_for_and_a_paper_without_a_number_is_taken() {
    let site = site();
    let answer = site.types("clerk-ann", 1, ["200", "50", "30", ""], &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("name=\"none-c-bob\"") && answer.body.contains("value=\"30\""),
        "{}",
        answer.body
    );
    let none = [("none-c-bob", "yes"), ("asked", "yes"), ("looked", "yes")];
    let answer = site.types("clerk-ann", 1, ["٢٠٠", "30", "30", ""], &none).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// A step somebody tries, sensible or not.
fn steps() -> impl Strategy<Value = (usize, u64, SheetStep)> {
    let column = (0..4usize).prop_map(|at| COLUMNS[at].to_owned());
    let other = column.clone();
    let values = prop_oneof![Just(FINE), Just([100, 51, 30, 20]), Just([100, 50, 31, 20])];
    let corrected = values.clone();
    let step = prop_oneof![
        4 => values.prop_map(|values| SheetStep::Enter(numbers(values))),
        2 => (column, 29..52u64).prop_map(|(column, value)| SheetStep::Resolve { column, value: Some(value) }),
        1 => (other, 49..52u64).prop_map(|(column, value)| SheetStep::Retype { column, value: Some(value) }),
        2 => Just(SheetStep::Explain(BTreeMap::from([("generic/valid-contestants".into(), "so".into())]))),
        1 => Just(SheetStep::GiveBack { reason: "another station".into() }),
        2 => Just(SheetStep::Sign),
        1 => corrected.prop_map(|values| SheetStep::Correct { numbers: numbers(values), reason: "recount".into() }),
    ];
    (0..PEOPLE.len(), 0..2u64, step)
}

const PEOPLE: [&str; 6] =
    ["clerk-ann", "clerk-bob", "clerk-cyd", "supervisor-sue", "supervisor-sam", "supervisor-sid"];

/// The warning of these sheets, worked out without the program's checks: 100 voters are registered at
/// the first station and 200 at the second, and two contestants must come to the valid votes.
fn warnings(station: u64, numbers: &Numbers) -> BTreeSet<String> {
    let of = |column: &str| numbers[column].unwrap_or(0);
    let mut all = BTreeSet::new();
    if of("c-ann") + of("c-bob") != of("f-votes_valid") {
        all.insert("generic/valid-contestants".to_owned());
    }
    if of("f-registered") != 100 * (station + 1) {
        all.insert("registered-differs".to_owned());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn the_view_is_what_the_state_machine_says_and_rebuilt_it_is_the_same(
        walk in proptest::collection::vec(steps(), 1..60),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let test = TestEngine::new(folder.path(), ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
        let entry = prepare(&test.engine);
        let blank = || Sheet::new(COLUMNS.map(str::to_owned));
        let mut sheets = [blank(), blank()];
        for (who, station, step) in walk {
            let who = actor(PEOPLE[who]);
            let key = SheetKey { entry, station };
            let done = take_steps(&test.engine, &who, key, std::slice::from_ref(&step), None);
            let sheet = &mut sheets[usize::try_from(station).unwrap()];
            let model = sheet.step(&who.person, &step, &|numbers| warnings(station, numbers));
            match (done, model) {
                (Ok(_), Ok(next)) => *sheet = next,
                (Err(ActError::Refused(refusal)), _) if refusal.code == "SCR-RES-001" => {}
                (Err(ActError::Refused(refusal)), Err(model)) => prop_assert_eq!(refusal.code, model.code),
                (done, model) => prop_assert!(false, "{:?} against {:?}", done, model),
            }
        }
        for (station, sheet) in (0i64..).zip(&sheets) {
            let (state, work): (String, Option<String>) = test.engine.read(|views| views.query_row(
                "SELECT state, (SELECT sheet FROM entry_work w WHERE w.entry = s.entry AND w.pos = s.pos)
                 FROM entry_sheet s WHERE s.pos = ?1", [station], |row| Ok((row.get(0)?, row.get(1)?)))).unwrap();
            prop_assert_eq!(&state, sheet.state().as_str());
            if let Some(work) = work {
                prop_assert_eq!(&serde_json::from_str::<Sheet>(&work).unwrap(), sheet);
            }
        }
        let counted: i64 = test.engine.read(|views| views.query_row(
            "SELECT count(*) FROM (SELECT state, sum(sheets) FROM entry_count GROUP BY state HAVING sum(sheets) > 0
             EXCEPT SELECT state, count(*) FROM entry_sheet GROUP BY state)", [], |row| row.get(0))).unwrap();
        prop_assert_eq!(counted, 0, "the kept counts are the counts");
        let [incremental, rebuilt] = test.incremental_and_rebuilt(ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
        prop_assert_eq!(incremental, rebuilt);
    }
}
