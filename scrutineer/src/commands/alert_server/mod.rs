//! `scrutineer alert …` with a server: its alerts, drafts, how far an alert has come, and following it with nobody trusted but a
//! card. To approve words and to release is to sign, and a program never signs: these commands say at which page people do it.

mod arrival;
mod draft;
mod figures;
mod follow;
mod kept;
mod said;
mod show;

use super::at::{At, Open, count, named, plain, text};
use crate::outcome::{Outcome, Problem};
use serde_json::Value;
use std::path::PathBuf;

/// Alerts on a server.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// List what a server has released, as the server says it.
    #[command(
        after_help = "Example:\n  scrutineer alert list https://emb.example --election ex-2026\n\nNothing of it is checked: `scrutineer alert follow` and `verify` check, against a card."
    )]
    List {
        #[command(flatten)]
        at: Open,
        /// Only of this election.
        #[arg(long)]
        election: Option<String>,
        /// Only what holds now, or will.
        #[arg(long)]
        open: bool,
    },
    /// Show one alert, as the server says it.
    #[command(
        after_help = "Example:\n  scrutineer alert show https://emb.example 41\n\nALERT is its id, its place in the log, or the address of its page."
    )]
    Show {
        #[command(flatten)]
        at: Open,
        /// Its id, its place in the log, or the address of its page.
        alert: String,
        /// Language of its words: en, fr, es, ar.
        #[arg(long, default_value = "en")]
        lang: String,
    },
    /// Begin a draft from a JSON file; prints what every channel would carry, and where people complete and release it.
    #[command(
        after_help = "Example:\n  scrutineer alert draft https://emb.example draft.json --token-file token\n\nwith {\"election\": \"ex-2026\", \"status\": \"actual\", \"event\": \"official-disinformation\", \"category\": \"Security\",\n      \"urgency\": \"Immediate\", \"severity\": \"moderate\", \"certainty\": \"Observed\", \"audience\": \"station\", \"areas\": [\"N\"],\n      \"expires\": \"2026-11-29T20:00:00Z\", \"goal\": \"read\", \"main\": \"en\", \"words\": {\"en\": {\"headline\": \"…\",\n      \"instruction\": \"…\", \"levels\": {\"public\": {\"headline\": \"…\", \"description\": \"…\", \"instruction\": \"…\"}}}}}\n\nAn update or a cancellation names the alert by its place in the log: \"of\": {\"entry\": 41, \"kind\": \"cancel\"}. The schema is\nNewAlertDraft in docs/schemas/api.schema.json."
    )]
    Draft {
        #[command(flatten)]
        at: At,
        /// The file.
        file: PathBuf,
    },
    /// Show which words of a draft wait for approval, with the pages where people approve and release them.
    #[command(
        after_help = "Examples:\n  scrutineer alert approve https://emb.example --token-file token\n  scrutineer alert approve https://emb.example 0191e0a0-… --token-file token\n\nWithout DRAFT all open drafts are listed. To approve and to release is to sign: it is done on the pages, with one's\npassword, and no token stands for that. The hash says over which words an approval is.\n\nExit status 0 when nothing of the draft waits for approval, 1 when something does."
    )]
    Approve {
        #[command(flatten)]
        at: At,
        /// Its id, or the address of its page.
        draft: Option<String>,
        /// Only this language: en, fr, es, ar.
        #[arg(long)]
        language: Option<String>,
    },
    /// Say how far an alert has come: polling stations by step, and where they are silent.
    #[command(
        after_help = "Examples:\n  scrutineer alert arrival https://emb.example 41 --token-file token\n  scrutineer alert arrival https://emb.example 41 --area N --watch --token-file token\n\nWith --watch it goes on until no station is silent (exit status 0) or the alert is over (1)."
    )]
    Arrival(arrival::Args),
    /// Say how far sending an alert is, by way, and why messages failed.
    #[command(after_help = "Example:\n  scrutineer alert sending https://emb.example 41 --token-file token")]
    Sending {
        #[command(flatten)]
        at: At,
        /// Its id, its place in the log, or the address of its page.
        alert: String,
    },
    /// List drills, or say what was slow in one.
    #[command(
        after_help = "Examples:\n  scrutineer alert drills https://emb.example --token-file token\n  scrutineer alert drills https://emb.example autumn --token-file token\n\nTimes are those of the drill's clock, after the alert was sent: when half of the polling stations, nine in ten and the\nlast had come so far."
    )]
    Drills {
        #[command(flatten)]
        at: At,
        /// The code of a drill.
        drill: Option<String>,
    },
    /// Note what polling stations said on the telephone, with the codes of the strips that they read out.
    #[command(
        after_help = "Examples:\n  scrutineer alert acknowledge https://emb.example 41 --station 211 --code 0002111234567897 --token-file token\n  scrutineer alert acknowledge https://emb.example 41 --from calls.csv --token-file token\n\nThe file has the columns station and code, and may have step (delivered, read, understood, acted) and at\n(2026-11-27T10:00:00Z); at most 500 rows. Either all rows are taken or none: what is wrong is said with row and column.\nWhat was taken twice counts once."
    )]
    Acknowledge(said::Args),
    /// Follow a server's alerts, and believe none that a card does not confirm.
    #[command(
        after_help = "Examples:\n  scrutineer alert follow https://emb.example --card station.card --save alerts/\n  scrutineer alert follow https://emb.example --card station.card --once\n\nEvery alert is fetched with its proof and checked on this machine against the keys of the card, which you have by another\nway. What the card does not confirm is never shown as an alert. With --save the files are kept: alert-ENTRY.bundle what is\ngenuine (of two entries at one place both), refused-ENTRY.bundle what is not; what is kept there is known the next time, so that a server which hides an\nalert, or a cancellation, is found out. When the connection is lost it goes on as soon as there is one.\n\nExit status with --once: 0 all are genuine, 1 one is not confirmed, 2 the card cannot be read, 3 the server cannot be\nreached. Without --once it goes on until it is stopped."
    )]
    Follow(follow::Args),
}

pub(crate) fn run(command: &Command, as_json: bool) -> Result<Outcome, Problem> {
    match command {
        Command::List { at, election, open } => show::list(at, election.as_deref(), *open),
        Command::Show { at, alert, lang } => show::show(at, alert, lang),
        Command::Draft { at, file } => draft::draft(at, file),
        Command::Approve { at, draft, language } => draft::approve(at, draft.as_deref(), language.as_deref()),
        Command::Arrival(args) => arrival::run(args),
        Command::Sending { at, alert } => figures::sending(at, alert),
        Command::Drills { at, drill } => figures::drills(at, drill.as_deref()),
        Command::Acknowledge(args) => said::run(args),
        Command::Follow(args) => follow::run(args, as_json),
    }
}

/// What a line begins with, so that nobody takes an exercise for an alert.
fn mark(status: &Value) -> &'static str {
    match text(status) {
        "actual" => "",
        "exercise" => "EXERCISE ",
        "test" => "TEST ",
        // What is none of these is not taken for an alert that is meant.
        _ => "UNKNOWN STATUS ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_exercise_loses_its_mark() {
        assert_eq!(
            [json!("exercise"), json!("test"), json!("actual"), json!(1)].map(|one| mark(&one)),
            ["EXERCISE ", "TEST ", "", "UNKNOWN STATUS "]
        );
    }
}
