//! A browser before the router, over real people and a real record.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(dead_code, reason = "each test file uses its part")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_access::testing::{PASSWORD, TestAccess};
use scr_access::{Access, FirstAdministrator};
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role};
use scr_desk_office::{Door, OfficeDesk, commands};
use scr_engine::testing::{NOW, TestEngine};
use scr_web::{App, Desk, WebConfig, router};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) const ADMIN: &str = "ada@emb.example";

/// The site with one administrator of one organisation, `emb`.
pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) access: Arc<Access>,
    /// The clock of people: logins, links.
    pub(crate) clock: Arc<FixedClock>,
    /// The clock of the record and of jobs.
    pub(crate) engine_clock: Arc<FixedClock>,
    pub(crate) admin: Actor,
    desks: Vec<&'static dyn Desk>,
    _folder: tempfile::TempDir,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::with(&[&OfficeDesk])
    }

    pub(crate) fn with(desks: &[&'static dyn Desk]) -> Self {
        let site = Self::empty(desks);
        let link = site.access.first_link().unwrap().unwrap();
        let org = OrgId::new("emb").unwrap();
        let form = FirstAdministrator {
            name: "Ada Lovelace",
            email: ADMIN,
            language: "en",
            password: PASSWORD,
            org: &org,
        };
        let (admin, _) = commands::first_administrator(
            &site.app.engine,
            &site.access,
            link.reveal(),
            &form,
            "Election Management Body",
        )
        .unwrap();
        Self { admin, ..site }
    }

    /// Nobody yet.
    pub(crate) fn empty(desks: &[&'static dyn Desk]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let kinds: Vec<_> = desks.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
        let views = desks.iter().flat_map(|desk| desk.views()).collect();
        let made = TestEngine::new(folder.path(), &kinds, views).unwrap();
        let (engine, engine_clock) = (Arc::into_inner(made.engine).unwrap(), made.clock);
        let test = TestAccess::new(folder.path(), NOW).unwrap();
        let gate = Arc::new(Door(Arc::clone(&test.access)));
        let app = App::new(engine, gate, WebConfig::default(), desks).unwrap();
        let admin = Actor {
            person: PersonId::new("nobody").unwrap(),
            org: OrgId::new("emb").unwrap(),
            role: Role::Administrator,
            place: None,
        };
        let desks = desks.to_vec();
        Self { app, access: test.access, clock: test.clock, engine_clock, admin, desks, _folder: folder }
    }

    /// Somebody with this role in `emb`; the e-mail address is `<role>@emb.example`.
    pub(crate) fn person(&self, role: Role) -> PersonId {
        let invite = scr_access::Invite {
            name: format!("Test {}", role.as_str()),
            email: format!("{}@emb.example", role.as_str()),
            language: "en".to_owned(),
            grants: vec![scr_access::Grant { org: self.admin.org.clone(), role, place: None }],
        };
        let (invitation, _) = commands::invite(&self.app.engine, &self.access, &self.admin, &invite).unwrap();
        if let Some(link) = &invitation.link {
            self.access.accept(link.reveal(), PASSWORD).unwrap();
        }
        invitation.person
    }

    /// Entries of a kind in the record, oldest first.
    pub(crate) fn recorded(&self, kind: &str) -> Vec<serde_json::Value> {
        let log = self.app.engine.log();
        let entries = log.entries(0, 1000).unwrap();
        let all = entries.iter().map(|bytes| serde_json::from_slice::<serde_json::Value>(bytes).unwrap());
        all.filter(|entry| entry["t"] == kind).collect()
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { site: self, cookies: BTreeMap::new() }
    }

    /// A browser in which somebody has signed in.
    pub(crate) async fn signed_in(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.get("/desk/sign-in").await;
        let answer = browser.post("/desk/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) policy: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn has(&self, text: &str) -> bool {
        // Values stand isolated from the direction of the text around them; a reader does not see that.
        self.body.replace("<bdi>", "").replace("</bdi>", "").contains(text)
    }
}

pub(crate) struct Browser<'a> {
    site: &'a Site,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Browser<'_> {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// Posts a form with the token of the page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get("/desk/sign-in").await;
        let token = token.body.split("name=\"csrf\" value=\"").nth(1).unwrap();
        let token = token.split('"').next().unwrap().to_owned();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.post_exactly(path, &fields).await
    }

    pub(crate) async fn post_exactly(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode =
            |text: &str| {
                text.bytes()
                    .map(|b| {
                        if b.is_ascii_alphanumeric() {
                            char::from(b).to_string()
                        } else {
                            format!("%{b:02X}")
                        }
                    })
                    .collect::<String>()
            };
        let form: Vec<_> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(form.join("&"))).await
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).unwrap();
        let response = router(&self.site.app, &self.site.desks).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text = |name: &str| {
            parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        Answer {
            status: parts.status,
            to: text("location"),
            policy: text("content-security-policy"),
            body: String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap(),
        }
    }
}

/// The link that a page shows once.
pub(crate) fn shown(answer: &Answer) -> String {
    let after = answer.body.split("shown-once").nth(1).unwrap();
    let code = after.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
    code.replace("&#47;", "/").replace("&#x2f;", "/")
}
