//! A server with an election of three polling stations, on which several people write and release.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use scr_canon::Hash32;
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role};
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::issued::{self, Issued};
use scr_desk_alerts::network::{self, NewNetwork};
use scr_desk_alerts::write::{Beginning, begin};
use scr_engine::NewEvent;
use scr_engine::rusqlite::Connection;
use scr_engine::testing::TestEngine;
use scr_store::Store;
use scr_testing::ELECTION_CREATED;
use scr_web::{App, Desk as _, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) const ELECTION: &str = "country-2026";
/// Who writes, who approves and releases, who does so with them.
pub(crate) const ANA: &str = "ana.clerk.emb";
pub(crate) const BEN: &str = "ben.manager.emb";
pub(crate) const CEM: &str = "cem.supervisor.emb";
/// Somebody of another organisation.
pub(crate) const DOT: &str = "dot.manager.party";

const AREAS: &str =
    "code,name,parent,stations,voters\nEX,Exampleland,,3,3000\nN,North,EX,1,1000\nS,South,EX,2,2000\n";
const STATIONS: &str =
    "number,area,voters,unit,name\n1,N,1000,0101,School\n2,S,1000,0201,Library\n3,S,1000,0202,Hall\n";

/// As the desk of results defines it.
/// The cookie's value is person, role and organisation.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = acting(token.strip_prefix("stale-").unwrap_or(token))?;
        let organisation = format!("{} office", actor.org);
        Some(LoginInfo { actor, name: token.to_owned(), organisation })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn is_fresh(&self, token: &str) -> bool {
        !token.starts_with("stale-")
    }
}

/// Somebody, from person, role and organisation.
pub(crate) fn acting(who: &str) -> Option<Actor> {
    let mut parts = who.split('.');
    let person = PersonId::new(parts.next()?).ok()?;
    let role = Role::parse(parts.next()?)?;
    Some(Actor { person, org: OrgId::new(parts.next()?).ok()?, role, place: None })
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn to(&self) -> String {
        self.header("location")
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.head.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The body as its reader sees characters.
    pub(crate) fn body(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        let named =
            [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&amp;", "&")];
        let text = named.iter().fold(text, |text, (from, to)| text.replace(from, to));
        text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    folder: tempfile::TempDir,
}

impl Site {
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kinds = [AlertsDesk.kinds(), &[ELECTION_CREATED]].concat();
        let test = TestEngine::new(folder.path(), &kinds, AlertsDesk.views()).unwrap();
        let clock = Arc::clone(&test.clock);
        let engine = Arc::into_inner(test.engine).unwrap();
        let config = WebConfig { site: Some("https://alerts.example/".to_owned()), ..WebConfig::default() };
        let app = App::new(engine, Arc::new(ByName), config, &[&AlertsDesk]).unwrap();
        let file = folder.path().join("record.db");
        let store = scr_testing::tables()
            .map_or_else(|| Store::open_sqlite(&file).unwrap(), |url| Store::open_postgres(&url).unwrap());
        app.use_store(store, &[&AlertsDesk]).unwrap();
        let site = Self { app, clock, folder };
        site.election(ELECTION, BEN);
        let new = NewNetwork { election: ELECTION, areas: AREAS, stations: STATIONS, reason: None };
        network::import(&site.app.engine, &acting(BEN).unwrap(), &new).unwrap();
        site
    }

    /// Another election, of somebody's organisation.
    pub(crate) fn election(&self, code: &str, who: &str) {
        let public =
            json!({"election": code, "title": "President", "day": "2026-11-29", "zone": "Europe/Paris"});
        let subject = format!("election:{code}");
        let event = NewEvent::about(&ELECTION_CREATED, subject, public);
        self.app.engine.record(&acting(who).unwrap(), &|_, _| Ok(vec![event.clone()])).unwrap();
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AlertsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("[alerts-") && !text.contains("style=\""), "{text}");
        Answer { status: parts.status.as_u16(), head: parts.headers, bytes }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
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

    /// The version that a form of a draft has.
    pub(crate) async fn version(&self, who: &str, page: &str) -> String {
        let body = self.get(who, page).await.body();
        hidden(&body, "version").unwrap_or_else(|| panic!("no version in {body}"))
    }

    /// A draft of this status with areas, times and words in English and Arabic, by Ana. Gives its address.
    pub(crate) async fn draft(&self, status: &str, drill: Option<&str>, severity: &str) -> String {
        let new = Beginning { election: ELECTION, status, drill, of: None, source: ("a call", "/threats/x") };
        let id = begin(&self.app, &acting(ANA).unwrap(), &new).unwrap();
        let href = format!("/desk/alerts/drafts/{id}");
        self.fill(&href, severity, "alert").await;
        href
    }

    /// Fills a draft.
    pub(crate) async fn fill(&self, href: &str, severity: &str, kind: &str) {
        self.what(href, severity, kind, &[]).await;
        let expires = scr_i18n::Zone::utc().field_of(self.app.clock.now() + 7_200).unwrap();
        let version = self.version(ANA, &format!("{href}/where")).await;
        let fields = [
            ("version", version.as_str()),
            ("area", "N"),
            ("area", "S"),
            ("expires", &expires),
            ("step", "next"),
        ];
        let answer = self.post(ANA, &format!("{href}/where"), &fields).await;
        assert_eq!(answer.to(), format!("{href}/words/en"), "{}", answer.body());
        for language in ["en", "ar"] {
            self.words(ANA, href, language, "Stay open until 20:00").await;
        }
    }

    pub(crate) async fn what(&self, href: &str, severity: &str, kind: &str, names: &[u64]) {
        let version = self.version(ANA, &format!("{href}/what")).await;
        let named: Vec<String> = names.iter().map(|index| format!("name-{index}")).collect();
        let mut fields = vec![
            ("version", version.as_str()),
            ("kind", kind),
            ("event", "official-disinformation"),
            ("category", "Security"),
            ("urgency", "Immediate"),
            ("severity", severity),
            ("certainty", "Observed"),
            ("audience", "station"),
            ("goal", "read"),
            ("main", "en"),
            ("acknowledge_minutes", "30"),
            ("source", "a call"),
        ];
        fields.extend(named.iter().map(|name| (name.as_str(), "yes")));
        let answer = self.post(ANA, &format!("{href}/what"), &fields).await;
        assert_eq!(answer.to(), format!("{href}/where"), "{}", answer.body());
    }

    /// Writes the words of a language.
    pub(crate) async fn words(&self, who: &str, href: &str, language: &str, headline: &str) {
        let page = format!("{href}/words/{language}");
        let version = self.version(who, &page).await;
        let fields = [
            ("version", version.as_str()),
            ("headline", headline),
            ("instruction", "Tell voters."),
            ("headline-public", headline),
            ("description-public", "False times go round."),
            ("instruction-public", "Keep the official times.\nReport false messages."),
            ("headline-expert", "Domain squatting"),
            ("description-expert", "Three look-alike domains & more."),
            ("step", "next"),
        ];
        let answer = self.post(who, &page, &fields).await;
        assert_eq!(answer.to(), href, "{}", answer.body());
    }

    /// Approves the words of a language.
    pub(crate) async fn approve(&self, who: &str, href: &str, language: &str) -> Answer {
        let page = format!("{href}/approve/{language}");
        let body = self.get(who, &page).await.body();
        let hash = hidden(&body, "hash").unwrap_or_default();
        self.post(who, &page, &[("hash", &hash), ("reads", "yes")]).await
    }

    /// Agrees to the release, or releases.
    pub(crate) async fn release(&self, who: &str, href: &str, status: &str) -> Answer {
        let page = format!("{href}/release");
        let body = self.get(who, &page).await.body();
        let (version, number) = (hidden(&body, "version"), hidden(&body, "number"));
        let (version, number) = (version.unwrap_or_default(), number.unwrap_or_default());
        let confirm = format!("confirm-{status}");
        self.post(who, &page, &[("version", &version), ("number", &number), (&confirm, "yes")]).await
    }

    /// An alert in English and Arabic that is out.
    pub(crate) async fn released(&self, status: &str, drill: Option<&str>) -> Issued {
        let href = self.draft(status, drill, "moderate").await;
        for language in ["en", "ar"] {
            assert!(self.approve(CEM, &href, language).await.to().starts_with(&href));
        }
        let answer = self.release(BEN, &href, status).await;
        assert!(answer.to().contains("/released/"), "{}", answer.body());
        self.issued(href.rsplit('/').next().unwrap()).unwrap()
    }

    pub(crate) fn issued(&self, id: &str) -> Option<Issued> {
        self.app.engine.read(|views| issued::find(views, id)).unwrap()
    }

    /// Digests of the views as they stand, and as they are when made anew from the record.
    pub(crate) fn rebuilt(self) -> (BTreeMap<String, Hash32>, BTreeMap<String, Hash32>) {
        let Self { app, folder, .. } = self;
        let (incremental, (size, _)) = (app.engine.digests().unwrap(), app.engine.progress());
        drop(app);
        for file in folder.path().read_dir().unwrap().flatten() {
            if file.file_name().to_string_lossy().starts_with("views-") {
                drop(std::fs::remove_file(file.path()));
            }
        }
        let kinds = [AlertsDesk.kinds(), &[ELECTION_CREATED]].concat();
        let again = TestEngine::new(folder.path(), &kinds, AlertsDesk.views()).unwrap();
        assert!(again.engine.wait_for(size, std::time::Duration::from_secs(60)));
        (incremental, again.engine.digests().unwrap())
    }

    /// How many entries of a kind there are.
    pub(crate) fn count(&self, kind: &str) -> u64 {
        let sql = "SELECT COUNT(*) FROM engine_event WHERE kind = ?1";
        let count = |views: &Connection| views.query_row(sql, [kind], |row| row.get::<_, i64>(0));
        self.app.engine.read(count).unwrap().cast_unsigned()
    }
}

/// The value of a hidden field.
pub(crate) fn hidden(body: &str, name: &str) -> Option<String> {
    let (_, after) = body.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(after.split('"').next()?.to_owned())
}
