//! A hall with boards at their tablets: an audit in an open round behind the router.

use crate::people::{Course, manager, supervisor};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_access::{Access, BoardKey, BoardLogin, BoardPass, Settings};
use scr_audits::record::Record;
use scr_audits::verify::Size;
use scr_audits::workflow::passphrase::passphrase;
use scr_canon::sha256;
use scr_core::{Actor, FixedClock, OrgId, Role, SeededEntropy};
use scr_desk_audits::AuditsDesk;
use scr_desk_audits::rounds::{deal_boards, open_round};
use scr_engine::Fault;
use scr_engine::testing::{NOW, TestEngine};
use scr_store::Store;
use scr_web::{App, BOARD_COOKIE, Desk, Gate, LOGIN_COOKIE, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt as _;

/// Boards, and people by the name of their role: `observer`, `observer!rivals` of another organisation.
struct Boards(Arc<Access>);

impl Gate for Boards {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (role, org) = token.split_once('!').unwrap_or((token, "emb"));
        let actor = Actor { org: OrgId::new(org).ok()?, ..TestEngine::actor(Role::parse(role)?) };
        Some(LoginInfo { actor, name: role.to_owned(), organisation: org.to_owned() })
    }

    fn board(&self, token: &str) -> Result<Option<BoardLogin>, Fault> {
        self.0.board_of(token).map_err(|error| Fault::log(&error))
    }

    fn behind(&self) -> Option<&(dyn Any + Send + Sync)> {
        Some(&self.0)
    }
}

pub(crate) struct Hall {
    pub(crate) app: Arc<App>,
    pub(crate) access: Arc<Access>,
    pub(crate) id: String,
    _folder: tempfile::TempDir,
}

/// Figures that a machine has counted and that no board may see.
pub(crate) const REPORTED: [&str; 6] = ["4530", "4,530", "1510", "1,510", "1530", "1,530"];

pub(crate) fn record(method: &str, sampler: &str, batches: &[(&str, &str, u32)]) -> Record {
    let batch = |(jurisdiction, name, ballots): &(&str, &str, u32)| {
        let votes = json!([[ballots * 3 / 4, ballots / 4], [ballots, 0, 0]]);
        let mut batch = json!({"jurisdiction": jurisdiction, "batch": name, "ballots": ballots});
        if method == "batch-comparison" {
            batch["votes"] = votes;
        }
        batch
    };
    let all: u32 = batches.iter().map(|(_, _, ballots)| ballots).sum();
    let mayor = json!([all * 3 / 4, all / 4]);
    let contest = |name: &str, choices: Value, votes: Value| {
        json!({"name": name, "choices": choices, "votes": votes, "winners": 1, "votes_allowed": 1, "ballots": all,
            "risk_limit": "0.1", "targeted": name == "Mayor"})
    };
    serde_json::from_value(json!({
        "format": scr_audits::record::FORMAT,
        "title": "Mayor of Žilina",
        "software": "",
        "settings": {"method": method, "sampler": sampler, "seed_digits": 20},
        "contests": [
            contest("Mayor", json!(["Ada <Lovelace>", "Ben"]), mayor),
            contest("Sheriff", json!(["Cem", "Dee", "Eva"]), json!([all, 0, 0])),
        ],
        "batches": batches.iter().map(batch).collect::<Vec<_>>(),
        "commitment": {"parts": {}, "root": sha256(b"")},
        "rounds": [],
    }))
    .unwrap()
}

impl Hall {
    /// So many draws, dealt to two boards in each jurisdiction.
    pub(crate) fn open(of: &Record, draws: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test = TestEngine::new(folder.path(), AuditsDesk.kinds(), AuditsDesk.views()).unwrap();
        let engine = Arc::into_inner(test.engine).unwrap();
        let course = Course::committed(&engine, of, false);
        course.seed("12345678901234567890");
        let id = course.id.clone();
        open_round(&engine, &manager(), &id, (&Size::Draws(draws), &[])).unwrap();
        let names: Vec<String> = course.kept().audit.rounds()[0].opening.units.keys().cloned().collect();
        for name in names {
            deal_boards(&engine, &supervisor(&name), &id, (&name, 2)).unwrap();
        }
        let access = Access::open(
            Store::open_sqlite(&folder.path().join("people.db")).unwrap(),
            Settings::for_origin("http://localhost:8080"),
            Arc::new(FixedClock::at(NOW)),
            Arc::new(SeededEntropy::new(11)),
        );
        let access = Arc::new(access.unwrap());
        let gate = Arc::new(Boards(Arc::clone(&access)));
        let app = App::new(engine, gate, WebConfig::default(), &[&AuditsDesk]).unwrap();
        Self { app, access, id, _folder: folder }
    }

    pub(crate) fn key(&self, jurisdiction: &str, board: u32) -> BoardKey {
        BoardKey {
            audit: self.id.clone(),
            version: 1,
            round: 1,
            jurisdiction: jurisdiction.to_owned(),
            board,
        }
    }

    /// A new passphrase for a board.
    pub(crate) fn give(&self, jurisdiction: &str, board: u32) -> String {
        let key = self.key(jurisdiction, board);
        let pass = BoardPass { key, org: OrgId::new("emb").unwrap(), until: NOW + 48 * 3600 };
        let (words, statements) = self.access.prepare_board_pass(&pass, passphrase).unwrap();
        self.access.apply(&statements).unwrap();
        words
    }

    /// A tablet at which a board has come in and said who it is.
    pub(crate) async fn seated(&self, jurisdiction: &str, board: u32) -> Tablet<'_> {
        let words = self.give(jurisdiction, board);
        let mut tablet = self.tablet();
        tablet.send("/board", "/board", &[("words", &words)]).await;
        let names = [("first", "Ines Ortega"), ("second", "Omar Haddad")];
        let answer = tablet.send("/board/names", "/board/names", &names).await;
        assert!(answer.to.starts_with("/board/work"), "{}", answer.body);
        tablet
    }

    pub(crate) fn tablet(&self) -> Tablet<'_> {
        Tablet { hall: self, cookies: BTreeMap::new() }
    }

    /// A laptop at which somebody has signed in.
    pub(crate) fn signed_in(&self, who: &str) -> Tablet<'_> {
        Tablet { hall: self, cookies: BTreeMap::from([(LOGIN_COOKIE.to_owned(), who.to_owned())]) }
    }

    /// What is recorded of boards at work, as everybody reads it.
    pub(crate) fn worked(&self) -> Vec<Value> {
        let entries = self.app.engine.log().entries(0, 1000).unwrap();
        let all = entries.iter().map(|bytes| serde_json::from_slice::<Value>(bytes).unwrap());
        all.filter(|entry| entry["t"] == "audits.board.worked/1").collect()
    }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn has(&self, text: &str) -> bool {
        self.body.replace("<bdi>", "").replace("</bdi>", "").contains(text)
    }
}

pub(crate) struct Tablet<'a> {
    hall: &'a Hall,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Tablet<'_> {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// Fills in the form of a page and sends it.
    pub(crate) async fn send(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await;
        let token = shown.body.split("name=\"csrf\" value=\"").nth(1).unwrap_or_default();
        let mut fields = fields.to_vec();
        fields.push(("csrf", token.split('"').next().unwrap()));
        let form = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(form)).await
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).unwrap();
        let response = router(&self.hall.app, &[&AuditsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if name == BOARD_COOKIE {
                assert!(
                    text.contains("; Path=/board") && text.contains("; HttpOnly; SameSite=Lax"),
                    "{text}"
                );
            }
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let to = parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let body = to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status,
            to: to.unwrap_or_default(),
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}
