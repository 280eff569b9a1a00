//! A server with an election of three polling stations, for tests.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use scr_alerts::{AlertText, Audience, Kind, Severity, Status, Wording};
use scr_canon::b64;
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role, SeededEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::issued::Content;
use scr_desk_alerts::network::{self, NewNetwork};
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, NewEvent, Receipt};
use scr_jobs::Jobs;
use scr_store::Store;
use scr_testing::ELECTION_CREATED;
use scr_web::{App, Desk as _, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) const ELECTION: &str = "country-2026";
const AREAS: &str =
    "code,name,parent,stations,voters\nEX,Exampleland,,3,3000\nN,North,EX,1,1000\nS,South,EX,2,2000\n";
const STATIONS: &str =
    "number,area,voters,unit,name\n1,N,1000,0101,School\n2,S,1000,0201,Library\n3,S,1000,0202,Hall\n";

/// As the desk defines them that elections are created on.
/// Whoever says the name of a role is that.
struct ByRole;

impl Gate for ByRole {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = acting(Role::parse(token)?);
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn is_fresh(&self, _: &str) -> bool {
        true
    }
}

pub(crate) fn acting(role: Role) -> Actor {
    Actor {
        person: PersonId::new(role.as_str()).unwrap(),
        org: OrgId::new("emb").unwrap(),
        role,
        place: None,
    }
}

/// The code of a refusal.
pub(crate) fn code_of(result: Result<Vec<Receipt>, ActError>) -> String {
    match result {
        Err(ActError::Refused(refusal)) => refusal.code,
        other => format!("{other:?}"),
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) to: String,
    pub(crate) body: String,
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    _folder: tempfile::TempDir,
}

impl Site {
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kinds = [AlertsDesk.kinds(), &[ELECTION_CREATED]].concat();
        let test = TestEngine::new(folder.path(), &kinds, AlertsDesk.views()).unwrap();
        let clock = Arc::clone(&test.clock);
        let engine = Arc::into_inner(test.engine).unwrap();
        let app = App::new(engine, Arc::new(ByRole), WebConfig::default(), &[&AlertsDesk]).unwrap();
        let store = Store::open_sqlite(&folder.path().join("record.db")).unwrap();
        app.use_store(store.clone(), &[&AlertsDesk]).unwrap();
        let entropy = Arc::new(SeededEntropy::new(3));
        app.use_jobs(Jobs::open(store, Arc::clone(&clock) as _, entropy).unwrap());
        let public =
            json!({"election": ELECTION, "title": "President", "day": "2026-11-03", "zone": "Europe/Paris"});
        let subject = format!("election:{ELECTION}");
        app.engine
            .record(&acting(Role::Manager), &|_, _| {
                Ok(vec![NewEvent::about(&ELECTION_CREATED, subject.clone(), public.clone())])
            })
            .unwrap();
        Self { app, clock, _folder: folder }
    }

    pub(crate) fn network(&self) {
        let new = NewNetwork { election: ELECTION, areas: AREAS, stations: STATIONS, reason: None };
        network::import(&self.app.engine, &acting(Role::Manager), &new).unwrap();
    }

    /// An alert for everybody, as the release records it.
    pub(crate) fn release(&self, drill: Option<&str>) -> u64 {
        let kind = AlertsDesk.kinds().iter().find(|kind| kind.name == scr_alerts::ISSUED).unwrap();
        let text = AlertText {
            number: 1,
            kind: Kind::Alert,
            status: if drill.is_some() { Status::Exercise } else { Status::Actual },
            severity: Severity::Moderate,
            audience: Audience::Station,
            sent: self.app.clock.now().cast_unsigned(),
            effective_after: 0,
            expires_after: 7_200,
            references: Vec::new(),
            areas: vec!["EX".to_owned()],
            wordings: vec![Wording {
                language: "en".to_owned(),
                headline: "EXERCISE: stay open longer".to_owned(),
                instruction: "Close at 21:00.".to_owned(),
            }],
        };
        let content = Content {
            drill: drill.map(str::to_owned),
            category: "Security".to_owned(),
            event: "x".to_owned(),
            urgency: "Immediate".to_owned(),
            certainty: "Observed".to_owned(),
            acknowledge_by: None,
            goal: "read".to_owned(),
            words: BTreeMap::new(),
            ..Content::default()
        };
        let object = self.app.engine.objects().put(&scr_canon::to_canonical(&content).unwrap()).unwrap();
        let decide = |_: &_, ctx: &scr_engine::Ctx<'_>| {
            let public = json!({"alert": b64(&text.to_bytes().unwrap()), "object": object});
            // Kinds of a desk live as long as the program.
            Ok(vec![
                NewEvent::about(kind, format!("alert:{}", ctx.new_id()), public)
                    .also(format!("election:{ELECTION}")),
            ])
        };
        self.app.engine.record(&acting(Role::Manager), &decide).unwrap().last().unwrap().index
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AlertsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status.as_u16(), to: to.unwrap_or_default(), body }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// What a program with somebody's token asks.
    pub(crate) async fn ask(&self, who: &str, path: &str) -> Answer {
        let token = format!("Bearer {who}");
        self.send(Request::get(path).header(header::AUTHORIZATION, token).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let mut body = format!("csrf={csrf}");
        for (name, value) in fields {
            body.push_str(&format!("&{}={}", percent(name), percent(value)));
        }
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }
}
