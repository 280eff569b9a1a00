//! The JSON interface, asked as a program asks.

use crate::{Answer, Site, wrong};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_desk_results::ResultsDesk;
use scr_verify::{Trust, verify_number};
use scr_web::Desk;
use serde_json::{Value, json};

const CONTEST: &str = "/api/v1/elections/president-2026/contests/president";

impl Site {
    async fn command(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.command_text(who, path, body.to_string()).await
    }

    async fn command_text(&self, who: &str, path: &str, body: String) -> Answer {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {who}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn value(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.json()
    }
}

/// A problem document with this status and code.
fn is(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{}", answer.body);
    let problem = answer.json();
    assert_eq!(wrong("api", Some("Problem"), &problem), None, "{problem}");
    assert_eq!((answer.status.as_u16(), problem["code"].as_str()), (status, Some(code)), "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|text| !text.starts_with('[')), "{problem}");
}

#[tokio::test]
async fn everything_that_the_pages_show_can_be_read() {
    let site = Site::new();
    site.story();
    let elections = site.value("/api/v1/elections").await;
    assert_eq!(elections["elections"][0]["zone"], "Europe/Warsaw");
    assert_eq!(site.value("/api/v1/elections/president-2026").await["day"], "2026-11-22");
    assert_eq!(
        site.value("/api/v1/elections/president-2026/contests").await["contests"][0]["contest"],
        "president"
    );
    assert_eq!(site.value(CONTEST).await["contestants"][0]["group"], "Fern");
    let tables = site.value(&format!("{CONTEST}/tables")).await;
    assert_eq!((tables["tables"].as_array().unwrap().len(), &tables["tables"][0]["version"]), (2, &json!(2)));
    assert_eq!(tables["tables"][0]["totals"]["votes"][0]["votes"], 175);
    let publications = site.value(&format!("{CONTEST}/publications")).await;
    assert_eq!(publications["publications"][0]["table_entry"], tables["tables"][0]["entry"]);
    let entry = tables["tables"][0]["entry"].as_u64().unwrap();
    assert_eq!(site.value(&format!("/api/v1/tables/{entry}")).await, tables["tables"][0]);
    assert_eq!(site.value(&format!("/api/v1/tables/{entry}/checks")).await["count"], 0);
    let recorded = site.value(&format!("/api/v1/entries/{entry}")).await;
    assert_eq!(recorded["entry"]["pub"]["rows_root"], tables["tables"][0]["rows_root"]);
    assert!(recorded["proof"].as_str().unwrap().starts_with("c2sp.org/tlog-proof@v1"));
    assert!(site.unchanged(&format!("{CONTEST}/tables")).await);
    for operation in ResultsDesk.operations().iter().filter(|operation| operation.method == "get") {
        let path = operation
            .path
            .replace("{election}", "president-2026")
            .replace("{contest}", "president")
            .replace("{entry}", &entry.to_string())
            .replace("{index}", &entry.to_string())
            .replace("{position}", "1");
        let answer = site.value(&path).await;
        assert_eq!(wrong("api", Some(operation.answer), &answer), None, "{path}: {answer}");
    }
}

#[tokio::test]
async fn rows_are_read_in_pages_that_join_without_gap() {
    let site = Site::new();
    site.story();
    let entry = site.value(&format!("{CONTEST}/tables")).await["tables"][0]["entry"].to_string();
    let (mut units, mut after) = (Vec::new(), String::new());
    loop {
        let page = site.value(&format!("/api/v1/tables/{entry}/rows?limit=2{after}")).await;
        units.extend(page["rows"].as_array().unwrap().iter().map(|row| row["unit"].clone()));
        let Some(next) = page["next"].as_u64() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(units, [json!("01"), json!("02"), json!("03/a")]);
    let found = site.value(&format!("/api/v1/tables/{entry}/rows?unit=03%2FA")).await;
    assert_eq!(
        (found["rows"][0]["position"].as_u64(), found["rows"].as_array().unwrap().len()),
        (Some(2), 1)
    );
    let receipt = site.get(&format!("/api/v1/tables/{entry}/rows/2/receipt")).await;
    let trust = Trust::Keys(site.app.engine.ledger().verifiers().to_vec());
    assert_eq!(verify_number(receipt.body.as_bytes(), &trust).unwrap().rows, 3);
    for wrong in ["limit=1001", "limit=x", "after=-1", "after=99999999999999999999"] {
        is(&site.get(&format!("/api/v1/tables/{entry}/rows?{wrong}")).await, 422, "SCR-API-006");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_document() {
    let site = Site::new();
    site.story();
    for path in [
        "elections/none",
        "elections/none/contests",
        "elections/president-2026/contests/none",
        "elections/president-2026/contests/none/tables",
        "elections/president-2026/contests/none/publications",
        "tables/0",
        "tables/x",
        "tables/99999999999999999999/rows",
        "tables/0/checks",
        "tables/0/rows/0/receipt",
        "entries/999999",
        "entries/x",
    ] {
        is(&site.get(&format!("/api/v1/{path}")).await, 404, "SCR-API-005");
    }
}

const CSV: &str = "station,registered,Ann Archer,Bob Baker\n1,100,40,30\n2,200,50,60\n";

fn import(file: &str) -> Value {
    let mapping = scr_intake::propose(
        scr_intake::Input { name: "r.csv", bytes: CSV.as_bytes() },
        &scr_intake::Limits::default(),
    )
    .mapping
    .to_toml();
    json!({"source": "final", "source_name": "Final count", "file_name": "r.csv",
        "file": scr_canon::b64(file.as_bytes()), "mapping": mapping})
}

#[tokio::test]
async fn a_program_does_what_an_official_does() {
    let site = Site::new();
    let new =
        json!({"election": "mayor-2027", "title": "Mayor", "day": "2027-05-02", "zone": "Europe/Paris"});
    let answer = site.command("manager", "/api/v1/elections", &new).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(answer.header(header::LOCATION), "/api/v1/elections/mayor-2027");
    assert_eq!(wrong("api", Some("Recorded"), &answer.json()), None);
    assert!(answer.json()["recorded"][0]["promise"].as_str().is_some_and(|promise| !promise.is_empty()));
    is(&site.command("manager", "/api/v1/elections", &new).await, 409, "SCR-RES-006");
    let contest = json!({"contest": "mayor", "title": "Mayor", "votes_per_ballot": 1, "contestants":
        [{"id": "ann-archer", "name": "Ann Archer"}, {"id": "bob-baker", "name": "Bob Baker", "group": "Fern"}]});
    let contests = "/api/v1/elections/mayor-2027/contests";
    assert_eq!(site.command("manager", contests, &contest).await.status, StatusCode::CREATED);
    let tables = format!("{contests}/mayor/tables");
    let answer = site.command("observer", &tables, &import(CSV)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let listed = site.value(&tables).await;
    assert_eq!(listed["tables"][0]["totals"]["votes"][0], json!({"id": "ann-archer", "votes": 90}));
    // To publish is to sign, and a token does not: there is no such command.
    let publication = json!({"source": "final", "version": 1, "status": "certified"});
    let published = site.command("manager", &format!("{contests}/mayor/publications"), &publication).await;
    assert_eq!(published.status, StatusCode::METHOD_NOT_ALLOWED, "{}", published.body);
    is(&site.command("manager", &tables, &import(CSV)).await, 422, "SCR-RES-012");
}

#[tokio::test]
async fn a_wrong_command_records_nothing_and_says_what_is_wrong() {
    let site = Site::new();
    site.story();
    let size = site.app.engine.log().size().unwrap();
    let elections = "/api/v1/elections";
    let good = json!({"election": "x-1", "title": "X", "day": "2027-05-02", "zone": "UTC"});
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    is(&site.command("manager", elections, &with("election", json!("X 1"))).await, 422, "SCR-API-007");
    is(&site.command("manager", elections, &with("day", json!("2027-02-30"))).await, 422, "SCR-RES-004");
    is(&site.command("manager", elections, &with("extra", json!(1))).await, 422, "SCR-API-002");
    is(&site.command("manager", elections, &json!([])).await, 422, "SCR-API-002");
    let large = site.command_text("manager", elections, "x".repeat(300_000)).await;
    is(&large, 413, "SCR-API-003");
    let tables = format!("{CONTEST}/tables");
    let mut body = import(CSV);
    body["file"] = json!("no base64!");
    is(&site.command("manager", &tables, &body).await, 422, "SCR-API-008");
    let wrong = site.command("manager", &tables, &import("station,registered,Ann Archer\n1,x,\n")).await;
    is(&wrong, 422, "SCR-API-009");
    assert!(wrong.json()["problems"].as_array().is_some_and(|all| !all.is_empty()), "{}", wrong.body);
    assert_eq!(site.app.engine.log().size().unwrap(), size);
}

#[tokio::test]
async fn commands_need_a_token_and_a_role() {
    let site = Site::new();
    site.story();
    let body = json!({"contest": "x", "title": "X", "votes_per_ballot": 1, "contestants": []});
    let path = "/api/v1/elections/president-2026/contests".to_owned();
    for role in ["clerk", "viewer", "observer"] {
        assert_eq!(site.command(role, &path, &body).await.status, StatusCode::FORBIDDEN, "{role}");
    }
    // The cookie of a browser is not enough: a form of another site would have it.
    let request = Request::post(&path).header(header::COOKIE, "scr_login=manager");
    let answer = site.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let nobody = site.send(Request::post(&path).body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_program_that_sends_too_many_commands_waits() {
    let site = Site::new();
    // Of a person who sends nothing in the other tests.
    let mut last = StatusCode::OK;
    for _ in 0..400 {
        let answer = site.command("manager.busy", &format!("{CONTEST}/tables"), &json!({})).await;
        last = answer.status;
        if last == StatusCode::TOO_MANY_REQUESTS {
            is(&answer, 429, "SCR-API-004");
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
