//! A playbook carried out from a terminal, on a server: started, taken up, handed in and refused with a token; signed by people on
//! pages.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "nobody types sheets here")]
mod person;
mod served;

use person::{Person, csrf};
use served::Server;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Terminal<'a> {
    server: &'a Server,
    folder: &'a Path,
}

impl Terminal<'_> {
    /// A token of somebody of the demonstration, in a file.
    fn token(&self, email: &str) -> PathBuf {
        let mut person = Person::sign_in(&self.server.address, email).unwrap();
        let page = person.get("/desk/account").unwrap().body;
        let form = [("csrf", csrf(&page)), ("label", "terminal".to_owned()), ("days", "7".to_owned())];
        let made = person.post("/desk/account/tokens", &form).unwrap().body;
        let token = made.split("<code>scr_").nth(1).unwrap().split('<').next().unwrap();
        let file = self.folder.join(email);
        std::fs::write(&file, format!("scr_{token}\n")).unwrap();
        file
    }

    /// Has to end so, and to say this.
    fn ends(&self, who: &Path, args: &[&str], status: i32, says: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
        command.args(["response", args[0], &self.server.address]).args(&args[1..]);
        let out = command.env("SCRUTINEER_TOKEN_FILE", who).output().unwrap();
        let said = String::from_utf8([out.stdout, out.stderr].concat()).unwrap();
        assert_eq!(out.status.code(), Some(status), "{args:?}: {said}");
        for part in says {
            assert!(said.contains(part), "{args:?}: {part:?} is not in {said}");
        }
        said
    }
}

const ROLES: [&str; 7] = [
    "communications",
    "head-of-office",
    "legal",
    "liaison",
    "national-authority",
    "regional-authority",
    "results-lead",
];
const OCCASION: &str = "Somebody writes that the polls close at 18:00";

/// Starts the playbook with the commission in every role; gives the run.
fn started(at: &Terminal<'_>, who: &Path, more: &[&str], begins: &str) -> String {
    let roles = ROLES.map(|role| format!("{role}=electoral-commission"));
    let mut args = vec!["start", "disinformation", "--occasion", OCCASION];
    for role in &roles {
        args.extend(["--role", role]);
    }
    args.extend(more);
    let said = at.ends(who, &args, 0, &["recorded as entry", "scrutineer response show"]);
    assert!(said.starts_with(begins), "{said}");
    said.lines().next().unwrap().rsplit('/').next().unwrap().to_owned()
}

fn place(said: &str) -> String {
    let todo = said.split("To be done:\n").nth(1).unwrap();
    todo.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_playbook_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["demo", "--data", folder.path().join("data").to_str().unwrap()], "http://");
    let at = Terminal { server: &server, folder: folder.path() };
    let (official, viewer) = (at.token("official@demo.example"), at.token("viewer@demo.example"));
    let stranger = at.token("cert@demo.example");

    at.ends(&official, &["runs"], 0, &["No run is under way."]);
    at.ends(&official, &["start", "none", "--occasion", "x"], 2, &["SCR-RSP-042"]);
    at.ends(&official, &["start", "disinformation", "--occasion", "x"], 2, &["SCR-RSP-044"]);
    let twice = ["start", "disinformation", "--occasion", "x", "--role", "head=a", "--role", "head=b"];
    at.ends(&official, &twice, 2, &["SCR-CLI-111", "\"head\" is given twice"]);
    at.ends(
        &official,
        &["start", "disinformation", "--occasion", "x", "--role", "head"],
        2,
        &["ROLE=ORGANISATION"],
    );
    let run = started(&at, &official, &[], "The run is ");
    let run = run.as_str();
    at.ends(&official, &["runs"], 0, &[run, "under way", "A false claim about the election spreads"]);
    // Whoever does not take part is told nothing, not even that there is a run.
    at.ends(&stranger, &["show", run], 2, &["SCR-RSP-040"]);
    at.ends(&stranger, &["runs"], 0, &["No run is under way."]);

    let first =
        at.ends(&official, &["show", run], 0, &["Record the claim as it stands", "to be taken up", "due 20"]);
    let first = place(&first);
    at.ends(&viewer, &["take", run, &first], 2, &["SCR-"]);
    let note = ["done", run, &first, "--note", "Found at 9:12"];
    at.ends(&official, &note, 2, &["SCR-RSP-"]);
    at.ends(&official, &["take", run, &first], 0, &["Taken up.", "recorded as entry", "taken"]);
    at.ends(&official, &note, 2, &["SCR-RSP-"]);
    let shot = folder.path().join("shot.txt");
    std::fs::write(&shot, "18:00").unwrap();
    let with_file = [&note[..], &["--file", shot.to_str().unwrap()]].concat();
    at.ends(&official, &with_file, 0, &["Handed in.", "Check the facts at their source"]);
    let shown = at.ends(&official, &["show", run], 0, &["Ended:", "Record the claim as it stands: done at"]);
    let second = place(&shown);
    assert_ne!(second, first);

    at.ends(&official, &["pause", run, "--reason", "Nobody is there"], 0, &["The clocks stand."]);
    at.ends(&official, &["take", run, &second], 2, &["SCR-RSP-"]);
    at.ends(&official, &["resume", run], 0, &["The clocks go on."]);
    at.ends(&official, &["refuse", run, &second, "--reason", "The register is closed"], 0, &["Refused."]);
    at.ends(&official, &["show", run], 0, &["failed at", "Hand the matter to the authority above"]);
    at.ends(&official, &["take", run, "99"], 2, &["SCR-RSP-"]);
    exercise(&at, &official);
    severity(&at, &official);
}

fn exercise(at: &Terminal<'_>, official: &Path) {
    at.ends(
        official,
        &["start", "starter:insider", "--occasion", "x", "--drill", "none"],
        2,
        &["SCR-RSP-04"],
    );
    let run = started(at, official, &["--drill", "evening-rehearsal"], "EXERCISE The run is ");
    let said = at.ends(official, &["show", &run], 0, &[]);
    assert!(said.starts_with("EXERCISE A false claim"), "{said}");
    let taken = at.ends(official, &["take", &run, &place(&said)], 0, &[]);
    assert!(taken.starts_with("EXERCISE Taken up."), "{taken}");
}

/// The demonstration's own assessment, which stands on a public page with every term, asked for again.
fn severity(at: &Terminal<'_>, official: &Path) {
    let answers = [
        "functional_impact=minimal_critical",
        "observed_activity=engage",
        "location_of_observed_activity=unknown",
        "actor_characterization=hacktivists",
        "information_impact=no_impact",
        "recoverability=regular",
        "cross_sector_dependency=government_facilities",
        "potential_impact=moderate",
        "polls=open",
        "voters=12000",
    ];
    let args = [&["severity"][..], &answers].concat();
    let said = at.ends(official, &args, 0, &["NCISS ", "× time to the polls", "Nothing was recorded."]);
    // As worked out by hand: (1370 - 325) / (3400 - 325) of 100, the polls open, 12,000 voters.
    assert!(said.contains("NCISS 4180/123 (33.98), level "), "{said}");
    assert!(
        said.contains("sum 1370") && said.contains("least 325") && said.contains("greatest 3400"),
        "{said}"
    );
    let recorded = [&args[..], &["--record", "From a terminal"]].concat();
    at.ends(official, &recorded, 0, &["Recorded as entry", "/api/v1/response/severity/"]);
    at.ends(official, &["severity", "polls=open"], 2, &["SCR-RSP-"]);
    at.ends(official, &["severity", "polls"], 2, &["NAME=VALUE"]);
}
