//! Audits below `/api/v1/`, prepared by programs as people prepare them on the pages.

use super::site::{Answer, MANAGER, NORTH, SOUTH, Site, site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_audits::workflow::{Phase, What};
use scr_testing::schema_fault;
use serde_json::{Value, json};

const AUDIT: &str = "/api/v1/audits/autumn";
const MANIFEST: &str = "Container,Batch Name,Number of Ballots\nBox 1,B1,100\nBox 1,B2,90\n";
const TOTALS: &str = "Batch Name,Ann Lee,Ben\nB1,60,30\nB2,50,20\n";

impl Site {
    async fn command(&self, who: &str, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {who}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn value(&self, path: &str) -> Value {
        let answer = self.get("", path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The command is done, and the answer is as the published schema has it.
    async fn done(&self, who: &str, path: &str, (body, of): (&Value, &str)) {
        assert_eq!(schema_fault(of, body), None, "{body}");
        let answer = self.command(who, path, body).await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::CREATED, AUDIT), "{}", answer.body);
        let recorded: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(schema_fault("Recorded", &recorded), None, "{recorded}");
    }

    /// Nothing is recorded, and the answer says why.
    async fn refused(&self, who: &str, path: &str, (body, code): (&Value, &str)) -> Value {
        let size = self.app.engine.log().size().unwrap();
        let answer = self.command(who, path, body).await;
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(schema_fault("Problem", &problem), None, "{problem}");
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(self.app.engine.log().size().unwrap(), size, "{problem}");
        problem
    }
}

fn contest() -> Value {
    json!({"name": "Mayor", "choices": ["Ann Lee", "Ben"], "votes": [110, 50], "winners": 1,
        "votes_allowed": 1, "ballots": 190, "risk_limit": "0.05", "targeted": true})
}

fn file(what: &str, content: &str) -> Value {
    json!({"jurisdiction": "North", "what": what, "file_name": format!("{what}.csv"),
        "file": scr_canon::b64(content.as_bytes())})
}

async fn begun(site: &Site) {
    let new = json!({"title": "Autumn", "method": "batch-comparison"});
    site.done(MANAGER, "/api/v1/audits", (&new, "NewAudit")).await;
    let named = json!({"jurisdictions": ["North"]});
    site.done(MANAGER, &format!("{AUDIT}/jurisdictions"), (&named, "NewJurisdictions")).await;
    site.done(MANAGER, &format!("{AUDIT}/contests"), (&contest(), "AuditContest")).await;
}

#[tokio::test]
async fn a_program_prepares_an_audit_and_people_sign_it() {
    let site = site();
    begun(&site).await;
    let files = format!("{AUDIT}/files");
    site.done(NORTH, &files, (&file("manifest", MANIFEST), "NewFile")).await;
    site.done(MANAGER, &files, (&file("totals", TOTALS), "NewFile")).await;
    let kept = site.kept();
    let own = &kept.audit.jurisdictions()["North"];
    assert_eq!((own.uploads[&What::Manifest].ballots, own.uploads[&What::Totals].rows), (190, 2));

    let audit = site.value(AUDIT).await;
    assert_eq!(schema_fault("Audit", &audit), None, "{audit}");
    assert_eq!((&audit["state"], &audit["settings"]["sampler"]), (&json!("draft"), &json!("arlo-ppeb")));
    assert_eq!(audit["jurisdictions"][0]["files"]["manifest"]["ballots"], 190);
    assert_eq!(audit["jurisdictions"][0]["signed"], false);
    let all = site.value("/api/v1/audits").await;
    assert_eq!(schema_fault("Audits", &all), None, "{all}");
    assert_eq!(all["audits"][0]["audit"], "autumn");

    let dropped = json!({"contest": "Mayor"});
    site.done(MANAGER, &format!("{AUDIT}/contests/drop"), (&dropped, "DroppedContest")).await;
    assert_eq!(site.value(AUDIT).await["contests"], json!([]));
    site.done(MANAGER, &format!("{AUDIT}/contests"), (&contest(), "AuditContest")).await;
    // To sign and to commit is done on the pages: there are no such calls.
    for act in ["sign", "commit", "seed", "rounds", "close", "decide"] {
        let answer = site.command(MANAGER, &format!("{AUDIT}/{act}"), &json!({})).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}: {}", answer.body);
    }
    assert_eq!(site.phase(), Phase::Draft);
}

#[tokio::test]
async fn a_wrong_command_says_what_is_wrong_and_records_nothing() {
    let site = site();
    let audits = "/api/v1/audits";
    let new = |more: Value| {
        let mut body = json!({"title": "Autumn", "method": "batch-comparison"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let unfit = new(json!({"sampler": "colorado"}));
    assert_eq!(site.refused(MANAGER, audits, (&unfit, "SCR-AUD-252")).await["field"], "sampler");
    let unknown = new(json!({"known_styles": true}));
    assert_eq!(site.refused(MANAGER, audits, (&unknown, "SCR-AUD-253")).await["field"], "card_style");
    site.refused(MANAGER, audits, (&new(json!({"seed_digits": 3})), "SCR-AUD-230")).await;
    site.refused(MANAGER, audits, (&new(json!({"election": "No id"})), "SCR-API-007")).await;
    site.refused(MANAGER, audits, (&new(json!({"colour": "red"})), "SCR-API-002")).await;
    site.refused(NORTH, audits, (&new(json!({})), "SCR-WEB-002")).await;

    begun(&site).await;
    let files = format!("{AUDIT}/files");
    site.refused(MANAGER, &files, (&file("totals", TOTALS), "SCR-API-009")).await;
    site.refused(MANAGER, &files, (&file("cvrs", TOTALS), "SCR-AUD-225")).await;
    let bad = file("manifest", "Batch Name,Number of Ballots\nB1,many\nB1,-2\n");
    let problem = site.refused(MANAGER, &files, (&bad, "SCR-API-009")).await;
    assert!(problem["problems"].as_array().unwrap().len() >= 2, "{problem}");
    assert_eq!(problem["problems"][0]["row"], 2, "{problem}");
    let mut nonsense = file("manifest", MANIFEST);
    nonsense["file"] = json!("no base64!");
    site.refused(MANAGER, &files, (&nonsense, "SCR-API-008")).await;
    // Of another jurisdiction, or of another organisation.
    site.refused(SOUTH, &files, (&file("manifest", MANIFEST), "SCR-AUD-220")).await;
    site.refused("manager!other", &files, (&file("manifest", MANIFEST), "SCR-AUD-220")).await;
    let deal = |boards: u32| json!({"jurisdiction": "North", "boards": boards});
    site.refused(MANAGER, &format!("{AUDIT}/boards"), (&deal(0), "SCR-API-006")).await;
    site.refused(NORTH, &format!("{AUDIT}/boards"), (&deal(2), "SCR-AUD-221")).await;
    let why = json!({"batch": 0, "reason": "A pile was counted twice"});
    site.refused(MANAGER, &format!("{AUDIT}/explanations"), (&why, "SCR-AUD-221")).await;
    assert_eq!(site.get("", "/api/v1/audits/none").await.status, StatusCode::NOT_FOUND);
}
