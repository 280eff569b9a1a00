//! A site with a community of three, and one organisation outside.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_access::Access;
use scr_access::testing::TestAccess;
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role, Tlp};
use scr_desk_threats::{Exchange, Share, ThreatsDesk, acts};
use scr_engine::testing::TestEngine;
use scr_store::Store;
use scr_threats::{Collection, Founding, Members, Rules, Sector, Step};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
pub(crate) const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
pub(crate) const RED: &str = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
pub(crate) const CLEAR: &str = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";

/// `manager!alpha`: a role in an organisation. Behind it stand the organisations of the installation.
struct ByName(Arc<Access>);

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (role, org) = token.split_once('!')?;
        let (role, place) = role.split_once('@').map_or((role, None), |(role, place)| (role, Some(place)));
        let actor = Actor {
            person: PersonId::new(format!("{role}-{org}")).ok()?,
            org: OrgId::new(org).ok()?,
            role: Role::parse(role)?,
            place: place.map(str::to_owned),
        };
        Some(LoginInfo { actor, name: role.to_owned(), organisation: org.to_owned() })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn behind(&self) -> Option<&(dyn Any + Send + Sync)> {
        Some(&self.0)
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    _folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) body: String,
}

pub(crate) fn actor(org: &str) -> Actor {
    Actor {
        person: PersonId::new(format!("manager-{org}")).unwrap(),
        org: OrgId::new(org).unwrap(),
        role: Role::Manager,
        place: None,
    }
}

fn org(id: &str) -> OrgId {
    OrgId::new(id).unwrap()
}

fn collection(number: u32, alias: &str, is_public: bool, writers: Members) -> Collection {
    Collection {
        id: format!("5c0ffee0-0000-4000-8000-{number:012}"),
        title: format!("The {alias}"),
        description: String::new(),
        alias: Some(alias.to_owned()),
        readers: Members::All,
        writers,
        circle: vec![org("beta")],
        is_public,
        is_closed: false,
    }
}

/// Nobody has founded anything; four organisations work here.
pub(crate) fn empty() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
    let clock = Arc::clone(&test.clock);
    let engine = Arc::into_inner(test.engine).unwrap();
    let people = folder.path().join("people");
    std::fs::create_dir(&people).unwrap();
    let access = TestAccess::new(&people, 1_700_000_000).unwrap().access;
    for (id, name) in [
        ("alpha", "Office of Alpha"),
        ("beta", "Beta Team"),
        ("gamma", "Gamma Press"),
        ("delta", "Delta Systems"),
    ] {
        let statement = access.prepare_organisation(&org(id), name).unwrap();
        access.apply(&[statement]).unwrap();
    }
    let app = App::new(engine, Arc::new(ByName(access)), WebConfig::default(), &[&ThreatsDesk]).unwrap();
    app.use_store(Store::open_sqlite(&folder.path().join("record.db")).unwrap(), &[&ThreatsDesk]).unwrap();
    Site { app, clock, _folder: folder }
}

/// A community of alpha, beta and gamma.
pub(crate) fn site() -> Site {
    let site = empty();
    let founding = Founding {
        name: "Lindenland".to_owned(),
        rules: Rules {
            text: "We share.\nNobody harms another.".to_owned(),
            unmarked: Tlp::Green,
            more_than_percent: 50,
        },
        founders: [("alpha", Sector::ElectionBody), ("beta", Sector::Cert), ("gamma", Sector::Media)]
            .into_iter()
            .map(|(id, sector)| (org(id), sector))
            .collect(),
        collections: vec![
            collection(1, "signs", false, Members::All),
            collection(2, "open", true, Members::These(vec![org("alpha"), org("beta")])),
        ],
    };
    acts::found(&site.app.engine, &actor("alpha"), "linden", &founding).unwrap();
    for id in ["beta", "gamma"] {
        acts::step(&site.app.engine, &actor(id), "linden", &Step::Join).unwrap();
    }
    site.seen();
    site
}

/// An indicator with an id of this number.
pub(crate) fn indicator(number: u32, name: &str, marking: &str) -> Value {
    json!({
        "type": "indicator", "spec_version": "2.1", "id": indicator_id(number), "created": "2026-11-01T08:00:00.000Z",
        "modified": "2026-11-01T08:00:00.000Z", "name": name, "description": "It imitates the office.",
        "pattern": format!("[domain-name:value = '{name}']"), "pattern_type": "stix", "valid_from": "2026-11-01T08:00:00Z",
        "object_marking_refs": [marking],
    })
}

pub(crate) fn indicator_id(number: u32) -> String {
    format!("indicator--7d3a0000-0000-4000-8000-{number:012}")
}

impl Site {
    /// Waits until the views have everything.
    pub(crate) fn seen(&self) {
        let size = self.app.engine.progress().0;
        assert!(self.app.engine.wait_for(size, std::time::Duration::from_secs(20)));
    }

    /// A member shares by the way of programs; what waits goes out at once.
    pub(crate) fn share(&self, who: &str, collection: &str, audience: Option<&[&str]>, objects: &[Value]) {
        let exchange = Exchange::of(&self.app);
        let texts: Vec<String> = objects.iter().map(Value::to_string).collect();
        let named: Option<Vec<OrgId>> = audience.map(|list| list.iter().map(|one| org(one)).collect());
        let new = Share { community: "linden", collection, audience: named.as_deref(), objects: &texts };
        exchange.share(&actor(who), &new).unwrap();
        self.close();
    }

    /// Closes the batch, as the server does at each interval.
    pub(crate) fn close(&self) {
        scr_desk_threats::close_batch(&self.app).unwrap();
        self.seen();
    }

    /// Lets days pass, and publishes what is due.
    pub(crate) fn wait_days(&self, days: i64) {
        self.clock.advance(days * 24 * 3600);
        scr_desk_threats::publish_due(&self.app).unwrap();
        self.seen();
    }

    /// What a program sends below the community.
    pub(crate) async fn command(&self, who: &str, tail: &str, body: &Value) -> Answer {
        let request = Request::post(format!("/api/v1/threats/linden{tail}"))
            .header(header::AUTHORIZATION, format!("Bearer {who}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ThreatsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        let unsaid = ["[threats-", "[error-", "[kind-", "[shell-"].iter().find(|key| body.contains(*key));
        assert!(unsaid.is_none() && !body.contains("style=\""), "{unsaid:?} {body}");
        Answer { status: parts.status, to, body }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// What a program reads.
    pub(crate) async fn get_api(&self, who: &str, path: &str) -> Value {
        let request = Request::get(path);
        let request = if who.is_empty() {
            request
        } else {
            request.header(header::AUTHORIZATION, format!("Bearer {who}"))
        };
        let answer = self.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![("csrf", token(who))];
        form.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Hands in a file as a browser does.
    pub(crate) async fn file(&self, who: &str, path: &str, content: &[u8]) -> Answer {
        let part = |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = format!("{}\r\n\r\n{}\r\n", part("csrf"), token(who)).into_bytes();
        body.extend_from_slice(format!("{}; filename=\"bundle.json\"\r\n\r\n", part("file")).as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }
}

fn token(who: &str) -> String {
    scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}

/// HTML as its reader sees characters.
pub(crate) fn plain(html: &str) -> String {
    let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    let text = named.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
}

/// The value of a hidden field.
pub(crate) fn hidden(html: &str, name: &str) -> String {
    let from = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    from.split('"').next().unwrap_or_default().to_owned()
}
