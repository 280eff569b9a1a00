//! The alerts of a server from a terminal: drafted, followed and acknowledged with a token, signed by people on pages.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "nobody types sheets here")]
mod person;
mod served;

use person::{Person, csrf};
use scr_alerts::acks::Step;
use scr_alerts::strips::strip_code;
use scr_alerts::{StationSecret, Status};
use scr_core::{Clock as _, SystemClock};
use scr_entry::utc_text;
use serde_json::{Value, json};
use served::Server;
use std::path::{Path, PathBuf};
use std::process::Command;

const ELECTION: &str = "president-2026";
/// The card of another log, for another election.
const OTHER_CARD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/alerts/station.card");

struct Terminal<'a> {
    server: &'a Server,
    folder: &'a Path,
}

impl Terminal<'_> {
    /// A token of somebody of the demonstration, kept in a file as people keep it.
    fn token(&self, email: &str) -> PathBuf {
        let mut person = Person::sign_in(&self.server.address, email).unwrap();
        let page = person.get("/desk/account").unwrap().body;
        let form = [("csrf", csrf(&page)), ("label", "terminal".to_owned()), ("days", "7".to_owned())];
        let made = person.post("/desk/account/tokens", &form).unwrap().body;
        let token: String = made.split("<code>scr_").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let file = self.folder.join(email);
        std::fs::write(&file, format!("scr_{token}\n")).unwrap();
        file
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Exit status and everything that was said.
    fn alert(&self, who: Option<&Path>, args: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
        command.args(["alert", args[0], &self.server.address]).args(&args[1..]);
        // By the environment, as services have it.
        command.env_remove("SCRUTINEER_TOKEN_FILE");
        command.envs(who.map(|file| ("SCRUTINEER_TOKEN_FILE", file)));
        let out = command.output().unwrap();
        (out.status.code(), String::from_utf8([out.stdout, out.stderr].concat()).unwrap())
    }

    /// The same, where it has to end so.
    fn ends(&self, who: Option<&Path>, args: &[&str], status: i32, says: &[&str]) -> String {
        let (ended, said) = self.alert(who, args);
        assert_eq!(ended, Some(status), "{args:?}: {said}");
        for part in says {
            assert!(said.contains(part), "{args:?}: {part:?} is not in {said}");
        }
        said
    }

    /// The secret on the printed sheet of the first polling station, and the card.
    fn kit(&self) -> (StationSecret, String) {
        let mut person = Person::sign_in(&self.server.address, "official@demo.example").unwrap();
        let kit = format!("/desk/alerts/kit/{ELECTION}");
        let csrf = csrf(&person.get(&kit).unwrap().body);
        let form = [
            ("csrf", csrf),
            ("what", "sheets".to_owned()),
            ("area", "LL-11".to_owned()),
            ("from", "1".to_owned()),
        ];
        let sheets = person.post(&format!("{kit}/print"), &form).unwrap().body;
        let secret = sheets.split("<code>").nth(1).unwrap().split('<').next().unwrap();
        (StationSecret::parse(secret).unwrap(), person.get(&format!("{kit}/card.txt")).unwrap().body)
    }
}

fn draft(drill: Option<&str>) -> Value {
    let level = json!({"headline": "Stay open", "description": "Lists came late.", "instruction": "Wait."});
    let words =
        json!({"headline": "Stay open until 21:00", "instruction": "Wait.", "levels": {"public": level}});
    json!({"election": ELECTION, "status": if drill.is_some() { "exercise" } else { "actual" }, "drill": drill,
        "event": "official-disinformation", "category": "Security", "urgency": "Immediate", "severity": "severe",
        "certainty": "Observed", "audience": "station", "areas": ["LL-1"], "goal": "read", "main": "en",
        "words": {"en": words}, "acknowledge_minutes": 30, "expires": utc_text(SystemClock.now() + 7_200)})
}

#[test]
fn alerts_of_a_server_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["demo", "--data", folder.path().join("data").to_str().unwrap()], "http://");
    let at = Terminal { server: &server, folder: folder.path() };
    let said = at.ends(None, &["list", "--open"], 0, &["Nothing of this is checked", "holds"]);
    let line = |mark: &str| said.lines().find(|line| line.contains(mark)).unwrap().to_owned();
    let entry_of = |line: String| line.split_whitespace().nth(1).unwrap().to_owned();
    let exercise = entry_of(line("EXERCISE Polls close"));
    let alert = entry_of(said.lines().find(|line| !line.contains("EXERCISE")).unwrap().to_owned());
    at.ends(
        None,
        &["show", &alert, "--lang", "fr"],
        0,
        &["Fermeture à 20h", "also in en, es, ar", ".bundle"],
    );
    assert!(at.ends(None, &["show", &exercise], 0, &["drill"]).starts_with("EXERCISE Alert"));
    at.ends(None, &["show", "none"], 2, &["SCR-API-005"]);
    at.ends(None, &["arrival", &alert], 2, &["SCR-CLI-110", "--token-file"]);

    let (official, viewer) = (at.token("official@demo.example"), at.token("viewer@demo.example"));
    drafts(&at, &official, &viewer);
    let board =
        at.ends(Some(&viewer), &["arrival", &alert], 0, &["understood", "80 polling stations are silent"]);
    assert!(board.contains("(asked for)") && !board.contains("EXERCISE"), "{board}");
    let area =
        at.ends(Some(&viewer), &["arrival", &exercise, "--area", "LL-1"], 0, &["Northmark", "drill's clock"]);
    assert!(area.starts_with("EXERCISE Alert"), "{area}");
    at.ends(Some(&viewer), &["arrival", &alert, "--area", "XX"], 2, &["SCR-ALR-300"]);

    let (secret, card) = at.kit();
    telephone(&at, (&official, &viewer), (&alert, &exercise), &secret);
    let (card, kept) = (at.file("card", &card), folder.path().join("kept"));
    let follow = ["follow", "--card", &card, "--once", "--save", kept.to_str().unwrap()];
    let said = at.ends(
        None,
        &follow,
        0,
        &["VALID NOW. The alert is genuine.", "EXERCISE. This is a drill.", "2 of 2 are genuine."],
    );
    assert!(said.contains("witnesses have seen it"), "{said}");
    assert!(kept.join(format!("alert-{alert}.bundle")).is_file());
    // Other keys, for the same election: what they do not confirm is no alert.
    let others = std::fs::read_to_string(OTHER_CARD).unwrap();
    let own = others.lines().find_map(|line| line.strip_prefix("# election ")).unwrap();
    let others = others.replace(&format!("# election {own}"), &format!("# election {ELECTION}"));
    let others = at.file("others.card", &others);
    at.ends(None, &["follow", "--card", &others, "--once"], 1, &["SCR-ALR-013", "0 of 2 are genuine."]);
    let elsewhere = ["follow", "--card", OTHER_CARD, "--once"];
    at.ends(None, &elsewhere, 0, &["The server lists no alert of this election."]);
}

fn drafts(at: &Terminal<'_>, official: &Path, viewer: &Path) {
    let file = at.file("draft.json", &draft(None).to_string());
    at.ends(Some(viewer), &["draft", &file], 2, &["SCR-WEB-002"]);
    let said = at.ends(
        Some(official),
        &["draft", &file],
        0,
        &[
            "For 60 polling stations",
            "GSM-7, 1 part, 64 messages to 64 contacts",
            "not approved",
            "Before it can be released:",
            "SCR-ALR-233",
        ],
    );
    let id =
        said.lines().find_map(|line| line.strip_prefix("The draft is ")).unwrap().rsplit('/').next().unwrap();
    at.ends(Some(official), &["approve"], 0, &[id, "waits for approval in en"]);
    let page = format!("approve on {}/desk/alerts/drafts/{id}/approve/en", at.server.address);
    at.ends(
        Some(official),
        &["approve", id],
        1,
        &["waits for approval", &page, "by 2 people, of whom 0 agreed", "is to sign"],
    );
    at.ends(Some(official), &["approve", id, "--language", "fr"], 2, &["SCR-ALR-228"]);
    at.ends(Some(official), &["approve", "none"], 2, &["SCR-ALR-221"]);
    let exercise = at.file("exercise.json", &draft(Some("evening-rehearsal")).to_string());
    assert!(at.ends(Some(official), &["draft", &exercise], 0, &[]).contains("EXERCISE For 60"));
    for (name, text, code) in [
        ("no.json", "{", "SCR-CLI-111"),
        ("other.json", "{\"election\": \"x\"}", "SCR-API-002"),
        ("drill.json", &draft(Some("none")).to_string(), "SCR-ALR-234"),
    ] {
        at.ends(Some(official), &["draft", &at.file(name, text)], 2, &[code]);
    }
}

fn telephone(
    at: &Terminal<'_>,
    (official, viewer): (&Path, &Path),
    (alert, exercise): (&str, &str),
    secret: &StationSecret,
) {
    let station = secret.station().to_string();
    let code = |status, step| strip_code(secret, status, 1, step);
    let (read, understood) = (code(Status::Actual, Step::Read), code(Status::Actual, Step::Understood));
    let one = ["acknowledge", alert, "--station", &station, "--code", &read, "--step", "read"];
    at.ends(Some(viewer), &one, 2, &["SCR-WEB-002"]);
    at.ends(Some(official), &one, 0, &["read at ", "1 acknowledgement taken and kept."]);
    let typing = ["acknowledge", alert, "--station", &station, "--code", "12"];
    at.ends(Some(official), &typing, 2, &["SCR-CLI-132", "does not have 16 digits", "nothing was sent"]);
    let drill =
        ["acknowledge", exercise, "--station", &station, "--code", &code(Status::Exercise, Step::Read)];
    assert!(at.ends(Some(official), &drill, 0, &[]).starts_with("EXERCISE station"));

    let rows = format!(
        "station,code,at\n{station},{understood},\n\n{station},{read},1999-01-01T00:00:00Z\n2,{read},\n"
    );
    let wrong = at.file("wrong.csv", &rows);
    let from =
        |file: &str| ["acknowledge".to_owned(), alert.to_owned(), "--from".to_owned(), file.to_owned()];
    let from_wrong = from(&wrong);
    let args: Vec<&str> = from_wrong.iter().map(String::as_str).collect();
    // With the rows' numbers in the file, and nothing taken.
    let says = ["SCR-ALR-290", "row 4, column \"at\", SCR-ALR-303", "row 5, column \"station\", SCR-ALR-298"];
    let said = at.ends(Some(official), &args, 2, &says);
    assert!(!said.contains("row 2"), "{said}");
    let right =
        from(&at.file("right.csv", &format!("station,code,step\n{station},{understood},understood\n")));
    let args: Vec<&str> = right.iter().map(String::as_str).collect();
    at.ends(Some(official), &args, 0, &["understood at ", "1 acknowledgement taken"]);
}
